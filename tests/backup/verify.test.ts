/** `nameting verify` tries the newest backup out, and says what it could not try. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { backupsOf } from '../harness/backups.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { family } from '../harness/family.ts'
import { mayMount, smallDisk } from '../harness/small-disk.ts'
import { openTestStudy } from '../harness/test-study.ts'

async function backedUp(t: TestContext) {
  const folder = temporaryFolder(t)
  const study = await openTestStudy({ folder: join(folder, 'data') })
  t.after(() => study.close())
  await study.register(family('A-001'))
  const keyFile = join(folder, 'backup.key')
  const { stdout } = await nameting({}, 'backup-key', '--out', keyFile, '--json')
  const { recipient } = JSON.parse(stdout) as { recipient: string }
  const environment = { ...study.environment, BACKUP_DIR: join(folder, 'backups'), BACKUP_RECIPIENT: recipient }
  return { folder, environment, keyFile, study }
}

test('the newest backup is put back, counted and started, as far as there are keys for it', async (t) => {
  const { environment, keyFile, folder } = await backedUp(t)
  const none = await nameting(environment, 'verify')
  assert.equal(none.code, 1)
  assert.match(none.stderr, /There is no backup in/)
  await nameting(environment, 'backup', environment.BACKUP_DIR)

  const whole = await nameting(environment, 'verify')
  assert.equal(whole.code, 0, whole.stderr)
  assert.match(whole.stdout, /^backup: nameting-\S+ is as it was written\nbackup: BACKUP_KEY is not set: .* not opened$/m)
  const booted = await nameting({ ...environment, BACKUP_KEY_FILE: keyFile }, 'verify')
  assert.equal(booted.code, 0, booted.stderr)
  assert.match(
    booted.stdout,
    /^definitions: as they were published\nbackup: nameting-\S+ can be put back, counts what its manifest says, and starts$/m,
  )
  const { IDENTITY_KEY: _, ...without } = { ...environment, BACKUP_KEY_FILE: keyFile } as Record<string, string>
  const bytes = await nameting({ ...without, BACKUP_KEY_FILE: '' }, 'verify')
  assert.match(bytes.stdout, /not opened; nor IDENTITY_KEY, to say who made it$/m)
  const opened = await nameting(without, 'verify', '--json')
  const { backup } = JSON.parse(opened.stdout) as { backup: { tried: { outcome: string }; why: string } }
  assert.deepEqual([backup.tried.outcome, /IDENTITY_KEY is not set/.test(backup.why)], ['opened', true])
  assert.deepEqual(
    readdirSync(join(folder, 'data')).filter((name) => name.startsWith('.')),
    [],
    'nothing that was put back stays',
  )
})

test('one that cannot be put back is told with its reason', async (t) => {
  const { environment, keyFile } = await backedUp(t)
  const { stdout } = await nameting(environment, 'backup', environment.BACKUP_DIR, '--json')
  const { path } = JSON.parse(stdout) as { path: string }
  const sealed = join(path, 'identity.sqlite.gz.age')
  const bytes = readFileSync(sealed)
  bytes[300] = (bytes[300] ?? 0) ^ 1
  writeFileSync(sealed, bytes)
  for (const settings of [environment, { ...environment, BACKUP_KEY_FILE: keyFile }]) {
    const { code, stderr } = await nameting(settings, 'verify')
    assert.equal(code, 1)
    assert.match(stderr, /identity\.sqlite\.gz\.age is not as it was written/)
  }
})

test('a backup that is older than a day and a half is a problem, unless it was asked for by name', async (t) => {
  const { environment, study } = await backedUp(t)
  study.clock.set('2026-01-01T01:00:00Z')
  const backups = await backupsOf(t, study)
  const { path: old } = await backups.make()
  const stale = await nameting({ ...environment, BACKUP_DIR: backups.folder }, 'verify')
  assert.equal(stale.code, 1)
  assert.match(stale.stderr, /The newest backup nameting-2026-01-01T01-00-00.000Z is \d+ hours old/)
  assert.equal((await nameting(environment, 'verify', '--backup', old)).code, 0)
})

test('a list that is in use and not defined any more is found', async (t) => {
  const { study } = await backedUp(t)
  await study.context.stores.study.withTx(async (tx) => void tx.run(`UPDATE studies SET protocol_version = '9.9.9'`))
  const { code, stderr } = await nameting({ DATA_DIR: study.environment.DATA_DIR ?? '' }, 'verify')
  assert.equal(code, 1)
  assert.match(stderr, /familie-aan-zet@9\.9\.9 is in use and is not defined: set DEFINITIONS_DIR/)
})

test('on a disk that can only be read it is not called damage, and what to do is said', { skip: !mayMount }, async (t) => {
  const { study } = await backedUp(t)
  await study.close()
  const disk = smallDisk(t, 20_000)
  cpSync(study.environment.DATA_DIR ?? '', disk, { recursive: true })
  execFileSync('mount', ['-o', 'remount,ro', disk])
  const { code, stderr } = await nameting({ DATA_DIR: disk }, 'verify')
  assert.equal(code, 1)
  assert.match(stderr, /identity\.sqlite cannot be looked at: .*need not be damage.*can it only be read.*Copy both databases/)
  assert.doesNotMatch(stderr, /damaged/)
})
