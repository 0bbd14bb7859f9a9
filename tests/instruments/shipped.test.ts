import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Model, QuestionPanelDynamicModel } from 'survey-core'
import { formatReference, isStandIn, requiredLanguages, textIn } from '../../instruments/definition.ts'
import { type Item, itemsOf } from '../../instruments/items.ts'
import type { AnswerScale, Scale } from '../../instruments/schema.ts'
import { isOfAnswers } from '../../instruments/score.ts'
import { readDefinitions, shippedDirectory } from '../../server/definitions/load.ts'

const { definitions, problems } = readDefinitions([shippedDirectory])
const instruments = definitions.instruments.all()

const interview = {
  items: 49,
  scales: Object.fromEntries(
    ['safety', 'support', 'regie', 'contact'].map((id): [string, [number, number, Scale['worse']]] => [id, [1, 5, 'low']]),
  ),
}

/**
 * Items, then per scale its range and bad direction. Ranges are those of De familie aan zet (2008) where it gives any:
 * NOSI-B 4/2/3/3/5, SuccInt 0-20, 0-16, marks 1-10; regie was observed at 1-8.
 */
const expected: Record<string, { items: number; scales: Record<string, [number, number, Scale['worse']]> }> = {
  nosik: { items: 25, scales: { total: [25, 150, 'high'] } },
  'nosi-b': {
    items: 17,
    scales: {
      family: [0, 4, null],
      work: [0, 2, null],
      finance: [0, 3, null],
      health: [0, 3, null],
      other: [0, 5, null],
      categories: [0, 5, null],
    },
  },
  veo: { items: 12, scales: { total: [12, 60, 'low'] } },
  pul: { items: 15, scales: { autonomy: [8, 40, 'low'], social_optimism: [7, 35, 'low'] } },
  'succint-informant': {
    items: 12,
    scales: { safety: [0, 20, 'low'], support: [0, 16, 'low'], regie: [0, 8, 'low'], residence: [1, 9, null] },
  },
  'plan-actions': {
    items: 2,
    scales: {
      actions_all: [0, 40, null],
      professional: [0, 40, null],
      own_circle: [0, 1, null],
      taken_over: [0, 1, null],
      carried_out: [0, 1, null],
    },
  },
  frek: {
    items: 11,
    scales: {
      problems_number: [0, 8, 'high'],
      children_number: [0, 15, null],
      duration: [1, 1440, null],
      private_time: [0, 1440, null],
      participants: [1, 150, null],
    },
  },
  cvc: { items: 14, scales: { reasons_child: [0, 6, 'high'], reasons_family: [0, 6, 'high'], chance: [1, 4, 'high'] } },
  // Care points were observed at 0-9, 0-5, 0-5 and 1-14.
  'zap-kort': {
    items: 28,
    scales: {
      child: [0, 10, 'high'],
      family: [0, 6, 'high'],
      wider: [0, 6, 'high'],
      total: [0, 22, 'high'],
      insufficient: [0, 22, null],
      help_before_number: [0, 7, null],
      outpatient_number: [0, 6, null],
      placements_number: [0, 30, 'high'],
      placements_running: [0, 30, 'high'],
      placements_days: [0, 200_000, 'high'],
      placed_days: [0, 10_000, 'high'],
      longest_months: [0, 300, 'high'],
    },
  },
  fufrek: { items: 4, scales: { extent: [0, 2, 'low'], unrealised: [0, 40, 'high'], not_done: [0, 40, 'high'] } },
  'conference-outcome': {
    items: 10,
    scales: {
      conference: [0, 1, null],
      plan: [0, 1, null],
      threatened: [1, 15, null],
      averted: [0, 1, 'low'],
      averted_children: [0, 15, null],
    },
  },
  'problems-at-start': { items: 15, scales: { total: [0, 15, 'high'] } },
  'asked-to-think-along': { items: 6, scales: { circle: [0, 1, null], kinds: [0, 4, null], plan: [0, 1, null] } },
  'support-sources': { items: 8, scales: { sources: [0, 8, 'low'], all_support: [0, 24, 'low'], own_circle: [0, 18, 'low'] } },
  'parent-confidence': { items: 8, scales: { total: [1, 5, 'low'] } },
  'child-safety': { items: 7, scales: { safety: [0, 24, 'low'], mark: [1, 10, 'low'] } },
  'family-empowerment': { items: 10, scales: { total: [10, 50, 'low'] } },
  'protection-duration': {
    items: 2,
    scales: {
      number: [0, 20, 'high'],
      running: [0, 20, 'high'],
      days: [0, 36525, 'high'],
      months: [0, 1200, 'high'],
      supervision: [0, 36525, 'high'],
    },
  },
  'service-use': {
    items: 10,
    scales: { cost: [0, 10_000_000, null], cost_talks: [0, 10_000_000, null], cost_away: [0, 10_000_000, null] },
  },
  uptake: { items: 6, scales: { held: [0, 1, null], drop_stage: [1, 4, null], drop_reason: [1, 9, null] } },
  'interview-ekc-referrer': interview,
  'interview-ekc-parent': interview,
  'interview-ekc-informant': interview,
  'interview-ekc-youth': { ...interview, items: 50 },
  'interview-shadow-referrer': interview,
  'interview-shadow-parent': interview,
  'interview-shadow-informant': interview,
  'interview-shadow-youth': { ...interview, items: 50 },
  'succint-referrer': {
    items: 15,
    scales: {
      safety: [0, 20, 'low'],
      support: [0, 16, 'low'],
      regie: [0, 8, 'low'],
      residence: [1, 9, null],
      load: [1, 10, 'high'],
      capacity: [1, 10, 'low'],
      ratio: [1, 8, null],
    },
  },
}

