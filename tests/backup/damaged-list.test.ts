/** A list of erasures of which a disk has lost a part: nobody is brought back quietly, and who keeps it writes it again. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { erasureListIn } from '../../server/backup/erasure-list.ts'
import { readErasureList } from '../../server/backup/read-erasure-list.ts'
import { listErasures } from '../../server/workflow/list-erasures.ts'
import { goOnWithNewList } from '../../server/workflow/own-backups.ts'
import { withdrawAndErase } from '../../server/workflow/stop-participant.ts'
import { backupsOf } from '../harness/backups.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { family } from '../harness/family.ts'
import { openTestStudy } from '../harness/test-study.ts'

/** Two parents who had their answers erased after a backup, and the line of the first zeroed beside the backups. */
async function damaged(t: TestContext) {
  const data = join(temporaryFolder(t), 'data')
  const study = await openTestStudy({ folder: data })
  t.after(() => study.close())
  await study.register(family('A-001'), family('A-002'))
  const backups = await backupsOf(t, study)
  study.context.backups = backups.folder
  const { path, name } = await backups.make()
  const parents = study.rows<{ id: string }>("SELECT id FROM participants WHERE role = 'parent' ORDER BY id")
  for (const { id } of parents) await withdrawAndErase(study.context, { id })
  const [beside, own] = [erasureListIn(backups.folder), erasureListIn(data)]
  const whole = readFileSync(beside)
  const lost = whole.toString().split('\n')[1] ?? ''
  assert.match(lost, /answers erased/)
  const begin = whole.indexOf(lost)
  const spoil = () => writeFileSync(beside, Buffer.from(whole).fill(0, begin, begin + lost.length))
  spoil()
  const environment: Record<string, string> = {
    ...study.environment,
    BACKUP_DIR: backups.folder,
    BACKUP_RECIPIENT: backups.recipient,
    BACKUP_KEY: backups.key,
  }
  const to = () => join(temporaryFolder(t), 'restored')
  return { study, backups, path, name, beside, own, whole, lost, spoil, environment, to }
}

test('an older backup is not put back with it, unless a whole copy or somebody says so', async (t) => {
  const { path, beside, own, lost, environment, to, whole } = await damaged(t)
  const refused = await nameting(environment, 'restore', path, '--to', to())
  assert.equal(refused.code, 1)
  assert.match(
    refused.stderr,
    new RegExp(
      `${beside} is damaged: ${lost.length + 1} bytes from line 2 on cannot be read\\. .*--erasures.*--damaged-erasures.*Nothing was put back`,
    ),
  )
  const verified = await nameting(environment, 'verify')
  assert.equal(verified.code, 1)
  assert.match(verified.stderr, new RegExp(`${beside} is damaged: .*cannot be read.*put a whole copy of the same file in its place`))

  const copied = await nameting(environment, 'restore', path, '--to', to(), '--erasures', own)
  assert.equal(copied.code, 0, copied.stderr)
  assert.match(copied.stdout, /erased again, by a list that goes to .*: answers of 2/)
  assert.doesNotMatch(copied.stdout, /NOT erased/)
  // One from before it was damaged, that ends before the lost line.
  const older = join(to(), '..', 'older.ndjson')
  writeFileSync(older, whole.subarray(0, whole.indexOf(lost)))
  assert.equal((await nameting(environment, 'restore', path, '--to', to(), '--erasures', older)).code, 1)

  const despite = await nameting(environment, 'restore', path, '--to', to(), '--damaged-erasures')
  assert.equal(despite.code, 0, despite.stderr)
  assert.match(despite.stdout, new RegExp(`^NOT erased again: what stood in ${beside}, \\d+ bytes from line 2 on`, 'm'))
  const both = await nameting(environment, 'restore', path, '--to', to(), '--damaged-erasures', '--without-erasures')
  assert.equal(both.code, 2)
})

test('the mark of the backup may be lost with it: what can be read is done all the same', async (t) => {
  const { path, beside, whole, environment, to } = await damaged(t)
  writeFileSync(beside, Buffer.from(whole).fill(0, 0, 20))
  assert.equal((await nameting(environment, 'restore', path, '--to', to())).code, 1)
  const despite = await nameting(environment, 'restore', path, '--to', to(), '--damaged-erasures', '--json')
  assert.equal(despite.code, 0, despite.stderr)
  const { replayed, unread } = JSON.parse(despite.stdout) as { replayed: { answers: number }; unread: unknown[] }
  assert.deepEqual([replayed.answers, unread], [2, [{ path: beside, where: `${whole.indexOf('\n') + 1} bytes from line 1 on` }]])
})

test('the server writes it again when it starts and once a day, with the marks of backups, and then it is whole', async (t) => {
  const { study, path, beside, whole, environment, backups, spoil, to } = await damaged(t)
  const { context, clock } = study
  /** As a process does that begins. */
  const begun = () => listErasures({ ...context, stores: { ...context.stores } })
  const again = /damaged: \d+ bytes from line \d on\. All of it was written again\. Look at the disk/
  assert.match((await begun()).join(), again)
  assert.deepEqual(await begun(), [])
  assert.equal((await nameting(environment, 'verify', '--backup', path)).code, 0)
  assert.equal((await backups.restore(path, to())).replayed?.answers, 2)

  // All of it at once, the mark of the backup too.
  writeFileSync(beside, Buffer.alloc(whole.length))
  assert.deepEqual(await listErasures(context), [])
  clock.set('2026-03-03T09:00:00Z')
  assert.match((await listErasures(context)).join(), again)
  assert.equal((await backups.restore(path, to())).replayed?.answers, 2)
  const mended = readFileSync(beside)
  // Lines that are cleanly gone from the end: nobody can see that but who has the journal.
  const begin = mended.indexOf('{')
  writeFileSync(beside, mended.subarray(begin, mended.indexOf('\n', begin) + 1))
  clock.set('2026-03-04T09:00:00Z')
  assert.deepEqual(await listErasures(context), [])
  assert.deepEqual(
    (await readErasureList(beside)).lines.map(({ what }) => what),
    ['answers erased', 'withdrawn', 'answers erased', 'withdrawn'],
  )
  writeFileSync(beside, mended)
  const { lines } = await readErasureList(beside)
  assert.deepEqual(
    lines.map(({ what }) => what),
    ['answers erased', 'withdrawn', 'answers erased', 'withdrawn', 'backup made', 'written again'],
  )

  // Of a folder that was put back, which goes on with a list of its own: it does not know what stood there.
  spoil()
  await context.stores.study.withTx((tx) => goOnWithNewList(tx, clock.now()))
  assert.match((await begun()).join(), /is damaged: .*put a whole copy of the same file in its place/)
  await assert.rejects(backups.restore(path, to()), /is damaged/)
  writeFileSync(beside, whole)
  assert.deepEqual(await begun(), [])
})
