/** Backups through the commands: what is in one, and what comes out. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { globSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import Database from 'better-sqlite3'
import type { Manifest } from '../../server/backup/manifest.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { family } from '../harness/family.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

async function backedUp(t: TestContext) {
  const server = await startStudyServer(t)
  await server.register(family('A-001'), family('A-002'))
  await server.tick()
  const folder = temporaryFolder(t)
  const keyFile = join(folder, 'backup.key')
  const made = await nameting({}, 'backup-key', '--out', keyFile, '--json')
  assert.equal(made.code, 0, made.stderr)
  const { recipient } = JSON.parse(made.stdout) as { recipient: string }
  const into = join(folder, 'backups')
  const backup = await nameting({ ...server.environment, BACKUP_RECIPIENT: recipient }, 'backup', into, '--json')
  assert.equal(backup.code, 0, backup.stderr)
  const { path, manifest } = JSON.parse(backup.stdout) as { path: string; manifest: Manifest }
  const environment = { ...server.environment, BACKUP_KEY_FILE: keyFile }
  return { server, folder, into, path, manifest, environment, keyFile, recipient }
}

/** All rows of all tables of a database, but the ones that a restore changes. */
function contentOf(path: string): Record<string, unknown[]> {
  const database = new Database(path, { readonly: true })
  const names = database
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    .pluck()
    .all() as string[]
  const content = Object.fromEntries(names.map((name) => [name, database.prepare(`SELECT * FROM "${name}"`).all()]))
  database.close()
  return content
}

test('what was backed up while it was served comes out again, row by row, and can be served', async (t) => {
  const { server, folder, path, environment } = await backedUp(t)
  const to = join(folder, 'restored')
  const restored = await nameting(environment, 'restore', path, '--to', to)
  assert.equal(restored.code, 0, restored.stderr)
  assert.match(restored.stdout, new RegExp(`set DATA_DIR=${to} and start the server`))
  assert.deepEqual(readdirSync(to).sort(), ['identity.sqlite', 'study.sqlite'])
  assert.equal(statSync(join(to, 'study.sqlite')).mode & 0o777, 0o600)
  assert.deepEqual(contentOf(join(to, 'identity.sqlite')), contentOf(server.context.stores.identity.path))
  const [then, now] = [contentOf(server.context.stores.study.path), contentOf(join(to, 'study.sqlite'))]
  // What was to go by now may have gone, so a restore leaves it to a person; and it stands in the access log.
  const changed = ['messages', 'tasks', 'events', 'settings', 'access_log', 'stale_cases']
  for (const name of Object.keys(then)) if (!changed.includes(name)) assert.deepEqual(now[name], then[name], name)
  assert.deepEqual(now.events?.slice(0, then.events?.length), then.events)
  const verified = await nameting({ ...environment, DATA_DIR: to }, 'verify')
  assert.equal(verified.code, 0, verified.stderr)
})

test('a manifest tells how many and never who, and without the key the files tell nothing', async (t) => {
  const { path, manifest, recipient } = await backedUp(t)
  assert.deepEqual(globSync('*', { cwd: path }).sort(), ['identity.sqlite.gz.age', 'manifest.hmac', 'manifest.json', 'study.sqlite.gz.age'])
  assert.equal(manifest.databases.find(({ name }) => name === 'study')?.rows.cases, 2)
  assert.equal(manifest.recipient, recipient)
  const text = readFileSync(join(path, 'manifest.json'), 'utf8')
  for (const word of ['A-001', 'Voorbeeld', 'voorbeeld.example', 'AGE-SECRET-KEY']) assert.ok(!text.includes(word), word)
  for (const name of globSync('*.age', { cwd: path })) {
    const bytes = readFileSync(join(path, name))
    assert.match(bytes.subarray(0, 21).toString('latin1'), /^age-encryption\.org\/v1/)
    for (const word of ['SQLite format', 'A-001', 'familie-aan-zet']) assert.ok(!bytes.includes(word), `${name} ${word}`)
  }
})

test('the program age opens a file of a backup without us', async (t) => {
  const { path, keyFile, server } = await backedUp(t)
  const packed = execFileSync('age', ['--decrypt', '--identity', keyFile, join(path, 'study.sqlite.gz.age')], { maxBuffer: 1e8 })
  const database = new Database(gunzipSync(packed))
  assert.deepEqual(database.prepare('SELECT code FROM cases ORDER BY code').pluck().all(), ['A-001', 'A-002'])
  assert.equal(database.prepare('SELECT count(*) FROM events').pluck().get(), server.rows('SELECT 1 FROM events').length)
  database.close()
})

test('nothing is written over: a folder that is not empty, a key file that is there', async (t) => {
  const { server, path, environment, keyFile } = await backedUp(t)
  const data = dirname(server.context.stores.study.path)
  const onto = await nameting(environment, 'restore', path, '--to', data)
  assert.deepEqual([onto.code, onto.stdout], [1, ''])
  assert.match(onto.stderr, /is not empty/)
  const before = readFileSync(keyFile, 'utf8')
  const again = await nameting({}, 'backup-key', '--out', keyFile)
  assert.equal(again.code, 1)
  assert.match(again.stderr, /is there already/)
  assert.equal(readFileSync(keyFile, 'utf8'), before)
})

