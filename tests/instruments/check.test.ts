import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { readInstruments } from '../../instruments/catalogue.ts'
import { checkInstruments, warnAboutInstruments } from '../../instruments/check.ts'
import { itemsOf } from '../../instruments/items.ts'
import { scoreScale } from '../../instruments/score.ts'
import { all, both, type Change, choices, fileOf, type Json, put, smallInstrument, smallPart } from './small-files.ts'

const read = (...definitions: Json[]) => readInstruments(definitions.map((definition) => fileOf('instruments', definition)))
const short = ({ path, reason }: { path: string; reason: string }) => `${path}: ${reason}`

/** What is found in the small instrument after a change. The change must leave it something that the schema takes. */
function errorsAfter(change: Change): string[] {
  const instrument = smallInstrument()
  change(instrument)
  const found = read(instrument)
  assert.deepEqual(found.problems, [], 'the schema has nothing against the change')
  return checkInstruments(found).map(short)
}

function warningsAfter(change: Change): string[] {
  const instrument = smallInstrument()
  change(instrument)
  return warnAboutInstruments(read(instrument)).map(short)
}

const q1 = '/survey/pages/0/elements/1'
const q2 = '/survey/pages/0/elements/2'
const second = '/survey/pages/1'
const more = '/survey/pages/1/elements/1'
const question = (name: string, rest: Json = {}): Json => ({ type: 'radiogroup', name, title: both(name), choices: choices(1, 4), ...rest })

test('an instrument and a part without mistakes have no errors and no warnings', () => {
  const instrument = { ...smallInstrument(), uses: ['common@0.1.0-standin'] }
  instrument.survey.pages[1].elements[0] = { $use: 'question' }
  for (const found of [read(smallInstrument()), read(instrument, smallPart())]) {
    assert.deepEqual([...found.problems, ...checkInstruments(found), ...warnAboutInstruments(found)], [])
  }
})

const q4 = `${more}/elements/0`

