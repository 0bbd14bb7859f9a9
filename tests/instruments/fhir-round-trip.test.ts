import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { exportQuestionnaire } from '../../instruments/fhir/export.ts'
import { importQuestionnaire } from '../../instruments/fhir/import.ts'
import { type Instrument, instrumentSchema } from '../../instruments/schema.ts'
import { readDefinitions, shippedDirectory } from '../../server/definitions/load.ts'
import { both, choices, type Json, smallInstrument } from './small-files.ts'

/** As JSON, so that it is what a file would hold. */
const thereAndBack = (instrument: Instrument): Json =>
  importQuestionnaire(JSON.parse(JSON.stringify(exportQuestionnaire(instrument).questionnaire))).instrument

function assertSurvives(instrument: Instrument): void {
  const { $schema: _, uses: _uses, ...expected } = instrument
  const { uses, ...found } = thereAndBack(instrument)
  assert.deepEqual(uses, [])
  assert.deepEqual(found, expected)
  instrumentSchema.parse({ uses, ...found })
}

const shipped = readDefinitions([shippedDirectory]).definitions.instruments.all()

for (const instrument of shipped)
  test(`${instrument.id}@${instrument.version} goes out as FHIR and comes back the same`, () => assertSurvives(instrument))

test('an instrument of our own is read back without a note', () => {
  for (const instrument of shipped)
    assert.deepEqual(importQuestionnaire(exportQuestionnaire(instrument).questionnaire).notes, [], instrument.id)
})

test('an instrument with mark-up, panels, conditions and choices from another question survives', () =>
  assertSurvives(instrumentSchema.parse(smallInstrument())))

const localized = fc
  .tuple(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), fc.option(fc.constant('Jak?')))
  .filter(([nl, en]) => nl.trim() !== '' && en.trim() !== '')
  .map(([nl, en, pl]) => ({ nl, en, ...(pl === null ? {} : { pl }) }))

const questions: fc.Arbitrary<Json>[] = [
  fc.constantFrom('radiogroup', 'dropdown', 'checkbox').map((type) => ({ type, choicesFromQuestion: 'first' })),
  fc.constantFrom('radiogroup', 'dropdown', 'checkbox').map((type) => ({ type, choices: choices(-1, 3) })),
  fc.constant({
    type: 'radiogroup',
    choices: [
      { value: 1, text: { nl: 'Ja', en: 'Yes' } },
      { value: 0, text: { nl: 'Nee', en: 'No' } },
    ],
  }),
  fc.constantFrom<Json>(
    { type: 'text', inputType: 'number', step: 1, min: 0, max: 9 },
    { type: 'text', inputType: 'number', step: 1, min: 0.5 },
    { type: 'text', inputType: 'number', step: 0.1, max: 1.5 },
    { type: 'text', inputType: 'number' },
    { type: 'text', inputType: 'date', min: '2020-01-01' },
    { type: 'text', inputType: 'text', maxLength: 20 },
    { type: 'comment', maxLength: 20_000 },
    { type: 'text' },
  ),
]
const texts = fc.constantFrom<Json>(
  { type: 'html', html: { nl: '<b>Let op</b> & lees', en: '<br>' } },
  { type: 'html', html: { nl: 'a &lt; b', en: 'a < b' } },
)
const conditions = [
  '{first} = 1',
  '{first}=2',
  '{first} != 3 and {first} notempty',
  '{first} > 1',
  '{first} = 1 or ({first} = 2)',
  'iif({first} = 1, true, false)',
]
/** Within a record; `inner` is its first question. */
const conditionsInRecord = [...conditions, '{panel.inner} notempty', '{panel.inner} = 1 and {first} != 2', '{panel.inner} > {first}']
const withKeys = (body: fc.Arbitrary<Json>, conditionsHere = conditions): fc.Arbitrary<Json> =>
  fc
    .record({
      body,
      title: localized,
      description: fc.option(localized),
      visibleIf: fc.option(fc.constantFrom(...conditionsHere)),
      isRequired: fc.option(fc.boolean()),
    })
    .map(({ body: element, title, description, visibleIf, isRequired }) => ({
      ...element,
      ...(visibleIf === null ? {} : { visibleIf }),
      ...(element.type === 'html' ? {} : { title, ...(description === null ? {} : { description }) }),
      ...(element.type === 'html' || element.elements || isRequired === null ? {} : { isRequired }),
    }))
const maybe = (key: string, value: fc.Arbitrary<Json>): fc.Arbitrary<Json> =>
  fc.option(value).map((some) => (some === null ? {} : { [key]: some }))
