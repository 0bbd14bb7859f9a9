import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { MovedTable } from '../../server/db/move/move.ts'
import { giveConsent } from '../../server/workflow/give-consent.ts'
import { type Ran, namingProcess as run } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { answersTo, family } from '../harness/family.ts'
import { openTestStudy } from '../harness/test-study.ts'
import { asAdministrator, ownDatabase } from './own-database.ts'

const tables = ({ stdout }: Ran): MovedTable[] => JSON.parse(stdout)

/** The files of an export, but for the moment at which it was made. */
async function exported(environment: Record<string, string>, folder: string): Promise<Record<string, string>> {
  const { code, stderr } = await run(environment, 'export', '--study', 's1', '--out', folder, '--layout', 'long', 'scores')
  assert.equal(code, 0, stderr)
  const names = readdirSync(folder).filter((name) => name.endsWith('.csv'))
  assert.ok(names.length > 2)
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}

test('a study goes to a data folder and back to PostgreSQL, is the same in each, and goes on where it was', async (t) => {
  const folder = temporaryFolder(t)
  const study = await openTestStudy({ folder: join(folder, 'first') })
  await study.register(family('A-001'), family('A-002'))
  const [parent] = study.rows<{ id: string }>(
    "SELECT p.id FROM participants p JOIN cases c ON c.id = case_id WHERE code = 'A-001' AND role = 'parent'",
  )
  await giveConsent(study.context, { id: parent?.id ?? '' }, { research: true, 'contact-later': false }, 'nl')
  await study.submit({ code: 'A-001', instrument: 'nosik' }, answersTo(study.context.definitions.instruments.need('nosik@0.1.0-standin')))
  const { environment } = study
  const file = { ...environment, DATA_DIR: join(folder, 'file'), DATABASE_URL: '' }
  const there = ['--to', file.DATA_DIR, '--json']

  const busy = await run(environment, 'move', ...there)
  assert.deepEqual([busy.code, busy.stdout], [1, ''])
  assert.match(busy.stderr, /^A server is at work on .*Nothing was changed\.$/m)
  await study.close()

  const wrong = await run(environment, 'move', '--to', environment.DATABASE_URL ?? '')
  assert.deepEqual([wrong.code, /give --to a new data folder/.test(wrong.stderr)], [2, true])

  const before = await exported(environment, join(folder, 'before'))
  const away = await run(environment, 'move', ...there)
  assert.equal(away.code, 0, away.stderr)
  const rowsOf = (name: string) => tables(away).find(({ table }) => table === name)?.rows ?? 0
  assert.deepEqual([rowsOf('cases'), rowsOf('responses')], [2, 1])
  assert.ok(rowsOf('people') > 2 && rowsOf('scores') > 0 && rowsOf('events') > 2)

  const again = await run(environment, 'move', ...there)
  assert.equal(again.code, 1)
  assert.match(again.stderr, /is not empty: \w+ has rows/)

  const target = await ownDatabase(t, { isNew: true })
  const back = await run(file, 'move', '--to', target.study, '--json')
  assert.equal(back.code, 0, back.stderr)
  const inOrder = (moved: MovedTable[]) => moved.toSorted((a, b) => (`${a.part}.${a.table}` < `${b.part}.${b.table}` ? -1 : 1))
  assert.deepEqual(inOrder(tables(back)), inOrder(tables(away)))
  // Only now: an export is registered in the database that it is made from.
  assert.deepEqual(await exported(file, join(folder, 'between')), before)
  const home = { ...environment, DATA_DIR: join(folder, 'third'), DATABASE_URL: target.study }
  assert.deepEqual(await exported(home, join(folder, 'after')), before)

  // Numbers go on where they were.
  const numbers = await asAdministrator<{ last: number; highest: number }>(
    target.study,
    `SELECT (SELECT max(id) FROM study.events)::int AS highest, pg_sequence_last_value('study.events_id_seq')::int AS last`,
  )
  assert.equal(numbers[0]?.last, numbers[0]?.highest)
})

test('a target in which a row differs is told by its table, and keeps nothing', async (t) => {
  const folder = temporaryFolder(t)
  const study = await openTestStudy({ folder: join(folder, 'first') })
  await study.register(family('A-001'))
  await study.close()
  const file = { ...study.environment, DATA_DIR: join(folder, 'file'), DATABASE_URL: '' }
  const away = await run(study.environment, 'move', '--to', file.DATA_DIR)
  assert.equal(away.code, 0, away.stderr)
  const target = await ownDatabase(t)
  await asAdministrator(
    target.study,
    `CREATE FUNCTION study.spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.code := NEW.code || ' '; RETURN NEW; END $$`,
  )
  await asAdministrator(target.study, 'CREATE TRIGGER spoil BEFORE INSERT ON study.cases FOR EACH ROW EXECUTE FUNCTION study.spoil()')
  const { code, stderr, stdout } = await run(file, 'move', '--to', target.study)
  assert.deepEqual([code, stdout], [1, ''])
  assert.match(
    stderr,
    /^cases differs: 1 rows with the sha256 \w{64} in .*study\.sqlite, 1 with \w{64} in postgres:.*Nothing was changed\.$/m,
  )
  assert.deepEqual(await asAdministrator(target.study, 'SELECT * FROM study.cases'), [])
  assert.deepEqual(await asAdministrator(target.study, 'SELECT * FROM identity.people'), [])
})
