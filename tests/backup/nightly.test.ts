/** The backup of the night: once, tried again when it fails, and older ones let go only when a newer one is whole. */
import assert from 'node:assert/strict'
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises'
import { backupsIn, nameOfBackup } from '../../server/backup/backup-folder.ts'
import { addToErasureList, erasureListIn } from '../../server/backup/erasure-list.ts'
import { newKeyPair } from '../../server/backup/keys.ts'
import { readManifest } from '../../server/backup/manifest.ts'
import { Failure } from '../../server/failure.ts'
import { closeContext, openContext } from '../../server/open-context.ts'
import { backupInThread } from '../../server/workflow/backup-in-thread.ts'
import { assertAsWritten, makeBackup } from '../../server/workflow/make-backup.ts'
import { isDue, lastBackup, type Nightly, nightlyBackup } from '../../server/workflow/nightly-backup.ts'
import { backupsOf } from '../harness/backups.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { fragileDisk, mayHaveDisk } from '../harness/fragile-disk.ts'
import { freePort } from '../harness/free-port.ts'
import { serve } from '../harness/serving.ts'
import { mayMount, smallDisk } from '../harness/small-disk.ts'
import { staffAt } from '../harness/staff.ts'
import { startStudyServer } from '../harness/study-server.ts'
import { openTestStudy } from '../harness/test-study.ts'

async function withNights(t: TestContext, now = '2026-03-02T09:00:00Z') {
  const folder = temporaryFolder(t)
  const study = await openTestStudy({ folder: join(folder, 'data'), now })
  t.after(() => study.close())
  const { recipient } = await newKeyPair()
  const into = join(folder, 'backups')
  mkdirSync(into)
  study.context.backups = into
  // As the first backup by hand leaves it.
  await addToErasureList(erasureListIn(into), [
    { list: 'first', event: 0, at: '2026-01-01T00:00:00.000Z', what: 'backup made', backup: 'by hand' },
  ])
  const identityKey = Buffer.from(study.environment.IDENTITY_KEY ?? '', 'hex')
  const nightly: Nightly = { into, recipient, identityKey, hour: 2, keep: { days: 3, weeks: 0, months: 0 } }
  const make: Parameters<typeof nightlyBackup>[2] = (order) => makeBackup(order, study.clock)
  return { ...study, folder, into, nightly, night: () => nightlyBackup(study.context, nightly, make) }
}

test('a backup is due once a day from its hour on, by the clock on the wall, also when that goes forward', () => {
  const done = { day: '2026-03-28', by: 'a', claimedAt: '2026-03-28T01:00:00.000Z', endedAt: '2026-03-28T01:05:00.000Z', why: null }
  assert.equal(isDue(null, '2026-03-29T00:59:00.000Z', 2), false)
  // At two o'clock it is three: there is no hour of two on this day.
  assert.equal(isDue(done, '2026-03-29T01:00:00.000Z', 2), true)
  assert.equal(isDue({ ...done, day: '2026-03-29' }, '2026-03-29T20:00:00.000Z', 2), false)
  // In October the hour of two comes twice.
  assert.equal(isDue({ ...done, day: '2026-10-25', claimedAt: '2026-10-25T00:00:00.000Z' }, '2026-10-25T01:30:00.000Z', 2), false)
  const under = { ...done, day: '2026-03-29', endedAt: null, claimedAt: '2026-03-29T01:00:00.000Z' }
  assert.deepEqual([isDue(under, '2026-03-29T01:59:00.000Z', 2), isDue(under, '2026-03-29T02:00:00.000Z', 2)], [false, true])
  const failed = { ...under, endedAt: '2026-03-29T01:10:00.000Z', why: 'the disk is full' }
  assert.deepEqual([isDue(failed, '2026-03-29T02:09:00.000Z', 2), isDue(failed, '2026-03-29T02:10:00.000Z', 2)], [false, true])
})

