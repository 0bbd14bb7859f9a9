/** The items that a survey-core model asks now, those of its records too. */
import type { QuestionPanelDynamicModel, SurveyModel, Question as SurveyQuestion } from 'survey-core'
import { inRecord, placeInRecord } from '../../instruments/records.ts'
import type { AnswerRecord, Answers, SimpleAnswer } from '../../instruments/schema.ts'

export interface AskedItem {
  /** The item, or its place in a record: `placements[1].start`. */
  name: string
  question: SurveyQuestion
  /** Of an item in a record: which. */
  record: { group: string; index: number } | null
}

/** In the order in which they are met: a group of records before what is in it. */
export function askedItems(model: SurveyModel): AskedItem[] {
  return model
    .getAllQuestions(true)
    .filter((question) => question.getType() !== 'html')
    .flatMap((question) => [{ name: question.name, question, record: null }, ...itemsOfRecords(question)])
}

function itemsOfRecords(question: SurveyQuestion): AskedItem[] {
  if (!isGroup(question)) return []
  const group = question.name
  return question.panels.flatMap((panel, index) =>
    panel.questions
      .filter((inner) => inner.isVisible)
      .map((inner) => ({ name: inRecord(group, index, inner.name), question: inner, record: { group, index } })),
  )
}

export const isGroup = (question: SurveyQuestion): question is QuestionPanelDynamicModel => question.getType() === 'paneldynamic'

/** The answers to `asked`; a record in which nothing is answered is an empty object, so that those after it keep their place. */
export function answersTo(asked: AskedItem[]): Answers {
  return Object.fromEntries(
    asked
      .filter(({ record }) => record === null)
      .flatMap(({ name, question }) => {
        const answer = isGroup(question) ? recordsOf(question, asked) : question.isEmpty() ? undefined : question.value
        return answer === undefined || answer === null ? [] : [[name, answer]]
      }),
  )
}

function recordsOf({ name, panels }: QuestionPanelDynamicModel, asked: AskedItem[]): AnswerRecord[] | undefined {
  if (panels.length === 0) return undefined
  return panels.map((_, index) =>
    Object.fromEntries(
      asked
        .filter(({ record, question }) => record?.group === name && record.index === index && !question.isEmpty())
        .map(({ question }) => [question.name, question.value as SimpleAnswer]),
    ),
  )
}

/** After record `gone` of `group`, what is kept by place moves up by one. */
export function moveUp<Kept>(kept: Map<string, Kept>, group: string, gone: number): void {
  const before = [...kept]
  kept.clear()
  for (const [name, value] of before) {
    const place = placeInRecord(name)
    if (place?.group !== group || place.index < gone) kept.set(name, value)
    else if (place.index > gone) kept.set(inRecord(group, place.index - 1, place.item), value)
  }
}
