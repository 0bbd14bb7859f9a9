import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answerChecker } from '../../instruments/answers.ts'
import { readInstruments } from '../../instruments/catalogue.ts'
import { checkInstruments } from '../../instruments/check.ts'
import { exportQuestionnaire } from '../../instruments/fhir/export.ts'
import { importQuestionnaire } from '../../instruments/fhir/import.ts'
import { makeNames } from '../../instruments/fhir/names.ts'
import { ImportFaults } from '../../instruments/fhir/report.ts'
import { parseSource } from '../../instruments/fhir/source.ts'
import { instrumentSchema } from '../../instruments/schema.ts'
import { type Json, smallInstrument } from './small-files.ts'

const hl7 = 'http://hl7.org/fhir/StructureDefinition/'
const questionnaire = (item: Json[], more: Json = {}): Json => ({ resourceType: 'Questionnaire', language: 'nl', item, ...more })
const string = (linkId: string, more: Json = {}): Json => ({ linkId, type: 'string', text: `Vraag ${linkId}`, ...more })
const importItems = (...items: Json[]) => importQuestionnaire(questionnaire(items))
/** The elements of the first page. */
const elementsOf = (...items: Json[]): Json[] => (importItems(...items).instrument.survey as Json).pages[0].elements
const notesOf = (...items: Json[]): string[] =>
  importItems(...items)
    .notes.filter(({ kind }) => kind === 'left-out' || kind === 'changed')
    .map(({ path }) => path)

test('a linkId becomes a valid name, and one that is valid stays whatever comes before it', () => {
  const names = makeNames(['/44250-9', 'Vraag 1.é', '1.a', 'Q1', 'q1', 'ungrouped_1', '--', 'x'.repeat(40)])
  assert.deepEqual(
    [...names.values()].sort(),
    ['q1', 'q1_2', 'q_1_a', 'q_44250_9', 'q_item', 'q_ungrouped_1', 'vraag_1_e', 'x'.repeat(32)].sort(),
  )
  assert.equal(names.get('q1'), 'q1')
})

test('texts come in each language that the translation extension has, and a missing one is listed', () => {
  const translation = (lang: string, content: string) => ({
    url: `${hl7}translation`,
    extension: [
      { url: 'lang', valueCode: lang },
      { url: 'content', valueString: content },
    ],
  })
  const item = string('a', { _text: { extension: [translation('en-GB', 'Question'), translation('pl', 'Pytanie')] } })
  assert.deepEqual(elementsOf(item)[0].title, { nl: 'Vraag a', en: 'Question', pl: 'Pytanie' })
  const { notes } = importItems(string('b'))
  assert.ok(notes.some(({ kind, path, what }) => kind === 'to-translate' && path === 'item[0].text' && what === 'en: "Vraag b"'))
})

test('option values are the weights, else the codes, else the positions, all of one item alike', () => {
  const values = (answerOption: Json[]) =>
    elementsOf({ linkId: 'a', type: 'choice', text: 'A', answerOption })[0].choices.map(({ value }: Json) => value)
  const coding = (code: string, weight?: number) => ({
    valueCoding: {
      code,
      display: code,
      ...(weight === undefined ? {} : { extension: [{ url: `${hl7}itemWeight`, valueDecimal: weight }] }),
    },
  })
  assert.deepEqual(values([coding('x', 4), coding('y', 2)]), [4, 2])
  assert.deepEqual(values([coding('5', 4), coding('7', 4)]), [5, 7], 'weights that are equal')
  assert.deepEqual(values([coding('5', 0.5), coding('7', 1)]), [5, 7], 'weights that are no whole numbers')
  assert.deepEqual(values([coding('5'), coding('b')]), [0, 1])
  assert.deepEqual(values([{ valueInteger: 3 }, { valueInteger: 9 }]), [3, 9])
  assert.deepEqual(values([{ valueString: 'ja' }, { valueString: 'nee' }]), [0, 1])
})