const inRecord = (question: fc.Arbitrary<Json>): fc.Arbitrary<Json> => withKeys(question, conditionsInRecord)
const records: fc.Arbitrary<Json> = fc
  .tuple(
    fc.record({
      maxPanelCount: fc.integer({ min: 1, max: 50 }),
      templateElements: fc
        .tuple(
          fc.oneof(...questions.map((question) => withKeys(question))),
          fc.array(fc.oneof(...questions.map(inRecord)), { maxLength: 3 }),
        )
        .map(([inner, others]) => [inner, ...others]),
    }),
    maybe('minPanelCount', fc.integer({ min: 0, max: 3 })),
    ...['templateTitle', 'addPanelText', 'removePanelText', 'noEntriesText'].map((key) => maybe(key, localized)),
  )
  .map((parts) => Object.assign({ type: 'paneldynamic' }, ...parts))
const element: fc.Arbitrary<Json> = fc.letrec<{ element: Json }>((tie) => ({
  element: fc.oneof(
    { maxDepth: 3 },
    ...[...questions, texts, records].map((body) => withKeys(body)),
    withKeys(fc.record({ type: fc.constant('panel'), elements: fc.array(tie('element'), { minLength: 1, maxLength: 3 }) })),
  ),
})).element

test('any instrument goes out as FHIR and comes back the same', () => {
  const page = fc.record({ bare: fc.boolean(), elements: fc.array(element, { minLength: 1, maxLength: 4 }) })
  let looking = 0
  fc.assert(
    fc.property(fc.array(page, { minLength: 1, maxLength: 3 }), fc.boolean(), (pages, withScales) => {
      const small = smallInstrument()
      const first = { type: 'radiogroup', name: 'first', title: both('First'), choices: choices(1, 3) }
      let number = 0
      const named = (some: Json): Json => {
        const name = `e${++number}`
        const inner = some.templateElements?.map(named)
        for (const { visibleIf } of inner ?? []) if (visibleIf?.includes('{panel.inner}')) looking++
        return {
          ...some,
          name,
          ...(some.elements ? { elements: some.elements.map(named) } : {}),
          ...(inner ? { templateElements: JSON.parse(JSON.stringify(inner).replaceAll('{panel.inner}', `{panel.${inner[0].name}}`)) } : {}),
        }
      }
      small.survey.pages = pages.map(({ bare, elements }, index) => ({
        name: bare ? `ungrouped_${index + 1}` : `page${index}`,
        ...(bare ? {} : { title: both('Page') }),
        elements: [...(index === 0 ? [first] : []), ...elements.map(named)],
      }))
      small.scales = withScales ? [{ ...small.scales[0], items: ['first'], reverse: [], method: 'value' }] : []
      assertSurvives(instrumentSchema.parse(small))
    }),
    { numRuns: 300 },
  )
  assert.ok(looking > 0, 'conditions within records were among them')
})

/** What must not change when a Questionnaire comes in and goes out again. */
function seen({ linkId, type, text, required, repeats, maxLength, answerOption, enableWhen, enableBehavior, extension, item }: Json): Json {
  const options = answerOption?.map(({ valueCoding, extension }: Json) => [
    valueCoding.code,
    valueCoding.display,
    extension?.[0]?.valueDecimal,
  ])
  return {
    linkId,
    type,
    text,
    required: required ?? false,
    repeats: repeats ?? false,
    maxLength,
    occurs:
      extension?.filter(({ url }: Json) => url.endsWith('Occurs')).map(({ url, valueInteger }: Json) => [url.slice(-9), valueInteger]) ??
      [],
    options,
    enableWhen,
    enableBehavior,
    item: item?.map(seen),
  }
}

const again = (questionnaire: Json): Json => {
  const { instrument, notes } = importQuestionnaire(questionnaire)
  assert.deepEqual(
    notes.filter(({ kind }) => kind === 'left-out' || kind === 'changed'),
    [],
  )
  return exportQuestionnaire(instrumentSchema.parse(instrument)).questionnaire
}

const ordinalValue = 'http://hl7.org/fhir/StructureDefinition/ordinalValue'
const optionsOf = (words: string[]): Json[] =>
  words.map((display, value) => ({
    extension: [{ url: ordinalValue, valueDecimal: value }],
    valueCoding: { code: String(value), display, _display: { extension: [] } },
  }))

/** The build of a well-known list of nine items and one on daily life; the wording is made up for this test. */
const nineItems: Json = {
  resourceType: 'Questionnaire',
  language: 'nl',
  version: '1.0.0',
  item: [
    ...Array.from({ length: 9 }, (_, index) => ({
      linkId: `klacht_${index + 1}`,
      type: 'choice',
      text: `Verzonnen klacht ${index + 1}`,
      required: true,
      answerOption: optionsOf(['Nooit', 'Soms', 'Vaak', 'Altijd']),
    })),
    {
      linkId: 'dagelijks',
      type: 'choice',
      text: 'Lukt het gewone leven?',
      enableWhen: [
        { question: 'klacht_1', operator: '!=', answerCoding: { code: '0' } },
        { question: 'klacht_2', operator: '=', answerCoding: { code: '3' } },
      ],
      enableBehavior: 'any',
      answerOption: [{ valueCoding: { code: '1', display: 'Ja' } }, { valueCoding: { code: '2', display: 'Nee' } }],
    },
  ],
}

