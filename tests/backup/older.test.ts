/** Backups that earlier versions made, put back by this one. */
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { systemClock } from '../../server/clock.ts'
import { giveConsent } from '../../server/workflow/give-consent.ts'
import { makeBackup } from '../../server/workflow/make-backup.ts'
import { backupsOf } from '../harness/backups.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { answersTo, family } from '../harness/family.ts'
import { columnsOf, olderDatabase, type Row, tablesOf } from '../harness/older-database.ts'
import { startStudyServer } from '../harness/study-server.ts'

const names = ['identity', 'study'] as const
/** The steps by which the study had come as far as it was when the first backup could be made. */
const first = 27

const shipped = (name: string): string => fileURLToPath(new URL(`../../server/db/migrations/${name}`, import.meta.url))
const stepsOf = (name: string) =>
  (JSON.parse(readFileSync(join(shipped(name), 'meta/_journal.json'), 'utf8')) as { entries: { when: number; tag: string }[] }).entries

test('a backup of every version that could make one is put back, brought up to date with all its rows, and goes on', async (t) => {
  const study = await startStudyServer(t)
  await study.register(family('A-001'), family('A-002'))
  await study.tick()
  const [parent] = study.rows<{ id: string }>(
    "SELECT p.id FROM participants p JOIN cases c ON c.id = case_id WHERE code = 'A-001' AND role = 'parent'",
  )
  await giveConsent(study.context, { id: parent?.id ?? '' }, { research: true, 'contact-later': false }, 'nl')
  await study.submit(
    { code: 'A-001', instrument: 'nosik', role: 'parent' },
    answersTo(study.context.definitions.instruments.need('nosik@0.1.0-standin')),
  )
  const backups = await backupsOf(t, study)
  const folder = temporaryFolder(t)
  const environment = { ...study.environment, BACKUP_KEY: backups.key }
  const steps = stepsOf('study')
  assert.ok(steps.length > first)
  for (const [at, { when, tag }] of steps.entries()) {
    // The newest one is that of the other tests.
    if (at + 1 < first || at === steps.length - 1) continue
    const older = join(folder, `older-${at}`)
    mkdirSync(older)
    const before = new Map<string, Row[]>()
    for (const name of names) {
      const count = name === 'study' ? at + 1 : stepsOf(name).filter((step) => step.when <= when).length
      const database = olderDatabase(shipped(name), count, join(older, `${name}.sqlite`))
      database.pragma('journal_mode = WAL')
      takeOver(database, study.context.stores[name].path)
      for (const table of tablesOf(database))
        before.set(`${name}.${table}`, database.prepare(`SELECT * FROM "${table}" ORDER BY rowid`).all() as Row[])
      database.close()
    }
    const { path, manifest } = await makeBackup(
      { data: older, into: join(folder, `backups-${at}`), recipient: backups.recipient, identityKey: backups.identityKey },
      systemClock,
    )
    assert.equal(manifest.databases.find(({ name }) => name === 'study')?.migrations, at + 1)
    const to = join(folder, `restored-${at}`)
    const restored = await nameting(environment, 'restore', path, '--to', to)
    assert.equal(restored.code, 0, `${tag}: ${restored.stderr}`)
    for (const [of, rows] of before) assertKept(tag, of, rows, to)
    const verified = await nameting({ ...environment, DATA_DIR: to }, 'verify')
    assert.equal(verified.code, 0, `${tag}: ${verified.stderr}`)
    const pass = await nameting({ ...environment, DATA_DIR: to }, 'tick', '--now', '2026-03-03T12:00:00Z', '--json')
    assert.equal(pass.code, 0, `${tag}: ${pass.stderr}`)
    assert.deepEqual((JSON.parse(pass.stdout) as { problems: string[] }).problems, [], tag)
  }
})

/** What a restore changes: mail that was to go by now, and what is said of that. */
const changed = ['study.messages', 'study.settings', 'study.stale_cases', 'study.sessions', 'identity.staff_sessions']

function assertKept(tag: string, of: string, rows: Row[], to: string): void {
  const [name = '', table = ''] = of.split('.')
  if (changed.includes(of) || rows.length === 0) return
  const database = new Database(join(to, `${name}.sqlite`), { readonly: true })
  try {
    const columns = columnsOf(database, table).map((column) => column.name)
    const common = Object.keys(rows[0] ?? {}).filter((column) => columns.includes(column))
    const kept = database
      .prepare(`SELECT ${common.map((column) => `"${column}"`)} FROM "${table}" ORDER BY rowid LIMIT ${rows.length}`)
      .all()
    assert.deepEqual(
      kept,
      rows.map((row) => Object.fromEntries(common.map((column) => [column, row[column]]))),
      `${of} of ${tag}`,
    )
  } finally {
    database.close()
  }
}

/** Puts the rows of a database of this version into one of an earlier one, as far as that has columns for them. */
function takeOver(older: Database.Database, path: string): void {
  older.pragma('foreign_keys = OFF')
  older.exec(`ATTACH '${path}' AS newest`)
  const newest = new Database(path, { readonly: true })
  for (const table of tablesOf(older)) {
    const there = columnsOf(newest, table).map(({ name }) => name)
    const columns = columnsOf(older, table)
    const value = ({ name, notnull, type }: (typeof columns)[number]): string =>
      there.includes(name) ? `"${name}"` : notnull === 0 ? 'NULL' : /int/i.test(type) ? '0' : "''"
    if (there.length > 0)
      older.exec(
        `INSERT INTO main."${table}" (${columns.map(({ name }) => `"${name}"`)}) SELECT ${columns.map(value)} FROM newest."${table}" ORDER BY rowid`,
      )
  }
  newest.close()
  older.exec('DETACH newest')
  older.pragma('foreign_keys = ON')
}