test('each type becomes the question that takes the same answers', () => {
  const answerOption = [{ valueString: 'ja' }, { valueString: 'nee' }]
  const control = { url: `${hl7}questionnaire-itemControl`, valueCodeableConcept: { coding: [{ code: 'drop-down' }] } }
  const limit = (url: string, value: Json) => ({ url: `${hl7}${url}`, ...value })
  const cases: [Json, Json][] = [
    [{ type: 'choice', answerOption }, { type: 'radiogroup' }],
    [{ type: 'choice', answerOption, extension: [control] }, { type: 'dropdown' }],
    [{ type: 'choice', answerOption, repeats: true }, { type: 'checkbox' }],
    [
      { type: 'integer', extension: [limit('minValue', { valueInteger: 1 }), limit('maxValue', { valueInteger: 9 })] },
      { type: 'text', inputType: 'number', step: 1, min: 1, max: 9 },
    ],
    [{ type: 'decimal' }, { type: 'text', inputType: 'number' }],
    [
      { type: 'date', extension: [limit('minValue', { valueDate: '2020-01-01' })] },
      { type: 'text', inputType: 'date', min: '2020-01-01' },
    ],
    [
      { type: 'string', maxLength: 9, required: true },
      { type: 'text', maxLength: 9, isRequired: true },
    ],
    [
      { type: 'text', maxLength: 90 },
      { type: 'comment', maxLength: 90 },
    ],
  ]
  for (const [item, expected] of cases) {
    const [{ name: _, title: _title, choices: _choices, ...found }] = elementsOf({ linkId: 'a', text: 'A', ...item }) as [Json]
    assert.deepEqual(found, expected)
  }
  assert.deepEqual(
    elementsOf({ linkId: 'a', type: 'boolean', text: 'A' })[0].choices.map(({ value, text }: Json) => [value, text.nl, text.en]),
    [
      [1, 'Ja', 'Yes'],
      [0, 'Nee', 'No'],
    ],
  )
  assert.deepEqual(elementsOf({ linkId: 'a', type: 'display', text: 'A < B' }, string('b'))[0].html, { nl: 'A &lt; B', en: 'A &lt; B' })
})

/** Operators after https://hl7.org/fhir/R4/valueset-questionnaire-enable-operator.html, with an answer that meets each and one that does not. */
const conditions: [Json, Json, string, Json, Json][] = [
  [{ type: 'boolean' }, { operator: '=', answerBoolean: false }, '{a} = 0', 0, 1],
  [{ type: 'boolean' }, { operator: 'exists', answerBoolean: true }, '{a} notempty', 1, undefined],
  [{ type: 'string' }, { operator: 'exists', answerBoolean: false }, '{a} empty', undefined, 'x'],
  [{ type: 'string' }, { operator: '=', answerString: "foto's" }, "{a} = 'foto\\'s'", "foto's", 'foto'],
  [{ type: 'string' }, { operator: '!=', answerString: 'a and {b}' }, "{a} != 'a and {b}'", undefined, 'a and {b}'],
  [{ type: 'integer' }, { operator: '>', answerInteger: 2 }, '{a} > 2', 3, 2],
  [{ type: 'integer' }, { operator: '<=', answerInteger: 2 }, '{a} <= 2', 2, undefined],
  [{ type: 'decimal' }, { operator: '<', answerDecimal: -0.5 }, '{a} < -0.5', -1, 0],
  [{ type: 'date' }, { operator: '>=', answerDate: '2026-02-28' }, "{a} >= '2026-02-28'", '2026-02-28', '2026-02-27'],
  [{ type: 'choice' }, { operator: '=', answerCoding: { code: 'y' } }, '{a} = 1', 1, 0],
  [{ type: 'choice' }, { operator: '!=', answerCoding: { code: 'y' } }, '{a} != 1', undefined, 1],
  [{ type: 'choice', repeats: true }, { operator: '=', answerCoding: { code: 'y' } }, '{a} contains 1', [0, 1], [0]],
  [{ type: 'choice', repeats: true }, { operator: '!=', answerCoding: { code: 'y' } }, '{a} notcontains 1', undefined, [1]],
]

test('each operator of enableWhen becomes a condition that holds for the same answers', () => {
  for (const [body, condition, expected, met, unmet] of conditions) {
    const answerOption = body.type === 'choice' ? { answerOption: [{ valueCoding: { code: 'x' } }, { valueCoding: { code: 'y' } }] } : {}
    const { instrument } = importItems(
      { linkId: 'a', text: 'A', ...body, ...answerOption },
      string('b', { enableWhen: [{ question: 'a', ...condition }] }),
    )
    assert.equal((instrument.survey as Json).pages[0].elements[1].visibleIf, expected)
    const check = answerChecker(instrumentSchema.parse(instrument))
    const answered = (answer: Json) => check(answer === undefined ? {} : { a: answer }).asked.includes('b')
    assert.deepEqual([answered(met), answered(unmet)], [true, false], expected)
  }
})

