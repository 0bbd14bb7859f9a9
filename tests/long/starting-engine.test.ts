/** What is shown and taken before survey-core is there is what survey-core would show and take. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Engine, openSurvey } from '../../client/survey/engine.ts'
import { isPlain, mayWalk, openPlainSurvey } from '../../client/survey/plain-engine.ts'
import { startSurvey } from '../../client/survey/starting-engine.ts'
import { itemsIn } from '../../client/survey/view.ts'
import { hiddenElements } from '../../instruments/hidden.ts'
import { itemsOf, type QuestionItem } from '../../instruments/items.ts'
import { type Answers, type Instrument, instrumentSchema, type SimpleAnswer } from '../../instruments/schema.ts'
import { loadDefinitions } from '../../server/definitions/load.ts'
import { placements } from '../harness/records-study.ts'
import { orWhole } from '../harness/whole.ts'

const instruments: Instrument[] = [...loadDefinitions().instruments.all(), instrumentSchema.parse(placements)]

const answerTo = ({ question, choices }: QuestionItem): fc.Arbitrary<SimpleAnswer> => {
  const values = choices.map(({ value }) => value)
  if (question.type === 'checkbox') return fc.subarray(values, { minLength: 1 })
  if (values.length > 0) return fc.constantFrom(...values)
  if (question.inputType === 'number') return fc.constantFrom(Number(question.min ?? 0), Number(question.max ?? 7))
  if (question.inputType === 'date') return fc.constant(String(question.min ?? '2026-01-31'))
  return fc.constantFrom('omdat', 'twee woorden')
}

/** Answers to some of the items, in records too. */
const answersTo = (instrument: Instrument): fc.Arbitrary<Answers> =>
  fc.record(
    Object.fromEntries(
      itemsOf(instrument).map((item) => [
        item.name,
        item.kind === 'question'
          ? answerTo(item)
          : fc.array(
              fc.record(Object.fromEntries(item.items.map((inner) => [inner.name, answerTo(inner)])), {
                requiredKeys: [],
                noNullPrototype: true,
              }),
              {
                minLength: Math.max(1, item.question.minPanelCount ?? 0),
                maxLength: Math.min(3, item.question.maxPanelCount),
              },
            ),
      ]),
    ),
    { requiredKeys: [], noNullPrototype: true },
  ) as fc.Arbitrary<Answers>

/** As JSON: survey-core adds functions of its own to lists. */
const assertSame = (actual: unknown, expected: unknown) =>
  assert.deepEqual(JSON.parse(JSON.stringify(actual)), JSON.parse(JSON.stringify(expected)))

const startOf = (instrument: Instrument) =>
  fc.record({
    answers: answersTo(instrument),
    page: fc.constantFrom(null, ...instrument.survey.pages.map(({ name }) => name)),
    language: fc.constantFrom('nl', 'en', 'tr'),
  })

for (const instrument of instruments)
  test(`${instrument.id}: whatever was answered, on whichever page one goes on, the first view is that of survey-core`, () => {
    const { survey } = instrument
    assert.ok(isPlain(survey))
    fc.assert(
      fc.property(startOf(instrument), (start) => {
        const plain = openPlainSurvey(survey, { ...start, hidden: hiddenElements(instrument, start.answers) })
        const full = openSurvey(survey, start)
        assertSame(plain.page(), full.page())
        assertSame(plain.answers(), full.answers())
        for (const { name } of itemsIn(full.page().elements)) assert.deepEqual(plain.find(name), full.find(name))
      }),
      { numRuns: orWhole(3, 25), endOnFailure: true },
    )
  })

const act = fc.record({
  what: fc.constantFrom('choose', 'choose', 'clear', 'type', 'leave', 'next', 'previous'),
  which: fc.nat(),
  value: fc.nat(),
})

type Step = { what: string; which: number; value: number }

/** Does something to the page that is in front of the reader. */
function perform(engine: Pick<Engine, 'page' | 'answer' | 'type' | 'leave' | 'next' | 'previous'>, { what, which, value }: Step): void {
  const items = itemsIn(engine.page().elements)
  const item = items[which % Math.max(1, items.length)]
  const choice = item?.choices[value % Math.max(1, item.choices.length)]?.value
  if (what === 'next') engine.next()
  else if (what === 'previous') engine.previous()
  else if (!item) return
  else if (what === 'leave') engine.leave(item.name)
  else if (what === 'clear') engine.answer(item.name, undefined)
  else if (choice === undefined) engine.type(item.name, ['7', 'zeven', '2026-02-01', ''][value % 4] ?? '')
  else engine.answer(item.name, item.type === 'checkbox' ? [choice] : choice)
}

for (const instrument of instruments)
  test(`${instrument.id}: what was done before survey-core came is not lost, and is as if it had been there all along`, async () => {
    const { survey } = instrument
    const walks = mayWalk(survey)
    await fc.assert(
      fc.asyncProperty(
        startOf(instrument),
        fc.array(act, { maxLength: 8 }),
        fc.array(act, { maxLength: 4 }),
        async (start, before, after) => {
          const starting = startSurvey(survey, { ...start, hidden: hiddenElements(instrument, start.answers) }, async () => ({
            openSurvey,
          }))
          const full = openSurvey(survey, start)
          for (const step of before) {
            if (!walks && (step.what === 'next' || step.what === 'previous')) continue
            // An answer may hide or bring a question, which is for survey-core to say: until then both mean what the starting page shows.
            const view = starting.page()
            perform(walks ? full : { ...full, page: () => view }, step)
            perform(starting, step)
            if (walks) assertSame(starting.page(), full.page())
          }
          await starting.takeOver()
          assertSame(starting.page(), full.page())
          assertSame(starting.answers(), full.answers())
          for (const step of after) {
            perform(full, step)
            perform(starting, step)
            assertSame(starting.page(), full.page())
          }
        },
      ),
      { numRuns: orWhole(3, 10), endOnFailure: true },
    )
  })

test('a list whose condition would have to be read waits with the next page for survey-core, any other does not', async () => {
  const [withCondition, without] = [true, false].map((wanted) => instruments.find(({ survey }) => mayWalk(survey) !== wanted))
  for (const [instrument, waits] of [
    [withCondition, true],
    [without, false],
  ] as const) {
    assert.ok(instrument)
    let fetched = 0
    const load = async () => {
      fetched++
      return { openSurvey }
    }
    const engine = startSurvey(instrument.survey, { answers: {}, page: null, language: 'nl', hidden: hiddenElements(instrument, {}) }, load)
    await engine.ready()
    assert.equal(fetched, waits ? 1 : 0, instrument.id)
  }
})

test('when survey-core cannot be fetched it is tried again, and nothing is lost meanwhile', async () => {
  const instrument = instruments.find(({ id }) => id === 'nosik') as Instrument
  let fails = true
  const load = async () => {
    if (fails) throw new Error('no network')
    return { openSurvey }
  }
  const engine = startSurvey(instrument.survey, { answers: {}, page: null, language: 'nl', hidden: [] }, load)
  engine.answer('nosik01', 3)
  await assert.rejects(engine.takeOver())
  engine.answer('nosik02', 4)
  fails = false
  await engine.takeOver()
  assert.deepEqual(engine.answers(), { nosik01: 3, nosik02: 4 })
})