/** Each: what is done to the small instrument, and all that is then said. */
const mistakes: Record<string, [change: Change, ...said: string[]]> = {
  'an item name that is taken': [
    all(put(`${q2}/name`, 'q1'), put('/scales', []), put(`${more}/visibleIf`, undefined)),
    `${q2}/name: the name q1 is already taken at ${q1}`,
  ],
  'a page with the name of another': [put(`${second}/name`, 'first'), `${second}/name: the name first is already taken at /survey/pages/0`],
  'a panel with the name of an item': [put(`${more}/name`, 'q3'), `${more}/name: the name q3 is already taken at ${second}/elements/0`],
  'a choice question without choices': [
    put('/survey/pages/0/elements/-', { type: 'checkbox', name: 'q9', title: both('Nine') }),
    '/survey/pages/0/elements/3: a question of type checkbox needs choices, or choicesFromQuestion',
  ],
  'choices beside choicesFromQuestion': [
    put(`${q2}/choices`, choices(1, 4)),
    `${q2}/choicesFromQuestion: there are choices beside it: keep one of the two`,
  ],
  'choices from a question that is not there': [
    put(`${q2}/choicesFromQuestion`, 'q8'),
    `${q2}/choicesFromQuestion: there is no question q8`,
  ],
  'choices from a question that has them from another': [
    put('/survey/pages/0/elements/-', { type: 'dropdown', name: 'q9', title: both('Nine'), choicesFromQuestion: 'q2' }),
    '/survey/pages/0/elements/3/choicesFromQuestion: q2 has no choices of its own',
  ],
  'a choice value that stands twice': [
    put(`${q1}/choices/2/value`, 1),
    `${q1}/choices/2/value: the value 1 stands in an earlier choice too`,
  ],
  'a choice that is the code of a missing answer': [
    all(put(`${q1}/choices/0/value`, -9), put('/scales', []), put(`${second}/visibleIf`, '{q1} = 2')),
    `${q1}/choices/0/value: -9 is what an export writes for a missing answer: no answer can be -9`,
    `${q2}/choicesFromQuestion: -9 is what an export writes for a missing answer: no answer can be -9`,
  ],
  'a number that can be the code of a missing answer': [
    put(`${q4}/min`, -8.5),
    `${q4}/min: -8 is what an export writes for a missing answer: no answer can be -8`,
  ],
  'choices of an open question': [put(`${q4}/choices`, choices(1, 2)), `${q4}/choices: a question of type text has no choices`],
  'limits that the type does not know': [
    all(put(`${q1}/inputType`, 'number'), put(`${q1}/min`, 1), put(`${q1}/step`, 1), put(`${q1}/maxLength`, 10)),
    `${q1}/inputType: only a question of type text has an inputType`,
    `${q1}/min: min needs the inputType number or date`,
    `${q1}/step: step needs the inputType number`,
    `${q1}/maxLength: only texts have a maxLength`,
  ],
  'a date as the lowest number': [put(`${q4}/min`, '2026-01-01'), `${q4}/min: min must be a number`],
  'a lowest number above the highest': [put(`${q4}/min`, 11), `${q4}/min: min 11 is above max 10`],
  'a condition that cannot be read': [
    put(`${second}/visibleIf`, '{q1} > '),
    `${second}/visibleIf: "{q1} > " is not a condition: SurveyJS stops reading at character 8`,
  ],
  'a condition that reads the clock': [
    put(`${second}/visibleIf`, 'today() > {q1}'),
    `${second}/visibleIf: "today() > {q1}" calls today(); a condition may call only avg, count, iif, max, min, round, substring, sum, trunc`,
  ],
  'a condition without an end': [
    put(`${second}/visibleIf`, `{q1} = 1${' and {q1} = 1'.repeat(5000)}`),
    `${second}/visibleIf: the condition has 65008 characters; it can have 1000`,
  ],
  'a condition on an item that is not there': [
    put(`${second}/visibleIf`, '{q7} = 1 or {q1} = 1'),
    `${second}/visibleIf: there is no item q7`,
  ],
  'a condition on a panel': [put(`${q4}/visibleIf`, '{more} = 1'), `${q4}/visibleIf: there is no item more`],
  'a condition without braces': [
    put(`${second}/visibleIf`, 'q1 = 1'),
    `${second}/visibleIf: "q1 = 1" looks at no item: write its name in braces, as in {q1} = 1`,
  ],
  'a condition on a later item': [
    put('/survey/pages/0/elements/0/visibleIf', '{q1} = 1'),
    '/survey/pages/0/elements/0/visibleIf: the item q1 is asked later, not before this',
  ],
  'a condition on the item itself': [put(`${q1}/visibleIf`, '{q1} = 1'), `${q1}/visibleIf: the condition goes in a circle: q1 > q1`],
  'a page that waits for one of its own items': [
    put(`${second}/visibleIf`, '{q3} = 1'),
    `${second}/visibleIf: the condition goes in a circle: second > q3 > second`,
  ],
  'two items that wait for each other over a panel': [
    put(`${q2}/visibleIf`, '{q4} = 1'),
    `${q2}/visibleIf: the condition goes in a circle: q2 > q4 > q2`,
  ],
  'a scale with an item that is not there': [put('/scales/0/items/2', 'q33'), '/scales/0/items/2: there is no item q33'],
  'a scale with an item twice': [
    put('/scales/0/items/-', 'q1'),
    '/scales/0/items/3: q1 stands in the scale twice',
    '/scales/0/range: the scores can be 4 to 16 (4 items of 1 to 4), not 3 to 12',
  ],
  'a reversed item that is not in the scale': [
    put('/scales/0/reverse', ['q4']),
    '/scales/0/reverse/0: q4 is reversed, but is not an item of this scale',
  ],
  'an item that is reversed twice': [put('/scales/0/reverse', ['q2', 'q2']), '/scales/0/reverse/1: q2 is reversed twice'],
  'two scales with one id': [put('/scales/1/id', 'total'), '/scales/1/id: there is another scale total'],
  'as many missing as there are items': [
    put('/scales/0/missing/allowed', 3),
    '/scales/0/missing/allowed: 3 may be missing of 3: at least one item must be answered',
  ],
  'categories without groups': [
    put('/scales/1/groups', undefined),
    '/scales/1: the method categories needs groups: the items of each category',
  ],
  'categories without counts': [
    put('/scales/1/counts', undefined),
    '/scales/1: the method categories needs counts: which answers are an event',
  ],
  'counts of a sum': [put('/scales/0/counts', [1]), '/scales/0/counts: the method sum has no counts'],
  'a count that stands twice': [put('/scales/1/counts', [3, 4, 3]), '/scales/1/counts/2: 3 counts already'],
  'groups of a mean': [
    all(put('/scales/0/groups', { all: ['q1', 'q2', 'q3'] }), put('/scales/0/method', 'mean'), put('/scales/0/range', [1, 4])),
    '/scales/0/groups: the method mean has no groups',
  ],
  'a part of a sum that may miss altogether': [
    put('/scales/0/groups', { some: ['q1', 'q2'], one: ['q3'] }),
    '/scales/0/missing/allowed: 1 may be missing of 1: at least one item must be answered',
  ],
  'an answer that says it is not known and that nobody can give': [
    put('/scales/0/missing/answers', [9]),
    '/scales/0/missing/answers/0: no item has the answer 9',
  ],
  'an event that says that it is not known': [
    put('/scales/1/missing/answers', [4]),
    '/scales/1/counts/1: 4 cannot both count and say that it is not known',
  ],
  'a group with an item from elsewhere': [put('/scales/1/groups/work/-', 'q4'), '/scales/1/groups/work/1: q4 is not an item of this scale'],
  'an item in two groups': [put('/scales/1/groups/work/-', 'q1'), '/scales/1/groups/work/1: q1 is in two groups, or twice in one'],
  'an item in no group': [put('/scales/1/groups/home/1', undefined), '/scales/1/groups: q2 is in no group'],
  'an event that no answer is': [put('/scales/1/counts', [4, 5]), '/scales/1/counts/1: no item has the answer 5'],
  'choices outside the item range': [
    put(`${q1}/choices/-`, { value: 9, text: both('No view') }),
    '/scales/0/items/0: q1 has choices outside the item range 1 to 4: 9',
    '/scales/0/items/1: q2 has choices outside the item range 1 to 4: 9',
  ],
  'a number question without limits in a sum': [
    all(put(`${q4}/max`, undefined), put('/scales/0/items/2', 'q4')),
    '/scales/0/items/2: q4 needs a min and max within the item range 1 to 4',
  ],
  'a text in a mean': [
    all(
      put(q4, { type: 'comment', name: 'q4', title: both('Four') }),
      put('/scales/0/items', ['q1', 'q2', 'q4']),
      put('/scales/0/method', 'mean'),
      put('/scales/0/range', [1, 4]),
    ),
    '/scales/0/items/2: q4 is a comment question: the method mean needs numbers',
  ],
  'a checkbox in a sum': [put(`${q1}/type`, 'checkbox'), '/scales/0/items/0: q1 is a checkbox: the method sum needs one number per item'],
  'a text among events': [
    all(put('/scales/1/items/-', 'q4'), put('/scales/1/groups/work/-', 'q4')),
    '/scales/1/items/3: q4 has no choices, so no answer to it can count',
  ],
  'an item range upside down': [put('/scales/1/itemRange', [4, 1]), '/scales/1/itemRange: the lowest answer 4 must be below the highest 1'],
  'a range that the items cannot give': [
    put('/scales/0/range', [0, 12]),
    '/scales/0/range: the scores can be 3 to 12 (3 items of 1 to 4), not 0 to 12',
  ],
  'the range of a mean': [put('/scales/0/method', 'mean'), "/scales/0/range: the scores can be 1 to 4 (one item's 1 to 4), not 3 to 12"],
  'the range of a sum that is not prorated': [
    put('/scales/0/missing/prorate', false),
    '/scales/0/range: the scores can be 2 to 12 (3 items of 1 to 4), not 3 to 12',
  ],
  'the range of a count': [
    all(put('/scales/1/groups', undefined), put('/scales/1/method', 'count')),
    '/scales/1/range: the scores can be 0 to 3 (the events that 3 items can give), not 0 to 2',
  ],
  'a value of two items': [
    all(put('/scales/0/items/2', undefined), put('/scales/0/method', 'value'), put('/scales/0/range', [1, 4])),
    '/scales/0/items: the method value takes one item, not 2',
  ],
  'a key that is no language': [put('/title/default', 'Mood'), '/title/default: "default" is no language tag, such as pl or zh-Hans'],
  'our own wording in a version that says stand-in': [
    put('/wording/status', 'own'),
    '/version: 0.1.0-standin is marked as a stand-in, but the wording is own: take the part from the hyphen off',
  ],
  'a stand-in wording in a version without a mark': [
    put('/version', '0.1.0'),
    '/version: the wording is a stand-in, so the version needs a mark such as 0.1.0-standin',
  ],
}

