/** kill -9 of `nameting move`, to PostgreSQL and to a data folder. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync, type FSWatcher, mkdirSync, mkdtempSync, rmSync, watch } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import Database from 'better-sqlite3'
import type { MovedTable } from '../../server/db/move/move.ts'
import { namingProcess, type Ran } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { family } from '../harness/family.ts'
import { killsOf, spawned, untilKilled } from '../harness/kills.ts'
import { figure, seeded } from '../harness/seed.ts'
import { openTestStudy } from '../harness/test-study.ts'
import { commitWire, passings } from './commit-wire.ts'
import { asAdministrator, ownDatabase } from './own-database.ts'

const kills = killsOf('move')
const families = 40
/** What can be seen of a data folder that is being filled, beside files of the journal that go when what they are of is kept. */
const inFolder = ['study there', 'study filled', 'identity kept', 'study kept'] as const
/** Where they fall, each in its turn. */
const places = [
  { isBack: false, sight: 'nothing' },
  ...passings.map((sight) => ({ isBack: false, sight })),
  { isBack: true, sight: 'nothing' },
  ...inFolder.map((sight) => ({ isBack: true, sight })),
] as const
/** Milliseconds after a sight; most fall at once. */
const latest = 3

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
  const wire = await commitWire(t, environment.DATABASE_URL ?? '')
  const found = {
    'before anything of it was kept': 0,
    'between the keeping of the one part and of the other': 0,
    'after both were kept': 0,
  }
  const onDisk = folderOnDisk(t)
  const first = Math.floor(random() * places.length)
  await untilKilled(kills, async (round) => {
    const { isBack, sight } = places[(first + round) % places.length] ?? places[0]
    const target = isBack ? join(onDisk, `folder-${round}`) : (await ownDatabase(t, { isNew: true })).study
    const from = isBack ? environment : file
    if (isBack) mkdirSync(target)
    const child = spawned(from, 'move', '--to', isBack ? target : wire.through(target))
    const ended = once(child, 'exit')
    const kill = () => void child.kill('SIGKILL')
    const delay = random() < 0.7 ? 0 : random() * latest
    const killSoon = () => void (delay === 0 ? kill() : setTimeout(kill, delay))
    const watching = isBack ? watchFolder(target, sight, killSoon) : undefined
    wire.onPassing = (what) => void (what === sight && killSoon())
    // The first half of it is the start of the program.
    const timer = sight === 'nothing' ? setTimeout(kill, takes * (0.4 + random() * 0.6)) : undefined
    await ended
    clearTimeout(timer)
    watching?.close()
    const isKilled = child.exitCode === null
    const [cases, contacts] = await (isBack ? countInFolder(target) : countInDatabase(target))
    assert.ok(cases === 0 || cases === families, `${cases} of ${families} families`)
    assert.ok(contacts === 0 || contacts === people, `${contacts} of ${people} people`)
    assert.ok(cases === 0 || contacts > 0, 'families of whom nobody knows who they are')
    if (!isKilled) assert.deepEqual([child.exitCode, cases], [0, families])
    else if (contacts === 0) found['before anything of it was kept']++
    else found[cases === 0 ? 'between the keeping of the one part and of the other' : 'after both were kept']++
    const again = await patiently(() => namingProcess(from, 'move', '--to', target, '--json'))
    if (contacts > 0) {
      assert.equal(again.code, 1)
      assert.match(again.stderr, /is not empty: \w+ has rows\. Give a new one; nothing was changed/)
    } else {
      assert.equal(again.code, 0, again.stderr)
      assert.deepEqual(tables(again), rows)
    }
    if (isBack) rmSync(target, { recursive: true })
    return isKilled
  })
  // After all of them each side still has everything, and a new place gets it.
  for (const [from, target] of [
    [environment, join(folder, 'last')],
    [file, (await ownDatabase(t, { isNew: true })).study],
  ] as const) {
    const last = await patiently(() => namingProcess(from, 'move', '--to', target, '--json'))
    assert.equal(last.code, 0, last.stderr)
    assert.deepEqual(tables(last), rows)
  }
  figure(t, 'kills of moves', kills)
  for (const [when, count] of Object.entries(found)) figure(t, `kills of moves ${when}`, count)
  // With few of them the turn of each may not come.
  if (kills >= places.length)
    assert.ok(
      Object.values(found).every((count) => count > 0),
      JSON.stringify(found),
    )
})

/** Where a sync takes its time, so that there is one between the keeping of the two parts; other folders of tests are in memory. */
function folderOnDisk(test: Pick<TestContext, 'after'>): string {
  const path = mkdtempSync(join(existsSync('/var/tmp') ? '/var/tmp' : tmpdir(), 'nameting-'))
  test.after(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** Calls `onSight` once when the folder is so far. */
function watchFolder(folder: string, sight: string, onSight: () => void): FSWatcher {
  const there = (name: string) => existsSync(join(folder, name))
  // Only now it is asked whether a part is kept, so its journal was there before.
  const isKept = (part: string) => there('study.sqlite') && isFilled && !there(`${part}.sqlite-journal`)
  let isFilled = false
  let isSeen = false
  const watcher = watch(folder, () => {
    isFilled ||= there('identity.sqlite-journal') && there('study.sqlite-journal')
    const sights: Record<string, boolean> = {
      'study there': there('study.sqlite'),
      'study filled': isFilled,
      'identity kept': isKept('identity'),
      'study kept': isKept('identity') && isKept('study'),
    }
    if (isSeen || !sights[sight]) return
    isSeen = true
    onSight()
  })
  return watcher
}

const tables = ({ stdout }: Ran) =>
  (JSON.parse(stdout) as MovedTable[]).sort((a, b) => (`${a.part}.${a.table}` < `${b.part}.${b.table}` ? -1 : 1))

/** Families, and people whom contact data are of. */
async function countInDatabase(url: string): Promise<[number, number]> {
  const count = async (table: string) => {
    const [found] = await asAdministrator<{ there: string | null }>(url, `SELECT to_regclass('${table}')::text AS there`)
    return found?.there ? Number((await asAdministrator<{ n: string }>(url, `SELECT count(*) AS n FROM ${table}`))[0]?.n) : 0
  }
  return [await count('study.cases'), await count('identity.people')]
}

async function countInFolder(folder: string): Promise<[number, number]> {
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
