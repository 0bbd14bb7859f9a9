/** codebook.xml beside the rules of DDI Codebook 2.5: tests/export/ddi-codebook.rng says which, and what it is not. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { openTestStudy } from '../harness/test-study.ts'
import { all, readXml } from './read-xml.ts'
import { entry, startExportStudy } from './study.ts'

const rules = fileURLToPath(new URL('ddi-codebook.rng', import.meta.url))

/** What is against the rules. */
function faultsIn(path: string): string[] {
  const { status, stderr } = spawnSync('xmllint', ['--noout', '--relaxng', rules, path], { encoding: 'utf8' })
  return status === 0 ? [] : stderr.split('\n').filter((line) => line !== '')
}

/** An id names one thing, and each variable is of a file that there is. */
function assertReferences(path: string): void {
  const codebook = readXml(readFileSync(path, 'utf8'))
  const files = all(codebook, 'fileDscr').map(({ attributes }) => attributes.ID)
  const variables = all(codebook, 'var')
  const ids = [...files, ...variables.map(({ attributes }) => attributes.ID)]
  assert.equal(new Set(ids).size, ids.length)
  assert.deepEqual(
    variables.flatMap(({ attributes }) => (files.includes(attributes.files) ? [] : [attributes.name])),
    [],
  )
}

test('codebooks of every format, of data that are shared and of the lists that ship keep to the rules of DDI', async (t) => {
  const visits = await startExportStudy(t)
  await visits.register({ ...entry('one'), childBirthMonth: '2014-05' })
  await visits.submit({ code: 'one', instrument: 'visit' }, { moved: 1 })
  const own = await visits.export('own', '--format', 'csv', 'csv-excel-nl', 'sav', 'xlsx', 'parquet', 'ndjson')
  const shared = await visits.export('shared', '--tier', 'shared', '--purpose', 'a test', '--age-bands')
  const folder = temporaryFolder(t)
  const shipped = await openTestStudy({ folder: join(folder, 'data'), entry: { protocol: 'familie-aan-zet@0.4.0-standin' } })
  t.after(shipped.close)
  const ran = await nameting(shipped.environment, 'export', '--study', 's1', '--out', join(folder, 'out'))
  assert.equal(ran.code, 0, ran.stderr)
  for (const directory of [own.directory, shared.directory, join(folder, 'out')]) {
    assert.deepEqual(faultsIn(join(directory, 'codebook.xml')), [])
    assertReferences(join(directory, 'codebook.xml'))
  }

  // The rules do find what is wrong.
  const whole = readFileSync(join(own.directory, 'codebook.xml'), 'utf8')
  const wrong: [string | RegExp, string][] = [
    [/(<labl[^>]*>[^<]*<\/labl>)(<qstn>.*?<\/qstn>)/, '$2$1'],
    [' name="case_code"', ''],
    ['<varFormat type="numeric"', '<varFormat type="number"'],
    [/<fileDscr.*?<\/fileDscr>/, ''],
    ['</var>', '<labl xml:lang="nl">te laat</labl></var>'],
  ]
  const path = join(visits.folder, 'wrong.xml')
  for (const [what, instead] of wrong) {
    const changed = whole.replace(what, instead)
    assert.notEqual(changed, whole)
    writeFileSync(path, changed)
    if (faultsIn(path).length === 0) assert.throws(() => assertReferences(path), `${what}`)
  }
})
