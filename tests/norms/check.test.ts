import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { readInstruments } from '../../instruments/catalogue.ts'
import { readNorms } from '../../norms/catalogue.ts'
import { checkNorms, warnAboutNorms } from '../../norms/check.ts'
import { selectStratum } from '../../norms/stratum.ts'
import { all, type Change, fileOf, type Json, put, smallInstrument } from '../instruments/small-files.ts'
import { smallBands, smallTable } from './small-files.ts'

const finished = { ...smallInstrument(), version: '1.0.0', wording: { status: 'own', holder: 'Us', source: 'Made for a test' } }
const instruments = readInstruments([smallInstrument(), finished].map((instrument) => fileOf('instruments', instrument))).catalogue
const read = (...definitions: Json[]) => readNorms(definitions.map((definition) => fileOf('norms', definition)))

/** What is found after a change to the table and one to the band set; the schema takes both. */
function found(change: Change, changeBands: Change = () => {}): { errors: string[]; warnings: string[] } {
  const [table, bands] = [smallTable(), smallBands()]
  change(table)
  changeBands(bands)
  const norms = read(table, bands)
  assert.deepEqual(norms.problems, [], 'the schema has nothing against the change')
  const short = ({ path, reason }: { path: string; reason: string }) => `${path}: ${reason}`
  return { errors: checkNorms(norms, instruments).map(short), warnings: warnAboutNorms(norms).map(short) }
}

test('norms without mistakes have no errors and no warnings', () => {
  assert.deepEqual(
    found(() => {}),
    { errors: [], warnings: [] },
  )
})

const scores = 'total of mood@0.1.0-standin scores 3 to 12'

/** Each: what is done to the small table, and all that is then said. */
const mistakes: Record<string, [change: Change, ...said: string[]]> = {
  'an instrument that is not there': [put('/instrument', 'moods'), '/instrument: there is no instrument moods'],
  'a range that is none': [
    put('/instrumentVersions', 'the first'),
    '/instrumentVersions: "the first" is no range of versions, such as ">=1.0.0 <2.0.0"',
  ],
  'a range without a version in it': [
    put('/instrumentVersions', '^2.0.0'),
    '/instrumentVersions: no version of mood is in "^2.0.0"; there is: 0.1.0-standin, 1.0.0',
  ],
  'a scale that is not there': [put('/scale', 'sum'), '/scale: mood@0.1.0-standin has no scale sum; it has: total, events'],
  'a scale without a bad direction': [
    all(put('/scale', 'events'), put('/strata', [{ id: 'everybody', mean: 1, sd: 1, n: null }])),
    '/scale: events of mood@0.1.0-standin has no bad direction ("worse": null), and bands are read in one',
  ],
  'a band set that is not there': [put('/bands', 'three@1.0.0'), '/bands: there is no band set three@1.0.0; there is: two@1.0.0'],
  'a stratum with the id of another': [put('/strata/2/id', 'girls'), '/strata/2/id: there is another stratum girls'],
  'two strata for everybody else': [
    put('/strata/2/when', undefined),
    '/strata/3: only one stratum is for everybody else, and boys has no `when` either',
  ],
  'a condition with nothing in it': [
    put('/strata', [{ id: 'everybody', when: {}, mean: 7, sd: 2, n: null }]),
    '/strata/0/when: there is no condition in it: leave `when` out for the stratum of everybody else',
  ],
  'ranges that share an end': [
    put('/strata/1/when/child_age/from', 5),
    '/strata/1/when: it overlaps with stratum young-girls: somebody can fall into both',
  ],
  'strata on different facts': [
    put('/strata/2/when', { child_age: { from: 0, to: 3 } }),
    '/strata/2/when: it overlaps with stratum young-girls: somebody can fall into both',
  ],
  'the same stratum twice': [
    put('/strata/2/when/sex', 'female'),
    '/strata/2/when: it overlaps with stratum young-girls: somebody can fall into both',
    '/strata/2/when: it overlaps with stratum girls: somebody can fall into both',
  ],
  'a fact that is a text here and a range there': [
    put('/strata/2/when', { child_age: 'old' }),
    '/strata/2/when/child_age: child_age is a text in one stratum and a range in another, young-girls: keep to one',
    '/strata/2/when/child_age: child_age is a text in one stratum and a range in another, girls: keep to one',
  ],
  'a mean that nobody can score': [put('/strata/3/mean', 12.5), `/strata/3/mean: the mean 12.5 cannot be: ${scores}`],
  'an sd that no answers can give': [put('/strata/2/sd', 4.6), `/strata/2/sd: the sd 4.6 is larger than any can be: ${scores}`],
  'invented figures in a version that says nothing of it': [
    put('/version', '0.1.0'),
    '/version: the status is stand-in, so the version needs a mark such as 0.1.0-standin',
  ],
  'published figures in a version that says stand-in': [
    all(put('/status', 'published'), put('/instrumentVersions', '^1.0.0')),
    '/version: 0.1.0-standin is marked as a stand-in, but the status is published: take the part from the hyphen off',
  ],
  'published figures for a stand-in wording': [
    all(put('/status', 'published'), put('/version', '1.0.0'), put('/instrumentVersions', '>=0.1.0-standin')),
    '/instrumentVersions: a published norm says nothing about a stand-in wording, and mood@0.1.0-standin is one',
  ],
}

