/** The items of an instrument: its questions in the order in which they are asked, with all that bears on an answer. */
import type { Choice, Element, Instrument, Question, Records } from './schema.ts'

interface Asked {
  name: string
  /** Choices with those taken from another question filled in; empty for open questions and for records. */
  choices: Choice[]
  /** Name of the page it stands on. */
  page: string
  /** Conditions that must all hold for it to be asked: its own, and those of its panels and page. */
  conditions: string[]
}

export interface QuestionItem extends Asked {
  kind: 'question'
  question: Question
}

/** A repeated group: its answer is a list of records. */
export interface RecordsItem extends Asked {
  kind: 'records'
  question: Records
  /** The questions of each record; their conditions are those within the record. */
  items: QuestionItem[]
}

export type Item = QuestionItem | RecordsItem

const byInstrument = new WeakMap<Instrument, Item[]>()

/** The items of `instrument` in order. Computed once per instrument object. */
export function itemsOf(instrument: Instrument): Item[] {
  const known = byInstrument.get(instrument)
  if (known) return known
  const items = instrument.survey.pages.flatMap((page) => collect(page.elements, page.name, conditions(page)))
  const questions = questionsIn(items)
  const fromQuestion = new Map(questions.map(({ name, question }) => [name, question.choices ?? []]))
  for (const item of questions) {
    const source = item.question.choicesFromQuestion
    item.choices = source === undefined ? (item.question.choices ?? []) : (fromQuestion.get(source) ?? [])
  }
  byInstrument.set(instrument, items)
  return items
}

/** The questions among `items`, and those of their records. */
export const questionsIn = (items: readonly Item[]): QuestionItem[] =>
  items.flatMap((item) => (item.kind === 'records' ? item.items : [item]))

function collect(elements: Element[], page: string, outer: string[]): Item[] {
  return elements.flatMap((element): Item[] => {
    const within = [...outer, ...conditions(element)]
    if (element.type === 'panel') return collect(element.elements, page, within)
    if (element.type === 'html') return []
    const asked = { name: element.name, choices: [], page, conditions: within }
    if (element.type !== 'paneldynamic') return [{ ...asked, kind: 'question', question: element }]
    const items = element.templateElements.map((question): QuestionItem => {
      return { kind: 'question', name: question.name, question, choices: [], page, conditions: conditions(question) }
    })
    return [{ ...asked, kind: 'records', question: element, items }]
  })
}

const conditions = ({ visibleIf }: { visibleIf?: string | undefined }): string[] => (visibleIf === undefined ? [] : [visibleIf])
