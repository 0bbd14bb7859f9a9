/** Answers without those to questions for a date of birth, for what can have no ages in their place. */
import { itemsOf, type QuestionItem } from '../../../instruments/items.ts'
import { isRecords } from '../../../instruments/records.ts'
import type { AnswerRecord, Answers, Instrument } from '../../../instruments/schema.ts'
import { isBirthDate } from './age.ts'

export function withoutBirthDates(answers: Answers, instrument: Instrument): Answers {
  const kept = { ...answers }
  const items = itemsOf(instrument)
  for (const item of items) {
    const answer = kept[item.name]
    if (item.kind === 'records' && isRecords(answer)) kept[item.name] = answer.map((record) => without(record, item.items))
  }
  return without(
    kept,
    items.flatMap((item) => (item.kind === 'records' ? [] : [item])),
  )
}

function without<Kept extends Answers | AnswerRecord>(answers: Kept, items: QuestionItem[]): Kept {
  const born = new Set(items.filter(isBirthDate).map(({ name }) => name))
  return Object.fromEntries(Object.entries(answers).filter(([name]) => !born.has(name))) as Kept
}