test('of several servers one makes it, and the day after one makes the next; so many are kept', async (t) => {
  const { night, nightly, clock, into, environment } = await withNights(t)
  const other = await openContext(
    {
      ...environment,
      DATA_DIR: environment.DATA_DIR ?? '',
      BASE_URL: environment.BASE_URL,
      IDENTITY_KEY: Buffer.from(environment.IDENTITY_KEY ?? '', 'hex'),
    },
    clock,
  )
  t.after(() => closeContext(other))
  let made = 0
  const both = await Promise.all([
    night(),
    nightlyBackup(other, { ...nightly, recipient: 'unused', keep: { days: 1, weeks: 0, months: 0 } }, async () => assert.fail(`${++made}`)),
  ])
  assert.deepEqual([both.filter(Boolean).length, made], [1, 0])
  assert.equal(await night(), null)
  const kept: string[] = []
  for (const day of ['03', '04', '05', '06']) {
    clock.set(`2026-03-${day}T09:00:00Z`)
    const report = await night()
    kept.push(...(report?.removed ?? []))
  }
  assert.deepEqual(
    (await backupsIn(into)).map(({ madeAt }) => madeAt.slice(0, 10)),
    ['2026-03-04', '2026-03-05', '2026-03-06'],
  )
  assert.deepEqual(
    kept.map((name) => name.slice(9, 19)),
    ['2026-03-02', '2026-03-03'],
  )
  assert.deepEqual(
    readdirSync(into).filter((name) => name.startsWith('.')),
    [],
  )
})

test('one that fails lets nothing go, is told, and is tried again after an hour', async (t) => {
  const { night, clock, into, nightly, context } = await withNights(t)
  await night()
  clock.set('2026-03-20T09:00:00Z')
  assert.equal((await lastBackup(context))?.problem, 'old')
  const fails = () => nightlyBackup(context, nightly, async () => Promise.reject(new Failure('The disk is full.')))
  await assert.rejects(fails(), /The disk is full/)
  assert.deepEqual(await lastBackup(context), {
    newest: { name: nameOfBackup('2026-03-02T09:00:00.000Z'), madeAt: '2026-03-02T09:00:00.000Z' },
    failed: { at: '2026-03-20T09:00:00.000Z', why: 'The disk is full.' },
    problem: 'failed',
  })
  assert.equal((await backupsIn(into)).length, 1)
  assert.equal(await night(), null)
  clock.set('2026-03-20T10:00:00Z')
  assert.ok(await night())
  const last = await lastBackup(context)
  assert.deepEqual([last?.problem, last?.failed, last?.newest?.madeAt], [null, null, '2026-03-20T10:00:00.000Z'])
})

test('whoever manages the study sees on the first page that there is no backup, and others do not', async (t) => {
  const server = await startStudyServer(t)
  const into = join(temporaryFolder(t), 'backups')
  server.context.backups = into
  const nightly: Nightly = { into, recipient: 'unused', identityKey: Buffer.alloc(32), hour: 2, keep: { days: 1, weeks: 0, months: 0 } }
  const manager = await staffAt(server, 'data manager')
  const today = async (staff: typeof manager) => (await staff.call('GET /studies/s1/today')).body.backup
  assert.equal(await today(manager), null)
  await assert.rejects(nightlyBackup(server.context, nightly, async () => Promise.reject(new Failure('The disk is full.'))))
  assert.deepEqual(await today(manager), { problem: 'failed', newest: null })
  assert.equal(await today(await staffAt(server, 'coordinator')), null)
})

