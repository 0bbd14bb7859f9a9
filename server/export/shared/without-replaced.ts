/** Answers without those in whose place an age or a band stands, for what can have only answers to its questions. */
import { itemsOf, type QuestionItem } from '../../../instruments/items.ts'
import { isRecords } from '../../../instruments/records.ts'
import type { AnswerRecord, Answers, Instrument } from '../../../instruments/schema.ts'

export function withoutReplaced(answers: Answers, instrument: Instrument, isReplaced: (item: QuestionItem) => boolean): Answers {
  const kept = { ...answers }
  const items = itemsOf(instrument)
  for (const item of items) {
    const answer = kept[item.name]
    if (item.kind === 'records' && isRecords(answer)) kept[item.name] = answer.map((record) => without(record, item.items, isReplaced))
  }
  return without(
    kept,
    items.flatMap((item) => (item.kind === 'records' ? [] : [item])),
    isReplaced,
  )
}

function without<Kept extends Answers | AnswerRecord>(
  answers: Kept,
  items: QuestionItem[],
  isReplaced: (item: QuestionItem) => boolean,
): Kept {
  const gone = new Set(items.filter(isReplaced).map(({ name }) => name))
  return Object.fromEntries(Object.entries(answers).filter(([name]) => !gone.has(name))) as Kept
}
