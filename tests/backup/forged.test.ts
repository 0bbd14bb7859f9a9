/** Backups that somebody with the public key has made or changed: nothing of them leaves the folder, and nobody who stopped is brought back. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { sealer } from '../../server/access/sealing.ts'
import { erasureListIn } from '../../server/backup/erasure-list.ts'
import { closerFor } from '../../server/backup/keys.ts'
import { type Manifest, manifestName, readManifest } from '../../server/backup/manifest.ts'
import { sealFile } from '../../server/backup/sealed-file.ts'
import { signatureName, signatureOf } from '../../server/backup/signature.ts'
import { makeBackup } from '../../server/workflow/make-backup.ts'
import { withdraw } from '../../server/workflow/stop-participant.ts'
import { backupsOf } from '../harness/backups.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { family } from '../harness/family.ts'
import { startStudyServer } from '../harness/study-server.ts'
import { openTestStudy } from '../harness/test-study.ts'

/** As `--unsigned`: what is looked at behind the signature. */
const whoever = { identityKey: null }

async function backedUp(t: TestContext) {
  const server = await startStudyServer(t)
  await server.register(family('A-001'))
  const backups = await backupsOf(t, server)
  server.context.backups = backups.folder
  const { path, name } = await backups.make()
  const [parent] = server.rows<{ id: string }>(`SELECT id FROM participants WHERE role = 'parent'`)
  const change = (how: (manifest: Manifest) => void): void => {
    const manifest = readManifest(path)
    how(manifest)
    writeFileSync(join(path, manifestName), JSON.stringify(manifest))
  }
  return { server, backups, path, name, parent: parent?.id ?? '', change }
}

test('a file of a forged backup that would lie elsewhere than a backup has any is refused, and nothing is written', async (t) => {
  const { server, backups, path } = await backedUp(t)
  const folder = temporaryFolder(t)
  const plain = join(folder, 'plain')
  writeFileSync(plain, 'ssh-ed25519 AAAA')
  const sealed = 'reports/evil.gz.age'
  mkdirSync(join(path, 'reports'), { recursive: true })
  const measured = await sealFile(plain, join(path, sealed), closerFor(backups.recipient))
  const whole = readFileSync(join(path, manifestName), 'utf8')
  const forged = (own: { path?: string; sealed?: string }) => {
    const manifest = JSON.parse(whole) as Manifest
    manifest.files.push({ path: 'reports/evil', sealed, plain: measured.plain, closed: measured.sealed, ...own })
    writeFileSync(join(path, manifestName), JSON.stringify(manifest))
  }
  const within = join(folder, 'a', 'b', 'c')
  for (const evil of [
    'a\n/../../../ESCAPED/authorized_keys',
    'reports/a\n/../../../../ESCAPED/authorized_keys',
    'reports/../../ESCAPED',
    'reports/..',
    'reports/./x',
    'reports//x',
    'reports/',
    'reports',
    'definitions\\..\\..\\ESCAPED',
    'reports/a\tb',
    'reports/a\u2028b',
    join(folder, 'ESCAPED'),
    'ESCAPED',
    'erasures.ndjson',
    'study.sqlite-wal',
    '',
  ]) {
    for (const own of [{ path: evil }, { sealed: evil }]) {
      forged(own)
      const to = join(within, 'restored')
      await assert.rejects(
        backups.restore(path, to, { erasures: null, identityKey: null }),
        /is no manifest of a backup/,
        JSON.stringify(own),
      )
      assert.equal(existsSync(to), false)
    }
  }
  forged({ path: 'a\n/../../../ESCAPED/authorized_keys' })
  const { code, stderr } = await nameting({ ...server.environment, BACKUP_KEY: backups.key }, 'verify', '--backup', path)
  assert.equal(code, 1)
  assert.match(stderr, /is no manifest of a backup/)
  assert.deepEqual(readdirSync(folder), ['plain'])
})

