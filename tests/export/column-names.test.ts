import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  anchorName,
  assignmentFacts,
  columnName,
  contextNames,
  matchName,
  type Place,
  personName,
  scoreParts,
  type Variable,
} from '../../server/export/column-names.ts'
import { reservedWords } from '../../server/export/reserved-words.ts'

const t0 = { wave: 'T0' }

test('columns are called by instrument, wave, and item or scale', () => {
  const veo = { instrument: 'veo', ...t0 }
  assert.equal(columnName({ scale: 'total', only: true, part: 'z' }, veo), 'veo_t0_z')
  assert.equal(columnName({ item: 'veo01' }, veo), 'veo_t0_veo01')
  assert.equal(columnName({ fact: 'submitted_at' }, veo), 'veo_t0_submitted_at')
  assert.equal(columnName({ scale: 'autonomy', only: false, part: 'band' }, { instrument: 'pul', wave: 'FU9' }), 'pul_fu9_autonomy_band')
  assert.equal(
    columnName({ scale: 'safety', only: false, part: 'raw' }, { instrument: 'succint-referrer', wave: 'FU3' }),
    'succint_referrer_fu3_safety_raw',
  )
})

test('the second person in a role has a number, and a role is written where several fill in one list', () => {
  const veo = (person?: string): Place => ({ instrument: 'veo', ...t0, person })
  assert.equal(columnName({ item: 'veo01' }, veo(personName(1))), 'veo_t0_veo01')
  assert.equal(columnName({ item: 'veo01' }, veo(personName(2))), 'veo_t0_p2_veo01')
  assert.equal(columnName({ item: 'veo01' }, veo(personName(1, 'parent'))), 'veo_t0_parent_veo01')
  assert.equal(columnName({ item: 'veo01' }, veo(personName(2, 'parent'))), 'veo_t0_parent_p2_veo01')
  assert.equal(columnName({ item: 'veo01' }, veo(personName(1, undefined, { number: 1 }))), 'veo_t0_veo01')
  assert.equal(columnName({ item: 'veo01' }, veo(personName(2, undefined, { number: 3 }))), 'veo_t0_p2_about3_veo01')
  assert.equal(columnName({ item: 'veo01' }, veo(personName(1, undefined, { number: 2, role: 'parent' }))), 'veo_t0_aboutparent2_veo01')
})

test('a choice, a version and an anchor are part of the name where there are any', () => {
  assert.equal(columnName({ item: 'help', choice: 3 }), 'help___3')
  assert.equal(columnName({ item: 'help', choice: -1 }), 'help___m1')
  assert.equal(columnName({ item: 'q1', version: '2.0.0' }), 'q1__v2_0_0')
  assert.equal(columnName({ item: 'q1', version: '0.2.0-standin' }, { instrument: 'veo', ...t0 }), 'veo_t0_q1__v0_2_0_standin')
  assert.equal(columnName({ item: 'help', choice: 3, version: '2.0.0' }), 'help___3__v2_0_0')
  assert.equal(columnName({ scale: 'total', only: true, part: 'z', version: '2.0.0' }, { instrument: 'veo', ...t0 }), 'veo_t0_z__v2_0_0')
  assert.equal(anchorName('conference'), 'conference_date')
})

