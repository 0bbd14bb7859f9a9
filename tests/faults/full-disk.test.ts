import assert from 'node:assert/strict'
import { existsSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import Database from 'better-sqlite3'
import { newKeyPair } from '../../server/backup/keys.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { manySessions, submission } from '../harness/many-sessions.ts'
import { olderDatabase } from '../harness/older-database.ts'
import { serve } from '../harness/serving.ts'
import { mayMount, resize, smallDisk } from '../harness/small-disk.ts'

/** Takes all the room that is left. */
function fill(folder: string): string {
  const path = join(folder, 'filler')
  for (let size = 1 << 20; size >= 512; size = size >> 1)
    for (let number = 0; ; number++) {
      try {
        writeFileSync(`${path}-${size}-${number}`, Buffer.alloc(size))
      } catch {
        rmSync(`${path}-${size}-${number}`, { force: true })
        break
      }
    }
  return path
}

const onlyWithMount = { skip: !mayMount && 'only root on Linux may mount a small disk' }

test(
  'on a full disk a submit is refused as such, what was acknowledged stays, and with room again it goes on',
  onlyWithMount,
  async (t) => {
    const folder = smallDisk(t, 6_000)
    const { environment, lists } = await manySessions(folder, 30)
    const server = await serve(environment)
    t.after(() => server.kill())
    const send = async (index: number): Promise<{ status: number; code?: string }> => {
      const list = lists[index]
      assert.ok(list)
      const { path, ...request } = submission(list)
      const answer = await fetch(`${server.origin}${path}`, request)
      const body = (await answer.json()) as { error?: { code: string } }
      return { status: answer.status, ...(body.error && { code: body.error.code }) }
    }
    const acknowledged: number[] = []
    assert.equal((await send(0)).status, 200)
    acknowledged.push(0)

    const filler = fill(folder)
    let refused = 0
    for (let index = 1; index < 60 && refused < 5; index++) {
      const { status, code } = await send(index)
      if (status === 200) acknowledged.push(index)
      else {
        assert.deepEqual([status, code], [507, 'storage-full'])
        refused++
      }
    }
    assert.equal(refused, 5, 'the disk never became full')

    for (const name of readdirSync(folder)) if (join(folder, name).startsWith(filler)) rmSync(join(folder, name))
    assert.equal((await send(100)).status, 200)
    acknowledged.push(100)
    await server.stop()

    const study = new Database(join(folder, 'study.sqlite'))
    t.after(() => study.close())
    assert.deepEqual(study.pragma('integrity_check'), [{ integrity_check: 'ok' }])
    const stored = study.prepare('SELECT assignment_id AS id FROM responses').pluck().all() as string[]
    assert.deepEqual(stored.toSorted(), acknowledged.map((index) => lists[index]?.assignmentId).toSorted())
  },
)

test('a backup for which there is no room is not begun, says how much it takes, and families go on answering', onlyWithMount, async (t) => {
  const folder = smallDisk(t, 20_000)
  const { environment, lists } = await manySessions(folder, 30)
  const server = await serve(environment)
  t.after(() => server.kill())
  const into = join(temporaryFolder(t), 'backups')
  const { recipient } = await newKeyPair()
  const backup = (to = into) => nameting({ ...environment, BACKUP_RECIPIENT: recipient }, 'backup', to)
  const { code, stderr } = await backup()
  assert.equal(code, 1)
  assert.match(stderr, /takes \d+\.\d MB of room in .* while it is made, and 1\d\.\d are left\. Nothing was copied: make room first/)
  const megabytes = (said: string) => Number(/takes ([\d.]+) MB/.exec(said)?.[1])
  const onOneDisk = await backup(join(folder, 'backups'))
  assert.ok(megabytes(onOneDisk.stderr) > megabytes(stderr), 'what is packed takes room there too')
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.startsWith('.copying')),
    [],
  )
  for (const list of lists.slice(0, 20)) {
    const { path, ...request } = submission(list)
    assert.equal((await fetch(`${server.origin}${path}`, request)).status, 200)
  }
  resize(folder, 120_000)
  assert.equal((await backup()).code, 0)
})