const when = (question: string) => ({ enableWhen: [{ question, operator: 'exists', answerBoolean: true }] })
const occurs = (edge: 'min' | 'max', valueInteger: number) => ({ url: `${hl7}questionnaire-${edge}Occurs`, valueInteger })
/** A repeated group of at most three. */
const records = (more: Json, ...item: Json[]): Json =>
  JSON.parse(JSON.stringify({ linkId: 'g', type: 'group', text: 'Wie?', repeats: true, extension: [occurs('max', 3)], ...more, item }))

test('a repeated group becomes records, in which a condition looks at the same record', () => {
  const [lives, kids, last] = elementsOf(
    { linkId: 'lives', type: 'boolean', text: 'Zijn er kinderen?' },
    records(
      {
        ...{ linkId: 'kids', required: true, extension: [occurs('min', 1), occurs('max', 9)] },
        enableWhen: [{ question: 'lives', operator: '=', answerBoolean: true }],
      },
      {
        linkId: 'd',
        type: 'display',
        text: 'Vul elk kind apart in.',
        extension: [{ url: `${hl7}questionnaire-displayCategory`, valueCodeableConcept: { coding: [{ code: 'instructions' }] } }],
      },
      { linkId: 'age', type: 'integer', text: 'Hoe oud?' },
      { linkId: 'school', type: 'string', text: 'Welke school?', enableWhen: [{ question: 'age', operator: '>', answerInteger: 3 }] },
    ),
    string('last'),
  ) as [Json, Json, Json]
  assert.deepEqual([lives.name, last.name], ['lives', 'last'])
  const { title, description, templateElements, ...rest } = kids
  assert.deepEqual(rest, {
    ...{ type: 'paneldynamic', name: 'kids', visibleIf: '{lives} = 1', isRequired: true, minPanelCount: 1, maxPanelCount: 9 },
  })
  assert.deepEqual([title.nl, description.nl], ['Wie?', 'Vul elk kind apart in.'])
  assert.deepEqual(
    templateElements.map(({ name, visibleIf }: Json) => [name, visibleIf]),
    [
      ['age', undefined],
      ['school', '{panel.age} > 3'],
    ],
  )
})

test('groups and questions within questions stand in a record one by one, and are asked when what was around them is', () => {
  const { instrument } = importItems(
    records(
      {},
      { linkId: 'a', type: 'boolean', text: 'A' },
      {
        linkId: 'inner',
        type: 'group',
        text: 'Meer',
        enableWhen: [{ question: 'a', operator: '=', answerBoolean: true }],
        item: [string('b')],
      },
      string('c', {
        enableWhen: [
          { question: 'b', operator: '=', answerString: 'x' },
          { question: 'a', operator: '=', answerBoolean: false },
        ],
        enableBehavior: 'any',
        item: [string('d', when('c'))],
      }),
    ),
  )
  const valid = instrumentSchema.parse(instrument)
  assert.deepEqual(checkInstruments(readInstruments([{ path: 'x/1.json', text: JSON.stringify(instrument) }])).length, 2, 'its place only')
  const asked = (record: Json) =>
    answerChecker(valid)({ g: [record] })
      .notApplicable.map((name) => name.slice(-1))
      .join('')
  assert.deepEqual([{ a: 1 }, { a: 1, b: 'x' }, { a: 1, b: 'x', c: 'y' }, { a: 0 }, { a: 0, c: 'y' }, {}].map(asked), [
    'cd',
    'd',
    '',
    'bd',
    'b',
    'bcd',
  ])
})