test('names that could be read as something else are set apart', () => {
  assert.equal(columnName({ item: 'z' }), 'item_z')
  assert.equal(columnName({ item: 'wave' }), 'item_wave')
  assert.equal(columnName({ item: 'select' }), 'item_select')
  assert.equal(columnName({ item: 'p2_old' }), 'item_p2_old')
  assert.equal(columnName({ item: 'children_n' }), 'item_children_n')
  assert.equal(columnName({ item: 'about2_x' }), 'item_about2_x')
  assert.equal(columnName({ item: 'weight_x' }), 'item_weight_x')
  assert.equal(columnName({ weight: 'ekc-interviews' }, { instrument: 'veo', ...t0 }), 'veo_t0_weight_ekc_interviews')
  assert.equal(columnName({ records: 'children' }), 'children_n')
  assert.equal(columnName({ scale: 'p2', only: false, part: 'raw' }), 'scale_p2_raw')
  assert.equal(columnName({ item: 'q1' }, { instrument: 'sdq-p4', ...t0 }), 'sdq__p4_t0_q1')
})

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,9}$/)
const id = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9]{0,6}(-[a-z0-9]{1,6}){0,3}$/),
  fc.constantFrom(
    'nosi',
    'nosi-b',
    'nosi-t0',
    'nosi-t0-z',
    'sdq-p2',
    'a-very-long-name-of-an-instrument-that-somebody-made-up-for-this-test',
  ),
)
/** Names of items and scales that look like what column names are made of. */
const awkward = [
  'z',
  'raw',
  'total',
  'total_z',
  'p2',
  'p2_z',
  'p2_q1',
  'match',
  'match_q1',
  'about2',
  'about2_q1',
  'q1',
  'item_z',
  'records',
  'records_z_n',
  'item_q1',
  'scale_z',
  't0_z',
  't0',
  'state',
  'q___1',
  'a',
  'a_',
  'select',
  'q1_n',
  'q1__v2_0_0',
  'z__v2_0_0',
  'total_z__v2_0_0',
  'weight',
  'weight_x',
  'weight_raw',
]
const itemOrScale = fc.oneof(fc.stringMatching(/^[a-z][a-z0-9_]{0,31}$/), fc.constantFrom(...awkward))
const wave = fc.oneof(fc.stringMatching(/^[A-Z]{1,4}[0-9]{1,3}$/), fc.constantFrom('T0', 'FU3'))
const part = fc.constantFrom(...scoreParts)

/** In one list a scale called total is the sole one or not, and either every column of a list names a role, or none does. */
interface Shape {
  only: boolean
  roles: boolean
}
const shapeOf = (instrument: string): Shape => ({ only: instrument.length % 2 === 0, roles: instrument.length % 3 === 0 })

/** Versions that a name could mix up among them. */
const version = fc.constantFrom('2.0.0', '2.0.0-standin', '2.0.0-a.b', '2.0.0-a-b', '20.0.0')

const weight = fc.record({ weight: fc.oneof(id, fc.constantFrom('raw', 'x', 'x-n')) })

/** Later versions may have added scales to the sole one. */
const scale = ({ only }: Shape): fc.Arbitrary<{ scale: string; only: boolean }> =>
  itemOrScale.map((scale) => ({ scale, only: only && scale === 'total' }))

const variable = (shape: Shape): fc.Arbitrary<Variable> =>
  fc.oneof(
    fc.record({ item: itemOrScale, version }, { requiredKeys: ['item'] }),
    fc.record({ records: itemOrScale, version }, { requiredKeys: ['records'] }),
    fc.record({ item: itemOrScale, choice: fc.integer({ min: -99, max: 99 }), version }, { requiredKeys: ['item', 'choice'] }),
    fc
      .record({ scale: scale(shape), part, version }, { requiredKeys: ['scale', 'part'] })
      .map(({ scale, ...rest }) => ({ ...scale, ...rest })),
    fc.constantFrom(...assignmentFacts).map((fact) => ({ fact })),
    weight,
  )

const column = id.chain((instrument) => {
  const shape = shapeOf(instrument)
  const person = fc
    .tuple(fc.integer({ min: 1, max: 12 }), shape.roles ? word : fc.constant(undefined), fc.integer({ min: 1, max: 12 }))
    .map(([number, role, about]) => personName(number, role, { number: about, role: shape.roles ? role : undefined }))
  return fc.tuple(variable(shape), fc.record({ instrument: fc.constant(instrument), wave, person }))
})

