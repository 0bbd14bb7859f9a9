import type { Command } from 'commander'
import { startDemonstration } from '../demonstrate.ts'
import { readSettings } from '../env.ts'
import { createLog } from '../log.ts'
import { stopOnSignals } from '../stop-on-signals.ts'

export const register = (program: Command): void => {
  program
    .command('demo')
    .description(
      'A demonstration with 70 invented families, a mailbox and a clock that can be set ahead (DATA_DIR, by default ./data/demo)',
    )
    .action(async () => {
      const settings = readSettings([], undefined, { DATA_DIR: './data/demo', LOG_LEVEL: 'warn' })
      const serves = stopOnSignals(createLog(settings.LOG_LEVEL))
      serves(await startDemonstration(settings))
    })
}