describe('a mistake in an instrument is told with its place:', () => {
  for (const [name, [change, ...said]] of Object.entries(mistakes)) test(name, () => assert.deepEqual(errorsAfter(change), said))
})

test('a definition that lies in the wrong folder, or under the wrong name, is told', () => {
  const text = JSON.stringify(smallInstrument())
  const part = JSON.stringify(smallPart())
  const found = readInstruments([
    { path: 'instruments\\moods\\0.1.0-standin.json', text },
    { path: '/defs/instruments/common/0.1.0.json', text: part },
  ])
  assert.deepEqual(checkInstruments(found), [
    { file: '/defs/instruments/common/0.1.0.json', path: '/version', reason: 'the version is 0.1.0-standin, but the file is 0.1.0.json' },
    { file: 'instruments\\moods\\0.1.0-standin.json', path: '/id', reason: 'the id is mood, but the folder is moods' },
  ])
})

test('a part has the mark of a stand-in exactly when its wording is one', () => {
  const part = { ...smallPart(), version: '0.1.0' }
  assert.deepEqual(checkInstruments(read(part)).map(short), [
    '/version: the wording is a stand-in, so the version needs a mark such as 0.1.0-standin',
  ])
})

describe('what is allowed but seldom meant is a warning:', () => {
  test('a translation that is not complete, text by text', () => {
    const warnings = warningsAfter(({ survey }) => {
      for (const page of survey.pages) for (const element of page.elements) if (element.title) element.title.tr = 'Soru'
    })
    assert.ok(warnings.includes('/title: there is no translation into tr'))
    assert.ok(warnings.includes(`${q1}/choices/3/text: there is no translation into tr`))
    assert.ok(warnings.includes(`${more}/elements/0/title: there is no translation into tr`))
    assert.ok(!warnings.some((warning) => warning.startsWith(`${q1}/title`)))
  })

  test('a sum that has no score when a condition hides its items', () => {
    assert.deepEqual(warningsAfter(put('/scales/0/missing/allowed', 0)), [
      '/scales/0/items: q3: when a condition hides these, the scale has no score (missing.allowed is 0)',
    ])
  })

  test('choices that go up and down, where they are added up', () => {
    const turned = all(put(`${q1}/choices/1/value`, 3), put(`${q1}/choices/2/value`, 2))
    assert.deepEqual(warningsAfter(turned), [
      '/scales/0/items: the choices of q1 neither rise nor fall: 1, 3, 2, 4',
      '/scales/0/items: the choices of q2 neither rise nor fall: 1, 3, 2, 4',
    ])
    const notKnown = all(put(`${q1}/choices/1/value`, 4), put(`${q1}/choices/3/value`, 2), put('/scales/0/missing/answers', [4]))
    assert.deepEqual(
      warningsAfter(notKnown).filter((warning) => warning.includes('q1')),
      ['/scales/0/items: the choices of q1 neither rise nor fall: 1, 3, 2'],
    )
    assert.deepEqual(warningsAfter(all(put(`${q1}/choices`, choices(1, 4).reverse()), put('/scales/0/missing/answers', [4]))), [])
  })

  test('prorating what is no sum', () => {
    assert.deepEqual(warningsAfter(put('/scales/1/missing/prorate', true)), [
      '/scales/1/missing/prorate: prorate says nothing for the method categories, only for sum',
    ])
  })

  test('a part, a piece of a part or an entry in uses that nothing uses', () => {
    const part = smallPart()
    const other = { ...smallInstrument(), uses: ['common@0.1.0-standin'] }
    assert.deepEqual(warnAboutInstruments(read(other, part)).map(short), [
      ': no instrument uses this part',
      '/uses/0: nothing of common@0.1.0-standin is used',
    ])
    other.survey.pages[0].elements[1].choices = { $use: 'steps' }
    assert.deepEqual(warnAboutInstruments(read(other, part)).map(short), ['/define/question: no instrument uses this piece'])
  })
})

