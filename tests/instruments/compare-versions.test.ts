import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { readInstruments } from '../../instruments/catalogue.ts'
import { comparableScales } from '../../instruments/compare.ts'
import { compareVersions, type VersionComparison } from '../../instruments/compare-versions.ts'
import { itemsOf } from '../../instruments/items.ts'
import { reasonsOf } from '../../instruments/phrase.ts'
import { itemsBehind } from '../../instruments/scale-items.ts'
import type { Instrument } from '../../instruments/schema.ts'
import { all, both, type Change, choices, fileOf, type Json, put, smallInstrument } from './small-files.ts'

function read(definition: Json): Instrument {
  const { catalogue, problems } = readInstruments([fileOf('instruments', definition)])
  assert.deepEqual(problems, [])
  return catalogue.all()[0] as Instrument
}

const older = read(smallInstrument())
function newer(change: Change): Instrument {
  const definition = smallInstrument()
  definition.version = '1.0.0'
  change(definition)
  return read(definition)
}

const q1 = '/survey/pages/0/elements/1'
const q4 = '/survey/pages/1/elements/1/elements/0'

/** With each difference as its English sentence. */
const inEnglish = ({ items, scales, other, ...rest }: VersionComparison) => ({
  ...rest,
  items: {
    ...items,
    changed: items.changed.map((item) => ({ ...item, reasons: reasonsOf(item.reasons), differences: reasonsOf(item.differences) })),
  },
  scales: scales.map((scale) => ({ ...scale, reasons: reasonsOf(scale.reasons) })),
  other: reasonsOf(other),
})

test('what comes, goes and changes is told, and which scales stay comparable, with the reason why not', () => {
  const changed = newer(
    all(
      // q3 goes, q9 comes, and what may be answered to q4 is another range.
      put('/survey/pages/1/elements/0', { type: 'comment', name: 'q9', title: both('Nine') }),
      put(q4, { type: 'text', name: 'q4', title: both('Four, in other words'), inputType: 'number', min: 0, max: 100 }),
      put('/scales/0/items', ['q1', 'q2']),
      put('/scales/0/range', [2, 8]),
      put('/scales/1/items', ['q1', 'q2']),
      put('/scales/1/groups', { home: ['q1', 'q2'] }),
      put('/scales/-', {
        ...{ id: 'word', title: both('Word'), items: ['q1'], method: 'value', itemRange: [1, 4], range: [1, 4], worse: null },
        missing: { allowed: 0, prorate: false },
      }),
    ),
  )
  const { items, scales, ...rest } = inEnglish(compareVersions(older, changed))
  assert.deepEqual(items, {
    added: ['q9'],
    removed: ['q3'],
    changed: [
      {
        name: 'q4',
        comparable: false,
        reasons: ['the highest answer is 100; it was 10'],
        differences: [
          'item q4: the highest answer is 100; it was 10',
          'item q4: when it is asked is {q1} > 1 and {q2} = 4; it was {q1} > 1 and {q2} = 4 and {q3} notempty',
        ],
      },
    ],
    reworded: ['q4'],
  })
  assert.deepEqual(scales, [
    { id: 'total', comparable: false, reasons: ['without the items q3', 'the range is [2,8]; it was [3,12]'] },
    {
      id: 'events',
      comparable: false,
      reasons: ['without the items q3', 'the groups is {"home":["q1","q2"]}; it was {"home":["q1","q2"],"work":["q3"]}'],
    },
    { id: 'word', comparable: false, reasons: ['only mood@1.0.0 has it'] },
  ])
  assert.deepEqual(rest, { older: 'mood@0.1.0-standin', newer: 'mood@1.0.0', other: [] })
})

