import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exportQuestionnaire } from '../../instruments/fhir/export.ts'
import type { QuestionnaireItem } from '../../instruments/fhir/questionnaire.ts'
import { type ResponseAnswer, type ResponseItem, responseItems } from '../../instruments/fhir/response.ts'
import type { AnswerRecord, Answers, Instrument, SimpleAnswer } from '../../instruments/schema.ts'
import { readDefinitions, shippedDirectory } from '../../server/definitions/load.ts'
import { randomOf } from '../../server/demo/random.ts'
import { simulateAnswers } from '../../server/demo/simulate-answers.ts'

/** What may be the value of an answer to an item of a type: https://hl7.org/fhir/R4/valueset-item-type.html */
const valueOfType: Record<string, string> = {
  boolean: 'valueBoolean',
  choice: 'valueCoding',
  date: 'valueDate',
  decimal: 'valueDecimal',
  integer: 'valueInteger',
  string: 'valueString',
  text: 'valueString',
}

/** Reads a response with the Questionnaire at hand, as a program that knows neither would. Fails where they do not fit. */
function readBack(questions: QuestionnaireItem[], items: ResponseItem[], called = (name: string) => name) {
  const answers: Answers = {}
  const skipped: string[] = []
  const places = items.map(({ linkId }) => questions.findIndex((question) => question.linkId === linkId))
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
    'in the order of the Questionnaire, and every one is in it',
  )
  assert.ok(!places.includes(-1))
  const seen = new Map<string, number>()
  for (const [index, { linkId, answer, item, extension }] of items.entries()) {
    const question = questions[places[index] ?? 0] as QuestionnaireItem
    const before = seen.get(linkId) ?? 0
    seen.set(linkId, before + 1)
    assert.ok(before === 0 || question.repeats, `${linkId} is there twice`)
    if (question.type === 'group' && item) {
      const inner = readBack(question.item ?? [], item, question.repeats ? (name) => `${linkId}[${before}].${name}` : called)
      if (question.repeats) answers[linkId] = [...((answers[linkId] ?? []) as AnswerRecord[]), inner.answers as AnswerRecord]
      else Object.assign(answers, inner.answers)
      skipped.push(...inner.skipped)
      continue
    }
    assert.equal(item, undefined)
    if (answer === undefined) {
      assert.deepEqual(extension, [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'asked-declined' }])
      skipped.push(called(linkId))
      continue
    }
    const values = answer.map((one) => readValue(one, question))
    assert.ok(values.length === 1 || question.repeats)
    answers[linkId] = question.repeats ? (values as number[]) : (values[0] as SimpleAnswer)
  }
  return { answers, skipped }
}

function readValue(answer: ResponseAnswer, { linkId, type, answerOption }: QuestionnaireItem): number | string {
  assert.deepEqual(Object.keys(answer), [valueOfType[type]], linkId)
  const [value] = Object.values(answer) as (ResponseAnswer extends infer One ? One[keyof One] : never)[]
  if (typeof value === 'boolean') return Number(value)
  if (typeof value !== 'object') return value as unknown as number | string
  const { code, display } = value as { code: string; display: string }
  assert.equal(answerOption?.find(({ valueCoding }) => valueCoding?.code === code)?.valueCoding?.display, display, linkId)
  return Number(code)
}

const questionsOf = (instrument: Instrument): QuestionnaireItem[] =>
  JSON.parse(JSON.stringify(exportQuestionnaire(instrument).questionnaire.item)) as QuestionnaireItem[]

for (const instrument of readDefinitions([shippedDirectory]).definitions.instruments.all())
  test(`answers to ${instrument.id}@${instrument.version} fit its Questionnaire and come back the same`, () => {
    const questions = questionsOf(instrument)
    for (let number = 0; number < 20; number++) {
      const random = randomOf('fhir', `${instrument.id} ${number}`)
      const { answers, skipped } = simulateAnswers(instrument, random, { aims: {}, leaveOpen: number / 20, today: '2026-03-01' })
      const read = readBack(questions, responseItems(questions, answers, new Set(skipped)))
      // Of a repeated group FHIR cannot tell no record from not said.
      const given = Object.entries(answers).filter(([, answer]) => !(Array.isArray(answer) && answer.length === 0))
      assert.deepEqual(read.answers, Object.fromEntries(given))
      assert.deepEqual(read.skipped.toSorted(), skipped.toSorted())
    }
  })

test('nothing is made of what is not an answer', () => {
  const questions: QuestionnaireItem[] = [
    {
      linkId: 'page',
      type: 'group',
      item: [
        { linkId: 'toString', type: 'string' },
        { linkId: 'remark', type: 'text' },
        { linkId: 'note', type: 'display' },
      ],
    },
  ]
  assert.deepEqual(responseItems(questions, { remark: '', note: 'x' }, new Set()), [])
  assert.deepEqual(responseItems([{ linkId: 'n', type: 'integer' }], { n: 2 ** 31 }, new Set()), [
    { linkId: 'n', answer: [{ valueDecimal: 2 ** 31 }] },
  ])
})
