import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { readInstruments } from '../../instruments/catalogue.ts'
import { comparableScales, compareInstruments } from '../../instruments/compare.ts'
import type { Instrument } from '../../instruments/schema.ts'
import { all, both, type Change, choices, fileOf, type Json, put, smallInstrument } from './small-files.ts'

/** The small instrument as a release, after a change. */
function release(change: Change = () => {}): Instrument {
  const definition = smallInstrument()
  definition.version = '1.0.0'
  definition.wording.status = 'licensed'
  change(definition)
  return read(definition)
}

function read(definition: Json): Instrument {
  const { catalogue, problems } = readInstruments([fileOf('instruments', definition)])
  assert.deepEqual(problems, [])
  return catalogue.all()[0] as Instrument
}

const standIn = read(smallInstrument())
const reasons = (change: Change): string[] => compareInstruments(standIn, release(change)).map(({ reason }) => reason)

test('another wording, other titles, other pages and another name for the problem are no difference', () => {
  const reworded = release((definition) => {
    definition.title = both('Otherwise')
    definition.minutes = 9
    definition.survey.title = both('Otherwise')
    definition.survey.pages[0].elements[1].title = both('Another question')
    definition.survey.pages[0].elements[1].choices[0].text = both('another word')
    definition.survey.pages[0].elements.shift()
    definition.survey.pages.splice(1, 0, { name: 'between', elements: [definition.survey.pages[0].elements.pop()] })
    definition.scales[0].title = both('Otherwise')
    definition.scales[0].problem = both('otherwise')
    definition.scales[0].items.reverse()
  })
  assert.deepEqual(compareInstruments(standIn, reworded), [])
  assert.deepEqual(comparableScales(standIn, reworded), ['total', 'events'])
})

