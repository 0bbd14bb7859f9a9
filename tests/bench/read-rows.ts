/** What an export does without writing anything: reads every case and makes the rows of its tables. For export.bench.ts. */
import '../../server/fast-start.ts'

const { openStudyReader } = await import('../../server/db/study-reader.ts')
const { loadDefinitions } = await import('../../server/definitions/load.ts')
const { tablesOf } = await import('../../server/export/layouts.ts')
const { planExport } = await import('../../server/export/plan.ts')
const { exportCases } = await import('../../server/queries/export-rows.ts')

const reader = await openStudyReader({ data: process.env.DATA_DIR ?? '' })
let cells = 0
await reader.atOneMoment(async (db) => {
  const plan = await planExport(db, loadDefinitions(process.env.DEFINITIONS_DIR), 'lists')
  const tables = tablesOf(plan, ['long'])
  for await (const batch of exportCases(db, 'lists')) {
    // So that what was read can be freed, as between the batches of an export.
    await new Promise((resolve) => setImmediate(resolve))
    for (const table of tables) for (const whole of batch) for (const row of table.rows(whole)) cells += row.length
  }
})
reader.close()
console.log(cells)