test('every name is a variable name in SPSS, R and SQL', () => {
  fc.assert(
    fc.property(column, fc.boolean(), ([variable, place], wide) => {
      const name = columnName(variable, wide ? place : undefined)
      assert.match(name, /^[a-z][a-z0-9_]{0,62}$/)
      assert.equal(reservedWords.has(name), false, name)
    }),
    { numRuns: 700 },
  )
})

test('two different columns of any two lists never have one name', () => {
  fc.assert(
    fc.property(fc.array(column, { minLength: 2, maxLength: 40 }), (columns) => {
      assertDistinct(columns)
    }),
    { numRuns: 700 },
  )
})

test('columns whose names are made to be confused are not', () => {
  const names = [...awkward, 'q1_z', 't0_q1', 'item_state']
  const more = ['item', 'scale_q1', 'scale', 'scale_p2', 'q1___1', 'q1__1', 'item_select', 'wave', 'item_wave', 'item_item_wave']
  const instruments = ['a', 'a-t0', 'a-t0-q1', 't0', 'item', 'p2', 'a-p2', 'about2']
  for (const only of [true, false]) {
    const items = [...names, ...more].flatMap((item): Variable[] => [
      { item },
      { item, choice: 1 },
      { item, choice: -1 },
      { records: item },
    ])
    const scales = [...names, ...more].flatMap((scale) =>
      scoreParts.map((part): Variable => ({ scale, only: only && scale === 'total', part })),
    )
    const later = [...items, ...scales].map((variable): Variable => ({ ...variable, version: '2.0.0' }))
    const weights: Variable[] = ['x', 'x-n', 'x-raw', 'raw', 'raw-z', 'select'].map((weight) => ({ weight }))
    const variables: Variable[] = [...items, ...scales, ...later, ...weights, ...assignmentFacts.map((fact) => ({ fact }))]
    const places = instruments.flatMap((instrument) =>
      ['T0', 'Z1'].flatMap((wave) =>
        [1, 2, 12].flatMap((number) =>
          [1, 2].map((about) => ({ instrument, wave, person: personName(number, undefined, { number: about }) })),
        ),
      ),
    )
    assertDistinct(places.flatMap((place) => variables.map((variable) => [variable, place] as const)))

    const long = variables.filter((variable) => !('fact' in variable)).map((variable) => columnName(variable))
    assert.equal(new Set([...long, ...contextNames]).size, long.length + contextNames.length, 'in a long file')
  }
})

function assertDistinct(columns: readonly (readonly [Variable, Place])[]): void {
  const meant = new Map<string, string>()
  for (const column of columns) {
    const name = columnName(...column)
    const meaning = JSON.stringify(column)
    assert.equal(meant.get(name) ?? meaning, meaning, `both are called ${name}`)
    meant.set(name, meaning)
  }
}

test('anchors never share a name with a column of an instrument', () => {
  fc.assert(
    fc.property(id, column, (anchor, [variable, place]) => assert.notEqual(anchorName(anchor), columnName(variable, place))),
    { numRuns: 700 },
  )
})

test('the name of a matching criterion is nothing else, in a long file or a wide one', () => {
  assert.equal(matchName('same-referrer'), 'match_same_referrer')
  assert.equal(columnName({ item: 'match_same_referrer' }), 'item_match_same_referrer')
  assert.equal(columnName({ scale: 'match', only: false, part: 'raw' }), 'scale_match_raw')
  const criterion = fc.oneof(id, fc.constantFrom('t0', 't0-q1', 'q1', 'z1-state', 'raw', 'q1-raw'))
  const instrument = fc.oneof(
    id,
    criterion.map((word) => `match-${word}`),
    fc.constant('match'),
  )
  fc.assert(
    fc.property(criterion, instrument, column, fc.boolean(), (name, called, [variable, place], wide) => {
      assert.notEqual(matchName(name), columnName(variable, wide ? { ...place, instrument: called } : undefined))
      assert.match(matchName(name), /^[a-z][a-z0-9_]{0,62}$/)
    }),
    { numRuns: 700 },
  )
})