test('what has no place is listed by its path, with nothing left unsaid', () => {
  const choice = { type: 'choice', text: 'A', answerOption: [{ valueString: 'ja' }, { valueString: 'nee' }] }
  const cases: [Json[], string[]][] = [
    [[string('a', { type: 'attachment' }), string('b')], ['item[0]']],
    [[string('a', { type: 'reference' }), string('b')], ['item[0]']],
    [[string('a', { type: 'quantity' })], ['item[0]']],
    [[string('a', { type: 'dateTime' })], ['item[0].type']],
    [[{ ...choice, linkId: 'a', type: 'open-choice' }], ['item[0].type']],
    [
      [{ linkId: 'a', type: 'choice', text: 'A', answerValueSet: 'http://example.org/vs' }, string('b')],
      ['item[0].answerValueSet', 'item[0]'],
    ],
    [[string('a', { initial: [{ valueString: 'x' }] })], ['item[0].initial']],
    [[string('a', { extension: [{ url: 'http://example.org/calculated', valueString: 'x' }] })], ['item[0].extension[0]']],
    [[string('a', { _text: { extension: [{ url: 'http://example.org/markdown', valueString: 'x' }] } })], ['item[0]._text.extension[0]']],
    [[{ linkId: 'g', type: 'group', required: true, item: [string('a')] }], ['item[0].required']],
    [[records({ text: undefined, extension: undefined }, string('a'))], ['item[0].text', 'item[0].repeats']],
    [[records({ extension: [occurs('min', 51), occurs('max', 99)] }, string('a'))], ['item[0].extension', 'item[0].repeats']],
    [[records({}, { linkId: 'd', type: 'display', text: 'Note' }, string('a'))], ['item[0].item[0]']],
    [[records({}, records({ linkId: 'h' }, string('a')))], ['item[0].item[0].repeats', 'item[0].item[0]', 'item[0].item[0].text']],
    [
      [records({}, string('a', { type: 'attachment' })), string('b')],
      ['item[0].item[0]', 'item[0]'],
    ],
    [[records({}, string('a')), string('b', when('a'))], ['item[1].enableWhen']],
    [[records({}, string('a')), records({ linkId: 'h' }, string('b', when('a')))], ['item[1].item[0].enableWhen']],
    [[records({}, string('a')), string('b', when('g'))], ['item[1].enableWhen']],
    [[string('a', { extension: [occurs('max', 3)] })], ['item[0].extension']],
    [[string('a', { repeats: true })], ['item[0].repeats']],
    [
      [{ ...choice, linkId: 'a', maxLength: 3, extension: [{ url: `${hl7}minValue`, valueInteger: 1 }] }],
      ['item[0].maxLength', 'item[0].extension'],
    ],
    [[string('a', { item: [string('b')] })], ['item[0].item']],
    [[string('a', { enableWhen: [{ question: 'b', operator: 'exists', answerBoolean: true }] }), string('b')], ['item[0].enableWhen']],
    [
      [string('a', { type: 'attachment' }), string('b', { enableWhen: [{ question: 'a', operator: 'exists', answerBoolean: true }] })],
      ['item[0]', 'item[1].enableWhen'],
    ],
    [[string('a'), string('b', { enableWhen: [{ question: 'a', operator: '=', answerQuantity: { value: 1 } }] })], ['item[1].enableWhen']],
    [
      [{ linkId: 'g', type: 'group', item: [string('a', { type: 'attachment' })] }, string('b')],
      ['item[0].item[0]', 'item[0]'],
    ],
  ]
  for (const [items, expected] of cases)
    assert.deepEqual(
      notesOf(...items).filter((path) => path !== 'version'),
      expected,
    )
  assert.ok(importQuestionnaire(questionnaire([string('a')], { contained: [{}] })).notes.some(({ path }) => path === 'contained'))
})

test('the wording is never taken for ours: it is licensed, by the publisher or by somebody to be filled in', () => {
  const wording = (more: Json) => importQuestionnaire(questionnaire([string('a')], more)).instrument.wording
  assert.deepEqual(wording({ publisher: 'Example Press', copyright: '(c) Example', url: 'http://example.org/q' }), {
    status: 'licensed',
    holder: 'Example Press',
    source: '(c) Example; http://example.org/q',
  })
  assert.deepEqual(wording({}), { status: 'licensed', holder: 'unknown: fill in', source: 'unknown: fill in' })
})

const nested = (depth: number): Json => (depth === 0 ? string('leaf') : { linkId: `g${depth}`, type: 'group', item: [nested(depth - 1)] })

