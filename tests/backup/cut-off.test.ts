/** A restore that is cut off leaves nothing that would be taken for a study, and is done again. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { sealer } from '../../server/access/sealing.ts'
import { type Manifest, manifestName } from '../../server/backup/manifest.ts'
import { signatureName, signatureOf } from '../../server/backup/signature.ts'
import type { Context } from '../../server/context.ts'
import { closeContext } from '../../server/open-context.ts'
import { makeRestoring } from '../../server/workflow/left-copies.ts'
import { backupsOf } from '../harness/backups.ts'
import { cliPath, nameting, namingProcess } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { family } from '../harness/family.ts'
import { openTestStudy } from '../harness/test-study.ts'

async function backedUp(t: TestContext) {
  const folder = temporaryFolder(t)
  const study = await openTestStudy({ folder: join(folder, 'data') })
  t.after(() => study.close())
  await study.register(family('A-001'))
  const backups = await backupsOf(t, study)
  const { path } = await backups.make()
  const environment = { ...study.environment, BACKUP_KEY: backups.key, BACKUP_RECIPIENT: backups.recipient }
  return { folder, backups, path, environment }
}

/** kill -9 in the moment before the first or second file gets its place. */
async function restoreUntil(nth: number, environment: Record<string, string>, path: string, to: string): Promise<void> {
  const renames = 'rename,renameat,renameat2'
  const killing = ['-f', '-qq', '-o', '/dev/null', '-e', `trace=${renames}`, '-e', `inject=${renames}:signal=KILL:when=${nth}`]
  const words = [...killing, process.execPath, cliPath, 'restore', path, '--to', to]
  const child = spawn('strace', words, { env: { PATH: process.env.PATH, ...environment }, stdio: 'ignore' })
  const [, signal] = await once(child, 'exit')
  assert.equal(signal, 'SIGKILL')
}

const linux = { skip: process.platform !== 'linux' && 'strace is for Linux' }

test('a restore that was cut off is done again into the same folder, and until then no command begins there', linux, async (t) => {
  const { folder, backups, path, environment } = await backedUp(t)
  for (const placed of [[], ['identity.sqlite']]) {
    const to = join(folder, `cut-off-after-${placed.length}`)
    await restoreUntil(placed.length + 1, environment, path, to)
    const left = readdirSync(to).sort()
    assert.deepEqual(
      left.filter((one) => !one.startsWith('.restoring-')),
      placed,
    )
    assert.equal(left.length, placed.length + 2)
    const there = { ...environment, DATA_DIR: to, BASE_URL: 'http://127.0.0.1:9', SMTP_URL: 'smtp://127.0.0.1:9' }
    const refuses = (ran: { code: number | null; stdout: string; stderr: string }, what: string): void => {
      assert.deepEqual([ran.code, ran.stdout], [1, ''], `${what}: ${ran.stderr}`)
      assert.match(ran.stderr, new RegExp(`A restore was cut off here: do it again into ${to} \\(`), what)
      assert.deepEqual(readdirSync(to).sort(), left, `${what} makes and removes nothing`)
    }
    for (const words of [
      ['tick'],
      ['study', 'list'],
      ['verify'],
      ['export', '--study', 's1', '--out', join(folder, 'export')],
      ['report', '--study', 's1', '--out', join(folder, 'report')],
      ['backup', join(folder, 'elsewhere')],
    ])
      refuses(await nameting(there, ...words), words.join(' '))
    refuses(await nameting({ ...there, BACKUP_DIR: backups.folder }, 'tick'), 'tick with BACKUP_DIR')
    // Last: one that begins all the same would not end.
    if (placed.length === 0) refuses(await namingProcess({ ...there, MAIL_FROM: 'a@voorbeeld.example', PORT: '0' }, 'serve'), 'serve')

    writeFileSync(join(to, 'notes.txt'), 'of somebody')
    const beside = await nameting(environment, 'restore', path, '--to', to)
    assert.match(beside.stderr, /is not empty/)
    assert.deepEqual(readdirSync(to).sort(), [...left, 'notes.txt'].sort())
    rmSync(join(to, 'notes.txt'))

    const again = await nameting(environment, 'restore', path, '--to', to)
    assert.equal(again.code, 0, again.stderr)
    assert.deepEqual(readdirSync(to).sort(), ['identity.sqlite', 'study.sqlite'])
    const verified = await nameting(there, 'verify')
    assert.equal(verified.code, 0, verified.stderr)
  }
})

test('what a restore that fails has put in its place is taken away again, and databases that are nobody else’s stay', async (t) => {
  const { folder, backups, path } = await backedUp(t)
  const to = join(folder, 'restored')
  mkdirSync(to)
  const closing = async (context: Context): Promise<void> => {
    await closeContext(context)
    // A name that the last file cannot get.
    mkdirSync(join(to, 'study.sqlite', 'full'), { recursive: true })
  }
  await assert.rejects(backups.restore(path, to, { closing }), /cannot be put back into/)
  assert.deepEqual(readdirSync(to), [])

  const lost = join(folder, 'lost')
  mkdirSync(join(lost, '.restoring-left'), { recursive: true })
  writeFileSync(join(lost, 'identity.sqlite'), 'names')
  await assert.rejects(backups.restore(path, lost), /is not empty/)
  assert.equal(readFileSync(join(lost, 'identity.sqlite'), 'utf8'), 'names')
})

test('while a backup is put back, nobody else puts one back there or begins with what is there', async (t) => {
  const { folder, backups, path, environment } = await backedUp(t)
  const to = join(folder, 'restored')
  mkdirSync(to)
  const other = makeRestoring(to)
  await assert.rejects(backups.restore(path, to), /A backup is being put back into \S+ at this moment/)
  const { stderr } = await nameting({ ...environment, DATA_DIR: to }, 'study', 'list')
  assert.match(stderr, /A backup is being put back into \S+ at this moment/)
  assert.ok(existsSync(other.folder))
  other.remove()
  await backups.restore(path, to)
})

test('a backup of a newer version is refused by what it says of itself, before anything of it is opened', async (t) => {
  const { folder, backups, path, environment } = await backedUp(t)
  const manifest = JSON.parse(readFileSync(join(path, manifestName), 'utf8')) as Manifest
  const [first] = manifest.databases
  assert.ok(first)
  first.newest = Date.parse('2099-01-01')
  const text = JSON.stringify({ ...manifest, nameting: '99.0.0' })
  writeFileSync(join(path, manifestName), text)
  writeFileSync(join(path, signatureName), signatureOf(text, sealer(backups.identityKey)))
  const to = join(folder, 'restored')
  const said = `The backup ${path} was made by a newer version of Nameting (99.0.0). Install that version or a later one`
  const verified = await nameting(environment, 'verify', '--backup', path)
  assert.ok(verified.stderr.includes(said), verified.stderr)
  // So early that it does not matter what else is there.
  for (const sealed of globSync('*.age', { cwd: path })) rmSync(join(path, sealed))
  const { code, stderr } = await nameting(environment, 'restore', path, '--to', to)
  assert.equal(code, 1)
  assert.ok(stderr.includes(said), stderr)
  assert.ok(!existsSync(to))
})
