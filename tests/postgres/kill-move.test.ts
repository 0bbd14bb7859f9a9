/** kill -9 of `nameting move`, to PostgreSQL and to a data folder. */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import Database from 'better-sqlite3'
import type { MovedTable } from '../../server/db/move/move.ts'
import { namingProcess, type Ran } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { family } from '../harness/family.ts'
import { killed, killsOf, untilKilled } from '../harness/kills.ts'
import { figure, seeded } from '../harness/seed.ts'
import { openTestStudy } from '../harness/test-study.ts'
import { asAdministrator, ownDatabase } from './own-database.ts'

const kills = killsOf('move')
const families = 40

test(`${kills} times kill -9 of a move: what was moved is where it was, the target has each part whole or not at all, and the next move is whole`, async (t) => {
  const random = seeded(t)
  const folder = temporaryFolder(t)
  const study = await openTestStudy({ folder: join(folder, 'first') })
  await study.register(...Array.from({ length: families }, (_, number) => family(`A-${number}`)))
  await study.close()
  const { environment } = study
  const file = { ...environment, DATA_DIR: join(folder, 'file'), DATABASE_URL: '' }
  const begun = performance.now()
  const away = await namingProcess(environment, 'move', '--to', file.DATA_DIR, '--json')
  assert.equal(away.code, 0, away.stderr)
  const takes = performance.now() - begun
  const rows = tables(away)
  const people = rows.find(({ table }) => table === 'people')?.rows ?? 0
  let inTheMiddle = 0
  await untilKilled(kills, async (round) => {
    const isBack = random() < 0.4
    const target = isBack ? join(folder, `folder-${round}`) : (await ownDatabase(t, { isNew: true })).study
    const from = isBack ? environment : file
    // The first half of it is the start of the program.
    const code = await killed(from, takes * (0.4 + random() * 0.8), 'move', '--to', target)
    const [cases, contacts] = await (isBack ? inFolder(target) : inDatabase(target))
    assert.ok(cases === 0 || cases === families, `${cases} of ${families} families`)
    assert.ok(contacts === 0 || contacts === people, `${contacts} of ${people} people`)
    assert.ok(cases === 0 || contacts > 0, 'families of whom nobody knows who they are')
    if (code === 0) assert.equal(cases, families)
    const again = await patiently(() => namingProcess(from, 'move', '--to', target, '--json'))
    if (contacts > 0) assert.match(again.stderr, /is not empty/)
    else {
      assert.equal(again.code, 0, again.stderr)
      assert.deepEqual(tables(again), rows)
      if (code === null) inTheMiddle++
    }
    return code === null
  })
  figure(t, 'kills of moves', kills)
  figure(t, 'kills of moves before anything of it was kept', inTheMiddle)
})

const tables = ({ stdout }: Ran) =>
  (JSON.parse(stdout) as MovedTable[]).sort((a, b) => (`${a.part}.${a.table}` < `${b.part}.${b.table}` ? -1 : 1))

/** Families, and people whom contact data are of. */
async function inDatabase(url: string): Promise<[number, number]> {
  const count = async (table: string) => {
    const [found] = await asAdministrator<{ there: string | null }>(url, `SELECT to_regclass('${table}')::text AS there`)
    return found?.there ? Number((await asAdministrator<{ n: string }>(url, `SELECT count(*) AS n FROM ${table}`))[0]?.n) : 0
  }
  return [await count('study.cases'), await count('identity.people')]
}

async function inFolder(folder: string): Promise<[number, number]> {
  const count = (name: string, table: string): number => {
    const path = join(folder, `${name}.sqlite`)
    if (!existsSync(path)) return 0
    const database = new Database(path)
    try {
      assert.deepEqual(database.pragma('integrity_check'), [{ integrity_check: 'ok' }])
      const isMade = database.prepare('SELECT 1 FROM sqlite_master WHERE name = ?').get(table) !== undefined
      return isMade ? Number(database.prepare(`SELECT count(*) FROM ${table}`).pluck().get()) : 0
    } finally {
      database.close()
    }
  }
  return [count('study', 'cases'), count('identity', 'people')]
}

/** PostgreSQL takes a moment to see that whoever was killed is gone. */
async function patiently(work: () => Promise<Ran>): Promise<Ran> {
  for (let left = 20; ; left--) {
    const ran = await work()
    if (left === 0 || !/at work|else has/.test(ran.stderr)) return ran
    await wait(250)
  }
}