test('a manifest that says it ends with a later event than it does is refused, and so a withdrawn parent is not brought back', async (t) => {
  const { server, backups, path, name, parent, change } = await backedUp(t)
  await withdraw(server.context, { id: parent })
  await server.tick()
  const { erasures } = readManifest(path)
  const to = join(temporaryFolder(t), 'restored')
  change((manifest) => Object.assign(manifest.erasures, { event: 999 }))
  await assert.rejects(backups.restore(path, to, whoever), /ends with event \d+, and its manifest says 999/)
  // Also where the list was changed along with it, or is not looked at.
  const beside = erasureListIn(dirname(path))
  const list = readFileSync(beside, 'utf8')
  writeFileSync(beside, list.replace(`"event":${erasures.event},"at"`, '"event":999,"at"'))
  await assert.rejects(backups.restore(path, to, whoever), /ends with event \d+, and its manifest says 999/)
  await assert.rejects(backups.restore(path, to, { ...whoever, erasures: null }), /ends with event \d+, and its manifest says 999/)
  const { IDENTITY_KEY: _, ...withoutKey } = server.environment
  const { code, stderr } = await nameting({ ...withoutKey, BACKUP_KEY: backups.key }, 'verify', '--backup', path)
  assert.equal(code, 1)
  assert.match(stderr, /ends with event \d+, and its manifest says 999/)

  // A list that another backup with the same name is in.
  change((manifest) => Object.assign(manifest, { erasures }))
  await assert.rejects(
    backups.restore(path, to, whoever),
    new RegExp(`${name} ends with event 999, and its manifest says ${erasures.event}`),
  )
  writeFileSync(beside, list)
  change((manifest) => Object.assign(manifest, { erasures: { ...erasures, list: 'first of another' } }))
  await assert.rejects(
    backups.restore(path, to, { ...whoever, erasures: null }),
    /is of the list of erasures .*, and its manifest says first of another/,
  )
  assert.equal(existsSync(to), false)
  change((manifest) => Object.assign(manifest, { erasures }))
  const copied = join(temporaryFolder(t), 'copied')
  cpSync(dirname(path), copied, { recursive: true })
  assert.equal((await backups.restore(join(copied, name), to, whoever)).replayed?.stopped, 1)
})

test('one whose files were put together anew, or which was made by somebody without the key of names, is refused unless somebody says so', async (t) => {
  const { server, backups, path, name, change } = await backedUp(t)
  const to = () => join(temporaryFolder(t), 'restored')
  const verify = () => nameting(server.environment, 'verify', '--backup', path)
  const refused = async (why: RegExp) => {
    await assert.rejects(backups.restore(path, to()), why)
    const { code, stderr } = await verify()
    assert.equal(code, 1)
    assert.match(stderr, why)
  }
  assert.equal((await verify()).code, 0, 'without the key of backups it is seen too')
  // Accounts of a folder of one's own, beside the answers of the real one.
  const data = join(temporaryFolder(t), 'data')
  const own = await openTestStudy({ folder: data })
  t.after(() => own.close())
  const key = randomBytes(32)
  const { recipient } = backups
  const made = await makeBackup(
    { data, into: join(data, '..', 'backups'), recipient, identityKey: Buffer.from(own.environment.IDENTITY_KEY ?? '', 'hex') },
    own.clock,
  )
  const whole = join(temporaryFolder(t), name)
  cpSync(path, whole, { recursive: true })
  cpSync(join(made.path, 'identity.sqlite.gz.age'), join(path, 'identity.sqlite.gz.age'))
  change((manifest) => {
    manifest.files = manifest.files.map((file) => (file.path === 'study.sqlite' ? file : (made.manifest.files[0] ?? file)))
  })
  await refused(/is not as it was signed/)
  const signed = readFileSync(join(path, manifestName), 'utf8')
  writeFileSync(join(path, signatureName), signatureOf(signed, sealer(key)))
  await refused(/was signed with the key \w+, and IDENTITY_KEY is \w+/)
  rmSync(join(path, signatureName))
  await refused(/is not signed: manifest\.hmac cannot be read .*--unsigned/)
  const before = await nameting(
    { ...server.environment, IDENTITY_KEY: key.toString('hex'), BACKUP_RECIPIENT: recipient },
    'backup',
    backups.folder,
  )
  assert.match(before.stderr, /IDENTITY_KEY \(\w+\) is not the key/, 'none is signed with a key that does not open it')

  // As an earlier version made it.
  rmSync(path, { recursive: true })
  cpSync(whole, path, { recursive: true })
  rmSync(join(path, signatureName))
  const environment = { ...server.environment, BACKUP_KEY: backups.key }
  assert.equal((await nameting(environment, 'restore', path, '--to', to())).code, 1)
  const folder = to()
  const older = await nameting(environment, 'restore', path, '--to', folder, '--unsigned')
  assert.equal(older.code, 0, older.stderr)
  const { stores } = await backups.open(folder)
  const [logged] = stores.study.read.all<{ detail: string }>("SELECT detail FROM access_log WHERE action = 'restored backup'" as never)
  assert.match(logged?.detail ?? '', /"signed":false/)
})
