import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ImportFaults } from '../../instruments/fhir/report.ts'
import { applySide } from '../../instruments/fhir/side-file.ts'
import { instrumentSchema } from '../../instruments/schema.ts'
import { importSurvey } from '../../instruments/surveyjs/import.ts'
import { readDefinitions, shippedDirectory } from '../../server/definitions/load.ts'
import type { Json } from './small-files.ts'

const importElements = (...elements: Json[]) => importSurvey({ title: 'Test', elements })
const elementsOf = (...elements: Json[]): Json[] => (importElements(...elements).instrument.survey as Json).pages[0].elements
const leftOut = (...elements: Json[]): string[] =>
  importElements(...elements)
    .notes.filter(({ kind }) => kind === 'left-out')
    .map(({ path }) => path)
const text = (name: string, more: Json = {}): Json => ({ type: 'text', name, title: name, ...more })

const shipped = readDefinitions([shippedDirectory]).definitions.instruments.all()

for (const instrument of shipped)
  test(`the SurveyJS JSON of ${instrument.id}@${instrument.version} and its side file are read back as the whole instrument`, () => {
    const { $schema: _, kind, uses: _uses, survey, ...side } = JSON.parse(JSON.stringify(instrument))
    const { instrument: found, notes } = applySide(importSurvey(survey), side)
    assert.deepEqual(instrumentSchema.parse(found), { ...side, kind, uses: [], survey })
    assert.deepEqual(notes, [])
  })

test('records come along with their questions, and what has no place in a record is listed', () => {
  const records = (more: Json, ...templateElements: Json[]): Json => ({
    type: 'paneldynamic',
    name: 'g',
    title: 'Who?',
    maxPanelCount: 4,
    templateElements,
    ...more,
  })
  const [group] = elementsOf(
    records(
      { minPanelCount: 1, addPanelText: { default: 'Another', nl: 'Nog een' }, templateTitle: 'Nr {panelIndex}' },
      { type: 'radiogroup', name: 'Kind', title: 'Kind', choices: ['a', 'b'] },
      {
        type: 'panel',
        name: 'p',
        visibleIf: "{panel.Kind} = 'b'",
        elements: [text('x'), text('y', { visibleIf: '{panel.x} notempty or {panel.Kind} empty' })],
      },
    ),
  ) as [Json]
  assert.deepEqual(
    group.templateElements.map(({ name, visibleIf }: Json) => [name, visibleIf]),
    [
      ['kind', undefined],
      ['x', '{panel.kind} = 1'],
      ['y', '{panel.kind} = 1 and ({panel.x} notempty or {panel.kind} empty)'],
    ],
  )
  assert.deepEqual([group.minPanelCount, group.maxPanelCount, group.addPanelText], [1, 4, { nl: 'Nog een', en: 'Another' }])
  const notes = (...elements: Json[]) =>
    importElements(...elements)
      .notes.filter(({ kind }) => kind === 'left-out' || kind === 'changed')
      .map(({ path }) => path.replace('pages[0].', ''))
  const inner = 'elements[0].templateElements'
  for (const [elements, expected] of [
    [[records({ maxPanelCount: undefined, panelCount: 2 }, text('a'))], ['elements[0].panelCount', 'elements[0].maxPanelCount']],
    [[records({ maxPanelCount: 'x', minPanelCount: -1 }, text('a'))], ['elements[0].minPanelCount', 'elements[0].maxPanelCount']],
    [[records({}, { type: 'html', name: 'h', html: 'H' }, text('a'))], [`${inner}[0]`]],
    [[records({}, records({ name: 'h' }, text('b')), text('a'))], [`${inner}[0]`]],
    [[records({}, text('a'), text('b', { visibleIf: '{a} = 1' }))], [`${inner}[1].visibleIf`]],
    [[records({}, text('a')), text('b', { visibleIf: '{panel.a} = 1' })], ['elements[1].visibleIf']],
    [
      [records({}, { type: 'file', name: 'f' }), text('b')],
      [`${inner}[0]`, 'elements[0]'],
    ],
  ] as [Json[], string[]][])
    assert.deepEqual(notes(...elements), expected)
})

