/** What lists ask by which a family could be recognised, in data that are shared. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { shippedDefinition, writeDefinition, writeFile } from '../harness/definition-folder.ts'
import { openTestStudy } from '../harness/test-study.ts'
import { assertFhirBundle } from './fhir-rules.ts'
import { protocol, visit } from './own-definitions.ts'
import { headerOf, manifestOf, pick, rowsOf, rowWhere } from './read-export.ts'
import { entry, parent } from './study.ts'

const both = (text: string) => ({ nl: text, en: text })
const choices = [1, 2].map((value) => ({ value, text: both(`Kind ${value}`) }))
const number = (name: string, title: string) => ({
  ...{ type: 'text', inputType: 'number', name, title: both(title) },
  ...{ min: 0, max: 2100, step: 1 },
})

const child = [number('years', 'Hoe lang al?'), { type: 'radiogroup', name: 'home', title: both('Waar?'), choices }]
const household = {
  ...visit('1.0.0'),
  id: 'household',
  scales: [
    {
      ...{ id: 'mood', title: both('Mood'), items: ['mood'], method: 'value', itemRange: [0, 2100] },
      ...{ missing: { allowed: 0, prorate: false }, range: [0, 2100], worse: 'high' },
    },
    {
      ...{ id: 'grown', title: both('Grown'), items: ['own_age'], method: 'value', itemRange: [0, 120] },
      ...{ missing: { allowed: 0, prorate: false }, range: [0, 120], worse: null },
    },
  ],
}
household.survey = {
  ...household.survey,
  pages: [
    {
      name: 'only',
      elements: [
        number('mood', 'Mood'),
        number('since', 'Sinds?'),
        { ...number('own_age', 'Uw leeftijd'), max: 120 },
        {
          ...{ type: 'paneldynamic', name: 'children', title: both('Kinderen'), maxPanelCount: 9 },
          templateElements: child,
        },
      ],
    },
  ],
} as never

const marks = {
  kind: 'identifying',
  instrument: 'household',
  items: { 'children.years': 'age', 'children.home': 'trait', since: 'birth-year' },
}

const stratum = (id: string, from: number, to: number, mean: number) => ({ id, when: { child_age: { from, to } }, mean, sd: 2, n: null })
const byAge = {
  ...shippedDefinition('norms', 'veo-nl'),
  ...{ id: 'mood-by-age', version: '1.0.0', instrument: 'household', instrumentVersions: '1.0.0', scale: 'mood', status: 'published' },
  ...{ title: both('Mood'), source: 'Written for a test', population: both('Nobody') },
  strata: [stratum('young', 0, 9, 10), stratum('older', 10, 17, 20)],
}

async function startHouseholds(t: { after(fn: () => unknown): void }) {
  const folder = temporaryFolder(t)
  const definitions = join(folder, 'definitions')
  writeDefinition(definitions, 'instruments', household)
  writeDefinition(definitions, 'norms', byAge)
  writeFile(definitions, 'instruments/household/identifying.json', marks)
  const schedule = [{ instrument: 'household@1.0.0', role: 'parent', waves: ['T0'] }]
  writeDefinition(definitions, 'protocols', Object.assign({ ...protocol }, { schedule, norms: ['mood-by-age@1.0.0'] }))
  const study = await openTestStudy({ folder: join(folder, 'data'), definitions, entry: { id: 'visits', protocol: 'visits@1.0.0' } })
  t.after(study.close)
  const shared = async (name: string, ...options: string[]) => {
    const directory = join(folder, name)
    const words = ['--study', 'visits', '--tier', 'shared', '--purpose', 'a test', '--out', directory, ...options]
    const { code, stderr } = await nameting(study.environment, 'export', ...words)
    assert.equal(code, 0, stderr)
    return directory
  }
  return { ...study, folder, definitions, shared }
}

test('with ages in bands none is of another day than the first, and answers that are marked are among what families are told apart by', async (t) => {
  const { register, submit, shared } = await startHouseholds(t)
  const homes = [1, 1, 1, 1, 1, 2]
  await register(...homes.map((_, index) => ({ ...entry(`c${index}`), childBirthMonth: '2016-05' })))
  for (const [index, home] of homes.entries()) {
    const children = [{ years: 5 + (index % 5), home }]
    await submit({ code: `c${index}`, instrument: 'household' }, { mood: 12, since: 1988, own_age: 38, children })
  }
  const bands = await shared('bands', '--age-bands', '--format', 'csv', 'sav', 'parquet', 'xlsx', 'fhir')
  const records = rowsOf(bands, 'records_household_children.csv')
  assert.deepEqual(records.map((row) => `${row.home} ${row.small_cell}`).sort(), [...Array(5).fill('1 0'), '2 1'])
  // A child of 12-17 on the day of the answer that was 4-11 on the first day has had a birthday in between.
  for (const file of ['records_household_children.csv', 'long_household.csv', 'wide.csv'])
    assert.deepEqual(
      headerOf(bands, file).filter((name) => /years|own_age/.test(name)),
      [],
      file,
    )
  const { leftOut } = manifestOf(bands).shared ?? {}
  assert.deepEqual([leftOut?.records_household_children, leftOut?.long_household?.includes('own_age')], [['years'], true])
  assert.match(readFileSync(join(bands, 'README.txt'), 'utf8'), /ages that lists ask for were left out/)
  // The code leads from the record to all else of the family, so all else is marked, too.
  const lone = records.find(({ home }) => home === '2')?.case_code
  for (const file of ['assignments.csv', 'wide.csv', 'scores.csv', 'long_household.csv'])
    for (const row of rowsOf(bands, file)) assert.equal(row.small_cell, row.case_code === lone ? '1' : '0', file)
  const cells = manifestOf(bands).shared?.smallCells
  const name = 'household.children (home)'
  assert.deepEqual(cells?.by.slice(-3), ['response_language', 'household.since', name])
  assert.deepEqual([cells?.cases, cells?.small[0]?.like[name], cells?.casesWithout[name]], [1, '2', 0])

  const codebook = rowsOf(bands, 'codebook.csv')
  const described = rowWhere(codebook, { file: 'long_household.csv', variable: 'since__age_band' })
  assert.deepEqual(pick(described, 'type', 'quasi_identifier', 'highest'), { type: 'code', quasi_identifier: '1', highest: '' })
  assert.match(described.values_en ?? '', /^0-3=0-3 years; /)
  const marked = codebook.filter(({ file, quasi_identifier }) => file === 'long_household.csv' && quasi_identifier === '1')
  assert.deepEqual(marked.map(({ variable }) => variable).slice(-3), ['response_language', 'since__age_band', 'children_n'])
  assert.equal(rowsOf(bands, 'long_household.csv')[0]?.since__age_band, '30-44')
  // The value of an age would undo its band.
  assert.ok(!headerOf(bands, 'long_household.csv').some((name) => name.startsWith('grown')))
  assert.ok(rowsOf(bands, 'scores.csv').every(({ scale }) => scale === 'household_mood'))
  assert.deepEqual(manifestOf(bands).shared?.withoutScore, ['household@1.0.0 grown'])
  // A band is no answer to a question for a number, and nor is what was left out.
  const bundle = readFileSync(join(bands, 'responses_household.fhir.json'), 'utf8')
  assertFhirBundle(bundle)
  assert.ok(!/"linkId":"(years|since|own_age)","answer"/.test(bundle) && /"linkId":"(children\.)?home"/.test(bundle), bundle)

  const years = await shared('years')
  const [first] = rowsOf(years, 'records_household_children.csv')
  assert.ok(['5', '6', '7', '8', '9'].includes(first?.years ?? ''))
  assert.equal(rowsOf(years, 'long_household.csv')[0]?.grown_raw, '38')
  assert.deepEqual([manifestOf(years).shared?.smallCells.cases, rowsOf(years, 'long_household.csv')[0]?.since__age], [6, '38'])
  // Without answers there is nothing to tell by them.
  const flow = await shared('flow', '--layout', 'flow')
  assert.deepEqual([manifestOf(flow).shared?.smallCells.cases, manifestOf(flow).shared?.smallCells.by.length], [0, 7])
})

test('with ages in bands there is no z by a norm for ages, nor anything by which its stratum is told', async (t) => {
  const { register, submit, shared } = await startHouseholds(t)
  await register(...['2017-05', '2014-05'].map((childBirthMonth, index) => ({ ...entry(`c${index}`), childBirthMonth })), entry('unborn'))
  for (const code of ['c0', 'c1', 'unborn']) await submit({ code, instrument: 'household' }, { mood: 12 })
  const years = await shared('years')
  assert.deepEqual(
    rowsOf(years, 'long_household.csv')
      .map((row) => `${row.mood_raw} ${row.mood_z} ${row.mood_stratum} ${row.mood_reason}`)
      .sort(),
    ['12   no-stratum', '12 -4 older ', '12 1 young '],
  )
  const bands = await shared('bands', '--age-bands')
  const told = ['mood_z', 'mood_band', 'mood_norm', 'mood_stratum']
  const header = headerOf(bands, 'long_household.csv')
  assert.deepEqual([told.filter((name) => header.includes(name)), header.includes('mood_raw')], [[], true])
  assert.deepEqual(manifestOf(bands).shared?.leftOut.long_household?.slice(-7, -3), told)
  assert.deepEqual(manifestOf(bands).shared?.withoutZ, ['mood-by-age@1.0.0'])
  assert.match(readFileSync(join(bands, 'README.txt'), 'utf8'), /Scores by mood-by-age@1\.0\.0 have their raw value only/)
  for (const row of rowsOf(bands, 'scores.csv'))
    assert.deepEqual(pick(row, 'raw', 'z', 'band', 'reason', 'norm', 'stratum', 'norm_status'), {
      ...{ raw: '12', z: '', band: '', reason: '', norm: '', stratum: '', norm_status: '' },
    })
  for (const row of rowsOf(bands, 'wide.csv'))
    assert.ok(!Object.keys(row).some((name) => /_(z|stratum|norm|band)$/.test(name) && !/age/.test(name)))
})

test('a family that answered in a language that few answered in is marked, and no translation is named', async (t) => {
  const { register, submit, shared } = await startHouseholds(t)
  const languages = ['nl', 'nl', 'nl', 'nl', 'nl', 'en']
  await register(...languages.map((language, index) => ({ ...entry(`c${index}`, [{ ...parent('Uitvinding'), language }]) })))
  for (const [index, language] of languages.entries())
    await submit({ code: `c${index}`, instrument: 'household', language }, { mood: index })
  const directory = await shared('shared')
  assert.deepEqual(
    rowsOf(directory, 'long_household.csv')
      .map((row) => `${row.response_language} ${row.small_cell}`)
      .sort(),
    ['en 1', ...Array(5).fill('nl 0')],
  )
  assert.ok(!headerOf(directory, 'assignments.csv').includes('response_translation'))
})

test('a mark is of an item that is there and of its kind, and what looks like a trait wants one', async (t) => {
  const folder = temporaryFolder(t)
  writeDefinition(folder, 'instruments', household)
  const wrong = { 'children.home': 'age', mood: 'birth-date', gone: 'trait' }
  writeFile(folder, 'instruments/household/identifying.json', { ...marks, items: wrong })
  writeFile(folder, 'instruments/nobody/identifying.json', { ...marks, instrument: 'nobody', items: { 'a.b.c': 'age' } })
  writeFile(folder, 'instruments/other/identifying.json', { ...marks, instrument: 'other', items: {} })
  const { stderr, code } = await nameting({}, 'check', folder)
  assert.equal(code, 1)
  assert.match(stderr, /children\.home: an age is asked by a question for a number/)
  assert.match(stderr, /a birth-date is asked by a question for a date/)
  assert.match(stderr, /no version of household has an item gone/)
  assert.match(stderr, /there is no instrument other/)
  assert.match(stderr, /write the name of an item, or group\.item/)
  assert.match(stderr, /own_age looks like an age by its words/)
})

test('whether children were placed and where, and which measures there are, is known to outsiders: families are told apart by it', async (t) => {
  const folder = temporaryFolder(t)
  const study = await openTestStudy({ folder: join(folder, 'data'), entry: { id: 'gezinnen', protocol: 'familie-aan-zet@0.5.2-standin' } })
  t.after(study.close)
  const decided = ['2026-02-01', '2026-02-01', '2026-02-01', '2026-02-01', '2026-02-01', '2026-02-11']
  const family = {
    arm: 'conference',
    cohort: 'prospective',
    region: 'Verzinstad',
    participants: [{ ...parent('Codeur'), role: 'file-researcher' }],
  }
  await study.register(
    ...decided.map((conference, index) => ({ ...family, code: `c${index}`, anchors: { referral: '2026-01-12', conference } })),
  )
  const read = (code: string, answers: Record<string, unknown>) =>
    study.submit({ code, instrument: 'zap-kort', role: 'file-researcher' }, answers as never)
  for (const code of ['c1', 'c2', 'c3', 'c4', 'c5']) await read(code, { placed: 0 })
  await read('c0', { placed: 1, placements: [{ placed_child: 1, kind: 4, start: '2026-01-20', ended: 0 }] })
  const directory = join(folder, 'shared')
  const words = ['--study', 'gezinnen', '--tier', 'shared', '--purpose', 'a test', '--out', directory]
  const { code, stderr } = await nameting(study.environment, 'export', ...words)
  assert.equal(code, 0, stderr)
  const cells = manifestOf(directory).shared?.smallCells
  for (const name of ['zap-kort.placed', 'zap-kort.placements (kind)', 'frek.protection', 'frek.referring_body'])
    assert.ok(cells?.by.includes(name), name)
  assert.deepEqual(
    cells?.small.map(({ like, cases }) => [like['zap-kort.placed'], like['zap-kort.placements (kind)'], cases]),
    [['1', '4', 1]],
  )
  const [placement] = rowsOf(directory, 'records_zap_kort_placements.csv')
  assert.equal(placement?.small_cell, '1')
  // One family has days between its dates that nobody shares. It is told, and not among what is counted.
  assert.deepEqual(cells?.days, { between: ['conference', 'referral'], cases: 6, few: 1 })
  assert.match(
    readFileSync(join(directory, 'README.txt'), 'utf8'),
    /of 6 families with two or more dates of the case \(conference, referral\), 1 have days/,
  )
})
