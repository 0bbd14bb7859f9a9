import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { openSurvey } from '../../client/survey/engine.ts'
import { itemsIn, type RecordsView } from '../../client/survey/view.ts'
import { answerChecker } from '../../instruments/answers.ts'
import { type Answers, instrumentSchema } from '../../instruments/schema.ts'
import { placements } from '../harness/records-study.ts'
import { orWhole } from '../harness/whole.ts'

const instrument = instrumentSchema.parse(placements)
const open = (answers: Answers = { placed: 1 }) => openSurvey(instrument.survey, { answers, page: null, language: 'nl' })
type Engine = ReturnType<typeof open>
const group = (engine: Engine) => engine.page().elements.find((element): element is RecordsView => element.kind === 'records')
const names = (engine: Engine) => itemsIn(engine.page().elements).map(({ name, number }) => `${number} ${name}`)

test('a record asks its own questions, by its own answers', () => {
  const engine = open()
  engine.addRecord('placements')
  engine.addRecord('placements')
  engine.answer('placements[1].ended', 1)
  assert.deepEqual(
    names(engine).filter((name) => name.endsWith('.end')),
    ['11 placements[1].end'],
  )
  engine.type('placements[1].end', '2026-01-31')
  engine.answer('placements[1].ended', 0)
  assert.deepEqual(engine.answers(), { placed: 1, placements: [{}, { ended: 0 }] })
  engine.answer('placements[1].ended', 1)
  assert.deepEqual(engine.answers(), { placed: 1, placements: [{}, { ended: 1, end: '2026-01-31' }] }, 'it comes back with its question')
})

test('after a record goes, those behind it keep what was typed in them, wrong or right', () => {
  const engine = open({ placed: 1, placements: [{ kind: 1 }, { kind: 2, nights: 5 }, { kind: 0 }] })
  engine.type('placements[2].nights', 'veel')
  engine.leave('placements[2].nights')
  engine.removeRecord('placements', 0)
  assert.deepEqual(engine.answers().placements, [{ kind: 2, nights: 5 }, { kind: 0 }])
  const wrong = itemsIn(engine.page().elements).filter(({ problem }) => problem)
  assert.deepEqual(
    wrong.map(({ name, typed }) => [name, typed]),
    [['placements[1].nights', 'veel']],
  )
  assert.equal(engine.isSound(), false)
})

test('a group that is hidden by a slip of the finger comes back with its records', () => {
  const engine = open({ placed: 1, placements: [{ kind: 1, ended: 1, end: '2026-01-31' }, { nights: 3 }] })
  const before = engine.answers()
  engine.answer('placed', 0)
  assert.deepEqual(engine.answers(), { placed: 0 })
  engine.answer('placed', 1)
  assert.deepEqual(engine.answers(), before)
  engine.removeRecord('placements', 1)
  engine.removeRecord('placements', 0)
  engine.answer('placed', 0)
  engine.answer('placed', 1)
  assert.deepEqual(engine.answers(), { placed: 1 }, 'what was removed on purpose stays away')
})

test('there are never more records than there may be', () => {
  const engine = open()
  for (let count = 0; count < 7; count++) engine.addRecord('placements')
  assert.equal(group(engine)?.records.length, 5)
  assert.equal(group(engine)?.canAdd, false)
  assert.deepEqual(engine.find('placements[4].kind')?.page, 'only')
})

const place = fc.integer({ min: 0, max: 4 })
const step = fc.oneof(
  fc.constant((engine: Engine) => engine.addRecord('placements')),
  place.map((index) => (engine: Engine) => engine.removeRecord('placements', index)),
  fc.tuple(place, fc.constantFrom(0, 1)).map(
    ([index, value]) =>
      (engine: Engine) =>
        engine.answer(`placements[${index}].ended`, value),
  ),
  fc.tuple(place, fc.constantFrom('2026-01-01', '')).map(
    ([index, typed]) =>
      (engine: Engine) =>
        engine.type(`placements[${index}].end`, typed),
  ),
  fc.tuple(place, fc.constantFrom('3', 'x', '9999')).map(
    ([index, typed]) =>
      (engine: Engine) =>
        engine.type(`placements[${index}].nights`, typed),
  ),
  fc.constantFrom(0, 1, 2).map((value) => (engine: Engine) => engine.answer('placed', value)),
)

test('whatever is added, removed and typed, the server takes it and sees the same questions', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const engine = open()
      for (const act of steps) act(engine)
      const check = answerChecker(instrument)(engine.answers())
      assert.deepEqual(check.problems, [])
      assert.deepEqual(check.answers, engine.answers())
      assert.deepEqual(
        check.asked.filter((name) => name.includes('[')),
        itemsIn(engine.page().elements)
          .map(({ name }) => name)
          .filter((name) => name.includes('[')),
      )
    }),
    { numRuns: orWhole(40, 100) },
  )
})
