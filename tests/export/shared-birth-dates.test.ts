/** Dates of birth that a list asks for, in data that are shared. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { writeDefinition } from '../harness/definition-folder.ts'
import { openTestStudy } from '../harness/test-study.ts'
import { assertFhirBundle } from './fhir-rules.ts'
import { protocol, visit } from './own-definitions.ts'
import { headerOf, pick, rowsOf, rowWhere } from './read-export.ts'
import { entry } from './study.ts'

const born = (name: string) => ({
  type: 'text',
  inputType: 'date',
  name,
  title: { nl: 'Wanneer bent u geboren?', en: 'When were you born?' },
})

test('a date of birth that a list asks for becomes an age, also in a record, and is in no bundle', async (t) => {
  const folder = temporaryFolder(t)
  const definitions = join(folder, 'definitions')
  const family = { ...visit('1.0.0'), id: 'family', scales: [] }
  const child = { type: 'text', inputType: 'date', name: 'birthday', title: { nl: 'Geboortedatum', en: 'Date of birth' } }
  const records = {
    ...{ type: 'paneldynamic', name: 'children', title: { nl: 'Kinderen', en: 'Children' }, maxPanelCount: 9 },
    templateElements: [child],
  }
  family.survey = { ...family.survey, pages: [{ name: 'only', elements: [born('own'), born('partner'), records] }] } as never
  writeDefinition(definitions, 'instruments', family)
  const schedule = [{ instrument: 'family@1.0.0', role: 'parent', waves: ['T0'] }]
  writeDefinition(definitions, 'protocols', Object.assign({ ...protocol }, { schedule, norms: [] }))
  const study = await openTestStudy({ folder: join(folder, 'data'), definitions, entry: { id: 'visits', protocol: 'visits@1.0.0' } })
  t.after(study.close)
  await study.register(entry('one'))
  const children = [{ birthday: '2014-03-01' }, { birthday: '2014-03-02' }]
  await study.submit({ code: 'one', instrument: 'family' }, { own: '1988-12-20', children })
  const shared = async (name: string, ...options: string[]) => {
    const directory = join(folder, name)
    const words = ['--study', 'visits', '--tier', 'shared', '--purpose', 'a test', '--format', 'csv', 'parquet', 'sav', 'fhir']
    const { code, stderr } = await nameting(study.environment, 'export', ...words, '--out', directory, ...options)
    assert.equal(code, 0, stderr)
    return directory
  }

  const years = await shared('years')
  const [row] = rowsOf(years, 'long_family.csv')
  // At the first date of the case, 1 March 2026; who left it open has no age.
  assert.deepEqual(pick(row, 'own__age', 'partner__age'), { own__age: '37', partner__age: '-9' })
  assert.deepEqual(
    rowsOf(years, 'records_family_children.csv').map((record) => record.birthday__age),
    ['12', '11'],
  )
  assert.equal(rowsOf(years, 'wide.csv')[0]?.family_t0_own__age, '37')
  assert.ok(!headerOf(years, 'wide.csv').includes('family_t0_own'))
  const described = rowWhere(rowsOf(years, 'codebook.csv'), { file: 'long_family.csv', variable: 'own__age' })
  assert.deepEqual(pick(described, 'type', 'item', 'label_en'), {
    ...{ type: 'integer', item: 'own', label_en: 'When were you born? (age at the first date of the case)' },
  })
  const bundle = readFileSync(join(years, 'responses_family.fhir.json'), 'utf8')
  assertFhirBundle(bundle)
  assert.ok(!bundle.includes('valueDate') && !/19[89]\d-|20[01]\d-\d\d-\d\d(?<!2000-01-0[12])/.test(bundle), bundle)

  const bands = await shared('bands', '--age-bands')
  assert.deepEqual(pick(rowsOf(bands, 'long_family.csv')[0], 'own__age_band', 'partner__age_band'), {
    own__age_band: '30-44',
    partner__age_band: '-9',
  })
  assert.deepEqual(
    rowsOf(bands, 'records_family_children.csv').map((record) => record.birthday__age_band),
    ['12-17', '4-11'],
  )
})
