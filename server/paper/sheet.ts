/** A list as it stands on paper: its questions in order, each with a number, and statements with the same answers as one table. */
import { itemsOf, type QuestionItem } from '../../instruments/items.ts'
import type { Choice, Element, Instrument, Page, Question, Records } from '../../instruments/schema.ts'
import type { Numbered } from './condition-words.ts'

export interface PaperQuestion {
  kind: 'question'
  number: string
  question: Question
  choices: Choice[]
}

/** Consecutive statements with the same choices. */
export interface PaperTable {
  kind: 'table'
  choices: Choice[]
  rows: PaperQuestion[]
}

export interface PaperRecords {
  kind: 'records'
  number: string
  records: Records
  /** What is asked in each, in the order in which it is asked. */
  questions: PaperQuestion[]
  /** So many are printed. */
  copies: number
}

export interface PaperPanel {
  kind: 'panel'
  panel: Pick<Page, 'name' | 'title' | 'description' | 'visibleIf'>
  blocks: PaperBlock[]
}

export interface PaperText {
  kind: 'text'
  element: Extract<Element, { type: 'html' }>
}

export type PaperBlock = PaperQuestion | PaperTable | PaperRecords | PaperPanel | PaperText

export interface Sheet {
  /** One for each page of the list. */
  pages: PaperPanel[]
  /** By the names that conditions call them; those of records as `GROUP/panel.NAME`. */
  questions: Map<string, Numbered>
}

/** A visit seldom brings more than three children or agreements; a further sheet takes the rest. */
const usualRecords = 3

/** So few are clearer each by itself; so many columns are the most that fit beside a statement on A4. */
const leastRows = 3
const mostColumns = 7

/** Lays an instrument out. */
export function sheetOf(instrument: Instrument): Sheet {
  const questions = new Map<string, Numbered>()
  const items = itemsOf(instrument)
  const known = new Map(items.map((item, index) => [item.name, { item, number: String(index + 1) }]))
  for (const { item, number } of known.values()) {
    if (item.kind === 'question') questions.set(item.name, { item, number })
    else
      for (const [index, inner] of item.items.entries())
        questions.set(`${item.name}/panel.${inner.name}`, { item: inner, number: `${number}.${index + 1}` })
  }

  const blockOf = (element: Element): PaperBlock => {
    if (element.type === 'html') return { kind: 'text', element }
    if (element.type === 'panel') return { kind: 'panel', panel: element, blocks: inTables(element.elements.map(blockOf)) }
    const { number = '' } = known.get(element.name) ?? {}
    if (element.type !== 'paneldynamic') return asked(element.name)
    const { minPanelCount = 0, maxPanelCount } = element
    return {
      kind: 'records',
      number,
      records: element,
      questions: element.templateElements.map(({ name }) => asked(`${element.name}/panel.${name}`)),
      copies: Math.min(maxPanelCount, Math.max(minPanelCount, usualRecords)),
    }
  }
  const asked = (name: string): PaperQuestion => {
    const { number, item } = questions.get(name) as { number: string; item: QuestionItem }
    return { kind: 'question', number, question: item.question, choices: item.choices }
  }
  const pages = instrument.survey.pages.map((page): PaperPanel => {
    return { kind: 'panel', panel: page, blocks: inTables(page.elements.map(blockOf)) }
  })
  return { pages, questions }
}

/** Puts consecutive statements with the same choices into one table. */
function inTables(blocks: PaperBlock[]): PaperBlock[] {
  const runs: PaperBlock[][] = []
  let last: string | null = null
  for (const block of blocks) {
    const like = likeness(block)
    if (like !== null && like === last) runs.at(-1)?.push(block)
    else runs.push([block])
    last = like
  }
  return runs.flatMap((run): PaperBlock[] => {
    const rows = run.filter((block) => block.kind === 'question')
    return rows.length < leastRows || likeness(rows[0] as PaperBlock) === null
      ? run
      : [{ kind: 'table', choices: rows[0]?.choices ?? [], rows }]
  })
}

/** The same for questions that can stand in one table; null for what cannot. */
function likeness(block: PaperBlock): string | null {
  if (block.kind !== 'question' || block.question.type !== 'radiogroup') return null
  const { visibleIf, description, isRequired } = block.question
  if (visibleIf !== undefined || description !== undefined || isRequired || block.choices.length > mostColumns) return null
  return JSON.stringify(block.choices)
}