test('an import that fills the disk registers nothing and says so', onlyWithMount, async (t) => {
  const folder = smallDisk(t, 3_000)
  const { environment } = await manySessions(folder, 1)
  const rows = Array.from(
    { length: 1500 },
    (_, n) => `F-${n},conference,prospective,2026-03-01,2026-04-15,parent,Ouder ${n},ouder${n}@voorbeeld.example,nl`,
  )
  const path = join(temporaryFolder(t), 'cases.csv')
  writeFileSync(path, ['case_code,arm,cohort,referral_date,conference_date,role,name,email,language', ...rows].join('\n'))
  const { code, stderr } = await nameting(environment, 'import', '--study', 's1', path)
  assert.equal(code, 1)
  assert.match(stderr, /disk of the data folder is full/)
  const next = await nameting(environment, 'study', 'list')
  assert.ok(next.code === 0 || /Is the disk full/.test(next.stderr), next.stderr)
  // To look into a database takes some room, too.
  resize(folder, 6_000)
  const study = new Database(join(folder, 'study.sqlite'))
  const identity = new Database(join(folder, 'identity.sqlite'))
  t.after(() => {
    study.close()
    identity.close()
  })
  assert.equal(study.prepare('SELECT count(*) FROM cases').pluck().get(), 1)
  assert.equal(identity.prepare('SELECT count(*) FROM people').pluck().get(), 1)
  assert.deepEqual(study.pragma('integrity_check'), [{ integrity_check: 'ok' }])
})

test(
  'an upgrade for which there is no room changes neither database and says how much it takes; with room it is done',
  onlyWithMount,
  async (t) => {
    const folder = smallDisk(t, 4_000)
    const parts = ['identity', 'study'] as const
    const steps = () =>
      parts.map((part) => {
        const database = new Database(join(folder, `${part}.sqlite`), { readonly: true })
        try {
          return database.prepare('SELECT count(*) FROM __drizzle_migrations').pluck().get()
        } finally {
          database.close()
        }
      })
    for (const part of parts)
      olderDatabase(`server/db/migrations/${part}`, part === 'identity' ? 5 : 27, join(folder, `${part}.sqlite`)).close()
    const settings = { DATA_DIR: folder, IDENTITY_KEY: 'ab'.repeat(32) }
    const { blocks, bfree, bsize } = statfsSync(folder)
    const used = ((blocks - bfree) * bsize) / 1024
    // In some of these the first database would have fitted, and the second not.
    for (const left of [40, 64, 72, 2_000]) {
      resize(folder, used + left)
      const { code, stderr } = await nameting(settings, 'study', 'list')
      assert.equal(code, 1)
      assert.match(stderr, /takes \d+\.\d MB of room in .*, and \d\.\d are left\. Nothing was changed|disk of the data folder is full/)
      // To look into a database takes some room, too.
      resize(folder, 8_000)
      assert.deepEqual(steps(), [5, 27])
    }
    resize(folder, 40_000)
    const { code, stderr } = await nameting(settings, 'study', 'list')
    assert.equal(code, 0, stderr)
    assert.notDeepEqual(steps(), [5, 27])
  },
)

test('a data folder on a disk without any room is said so at start', onlyWithMount, async (t) => {
  const folder = smallDisk(t, 100)
  fill(folder)
  const { code, stderr } = await nameting({ DATA_DIR: join(folder, 'data'), IDENTITY_KEY: 'ab'.repeat(32) }, 'study', 'list')
  assert.equal(code, 1)
  assert.ok(!stderr.includes('    at '), stderr)
  assert.match(stderr, /full|cannot be (written|opened)/)
  assert.equal(existsSync(join(folder, 'data', 'study.sqlite-journal')), false)
})