test('the server makes it in a thread of its own, and keeps the list of erasures beside it', async (t) => {
  const { into, nightly, environment, folder } = await withNights(t)
  const copies = join(environment.DATA_DIR ?? '', '.copying-999999999-left')
  mkdirSync(copies)
  writeFileSync(join(copies, 'study.sqlite'), 'what a kill has left behind')
  const settings = {
    ...environment,
    BASE_URL: `http://127.0.0.1:${await freePort()}`,
    BACKUP_DIR: into,
    BACKUP_RECIPIENT: nightly.recipient,
    // Due at any time of the day.
    BACKUP_HOUR: '0',
  }
  const server = await serve(settings)
  t.after(() => server.kill())
  assert.ok(!existsSync(copies))
  for (let waited = 0; !server.said().includes('backup made') && waited < 60_000; waited += 50) await wait(50)
  await server.stop()
  assert.match(server.said(), /"level":40.*"msg":"backups are on the disk of the data: both are lost together"/)
  assert.match(server.said(), /"backup":"nameting-[^"]+","removed":0,"msg":"backup made"/)
  assert.equal((await backupsIn(into)).length, 1)
  assert.deepEqual(readdirSync(into).length, 2, 'a backup and the list')
  assert.ok(existsSync(folder))
})

test('a folder that cannot be written is told, and nothing is left in the data folder', async (t) => {
  const { night, into, context, environment } = await withNights(t)
  rmSync(into, { recursive: true })
  writeFileSync(into, 'a file in the way')
  await assert.rejects(night(), Failure)
  const last = await lastBackup(context)
  assert.deepEqual(
    [last?.problem, /file already exists|not a directory/.test(last?.failed?.why ?? '')],
    ['unreadable', true],
    last?.failed?.why ?? '',
  )
  assert.deepEqual(
    readdirSync(environment.DATA_DIR ?? '').filter((name) => name.startsWith('.')),
    [],
  )
})

test('a folder that goes away while the thread is at work is told as what it is, and not as a mistake of ours', async (t) => {
  const { into, nightly, context, environment } = await withNights(t)
  const cutOff = nightlyBackup(context, nightly, (order) => {
    rmSync(into, { recursive: true })
    writeFileSync(into, 'a file in the way')
    return backupInThread(order)
  })
  await assert.rejects(cutOff, (error) => error instanceof Failure && /^The backup cannot be made: E/.test(error.message))
  assert.match((await lastBackup(context))?.failed?.why ?? '', /^The backup cannot be made: E/)
  assert.deepEqual(
    readdirSync(environment.DATA_DIR ?? '').filter((name) => name.startsWith('.')),
    [],
  )
})

test('a disk that breaks when half of it is there is told as what it is, with what was left on it', { skip: !mayHaveDisk }, async (t) => {
  const { nightly, clock, environment } = await withNights(t)
  const { recipient, identityKey } = nightly
  const disk = fragileDisk(t)
  const into = join(disk.folder, 'backups')
  const making = makeBackup({ data: environment.DATA_DIR ?? '', into, recipient, identityKey }, clock)
  const refused = assert.rejects(
    making,
    (error) => error instanceof Failure && /^The backup cannot be made: E.*A later backup removes/.test(error.message),
  )
  while (!(existsSync(into) && readdirSync(into).some((name) => name.includes('.partial-')))) await turn()
  disk.fail()
  await refused
  assert.deepEqual(
    readdirSync(environment.DATA_DIR ?? '').filter((name) => name.startsWith('.')),
    [],
  )
})

test('on a full disk it fails and leaves nothing, and the backups that were there are as they were', { skip: !mayMount }, async (t) => {
  const { night, clock, into, nightly, context, environment } = await withNights(t)
  await night()
  const [whole] = await backupsIn(into)
  const small = smallDisk(t, 40)
  cpSync(whole?.path ?? '', join(small, whole?.name ?? ''), { recursive: true, force: true })
  cpSync(erasureListIn(into), erasureListIn(small))
  clock.set('2026-03-03T09:00:00Z')
  await assert.rejects(
    nightlyBackup(context, { ...nightly, into: small }, (order) => makeBackup(order, clock)),
    (error) => error instanceof Failure && /cannot be made: ENOSPC/.test(error.message),
  )
  assert.deepEqual(readdirSync(small).sort(), ['erasures.ndjson', whole?.name])
  await assertAsWritten(join(small, whole?.name ?? ''), readManifest(whole?.path ?? ''))
  assert.deepEqual(
    readdirSync(environment.DATA_DIR ?? '').filter((name) => name.startsWith('.')),
    [],
  )
})

