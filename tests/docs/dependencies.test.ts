import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { dependencyDocs } from '../../scripts/dependency-docs.ts'
import { freeSurveyPackages, isAllowed } from '../../scripts/licences.ts'
import { knownPrograms, type Locked, lockedPackages, ownPackage, repository } from '../../scripts/locked-packages.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { readPage } from './pages.ts'

const packages = [...lockedPackages().values()]
const own = ownPackage()
const wanted = { ...own.dependencies, ...own.devDependencies }

test('docs/dependencies.md is what `npm run docs:dependencies` writes', () => {
  assert.equal(readPage('docs/dependencies.md').text, dependencyDocs())
})

test('there is a reason for each package that we ask for, and for no other', () => {
  const reasons = JSON.parse(readFileSync(join(repository, 'scripts/dependency-reasons.json'), 'utf8')) as Record<string, string>
  assert.deepEqual(Object.keys(reasons).toSorted(), Object.keys(wanted).toSorted())
  for (const [name, reason] of Object.entries(reasons)) assert.ok(reason.length >= 5, name)
})

test('every package that is installed is under an allowed licence', () => {
  assert.ok(packages.length > 200)
  const others = packages.filter(({ license = 'none' }) => !isAllowed(license))
  assert.deepEqual(
    others.map(({ path, license }) => `${path}: ${license}`),
    [],
  )
  for (const licence of ['GPL-3.0', 'AGPL-3.0-only', 'SEE LICENSE IN LICENSE', 'UNLICENSED', 'none', 'MIT AND GPL-3.0'])
    assert.equal(isAllowed(licence), false, licence)
})

test('of SurveyJS the free packages are here, and no other', () => {
  const survey = packages.filter(({ name }) => /^(survey|surveyjs)-|^@surveyjs\//.test(name))
  assert.deepEqual(survey.map(({ name }) => name).toSorted(), freeSurveyPackages.toSorted())
  for (const { name, license } of survey) assert.equal(license, 'MIT', name)
})

test('every version is pinned, and the lock file has that one', () => {
  for (const [name, version] of Object.entries(wanted)) {
    assert.match(version, /^\d+\.\d+\.\d+(-[\w.]+)?$/, name)
    assert.equal(packages.find(({ path }) => path === `node_modules/${name}`)?.version, version, `${name}: run npm install`)
  }
})

test('each package comes from the registry, with its checksum, and none is given up by its makers', () => {
  for (const { path, resolved, integrity, deprecated } of packages as (Locked & { resolved?: string; integrity?: string })[]) {
    // Without an address it is the registry that whoever installs has set.
    if (resolved !== undefined) assert.match(resolved, /^https:\/\/registry\.npmjs\.org\//, path)
    assert.match(integrity ?? '', /^sha512-/, path)
    assert.equal(deprecated, undefined, path)
  }
})

test('only `node` runs a script when it is installed, and every other one that has one is named as not running it', () => {
  assert.deepEqual(
    Object.keys(own.allowScripts).filter((name) => own.allowScripts[name]),
    ['node'],
  )
  for (const { name, hasInstallScript } of packages) if (hasInstallScript) assert.ok(Object.hasOwn(own.allowScripts, name), name)
})

test('every package runs on the Node that is pinned', async () => {
  const { default: semver } = await import('semver')
  for (const { path, engines } of packages)
    assert.ok(semver.satisfies(own.dependencies.node ?? '', engines?.node ?? '*'), `${path} needs ${engines?.node}`)
})

test('the bill of materials has each package that is served, with where it comes from and its licence, and is the same each time', (t) => {
  const path = join(temporaryFolder(t), 'nameting.cdx.json')
  const script = join(repository, 'scripts/sbom.ts')
  const { status, stderr } = spawnSync(process.execPath, [script, path], { encoding: 'utf8' })
  assert.equal(status, 0, stderr)
  const text = readFileSync(path, 'utf8')
  const bill = JSON.parse(text) as {
    bomFormat: string
    specVersion: string
    metadata: { component: { name: string; version: string } }
    components: {
      name: string
      version: string
      purl: string
      hashes: { alg: string }[]
      licenses: { license?: { id: string }; expression?: string }[]
      components?: { name: string; hashes: { alg: string; content: string }[] }[]
    }[]
  }
  assert.deepEqual([bill.bomFormat, bill.specVersion, bill.metadata.component.name], ['CycloneDX', '1.5', 'nameting'])
  const named = new Set(bill.components.map(({ name, version }) => `${name}@${version}`))
  const served = packages.filter(({ dev, optional }) => !dev && !optional)
  assert.deepEqual(
    served.map(({ name, version }) => `${name}@${version}`).filter((one) => !named.has(one)),
    [],
  )
  // What is left by `npm prune --omit=dev`, types of what is served among it, and Node itself, which is not in the lock file.
  assert.ok(named.has(`@types/node@${wanted['@types/node']}`))
  for (const { package: name, sha256 } of Object.values(knownPrograms().programs)) {
    const [program] = bill.components.find((one) => one.name === name)?.components ?? []
    assert.deepEqual([program?.name, program?.hashes], ['bin/node', [{ alg: 'SHA-256', content: sha256 }]])
  }
  for (const { name, version, purl, hashes, licenses } of bill.components) {
    assert.equal(decodeURIComponent(purl), `pkg:npm/${name}@${version}`)
    assert.ok(
      hashes.some(({ alg }) => alg === 'SHA-512'),
      name,
    )
    for (const { license, expression } of licenses) assert.ok(isAllowed(license?.id ?? expression ?? ''), name)
    assert.ok(licenses.length > 0, name)
  }
  writeFileSync(path, '')
  assert.equal(spawnSync(process.execPath, [script, path]).status, 0)
  assert.equal(readFileSync(path, 'utf8'), text)
})
