/** An export that ends itself, by the hardest means there is, once the first cases are written. Argument: the folder to make. */
import { openStudyReader } from '../../server/db/study-reader.ts'
import { loadDefinitions } from '../../server/definitions/load.ts'
import { exportStudy } from '../../server/export/export-study.ts'
import { study } from './study.ts'

await exportStudy(await openStudyReader({ data: process.env.DATA_DIR ?? '' }), loadDefinitions(process.env.DEFINITIONS_DIR), {
  study,
  directory: process.argv[2] ?? '',
  layouts: ['long', 'wide'],
  formats: ['csv'],
  now: '2026-03-02T09:00:00.000Z',
  onProgress: () => void process.kill(process.pid, 'SIGKILL'),
})
