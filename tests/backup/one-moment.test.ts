/** The moment of a backup: nobody writes between the looks into both databases. */
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { takeSnapshot } from '../../server/db/snapshot.ts'
import { temporaryFolder } from '../harness/data-folder.ts'

const now = (): string => '2026-03-02T09:00:00.000Z'
const names = ['identity', 'study'] as const

/** Two databases, and how many rows each has in a copy. */
function twoDatabases(t: TestContext) {
  const data = temporaryFolder(t)
  const copies = join(data, 'copies')
  mkdirSync(copies)
  for (const name of names) {
    const database = new Database(join(data, `${name}.sqlite`))
    database.pragma('journal_mode = WAL')
    database.exec('CREATE TABLE notes (of TEXT)')
    database.close()
  }
  const copied = (): number[] =>
    names.map((name) => {
      const copy = new Database(join(copies, `${name}.sqlite`), { readonly: true })
      const count = copy.prepare('SELECT count(*) FROM notes').pluck().get() as number
      copy.close()
      return count
    })
  return { data, copies, copied }
}

/** `timeout`: milliseconds that it waits for whoever writes. */
const opening = (data: string, timeout: number): string => `
  import Database from 'better-sqlite3'
  const open = (name) => new Database('${data}/' + name + '.sqlite', { timeout: ${timeout} })`

test('while the moment is taken, no other process can write in either database', async (t) => {
  const { data, copies, copied } = twoDatabases(t)
  const writing = `${opening(data, 0)}
    for (const name of ['identity', 'study']) {
      try { open(name).exec("INSERT INTO notes VALUES ('meanwhile')"); console.log('written') } catch (cause) { console.log(cause.code) }
    }`
  let said = ''
  const snapshot = await takeSnapshot(data, () => {
    said = execFileSync(process.execPath, ['--input-type=module', '--eval', writing], { encoding: 'utf8' })
    return now()
  })
  assert.equal(said, 'SQLITE_BUSY\nSQLITE_BUSY\n')
  const after = execFileSync(process.execPath, ['--input-type=module', '--eval', writing], { encoding: 'utf8' })
  assert.equal(after, 'written\nwritten\n', 'they can as soon as it is taken')
  await snapshot.copyInto(copies)
  snapshot.close()
  assert.deepEqual(copied(), [0, 0])
})

for (const [first, second] of [[...names], [...names].reverse()])
  test(`a process that has written in ${first} and not yet in ${second} is waited for`, async (t) => {
    const { data, copies, copied } = twoDatabases(t)
    const script = `${opening(data, 60_000)}
      const [first, second] = [open('${first}'), open('${second}')]
      first.exec('BEGIN IMMEDIATE')
      first.exec("INSERT INTO notes VALUES ('first')")
      console.log('in the middle')
      process.stdin.once('data', () => {
        second.exec("INSERT INTO notes VALUES ('second')")
        first.exec('COMMIT')
        process.exit()
      })`
    const writer = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['pipe', 'pipe', 'inherit'] })
    t.after(() => writer.kill('SIGKILL'))
    await once(writer.stdout, 'data')
    let isTaken = false
    const taking = takeSnapshot(data, now).then((snapshot) => {
      isTaken = true
      return snapshot
    })
    for (let round = 0; round < 20; round++) await turn()
    assert.equal(isTaken, false)
    const ended = once(writer, 'exit')
    writer.stdin.write('go on\n')
    const snapshot = await taking
    await snapshot.copyInto(copies)
    snapshot.close()
    assert.deepEqual(copied(), [1, 1])
    assert.deepEqual(await ended, [0, null])
  })
