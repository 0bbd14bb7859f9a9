/** The items of an instrument: its questions in the order in which they are asked, with all that bears on an answer. */
import type { Choice, Element, Instrument, Question } from './schema.ts'

export interface Item {
  name: string
  question: Question
  /** Choices with those taken from another question filled in; empty for open questions. */
  choices: Choice[]
  /** Name of the page it stands on. */
  page: string
  /** Conditions that must all hold for it to be asked: its own, and those of its panels and page. */
  conditions: string[]
}

const byInstrument = new WeakMap<Instrument, Item[]>()

/** The items of `instrument` in order. Computed once per instrument object. */
export function itemsOf(instrument: Instrument): Item[] {
  const known = byInstrument.get(instrument)
  if (known) return known
  const items = instrument.survey.pages.flatMap((page) => collect(page.elements, page.name, conditions(page)))
  const fromQuestion = new Map(items.map(({ name, question }) => [name, question.choices ?? []]))
  for (const item of items) {
    const source = item.question.choicesFromQuestion
    item.choices = source === undefined ? (item.question.choices ?? []) : (fromQuestion.get(source) ?? [])
  }
  byInstrument.set(instrument, items)
  return items
}

function collect(elements: Element[], page: string, outer: string[]): Item[] {
  return elements.flatMap((element) => {
    const within = [...outer, ...conditions(element)]
    if (element.type === 'panel') return collect(element.elements, page, within)
    if (element.type === 'html') return []
    return [{ name: element.name, question: element, choices: [], page, conditions: within }]
  })
}

const conditions = ({ visibleIf }: { visibleIf?: string | undefined }): string[] => (visibleIf === undefined ? [] : [visibleIf])