test('a list of nine weighted items and one without weights keeps items, options, enableWhen and required', () => {
  const out = again(nineItems)
  const expected = structuredClone(nineItems.item)
  // Going out, every option says its value as a weight.
  for (const [index, option] of expected[9].answerOption.entries()) option.extension = [{ url: ordinalValue, valueDecimal: index + 1 }]
  assert.deepEqual(out.item.map(seen), expected.map(seen))
  assert.deepEqual(again(out).item, out.item)
})

test('its weights become the guess of a total of 0 to 27, which leaves the tenth item out', () => {
  const { instrument, notes } = importQuestionnaire(nineItems)
  const [scale, other] = instrument.scales as Json[]
  assert.equal(other, undefined)
  assert.deepEqual(
    [scale.id, scale.method, scale.items.length, scale.itemRange, scale.range, scale.worse, scale.missing],
    ['total', 'sum', 9, [0, 3], [0, 27], null, { allowed: 0, prorate: false }],
  )
  assert.ok(notes.some(({ kind, path }) => kind === 'guess' && path === 'scales'))
})

/** A body, and the condition that an item after it can have on it. */
const asked: [Json, Json?][] = [
  [{ type: 'boolean' }, { operator: '=', answerBoolean: true }],
  [
    { type: 'choice', answerOption: optionsOf(['Nee', 'Soms', 'Ja']) },
    { operator: '!=', answerCoding: { code: '2' } },
  ],
  [
    { type: 'choice', repeats: true, answerOption: optionsOf(['Kind', 'Oma']) },
    { operator: '=', answerCoding: { code: '1' } },
  ],
  [{ type: 'integer' }, { operator: '>=', answerInteger: 3 }],
  [{ type: 'decimal' }, { operator: '<', answerDecimal: 2.5 }],
  [{ type: 'date' }, { operator: '>', answerDate: '2026-01-31' }],
  [
    { type: 'string', maxLength: 50 },
    { operator: '=', answerString: "foto's" },
  ],
  [{ type: 'text' }, { operator: 'exists', answerBoolean: false }],
  [{ type: 'display' }],
]

test('nested questionnaires keep items, options, nesting, enableWhen and required', () => {
  const tree = fc.letrec<{ node: Json }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      fc.record({
        kind: fc.nat(asked.length - 1),
        required: fc.boolean(),
        looks: fc.array(fc.nat(20), { maxLength: 3 }),
        any: fc.boolean(),
      }),
      fc.record({
        inner: fc.array(tie('node'), { minLength: 1, maxLength: 4 }),
        looks: fc.array(fc.nat(20), { maxLength: 2 }),
        any: fc.boolean(),
      }),
      fc.record({
        records: fc.array(fc.record({ kind: fc.nat(asked.length - 2), looks: fc.array(fc.nat(20), { maxLength: 3 }), any: fc.boolean() }), {
          minLength: 1,
          maxLength: 4,
        }),
        required: fc.boolean(),
        most: fc.integer({ min: 1, max: 50 }),
        looks: fc.array(fc.nat(20), { maxLength: 2 }),
        any: fc.boolean(),
      }),
    ),
  })).node
  fc.assert(
    fc.property(fc.array(tree, { minLength: 1, maxLength: 6 }), (nodes) => {
      let number = 0
      const before: Json[] = []
      const build = ({ kind, inner, records, required, most, looks, any }: Json): Json => {
        const enableWhen = before.length === 0 ? [] : looks.map((look: number) => before[look % before.length])
        const conditions =
          enableWhen.length === 0 ? {} : { enableWhen, ...(enableWhen.length > 1 ? { enableBehavior: any ? 'any' : 'all' } : {}) }
        const linkId = `i${++number}`
        if (inner) return { linkId, type: 'group', text: `Groep ${number}`, ...conditions, item: inner.map(build) }
        if (records) {
          const around = before.length
          const item = records.map(build)
          before.splice(around)
          const extension = [{ url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-maxOccurs', valueInteger: most }]
          return { linkId, type: 'group', text: `Groep ${linkId}`, repeats: true, required, ...conditions, extension, item }
        }
        const [body, condition] = asked[kind] as [Json, Json?]
        if (condition) before.push({ question: linkId, ...condition })
        return {
          linkId,
          text: `Vraag ${number}`,
          ...(required && body.type !== 'display' ? { required } : {}),
          ...conditions,
          ...structuredClone(body),
        }
      }
      const questionnaire = { resourceType: 'Questionnaire', language: 'nl', version: '1.0.0', item: nodes.map(build) }
      const { notes } = importQuestionnaire(questionnaire)
      assert.deepEqual(
        notes.filter(({ kind }) => kind === 'left-out'),
        [],
      )
      const out: Json = exportQuestionnaire(instrumentSchema.parse(importQuestionnaire(questionnaire).instrument)).questionnaire
      assert.deepEqual(out.item.map(seen), questionnaire.item.map(seen))
    }),
    { numRuns: 300 },
  )
})