test('an empty data folder in the place of the real one takes no backup and lets none go', async (t) => {
  const { night, clock, into, nightly, folder, environment } = await withNights(t)
  await night()
  clock.set('2026-03-03T09:00:00Z')
  await night()
  clock.set('2026-03-09T09:00:00Z')
  const settings = { BASE_URL: environment.BASE_URL, IDENTITY_KEY: Buffer.from(environment.IDENTITY_KEY ?? '', 'hex') }
  const empty = await openContext({ ...settings, DATA_DIR: join(folder, 'not mounted') }, clock)
  t.after(() => closeContext(empty))
  empty.backups = into
  const oneDay: Nightly = { ...nightly, keep: { days: 1, weeks: 0, months: 0 } }
  await assert.rejects(
    nightlyBackup(empty, oneDay, (order) => makeBackup(order, clock)),
    (error) => error instanceof Failure && /nameting-2026-03-03T\S+, is of another data folder/.test(error.message),
  )
  assert.equal((await lastBackup(empty))?.problem, 'failed')
  assert.equal((await backupsIn(into)).length, 2)
  assert.deepEqual(
    readdirSync(into).filter((name) => name.startsWith('.')),
    [],
  )
  // And even where one lies there, the real one's are left alone.
  await makeBackup(
    { data: empty.place.data, into: join(folder, 'apart'), recipient: nightly.recipient, identityKey: nightly.identityKey },
    clock,
  )
  cpSync(join(folder, 'apart'), into, { recursive: true, force: true })
  clock.set('2026-03-10T09:00:00Z')
  assert.equal((await nightlyBackup(empty, oneDay, (order) => makeBackup(order, clock)))?.removed.length, 1)
  assert.deepEqual(
    (await backupsIn(into)).map(({ madeAt }) => madeAt.slice(5, 10)),
    ['03-02', '03-03', '03-10'],
  )
})

test('a folder that was put back lets go what it was put back from, and stops where the one before goes on', async (t) => {
  const study = await openTestStudy({ folder: join(temporaryFolder(t), 'data'), now: '2026-03-02T09:00:00Z' })
  t.after(() => study.close())
  const backups = await backupsOf(t, study)
  const first = await backups.make()
  study.clock.set('2026-03-03T09:00:00Z')
  await backups.make()
  const to = join(temporaryFolder(t), 'restored')
  await backups.restore(first.path, to)
  const restored = await backups.open(to)
  const { folder: into, recipient, identityKey } = backups
  const nightly: Nightly = { into, recipient, identityKey, hour: 2, keep: { days: 1, weeks: 0, months: 0 } }
  const night = () => nightlyBackup(restored, nightly, (order) => makeBackup(order, study.clock))
  study.clock.set('2026-03-04T09:00:00Z')
  assert.deepEqual((await night())?.removed.length, 2)
  study.clock.set('2026-03-05T09:00:00Z')
  await assert.rejects(backups.make(), /is of another data folder/)
  for (const { path } of await backupsIn(backups.folder)) rmSync(path, { recursive: true })
  await backups.make()
  study.clock.set('2026-03-06T09:00:00Z')
  await assert.rejects(night(), /is of another data folder/)
  assert.equal((await backupsIn(backups.folder)).length, 1)
})