test('choices that are no whole numbers are numbered, and conditions follow', () => {
  const smokes = {
    type: 'radiogroup',
    name: 'Smokes?',
    title: { nl: 'Rookt u?', default: 'Do you smoke?' },
    choices: ['yes', { value: 'no', text: 'Never' }],
  }
  const conditions = { "{Smokes?} = 'no'": '{smokes} = 1', '{Smokes?} notempty and {age} >= 18': '{smokes} notempty and {age} >= 18' }
  for (const [visibleIf, expected] of Object.entries(conditions)) {
    const [first, , last] = elementsOf(smokes, text('age', { inputType: 'number', min: 0 }), text('b', { visibleIf })) as [Json, Json, Json]
    assert.deepEqual(first.choices, [
      { value: 0, text: { nl: 'yes', en: 'yes' } },
      { value: 1, text: { nl: 'Never', en: 'Never' } },
    ])
    assert.deepEqual(first.title, { nl: 'Rookt u?', en: 'Do you smoke?' })
    assert.equal(last.visibleIf, expected)
  }
  for (const visibleIf of ["{Smokes?} = 'perhaps'", '{Smokes?}', '{later} = 1', '{Smokes?} =', "{Smokes?} = 'no' and today() > 1"]) {
    assert.deepEqual(leftOut(smokes, text('b', { visibleIf }), text('later')), ['pages[0].elements[1].visibleIf'], visibleIf)
  }
})

test('booleans and ratings become choices; what has no place is listed by its path', () => {
  const [yes, rating] = elementsOf(
    { type: 'boolean', name: 'y', title: 'Y' },
    { type: 'rating', name: 'r', title: 'R', rateMin: 0, rateMax: 10, rateStep: 5 },
  ) as [Json, Json]
  assert.deepEqual(
    yes.choices.map(({ value }: Json) => value),
    [1, 0],
  )
  assert.deepEqual(
    rating.choices.map(({ value }: Json) => value),
    [0, 5, 10],
  )
  assert.deepEqual(leftOut({ type: 'matrix', name: 'm' }, text('a', { validators: [] }), { type: 'radiogroup', name: 'c', choices: [1] }), [
    'pages[0].elements[0]',
    'pages[0].elements[1].validators',
    'pages[0].elements[2]',
  ])
  assert.deepEqual(
    importSurvey({ title: 'T', triggers: [], elements: [text('a')] })
      .notes.filter(({ kind }) => kind === 'left-out')
      .map(({ path }) => path),
    ['triggers'],
  )
})

test('a side file says what the survey cannot, and what it says is guessed no more', () => {
  const scale = {
    id: 'total',
    title: { nl: 'T', en: 'T' },
    items: ['r'],
    method: 'value',
    itemRange: [1, 5],
    missing: { allowed: 0, prorate: false },
    range: [1, 5],
    worse: 'high',
  }
  const side = {
    scales: [scale],
    minutes: 3,
    respondents: ['informant'],
    wording: { status: 'own', holder: 'Example', source: 'Made for a test' },
  }
  const { instrument, notes } = applySide(importElements({ type: 'rating', name: 'r', title: 'R' }), side)
  const { scales, minutes, wording } = instrumentSchema.parse(instrument)
  assert.deepEqual([scales.length, minutes, wording.status], [1, 3, 'own'])
  assert.deepEqual(
    notes.filter(({ kind }) => kind === 'guess').map(({ path }) => path),
    ['measures'],
  )
  assert.throws(() => applySide(importElements(text('a')), { scale: [] }), /"scale": there is no such key/)
})

test('what is no survey is a fault with its path', () => {
  const faults: [Json, RegExp][] = [
    [[], /a survey is a JSON object/],
    [{ pages: 3 }, /^pages: /],
    [{ elements: [{ type: 'text' }] }, /^pages\[0\]\.elements\[0\]\.name: this is missing/],
    [
      { pages: [{ elements: [text('a')] }, { elements: [text('a')] }] },
      /^pages\[1\]\.elements\[0\]\.name: "a" is the name of pages\[0\]\.elements\[0\] too/,
    ],
    [{ elements: [{ type: 'file', name: 'a' }] }, /^pages: none of its elements/],
  ]
  for (const [value, message] of faults)
    assert.throws(
      () => importSurvey(value),
      (error: Error) => (error instanceof ImportFaults && message.test(error.message)) || assert.fail(error.message),
    )
})

test('what has no text of its own, wherever it stands, is taken as it is written or told, and breaks nothing', () => {
  for (const odd of [{ toString: null }, [{ toString: null }]] as Json[]) {
    const written = JSON.stringify(odd)
    const [choice] = elementsOf({ type: 'radiogroup', name: 'a', title: 'A', choices: [{ value: odd }, 'b'] }) as [Json]
    assert.deepEqual(choice.choices[0].text, { nl: written, en: written })
    assert.deepEqual(leftOut(text('a'), { type: 'radiogroup', name: 'b', title: 'B', choicesFromQuestion: odd }), ['pages[0].elements[1]'])
    const date = { inputType: 'date', min: odd, max: ['2026-03-02'] }
    assert.deepEqual(leftOut(text('a', date)), ['pages[0].elements[0].min', 'pages[0].elements[0].max'])
    assert.deepEqual(elementsOf(text('a', { inputType: odd }))[0].inputType, undefined)
  }
})