describe('a mistake in a norm table is told with its place:', () => {
  for (const [name, [change, ...said]] of Object.entries(mistakes)) test(name, () => assert.deepEqual(found(change).errors, said))
})

const bandMistakes: Record<string, [change: Change, ...said: string[]]> = {
  'a first band with an edge': [put('/bands/0/from', -1), '/bands/0/from: the first band has no lower edge: write null'],
  'a later band without one': [put('/bands/2/from', null), '/bands/2/from: only the first band is without a lower edge'],
  'edges that do not rise': [put('/bands/2/from', 0.8), '/bands/2/from: 0.8 does not lie above the band before it, at 0.8'],
  'an edge that z cannot meet': [put('/bands/1/from', 0.805), '/bands/1/from: 0.805 has more than two decimals, and z has two'],
  'two bands with one id': [put('/bands/2/id', 'some'), '/bands/2/id: there is another band some'],
  'a key that is no language': [put('/bands/0/label/EN', 'none'), '/bands/0/label/EN: "EN" is no language tag, such as pl or zh-Hans'],
}

describe('a mistake in a band set is told with its place:', () => {
  for (const [name, [change, ...said]] of Object.entries(bandMistakes))
    test(name, () => assert.deepEqual(found(() => {}, change).errors, said))
})

test('a table or band set that lies in the wrong place is told', () => {
  const norms = readNorms([
    { path: 'norms/mood/0.1.0-standin.json', text: JSON.stringify(smallTable()) },
    { path: 'norms/two/1.json', text: JSON.stringify(smallBands()) },
  ])
  assert.deepEqual(checkNorms(norms, instruments), [
    { file: 'norms/mood/0.1.0-standin.json', path: '/id', reason: 'the id is mood-nl, but the folder is mood' },
    { file: 'norms/two/1.json', path: '/version', reason: 'the version is 1.0.0, but the file is 1.json' },
  ])
})

describe('what is allowed but seldom meant is a warning:', () => {
  const cases: Record<string, [change: Change, said: string]> = {
    'a fact that nobody has': [
      put('/strata/2/when', { sex: 'male', schooling: 'long' }),
      '/strata/2/when/schooling: nothing is known of a schooling, so nobody falls into this stratum; known are sex, child_age',
    ],
    'a text that a fact never is': [put('/strata/2/when/sex', 'man'), '/strata/2/when/sex: sex is one of female, male, other, never man'],
    'a range of a text': [
      put('/strata', [{ id: 'all', when: { sex: { from: 1, to: 2 } }, mean: 7, sd: 2, n: null }]),
      '/strata/0/when/sex: sex is a text: write one of female, male, other',
    ],
    'a text for a number': [
      put('/strata', [{ id: 'all', when: { child_age: 'three' }, mean: 7, sd: 2, n: null }]),
      '/strata/0/when/child_age: child_age is a number: write a range, {"from": 0, "to": 3}',
    ],
    'a band set that no table uses': [put('/bands', 'one@1.0.0'), ': no norm table uses these bands'],
  }
  for (const [name, [change, said]] of Object.entries(cases)) test(name, () => assert.deepEqual(found(change).warnings, [said]))

  test('a translation that is not complete', () => {
    assert.deepEqual(found(() => {}, put('/bands/0/label/tr', 'yok')).warnings, [
      '/title: there is no translation into tr',
      '/bands/1/label: there is no translation into tr',
      '/bands/2/label: there is no translation into tr',
    ])
  })
})

test('strata are told to overlap exactly when somebody can fall into two of them', () => {
  const sexes = ['female', 'male', 'other']
  const ages = fc.tuple(fc.nat(4), fc.nat(4)).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }))
  const when = fc
    .record({ sex: fc.constantFrom(...sexes), child_age: ages }, { requiredKeys: [] })
    .filter((facts) => Object.keys(facts).length > 0)
  fc.assert(
    fc.property(fc.array(when, { minLength: 2, maxLength: 4 }), (conditions) => {
      const strata = conditions.map((facts, index) => ({ id: `s${index}`, when: facts, mean: 7, sd: 2, n: null }))
      const table = read({ ...smallTable(), strata }).tables.catalogue.all()[0]
      assert.ok(table)
      const people = sexes.flatMap((sex) => [0, 1, 2, 3, 4].map((child_age) => ({ sex, child_age })))
      // Somebody falls into two strata when the order in which they are listed decides.
      const reversed = { ...table, strata: table.strata.toReversed() }
      const torn = people.some((facts) => selectStratum(table, facts)?.id !== selectStratum(reversed, facts)?.id)
      const told = found(put('/strata', strata)).errors.some((error) => error.includes('overlaps'))
      assert.equal(told, torn)
    }),
  )
})