test('no installation begins where there are backups of another; where there are none, it is said that one begins', async (t) => {
  const { night, into, nightly, environment, folder } = await withNights(t)
  await night()
  const empty = join(folder, 'not mounted')
  const settings = { ...environment, DATA_DIR: empty, BASE_URL: `http://127.0.0.1:${await freePort()}` }
  const withBackups = { ...settings, BACKUP_DIR: into, BACKUP_RECIPIENT: nightly.recipient }
  for (const command of [['serve'], ['staff', 'list']]) {
    const { code, stderr } = await nameting(withBackups, ...command)
    assert.equal(code, 1, stderr)
    assert.match(
      stderr,
      /There are no databases in .*not mounted, and there are backups in .*nameting restore.*another folder\. Nothing was made/,
    )
  }
  assert.ok(!existsSync(empty))
  const server = await serve(settings)
  t.after(() => server.kill())
  await server.stop()
  assert.match(server.said(), /"level":40.*"msg":"there were no databases in DATA_DIR: new ones were made/)
})

test('one that takes hours is left to whoever makes it, and one whose process is gone is made within the hour', async (t) => {
  const { context, clock, nightly, night } = await withNights(t)
  const gone = new AbortController()
  const long = nightlyBackup(context, nightly, () => new Promise((_, reject) => gone.signal.addEventListener('abort', reject)), {
    renewal: 5,
  })
  const over = assert.rejects(long)
  const claimedAt = () =>
    context.stores.study.read.get<{ at: string } | undefined>(
      "SELECT value ->> '$.claimedAt' AS at FROM settings WHERE name = 'nightly backup'",
    )?.at ?? ''
  for (const hour of ['10', '11', '12']) {
    clock.set(`2026-03-02T${hour}:00:00Z`)
    while (claimedAt() !== clock.now()) await wait(5)
    clock.set(`2026-03-02T${hour}:59:00Z`)
    assert.equal(await night(), null)
  }
  // As a kill leaves it: nobody says any more that it is being made.
  await context.stores.study.withTx(
    async (tx) => void tx.run("UPDATE settings SET value = json_set(value, '$.by', 'somebody killed') WHERE name = 'nightly backup'"),
  )
  const last = claimedAt()
  clock.set(Temporal.Instant.from(last).add({ minutes: 60 }).toString())
  assert.ok(await night())
  gone.abort()
  await over
  assert.equal((await lastBackup(context))?.problem, null)
})

test('a public key with a typing mistake is found at the start, not by night', async (t) => {
  const { nightly, environment, into } = await withNights(t)
  const [last = ''] = nightly.recipient.slice(-1)
  const recipient = nightly.recipient.slice(0, -1) + (last === 'q' ? 'p' : 'q')
  const { code, stderr } = await nameting({ ...environment, BACKUP_DIR: into, BACKUP_RECIPIENT: recipient }, 'serve')
  assert.deepEqual([code, /BACKUP_RECIPIENT is no public key of age, or there is a typing mistake/.test(stderr)], [1, true], stderr)
})

test('into a folder in which no backup was ever made by hand none is made by night: its disk may not be mounted', async (t) => {
  const { context, night, into, clock, environment, nightly } = await withNights(t)
  rmSync(into, { recursive: true })
  for (const folder of [undefined, into]) {
    if (folder) mkdirSync(folder)
    await assert.rejects(
      night(),
      /There is no list of erasures in .*mounted\? Into a new folder make the first backup by hand: nameting backup/,
    )
    assert.equal((await lastBackup(context))?.problem, 'failed')
    clock.set(Temporal.Instant.from(clock.now()).add({ hours: 1 }).toString())
  }
  assert.deepEqual(readdirSync(into), [])
  const byHand = await nameting({ ...environment, BACKUP_RECIPIENT: nightly.recipient }, 'backup', into)
  assert.equal(byHand.code, 0)
  assert.match(byHand.stderr, /is on the disk of the data, so that both are lost together/)
  assert.ok(existsSync(erasureListIn(into)))
  clock.set('2030-03-03T09:00:00Z')
  assert.ok(await night())
})