describe('each difference is a sentence', () => {
  const q1 = '/survey/pages/0/elements/1'
  const cases: [string, Change, string[], comparable: string[]][] = [
    [
      'an item missing',
      all(
        put('/survey/pages/1/elements/0', undefined),
        put('/scales/0/items', ['q1', 'q2']),
        put('/scales/1/groups', { home: ['q1', 'q2'] }),
      ),
      [
        'item q3 of mood@0.1.0-standin is missing',
        'scale total: without the items q3',
        'scale events: the groups is {"home":["q1","q2"]}; it was {"home":["q1","q2"],"work":["q3"]}',
      ],
      [],
    ],
    [
      'an item added',
      put('/survey/pages/0/elements/-', { type: 'comment', name: 'q9', title: both('Nine') }),
      ['item q9 is added; mood@0.1.0-standin does not have it'],
      ['total', 'events'],
    ],
    [
      'other choice values',
      all(put(`${q1}/choices`, choices(0, 3)), put('/scales/0/itemRange', [0, 3]), put('/scales/0/range', [0, 9])),
      [
        'item q1: the list of answers is 0, 1, 2, 3; it was 1, 2, 3, 4',
        'item q2: the list of answers is 0, 1, 2, 3; it was 1, 2, 3, 4',
        'scale total: the item range is [0,3]; it was [1,4]',
        'scale total: the range is [0,9]; it was [3,12]',
      ],
      [],
    ],
    [
      'answers in another order',
      put(`${q1}/choices`, choices(1, 4).toReversed()),
      ['item q1: the list of answers is 4, 3, 2, 1; it was 1, 2, 3, 4', 'item q2: the list of answers is 4, 3, 2, 1; it was 1, 2, 3, 4'],
      ['total', 'events'],
    ],
    [
      'another limit',
      put('/survey/pages/1/elements/1/elements/0/max', 20),
      ['item q4: the highest answer is 20; it was 10'],
      ['total', 'events'],
    ],
    [
      'an item that must be answered, or is asked at another time',
      all(put(`${q1}/isRequired`, undefined), put('/survey/pages/1/visibleIf', undefined)),
      [
        'item q1: whether it must be answered is no; it was yes',
        'item q3: when it is asked is always; it was {q1} > 1',
        'item q4: when it is asked is {q2} = 4 and {q3} notempty; it was {q1} > 1 and {q2} = 4 and {q3} notempty',
      ],
      ['total', 'events'],
    ],
    [
      'another order of items',
      (definition) => definition.survey.pages.reverse(),
      ['the items stand in another order, from q3 on; there stood q1'],
      ['total', 'events'],
    ],
    [
      'other reversed items',
      put('/scales/0/reverse', ['q3']),
      ['scale total: without the reversed items q2', 'scale total: with the further reversed items q3'],
      // Who turned a key turned the question too, or mended a mistake: nobody can tell, so what looks at these items is apart.
      [],
    ],
    ['another method', put('/scales/0/method', 'mean'), ['scale total: the method is mean; it was sum'], ['events']],
    [
      'another rule for missing answers: how many decides whether there is a score, not what it means',
      put('/scales/0/missing', { allowed: 2, prorate: true }),
      ['scale total: the rule for missing answers is {"allowed":2,"prorate":true}; it was {"allowed":1,"prorate":true}'],
      ['total', 'events'],
    ],
    [
      'no prorating any more',
      put('/scales/0/missing', { allowed: 1, prorate: false }),
      ['scale total: the rule for missing answers is {"allowed":1,"prorate":false}; it was {"allowed":1,"prorate":true}'],
      ['events'],
    ],
    [
      'a label that went to another value',
      put(
        `${q1}/choices`,
        choices(1, 4).map(({ value }, index, all) => ({ value, text: all[3 - index].text })),
      ),
      [
        'item q1: the answer 1 is "step 4 (nl)"; that was 4',
        'item q1: the answer 2 is "step 3 (nl)"; that was 3',
        'item q1: the answer 3 is "step 2 (nl)"; that was 2',
        'item q1: the answer 4 is "step 1 (nl)"; that was 1',
        'item q2: the answer 1 is "step 4 (nl)"; that was 4',
        'item q2: the answer 2 is "step 3 (nl)"; that was 3',
        'item q2: the answer 3 is "step 2 (nl)"; that was 2',
        'item q2: the answer 4 is "step 1 (nl)"; that was 1',
      ],
      [],
    ],
    ['another bad direction', put('/scales/0/worse', null), ['scale total: the bad direction is none; it was high'], ['events']],
    ['a scale missing', put('/scales/1', undefined), ['scale events of mood@0.1.0-standin is missing'], ['total']],
    [
      'a scale under another name',
      put('/scales/0/id', 'sum'),
      ['scale total of mood@0.1.0-standin is missing', 'scale sum is added; mood@0.1.0-standin does not have it'],
      ['events'],
    ],
    [
      'other respondents',
      put('/respondents', ['parent', 'youth']),
      ['mood@1.0.0 is for parent, youth; mood@0.1.0-standin is for parent'],
      ['total', 'events'],
    ],
    [
      'other languages',
      put('/survey/title', { ...both('Mood'), pl: 'Nastrój' }),
      ['mood@1.0.0 speaks nl, en, pl; mood@0.1.0-standin speaks nl, en'],
      ['total', 'events'],
    ],
  ]
  for (const [what, change, expected, comparable] of cases)
    test(what, () => {
      assert.deepEqual(reasons(change), expected)
      assert.deepEqual(comparableScales(standIn, release(change)), comparable)
    })
})

test('every shipped list is equal to itself, and loses exactly the item that is taken out of it', () => {
  const files = ['nosik', 'nosi-b', 'veo', 'pul'].map((id) => {
    const path = `instruments/${id}/0.1.0-standin.json`
    return { path, text: readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8') }
  })
  const shipped = readInstruments(files).catalogue.all()
  fc.assert(
    fc.property(fc.constantFrom(...shipped), fc.nat(), (instrument, pick) => {
      assert.deepEqual(compareInstruments(instrument, instrument), [])
      assert.deepEqual(
        comparableScales(instrument, instrument),
        instrument.scales.map(({ id }) => id),
      )
      const without = structuredClone(instrument)
      const page = without.survey.pages[pick % without.survey.pages.length] as Instrument['survey']['pages'][number]
      const [gone] = page.elements.splice(pick % page.elements.length, 1)
      const told = compareInstruments(instrument, without)
      // Others may have taken their answers from it, and lose them with it.
      assert.ok(
        told.some(({ about, reason }) => about === 'item' && reason.startsWith(`item ${gone?.name} of `)) || gone?.type !== 'radiogroup',
      )
      for (const { reason } of compareInstruments(without, instrument)) assert.match(reason, /^(item|scale|the items) /)
    }),
  )
})
