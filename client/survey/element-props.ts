/** What every renderer of an item gets. */
import type { Engine } from './engine.ts'
import type { SealingEngine } from './sealed-items.ts'
import type { ItemProblem, ItemView, RecordsView } from './view.ts'

/** The few words that renderers say themselves, in the reader's language. */
export interface SurveyWords {
  language: string
  required: string
  choose: string
  clear: string
  clearOf(number: number): string
  /** The heading of a record, from 1, where the definition gives none. */
  record(number: number): string
  addRecord: string
  removeRecord: string
  /** Asked before something that was filled in goes. */
  confirmRemoval(record: string): string
  removalYes: string
  removalNo: string
  noRecords: string
  /** In place of an item that was answered on another device, and how to answer it anew. */
  sealed: string
  answerAnew: string
  answerAnewOf(number: number): string
  /** What answering it anew does. */
  replaces: string
  problem(problem: ItemProblem): string
}

export interface ItemProps {
  item: ItemView
  /** What may be done with it. */
  actions: Pick<Engine, 'answer' | 'type' | 'leave' | 'addRecord' | 'removeRecord'> & Partial<Pick<SealingEngine, 'unseal'>>
  words: SurveyWords
}

/** Ids that tie an item's parts together; also where a link to an open question leads. */
export const idsOf = ({ name }: { name: string }) => ({
  item: `item-${name}`,
  control: `answer-${name}`,
  title: `title-${name}`,
  description: `about-${name}`,
  problem: `problem-${name}`,
  earlier: `earlier-${name}`,
})

/** What describes the control: the explanation, and what is wrong with the answer. */
export function describedBy(item: ItemView | RecordsView): string | undefined {
  const ids = idsOf(item)
  return (
    [item.description && ids.description, item.earlier && ids.earlier, item.problem && ids.problem].filter(Boolean).join(' ') || undefined
  )
}