/** What is wrong, where, and a word of the reason. */
const malformed: Record<string, [Json, string, RegExp]> = {
  'another resource': [{ resourceType: 'Patient' }, 'resourceType', /must be "Questionnaire", not "Patient"/],
  'no resource': [[], 'resourceType', /must be "Questionnaire"/],
  'no items': [questionnaire([]), 'item', /at least 1/],
  'no linkId': [
    questionnaire([string('a'), { linkId: 'g', type: 'group', item: [{ type: 'string', text: 'x' }] }]),
    'item[1].item[0].linkId',
    /missing/,
  ],
  'a linkId twice': [
    questionnaire([string('a'), { linkId: 'g', type: 'group', item: [string('a')] }]),
    'item[1].item[0].linkId',
    /linkId of item\[0\] too/,
  ],
  'an unknown linkId in a condition': [
    questionnaire([string('a', when('zz'))]),
    'item[0].enableWhen[0].question',
    /no item with linkId "zz"/,
  ],
  'a condition on itself': [questionnaire([string('a', when('a'))]), 'item[0].enableWhen', /circle: a > a/],
  'conditions in a circle': [questionnaire([string('a', when('b')), string('b', when('a'))]), 'item[0].enableWhen', /circle: a > b > a/],
  'a group that waits for what is in it': [
    questionnaire([{ linkId: 'g', type: 'group', ...when('a'), item: [string('a')] }]),
    'item[0].enableWhen',
    /circle: g > a/,
  ],
  'conditions without all or any': [
    questionnaire([string('a'), string('b', { enableWhen: [...when('a').enableWhen, ...when('a').enableWhen] })]),
    'item[1].enableBehavior',
    /all or any/,
  ],
  'options of two kinds': [
    questionnaire([{ linkId: 'a', type: 'choice', text: 'A', answerOption: [{ valueInteger: 1 }, { valueString: 'x' }] }]),
    'item[0].answerOption',
    /different kinds/,
  ],
  'no text': [questionnaire([{ linkId: 'a', type: 'string' }]), 'item[0].text', /needs a text/],
  'items too deep': [questionnaire([nested(20)]), `item[0]${'.item[0]'.repeat(20)}`, /deeper than 20/],
  'nothing to ask': [questionnaire([string('a', { type: 'attachment' })]), 'item', /none of its items/],
}

for (const [what, [value, path, reason]] of Object.entries(malformed))
  test(`${what}: the fault is told with its path`, () => {
    assert.throws(
      () => importQuestionnaire(value),
      (error) =>
        (error instanceof ImportFaults && error.faults.some((fault) => fault.path === path && reason.test(fault.reason))) ||
        assert.fail(String(error)),
    )
  })

test('twenty levels of items are read', () => assert.equal(importQuestionnaire(questionnaire([nested(19)])).mappings.length, 1))

test('what is no JSON, or has a key that JavaScript takes otherwise, is a fault with its path', () => {
  assert.throws(() => parseSource('{"item": [}'), /not valid JSON: line 1/)
  assert.throws(
    () => parseSource('{"item": [{"item": [{"__proto__": {}}]}]}'),
    /^Error: item\[0\]\.item\[0\]: the key "__proto__" cannot be used here/,
  )
  assert.throws(() => parseSource(`${'['.repeat(200)}`), /nested deeper than 100 levels/)
})

test('an extension of ours that somebody has broken is a fault with its path', () => {
  for (const text of ['{', '[]', '{"__proto__": 1}'])
    assert.throws(
      () => importQuestionnaire(questionnaire([string('a', { extension: [{ url: 'urn:nameting:element', valueString: text }] })])),
      /item\[0\]\.extension/,
    )
})

test('going out, a condition that enableWhen cannot say is told', () => {
  const small = smallInstrument()
  small.survey.pages[1].visibleIf = '{q1} > 1'
  const { questionnaire: out, notes } = exportQuestionnaire(instrumentSchema.parse(small))
  assert.deepEqual(
    notes.map(({ item }) => item),
    ['second'],
  )
  assert.equal(out.item[1]?.enableWhen, undefined)
})

test('a chain of thousands of conditions is read, and closed to a circle it is refused', () => {
  const chain = Array.from({ length: 5000 }, (_, index) => string(`i${index}`, index === 0 ? {} : when(`i${index - 1}`)))
  assert.equal(importItems(...chain).mappings.length, 5000)
  assert.throws(
    () => importItems(string('i0', when('i4999')), ...chain.slice(1)),
    /^Error: item\[0\]\.enableWhen: the condition goes in a circle: i0 > i4999 > /,
  )
})
