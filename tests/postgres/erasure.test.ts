import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { openStudyReader } from '../../server/db/study-reader.ts'
import { findSetting } from '../../server/queries/settings.ts'
import { emptyLogOfErased, logHoldsErased } from '../../server/workflow/forget-erased.ts'
import { giveConsent } from '../../server/workflow/give-consent.ts'
import { withdrawAndErase } from '../../server/workflow/stop-participant.ts'
import { becomes } from '../harness/becomes.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { databasePlace } from '../harness/database.ts'
import { answersTo, family } from '../harness/family.ts'
import { openTestStudy } from '../harness/test-study.ts'
import { asAdministrator } from './own-database.ts'

/** Of an item in a page of a table: it has a row. */
const hasRow = 'lp_flags = 1'

/** How many rows are in the pages of the tables that no SELECT shows. PostgreSQL's own count of them comes late, and may come after a VACUUM. */
const stillInTables = `SELECT (${['responses', 'scores', 'drafts']
  .map(
    (table) => `(SELECT count(*) FROM generate_series(0, pg_relation_size('study.${table}') / 8192 - 1) AS page,
        heap_page_items(get_raw_page('study.${table}', page::int)) WHERE ${hasRow}) - (SELECT count(*) FROM study.${table})`,
  )
  .join(' + ')})::int AS n`

async function answered(t: TestContext) {
  const folder = temporaryFolder(t)
  const study = await openTestStudy({ folder })
  t.after(() => study.close())
  await study.register(family('A-001'))
  const [parent = { id: '' }] = study.rows<{ id: string }>("SELECT id FROM participants WHERE role = 'parent'")
  await giveConsent(study.context, parent, { research: true, 'contact-later': false }, 'nl')
  await study.submit({ code: 'A-001', instrument: 'nosik' }, answersTo(study.context.definitions.instruments.need('nosik@0.1.0-standin')))
  const url = study.environment.DATABASE_URL ?? ''
  await asAdministrator(url, 'CREATE EXTENSION pageinspect')
  const deleted = async (): Promise<number> => {
    const [row] = await asAdministrator<{ n: number }>(url, stillInTables)
    return row?.n ?? Number.NaN
  }
  return { folder, study, parent, deleted, isLeft: () => findSetting(study.context.stores.study.read, logHoldsErased) }
}

test('rows that were erased are taken out of the tables at once', async (t) => {
  const { study, parent, deleted, isLeft } = await answered(t)
  await withdrawAndErase(study.context, parent)
  assert.deepEqual(study.rows('SELECT id FROM responses'), [])
  assert.deepEqual([await isLeft(), await deleted()], [undefined, 0])
})

test('while somebody reads who began before, they wait, and go at a next tick', async (t) => {
  const { folder, study, parent, deleted, isLeft } = await answered(t)
  const reader = await openStudyReader(await databasePlace(folder))
  t.after(() => reader.close())
  await reader.atOneMoment(async (db) => {
    await findSetting(db, 'anything')
    await withdrawAndErase(study.context, parent)
    assert.notEqual(await isLeft(), undefined)
    assert.ok((await deleted()) > 0)
  })
  // Not the first for certain: whoever comes to this PostgreSQL server at that moment, for whichever database, counts as one who reads.
  const atATick = async () => {
    await emptyLogOfErased(study.context)
    return [await isLeft(), await deleted()]
  }
  await becomes(atATick, [undefined, 0])
})
