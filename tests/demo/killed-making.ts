/** Begins to make a demonstration in the folder it is given, and waits to be killed once it is under way. */
import { openDemonstration } from '../../server/demo/demonstration.ts'
import { createLog } from '../../server/log.ts'

await openDemonstration({
  directory: process.argv[2] ?? '',
  baseUrl: 'http://localhost:3000',
  real: { now: () => '2026-11-21T15:00:00.000Z' },
  log: createLog('silent'),
  report: ({ mails }) => process.stdout.write(`${mails}\n`),
})