test('every shipped definition is read without a problem', () => {
  assert.deepEqual(problems, [])
})

test('docs/definitions-shipped.md names every shipped definition', () => {
  const page = readFileSync(join(shippedDirectory, 'docs/definitions-shipped.md'), 'utf8')
  const { norms, protocols } = definitions
  for (const definition of [...instruments, ...norms.tables.all(), ...norms.bandSets.all(), ...norms.priceTables.all(), ...protocols.all()])
    assert.ok(page.includes(`\`${formatReference(definition)}\``), formatReference(definition))
})

test('the shipped instruments have the items and scales that the report describes', () => {
  const found = instruments.map((instrument) => [
    instrument.id,
    {
      items: itemsOf(instrument).length,
      scales: Object.fromEntries(instrument.scales.map(({ id, range, worse }) => [id, [...range, worse]])),
    },
  ])
  assert.deepEqual(Object.fromEntries(found), expected)
})

for (const instrument of instruments) {
  const items = new Map(
    itemsOf(instrument).flatMap((item): [string, Item][] => [
      [item.name, item],
      ...(item.kind === 'records' ? item.items.map((inner): [string, Item] => [inner.name, inner]) : []),
    ]),
  )

  test(`${formatReference(instrument)} opens in SurveyJS without errors, each question with its choices in each language`, () => {
    const model = new Model(instrument.survey)
    assert.deepEqual(model.jsonErrors ?? [], [])
    for (const language of requiredLanguages) {
      model.locale = language
      for (const item of items.values()) {
        const question = questionOf(model, item.name)
        assert.equal(question.title, textIn(item.question.title, language))
        if (['paneldynamic', 'text', 'comment'].includes(item.question.type)) continue
        const shown = question.visibleChoices.map(({ value, text }: { value: number; text: string }) => ({ value, text }))
        const written = item.choices.map(({ value, text }) => ({ value, text: textIn(text, language) }))
        assert.ok(written.length >= 2)
        assert.deepEqual(shown, written)
      }
    }
  })

  test(`the ranges of ${formatReference(instrument)} follow from its items and what they may be answered with`, () => {
    // What facts can come to is what `check` says; their scales name no range of answers.
    for (const scale of instrument.scales.filter(isOfAnswers)) {
      assert.deepEqual(scale.range, rangeOf(scale, items), scale.id)
      for (const name of scale.items) assert.deepEqual(valuesOf(scale, items.get(name)), scale.itemRange, `${scale.id}: ${name}`)
      if (scale.groups) assert.deepEqual(Object.values(scale.groups).flat().sort(), scale.items.toSorted(), 'each item in one category')
    }
  })

  test(`a screen of ${formatReference(instrument)} has at most six questions and says what is asked`, () => {
    for (const page of instrument.survey.pages) {
      assert.ok(page.elements.length <= 6, page.name)
      assert.ok(page.title && page.description, page.name)
    }
    assert.ok(
      [...items.values()].every(({ question }) => !question.isRequired),
      'people may skip any question',
    )
  })

  test(`${formatReference(instrument)} is marked as a stand-in that is not the wording of the real list`, () => {
    assert.ok(isStandIn(instrument))
    assert.equal(instrument.wording.status, 'stand-in')
    assert.match(instrument.wording.source, /not the wording of the real list/)
    for (const language of requiredLanguages) assert.match(textIn(instrument.title, language), /\(stand-in\)/)
  })

  test(`${formatReference(instrument)} says the same thing once, calls people u, and only the young je, and keeps its Dutch sentences short`, () => {
    const { survey } = instrument
    const texts = [survey.title, survey.description, ...survey.pages.flatMap(({ title, description }) => [title, description])]
    const asked = [...items.values()].flatMap(({ question, choices }) => [
      question.title,
      question.description,
      ...choices.map(({ text }) => text),
    ])
    for (const text of [...texts, ...asked].flatMap((localized) => localized?.nl ?? [])) {
      if (!instrument.id.endsWith('-youth')) assert.doesNotMatch(text, /\b(je|jij|jou|jouw|jullie)\b/i)
      for (const sentence of text.split(/[.?!:]/)) assert.ok(sentence.trim().split(/\s+/).length <= 20, sentence)
    }
    for (const language of requiredLanguages)
      assert.equal(new Set([...items.values()].map(({ question }) => textIn(question.title, language))).size, items.size)
  })
}

