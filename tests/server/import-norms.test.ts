import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { nameting, type Ran } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { asRelease, writeDefinition } from '../harness/definition-folder.ts'

/** A folder with pul@1.0.0, made of the shipped stand-in: its two scales score 6 to 24 or so, as that one's do. */
function folderWithPul(t: TestContext): string {
  const folder = temporaryFolder(t)
  writeDefinition(folder, 'instruments', asRelease('pul'))
  return folder
}

async function importNorms(folder: string, csv: string, ...more: string[]): Promise<Ran> {
  writeFileSync(join(folder, 'norms.csv'), csv)
  const words = {
    instrument: 'pul',
    versions: '>=1.0.0 <2.0.0',
    id: 'pul-nl',
    version: '1.0.0',
    'title-nl': 'PUL, verzonnen norm voor een test',
    'title-en': 'PUL, invented norm for a test',
    'population-nl': 'Verzonnen',
    'population-en': 'Invented',
    year: '2020',
    source: 'Invented for a test',
    bands: 'bands-familie-aan-zet-2008@1.0.0',
    out: folder,
  }
  const options = Object.entries(words).flatMap(([name, value]) => [`--${name}`, value])
  return await nameting({}, 'import-norms', join(folder, 'norms.csv'), ...options, ...more)
}

const good = 'scale;sex;mean;sd;n\nautonomy;female;12,5;3;100\nautonomy;male;12;3,25;90\nsocial_optimism;;13;3;190\n'

test('two scales become two files that check has nothing against', async (t) => {
  const folder = folderWithPul(t)
  const { code, stdout, stderr } = await importNorms(folder, good)
  assert.deepEqual([code, stderr], [0, ''])
  assert.match(stdout, /^Read 3 strata, with semicolons between cells and decimal commas\.\npul-nl-autonomy@1\.0\.0 {2}.*1\.0\.0\.json\n/)
  const checked = await nameting({}, 'check', folder)
  assert.deepEqual([checked.code, checked.stderr], [0, ''])
  const table = JSON.parse(readFileSync(join(folder, 'norms/pul-nl-autonomy/1.0.0.json'), 'utf8'))
  assert.deepEqual(table.strata[1], { id: 'male', when: { sex: 'male' }, mean: 12, sd: 3.25, n: 90 })

  const again = await importNorms(folder, good)
  assert.equal(again.code, 1)
  assert.match(again.stderr, /there already\. Give the new table a version of its own\. Nothing was written\./)
})

test('JSON says what was made and how it was read', async (t) => {
  const folder = folderWithPul(t)
  const { stdout } = await importNorms(folder, good, '--json')
  assert.deepEqual(JSON.parse(stdout), {
    tables: ['pul-nl-autonomy@1.0.0', 'pul-nl-social-optimism@1.0.0'],
    files: [join(folder, 'norms/pul-nl-autonomy/1.0.0.json'), join(folder, 'norms/pul-nl-social-optimism/1.0.0.json')],
    delimiter: ';',
    decimalMark: ',',
  })
})

test('one wrong row, and nothing is written: all mistakes are told, each with line and column', async (t) => {
  const folder = folderWithPul(t)
  const csv = [
    'scale,sex,child_age,mean,sd',
    'autonomy,female,,12,3',
    'autonomy,,4-7,12,3',
    'social_optimism,,,400,3',
    'happiness,,,12,3',
    '',
  ].join('\n')
  const { code, stderr } = await importNorms(folder, csv, '--bands', 'no-such-bands@1.0.0')
  assert.equal(code, 1)
  const lines = stderr.trimEnd().split('\n')
  assert.match(stderr, /norms\.csv, line 3: it overlaps with stratum female: somebody can fall into both\n/)
  assert.match(stderr, /norms\.csv, line 4, mean: the mean 400 cannot be: social_optimism of pul@1\.0\.0 scores \d+ to \d+\n/)
  assert.match(stderr, /norms\.csv, line 5, scale: pul@1\.0\.0 has no scale happiness; it has: autonomy, social_optimism\n/)
  assert.equal(lines.filter((line) => line.startsWith('--bands: there is no band set no-such-bands@1.0.0')).length, 1)
  assert.equal(lines.at(-1), 'Nothing was written.')
  assert.equal(existsSync(join(folder, 'norms')), false)
})

test('a published norm for a stand-in wording is refused', async (t) => {
  const folder = folderWithPul(t)
  const { code, stderr } = await importNorms(folder, good, '--versions', '>=0.1.0-standin <2.0.0')
  assert.equal(code, 1)
  assert.match(stderr, /^--versions: a published norm says nothing about a stand-in wording, and pul@0\.1\.0-standin is one\n/)
})

test('a folder that cannot be written is left as it was', async (t) => {
  const folder = folderWithPul(t)
  mkdirSync(join(folder, 'norms/pul-nl-autonomy'), { recursive: true })
  writeFileSync(join(folder, 'norms/pul-nl-social-optimism'), 'a file where a folder has to be')
  const { code, stderr } = await importNorms(folder, good)
  assert.equal(code, 1)
  assert.match(stderr, /cannot be written: .*Nothing was written\.\n$/)
  assert.deepEqual(readdirSync(join(folder, 'norms/pul-nl-autonomy')), [])
})

test('without a folder, or with a year in words, it is a bad call', async (t) => {
  const folder = temporaryFolder(t)
  writeFileSync(join(folder, 'norms.csv'), good)
  assert.equal((await nameting({}, 'import-norms', join(folder, 'norms.csv'))).code, 2)
  assert.equal((await importNorms(folder, good, '--year', 'now')).code, 2)
})
