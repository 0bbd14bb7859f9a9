import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { figureIn, keptFigures } from '../../scripts/figures-reporter.ts'
import { promises } from '../../scripts/promises.ts'
import { reliabilityDocs } from '../../scripts/reliability-docs.ts'
import { shares } from '../harness/kills.ts'
import { readPage, repository } from './pages.ts'

const all = Object.values(promises).flat()

test('docs/reliability.md is what `npm run docs:reliability` writes', () => {
  assert.equal(readPage('docs/reliability.md').text, reliabilityDocs(keptFigures()))
})

test('behind each promise there is a test whose sentence has those words', () => {
  assert.ok(all.length > 15)
  for (const { promise, tests } of all) {
    assert.ok(tests.length > 0, promise)
    for (const [file, sentence] of tests) {
      assert.ok(existsSync(join(repository, file)), file)
      const names = readFileSync(join(repository, file), 'utf8').matchAll(/\b(?:test|describe|it)\(\s*(['"`])(.*?)\1/g)
      assert.ok(
        [...names].some(([, , name]) => name?.includes(sentence)),
        `${file} has no test with: ${sentence}`,
      )
    }
  }
})

test('each test of faults and each that fuzzes stands behind a promise', () => {
  const named = new Set(all.flatMap(({ tests }) => tests.map(([file]) => file)))
  const missing = globSync('tests/{faults,fuzz}/*.test.ts', { cwd: repository }).filter((path) => !named.has(path.replaceAll('\\', '/')))
  assert.deepEqual(missing, [])
})

test('kills of all kinds are together as many as `KILLS` says', () => {
  const sum = Object.values(shares).reduce((total, share) => total + Math.round(share * 1_000), 0)
  assert.equal(sum, 1_000)
})

test('each figure is of a test that there is', () => {
  for (const [name, { file, value }] of Object.entries(keptFigures())) {
    assert.ok(existsSync(join(repository, file)), `${name}: ${file}`)
    assert.notEqual(value, '')
  }
  assert.deepEqual(figureIn('figure: cuts of the power = 600'), { name: 'cuts of the power', value: '600' })
  assert.equal(figureIn('seed 12'), undefined)
})