test('a backup that was changed, or another key, is refused with the reason, and leaves no folder', async (t) => {
  const { folder, path, environment } = await backedUp(t)
  const to = join(folder, 'restored')
  const refused = async (settings: Record<string, string>, why: RegExp, ...options: string[]) => {
    const { code, stdout, stderr } = await nameting(settings, 'restore', path, '--to', to, ...options)
    assert.deepEqual([code, stdout], [1, ''], stderr)
    assert.match(stderr, why)
    assert.ok(!readdirSync(folder).includes('restored'))
  }
  const other = join(folder, 'other.key')
  await nameting({}, 'backup-key', '--out', other)
  await refused({ ...environment, BACKUP_KEY_FILE: other }, /the key at hand belongs to age1/)
  await refused({ ...environment, IDENTITY_KEY: 'ab'.repeat(32) }, /was signed with the key \w+, and IDENTITY_KEY is/)
  await refused({ ...environment, IDENTITY_KEY: 'ab'.repeat(32) }, /IDENTITY_KEY .* is not the key/, '--unsigned')

  const sealed = join(path, 'study.sqlite.gz.age')
  const whole = readFileSync(sealed)
  const turned = Buffer.from(whole)
  turned[turned.length - 40] = (turned[turned.length - 40] ?? 0) ^ 1
  writeFileSync(sealed, turned)
  await refused(environment, /not whole: .*study\.sqlite\.gz\.age is not as it was written/)
  writeFileSync(sealed, whole.subarray(0, whole.length - 1))
  await refused(environment, /is not as it was written/)
  writeFileSync(sealed, whole)

  const manifest = join(path, 'manifest.json')
  const text = readFileSync(manifest, 'utf8')
  writeFileSync(manifest, text.replace('"cases": 2', '"cases": 3'))
  await refused(environment, /is not as it was signed: manifest\.json or manifest\.hmac was changed/)
  await refused(environment, /study cases 2 instead of 3/, '--unsigned')
  writeFileSync(manifest, text.replace('"path": "study.sqlite"', '"path": "../study.sqlite"'))
  await refused(environment, /no manifest of a backup/)
  writeFileSync(manifest, '{')
  await refused(environment, /no manifest of a backup/)
  writeFileSync(manifest, text)
  const { code, stderr } = await nameting(environment, 'restore', path, '--to', to)
  assert.equal(code, 0, stderr)
})

test('a damaged database is not backed up over good ones, and nothing is left of the attempt', async (t) => {
  const { server, into, recipient } = await backedUp(t)
  const data = temporaryFolder(t)
  for (const store of [server.context.stores.study, server.context.stores.identity]) {
    const copy = new Database(store.path, { readonly: true })
    await copy.backup(join(data, store.path.split('/').at(-1) ?? ''))
    copy.close()
  }
  const damaged = new Database(join(data, 'study.sqlite'))
  damaged.pragma('foreign_keys = OFF')
  damaged.exec('DELETE FROM cases')
  damaged.close()
  const before = readdirSync(into)
  const { code, stderr } = await nameting({ ...server.environment, DATA_DIR: data, BACKUP_RECIPIENT: recipient }, 'backup', into)
  assert.equal(code, 1)
  assert.match(stderr, /A damaged database is not backed up \(study\.sqlite: row/)
  assert.deepEqual(readdirSync(into), before)
  assert.deepEqual(
    readdirSync(data).filter((name) => name.startsWith('.')),
    [],
  )
})

/** Registers families for as long as it is told. */
async function keepRegistering(server: StudyServer, isOver: () => boolean): Promise<number> {
  let count = 0
  while (!isOver()) await server.register(family(`B-${String(++count).padStart(4, '0')}`))
  return count
}

test('both databases are of one moment, whatever is written meanwhile', async (t) => {
  const { server, folder, into, recipient, environment } = await backedUp(t)
  let isOver = false
  const registering = keepRegistering(server, () => isOver)
  for (let round = 0; round < 4; round++) {
    const { code, stdout, stderr } = await nameting({ ...server.environment, BACKUP_RECIPIENT: recipient }, 'backup', into, '--json')
    assert.equal(code, 0, stderr)
    const to = join(folder, `restored-${round}`)
    const restored = await nameting(environment, 'restore', (JSON.parse(stdout) as { path: string }).path, '--to', to)
    assert.equal(restored.code, 0, restored.stderr)
    const database = new Database(join(to, 'study.sqlite'))
    database.exec(`ATTACH '${join(to, 'identity.sqlite')}' AS identity`)
    // Contact data are written first: whoever is known to the study has theirs, and one registration at most is under way.
    assert.deepEqual(database.prepare('SELECT id FROM participants WHERE id NOT IN (SELECT pseudonym FROM identity.people)').all(), [])
    const ahead = database
      .prepare('SELECT count(*) FROM identity.people WHERE pseudonym NOT IN (SELECT id FROM participants)')
      .pluck()
      .get()
    assert.ok(Number(ahead) <= 3, `${ahead} people without a case`)
    database.close()
  }
  isOver = true
  assert.ok((await registering) > 4, 'nothing was written meanwhile')
})