test('referrer and informant are asked their common scales with the same items', () => {
  const [referrer, informant] = ['succint-referrer', 'succint-informant'].map((id) => definitions.instruments.latest(id))
  assert.ok(referrer && informant)
  assert.deepEqual(referrer.scales.slice(0, 4), informant.scales)
  assert.deepEqual(referrer.survey.pages.slice(0, 4), informant.survey.pages)
})

/** Lowest and highest raw score that the items allow. */
function rangeOf({ method, items, itemRange: [lowest, highest], groups, counts }: AnswerScale, asked: Map<string, Item>): [number, number] {
  if (method === 'sum') return [items.length * lowest, items.length * highest]
  const eventsOf = (name: string) => (asked.get(name)?.question.type === 'checkbox' ? (counts?.length ?? 0) : 1)
  if (method === 'count') return [0, items.reduce((sum, name) => sum + eventsOf(name), 0)]
  if (method === 'categories') return [0, Object.keys(groups ?? {}).length]
  return [lowest, highest]
}

/** Lowest and highest answer that an item offers, but for "not known". */
function valuesOf({ missing }: AnswerScale, item: Item | undefined): [number, number] {
  const question = item?.kind === 'question' ? item.question : undefined
  if (question?.inputType === 'number') return [Number(question.min), Number(question.max)]
  const values = item?.choices.map(({ value }) => value).filter((value) => missing.answers?.includes(value) !== true) ?? []
  return [Math.min(...values), Math.max(...values)]
}

/** Also one in records, of which there is one to look at. */
function questionOf(model: Model, name: string) {
  const groups = model.getAllQuestions().filter((question) => question instanceof QuestionPanelDynamicModel)
  const inside = groups.flatMap((group) => {
    group.panelCount = 1
    return group.panels[0]?.questions ?? []
  })
  return inside.find((question) => question.name === name) ?? model.getQuestionByName(name)
}