describe('an answer means the same, or not', () => {
  const cases: [string, Change, item: string, reasons: string[] | 'not changed'][] = [
    ['when it is worded otherwise', put(`${q1}/choices/0/text`, both('never')), 'q1', 'not changed'],
    ['when it may be left open', put(`${q1}/isRequired`, undefined), 'q1', []],
    ['when it is chosen from a dropdown', put(`${q1}/type`, 'dropdown'), 'q1', []],
    ['when the choices stand in another order', put(`${q1}/choices`, choices(1, 4).toReversed()), 'q1', []],
    ['when the number has another step', put(`${q4}/step`, 0.5), 'q4', []],
    [
      'not when there is a further choice',
      put(`${q1}/choices`, choices(1, 5)),
      'q1',
      ['the list of answers is 1, 2, 3, 4, 5; it was 1, 2, 3, 4'],
    ],
    [
      'not when several can be chosen',
      put(`${q1}/type`, 'checkbox'),
      'q1',
      ['the kind of answer is several of a list; it was one of a list'],
    ],
    ['not when the number has no end', put(`${q4}/max`, undefined), 'q4', ['the highest answer is open; it was 10']],
    [
      'not when two labels changed places, in one language only',
      (definition) => {
        const [first, second] = definition.survey.pages[0].elements[1].choices
        const { en } = first.text
        first.text.en = second.text.en
        second.text.en = en
      },
      'q1',
      ['the answer 1 is "step 2 (en)"; that was 2', 'the answer 2 is "step 1 (en)"; that was 1'],
    ],
    ['not when a key was turned', put('/scales/0/reverse', ['q1', 'q2']), 'q1', ['scale total scores it the other way round']],
  ]
  for (const [what, change, item, reasons] of cases)
    test(what, () => {
      const found = inEnglish(compareVersions(older, newer(change))).items.changed.find(({ name }) => name === item)
      if (reasons === 'not changed') assert.equal(found, undefined)
      else assert.deepEqual([found?.comparable, found?.reasons], [reasons.length === 0, reasons])
    })
})

test('another number of answers that may miss keeps a scale comparable, and is told', () => {
  const { scales, other } = inEnglish(compareVersions(older, newer(put('/scales/0/missing', { allowed: 2, prorate: true }))))
  assert.deepEqual(scales[0], { id: 'total', comparable: true, reasons: [] })
  assert.deepEqual(other, [
    'scale total: the rule for missing answers is {"allowed":2,"prorate":true}; it was {"allowed":1,"prorate":true}',
  ])
})

test('of every shipped instrument: nothing differs from itself, and a scale is comparable only with items that are', () => {
  const shipped = readShipped()
  assert.ok(shipped.length >= 4)
  for (const instrument of shipped) {
    const same = compareVersions(instrument, structuredClone(instrument))
    assert.deepEqual({ ...same.items, other: same.other }, { added: [], removed: [], changed: [], reworded: [], other: [] })
    assert.ok(same.scales.every(({ comparable, reasons }) => comparable && reasons.length === 0))
  }
  const scored = shipped.filter(({ scales }) => scales.length > 0)
  fc.assert(
    fc.property(fc.constantFrom(...scored), fc.nat(), fc.nat(), (instrument, which, how) => {
      const other = structuredClone(instrument)
      const item = itemsOf(other)[which % itemsOf(other).length] as ReturnType<typeof itemsOf>[number]
      const choices = item.kind === 'question' ? item.question.choices : undefined
      if (how % 3 === 0) choices?.pop()
      if (how % 3 === 1) choices?.reverse()
      if (how % 3 === 2) choices?.push({ value: 77, text: { nl: 'anders', en: 'other' } })
      const changed = structuredClone(other)
      const { items, scales } = compareVersions(instrument, changed)
      const apart = new Set([
        ...items.removed,
        ...items.added,
        ...items.changed.flatMap(({ name, comparable }) => (comparable ? [] : [name])),
      ])
      assert.deepEqual(
        scales.filter(({ comparable }) => comparable).map(({ id }) => id),
        comparableScales(instrument, changed),
      )
      for (const scale of instrument.scales) {
        const touched = [...itemsBehind(instrument, scale).keys()].some((name) => apart.has(name))
        assert.equal(scales.find(({ id }) => id === scale.id)?.comparable, !touched, `${scale.id} of ${instrument.id}`)
      }
    }),
  )
})

function readShipped(): Instrument[] {
  const root = new URL('../../instruments/', import.meta.url)
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => /^[^/]+\/\d[^/]*\.json$/.test(path))
    .map((path) => ({ path: `instruments/${path}`, text: readFileSync(new URL(path, root), 'utf8') }))
  return readInstruments(files).catalogue.all()
}