test('conditions that look back only are never refused, and one that looks ahead always is', () => {
  const names = ['a', 'b', 'c', 'd', 'e']
  const looks = fc.array(fc.nat(names.length - 1), { minLength: names.length, maxLength: names.length })
  fc.assert(
    fc.property(looks, fc.nat(2), (targets, panelAt) => {
      const elements = names.map((name, index) => question(name, { visibleIf: `{${names[targets[index] as number]}} = 1` }))
      const panel = { type: 'panel', name: 'panel', elements: elements.splice(panelAt, 2) }
      elements.splice(panelAt, 0, panel)
      const found = errorsAfter(all(put('/survey/pages', [{ name: 'page', elements }]), put('/scales', [])))
      const refused = targets.filter((target, index) => target >= index).length
      assert.equal(found.length, refused)
      assert.ok(found.every((error) => /asked later|in a circle/.test(error)))
    }),
  )
})

test('no answers give a score outside the range that check accepts', () => {
  const shapes = fc.record({
    method: fc.constantFrom('sum', 'mean', 'count'),
    count: fc.integer({ min: 1, max: 5 }),
    low: fc.integer({ min: -3, max: 2 }),
    steps: fc.integer({ min: 1, max: 4 }),
    allowed: fc.nat(4),
    prorate: fc.boolean(),
    inParts: fc.boolean(),
    unknown: fc.boolean(),
    answers: fc.array(fc.option(fc.nat(5)), { minLength: 5, maxLength: 5 }),
  })
  fc.assert(
    fc.property(shapes, ({ method, count, low, steps, allowed, prorate, inParts, unknown, answers }) => {
      const instrument = smallInstrument()
      const names = Array.from({ length: count }, (_, index) => `i${index}`)
      const highest = low + steps + Number(unknown)
      instrument.survey.pages = [{ name: 'page', elements: names.map((name) => question(name, { choices: choices(low, highest) })) }]
      const scale = {
        id: 'total',
        title: both('Total'),
        items: names,
        reverse: names.slice(1),
        method,
        itemRange: [low, low + steps],
        worse: null,
      }
      const parts = method === 'sum' && inParts && count > 1 ? [names.slice(0, 1), names.slice(1)] : [names]
      const missing = { allowed: Math.min(allowed, ...parts.map(({ length }) => length - 1)), prorate }
      instrument.scales = [
        {
          ...scale,
          missing: { ...missing, ...(unknown ? { answers: [highest] } : {}) },
          range: [99, 99],
          ...(method === 'count' ? { counts: [low] } : {}),
          ...(parts.length > 1 ? { groups: Object.fromEntries(parts.map((part, index) => [`part_${index}`, part])) } : {}),
        },
      ]

      const found = checkInstruments(read(instrument)).map(short)
      const [, least, most] = /the scores can be (\S+) to (\S+) /.exec(found.join()) ?? []
      assert.equal(found.length, 1)
      instrument.scales[0].range = [Number(least), Number(most)]
      const accepted = read(instrument)
      assert.deepEqual(checkInstruments(accepted), [])

      const [valid] = accepted.catalogue.all()
      assert.ok(valid?.scales[0])
      const given = itemsOf(valid).flatMap(({ name }, index) => {
        const step = answers[index]
        return step === null || step === undefined ? [] : [[name, Math.min(low + step, highest)]]
      })
      const { raw } = scoreScale(valid.scales[0], Object.fromEntries(given))
      assert.ok(raw === null || (raw >= Number(least) - 1e-9 && raw <= Number(most) + 1e-9), `${raw}`)
    }),
  )
})
