/** The files of the databases, and the disk that they are on, become read-only while people answer. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { fragileDisk, mayHaveDisk, setReadOnly } from '../harness/fragile-disk.ts'
import { type ManySessions, manySessions, submission } from '../harness/many-sessions.ts'
import { type Serving, serve } from '../harness/serving.ts'
import { nothingTold, type Told } from './at-work.ts'
import { assertWhole } from './left-behind.ts'

const onlyWithDisk = { skip: !mayHaveDisk && 'only root on Linux may make a disk, with mkfs.ext4 and chattr' }
const token = 'aBcd'.repeat(8)

test(
  'files of databases that become read-only: it is said to whoever answers and in /readyz, and goes on by itself when they can be written',
  onlyWithDisk,
  async (t) => {
    const { study, folder, server, told } = await onDisk(t)
    await submitSome(study, server, told, 8)
    assert.equal(await reasonOf(server, 'database'), null)
    const files = ['study.sqlite', 'study.sqlite-wal', 'identity.sqlite', 'identity.sqlite-wal'].map((name) => join(folder, name))
    for (const some of [files, files.slice(0, 2)]) {
      setReadOnly(true, ...some)
      try {
        await assertRefused(study, server)
        assert.match((await reasonOf(server, 'database')) ?? '', /cannot be written/)
      } finally {
        setReadOnly(false, ...some)
      }
      // Who was refused sends the same once more.
      await submitSome(study, server, told, 8)
      assert.equal(await reasonOf(server, 'database'), null)
    }
    await server.stop()
    await assertWhole(folder, told)
  },
)

test(
  'a disk that breaks and can only be read: nothing acknowledged is lost, and once it is repaired the next start needs no hand',
  onlyWithDisk,
  async (t) => {
    const { study, folder, server, told, disk } = await onDisk(t)
    await submitSome(study, server, told, 8)
    disk.fail()
    await assertRefused(study, server)
    assert.match((await reasonOf(server, 'database')) ?? '', /cannot be written/)
    assert.match((await reasonOf(server, 'disk')) ?? '', /cannot be written/)
    await server.stop()
    disk.repair()
    await assertWhole(folder, told)
    const next = await serve(environmentOf(study))
    t.after(() => next.kill())
    await submitSome(study, next, told, 8)
    assert.equal(await reasonOf(next, 'database'), null)
    await next.stop()
    await assertWhole(folder, told)
  },
)

const environmentOf = ({ environment }: ManySessions) => ({ ...environment, METRICS_TOKEN: token })

async function onDisk(t: TestContext) {
  const disk = fragileDisk(t)
  const folder = join(disk.folder, 'data')
  const study = await manySessions(folder, 12)
  const server = await serve(environmentOf(study))
  t.after(() => server.kill())
  return { disk, folder, study, server, told: nothingTold() }
}

async function send({ lists }: ManySessions, { origin }: Serving) {
  const list = lists.at(-1)
  assert.ok(list)
  const { path, ...request } = submission(list)
  const answer = await fetch(`${origin}${path}`, request)
  return { list, status: answer.status, body: (await answer.json()) as { error?: { code: string } } }
}

async function submitSome(study: ManySessions, server: Serving, told: Told, count: number): Promise<void> {
  for (let left = count; left > 0; left--) {
    const { status, body, list } = await send(study, server)
    assert.equal(status, 200, JSON.stringify(body))
    told.submitted.add(list.assignmentId)
    study.lists.pop()
  }
}

async function assertRefused(study: ManySessions, server: Serving): Promise<void> {
  for (let tries = 3; tries > 0; tries--) {
    const { status, body } = await send(study, server)
    assert.deepEqual([status, body.error?.code], [503, 'storage-away'])
  }
}

/** What /readyz has against it, once a second has passed since it was asked last. */
async function reasonOf({ origin }: Serving, name: string): Promise<string | null | undefined> {
  await wait(1_050)
  const answer = await fetch(`${origin}/readyz`, { headers: { Authorization: `Bearer ${token}` } })
  const { checks } = (await answer.json()) as { checks: { name: string; reason: string | null }[] }
  return checks.find((check) => check.name === name)?.reason
}
