/** The Node that everything runs on comes from a package that the lock file does not name: we look at the program itself. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { test } from 'node:test'
import { knownPrograms, ownPackage, repository } from '../../scripts/locked-packages.ts'
import { temporaryFolder } from '../harness/data-folder.ts'

const { version, programs } = knownPrograms()

/** What a script of ours says where it runs in `cwd`. */
function run(script: string, cwd: string, words: string[] = [], path = process.env.PATH ?? '') {
  const { status, stderr } = spawnSync(process.execPath, [join(repository, 'scripts', script), ...words], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, PATH: path },
  })
  return { status, said: stderr }
}

function folderWith(folder: string, program: string): string {
  mkdirSync(join(folder, 'node_modules/node/bin'), { recursive: true })
  writeFileSync(join(folder, 'node_modules/node/bin/node'), program)
  return folder
}

test('checksums are of the version that is pinned, and the Node that is installed has the one of its platform', () => {
  assert.equal(version, ownPackage().dependencies.node)
  for (const { package: name, integrity, sha256 } of Object.values(programs)) {
    assert.match(name, /^node-(bin-)?(linux|darwin)-(x64|arm64)$/)
    assert.equal(Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').length, 64)
    assert.match(sha256, /^[0-9a-f]{64}$/)
  }
  const { status, said } = run('node-program.mjs', repository)
  assert.equal(status, 0, said)
  assert.equal(said.includes('is not known here'), !Object.hasOwn(programs, `${process.platform}-${process.arch}`))
})

test('another program in its place is refused, and so is none', (t) => {
  const folder = temporaryFolder(t)
  const none = run('node-program.mjs', folder, ['linux-x64'])
  assert.equal(none.status, 1)
  assert.match(none.said, /node_modules\/node\/bin\/node is not there: run npm install/)
  const other = run('node-program.mjs', folderWith(folder, 'another'), ['linux-x64'])
  assert.equal(other.status, 1)
  assert.match(other.said, /is not Node 26\.\d+\.\d+ for linux-x64 as it was .* Do not run it\. Remove node_modules/)
})

test('for a platform of which no checksum is known it says so, and goes on', (t) => {
  const { status, said } = run('node-program.mjs', folderWith(temporaryFolder(t), 'another'), ['linux-riscv64'])
  assert.equal(status, 0)
  assert.match(said, /The checksum of Node 26\.\d+\.\d+ for linux-riscv64 is not known here/)
})

test('what makes a clone ready ends where npm brought another program, each time anew', (t) => {
  if (!Object.hasOwn(programs, `${process.platform}-${process.arch}`)) return
  const folder = folderWith(temporaryFolder(t), 'another')
  writeFileSync(join(folder, 'package-lock.json'), '{}')
  // An npm that leaves there what is there.
  mkdirSync(join(folder, 'bin'))
  writeFileSync(join(folder, 'bin/npm'), '#!/bin/sh\n', { mode: 0o755 })
  for (let time = 0; time < 2; time++) {
    const { status, said } = run('setup.mjs', folder, [], [join(folder, 'bin'), process.env.PATH].join(delimiter))
    assert.equal(status, 1)
    assert.match(said, /Do not run it/)
  }
  assert.equal(existsSync(join(folder, 'node_modules/.installed')), false)
})

test('`npm run build`, which a host runs, looks first', () => {
  const { scripts } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { scripts: Record<string, string> }
  assert.match(scripts.build ?? '', /^node scripts\/node-program\.mjs && /)
})
