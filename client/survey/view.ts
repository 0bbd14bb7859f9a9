/**
 * What a page of a list looks like at one moment, as plain values: all that a renderer needs, and nothing of SurveyJS.
 *
 * Names and values are those of the definition, so that a page drawn on the server has the same inputs as one drawn here.
 */
import type { Question, SimpleAnswer } from '../../instruments/schema.ts'
import type { Words } from '../ui/words.ts'
import type { TypedProblem } from './typed.ts'

/**
 * Of an item that was answered on another device: that answer is not here. `sealed`: it stands, and nothing is asked;
 * `replaceable`: the person chose to answer anew, which takes its place.
 */
export type Earlier = 'sealed' | 'replaceable'

/** Why an item's answer cannot be taken: what was typed does not fit, or the server refused it. */
export type ItemProblem = TypedProblem | { code: 'refused' }

export interface ItemView {
  kind: 'item'
  type: Question['type']
  /** The item; in a record its place, `placements[1].start`. */
  name: string
  /** Its place among all items that are asked now, from 1. */
  number: number
  title: Words
  description: Words | null
  required: boolean
  choices: { value: number; text: Words }[]
  input: 'text' | 'number' | 'date'
  /** What the definition says about limits; the input shows them, `typed.ts` checks them. */
  limits: Pick<Question, 'min' | 'max' | 'step' | 'maxLength'>
  answer: SimpleAnswer | undefined
  /** What stands in a text field, which may not be an answer yet. */
  typed: string
  problem: ItemProblem | null
  earlier?: Earlier
}

export interface HtmlView {
  kind: 'html'
  name: string
  paragraphs: Words[]
}

export interface PanelView {
  kind: 'panel'
  name: string
  title: Words | null
  description: Words | null
  elements: ElementView[]
}

/** A repeated group with the records that there are now. */
export interface RecordsView {
  kind: 'records'
  name: string
  number: number
  title: Words
  description: Words | null
  required: boolean
  records: RecordView[]
  canAdd: boolean
  canRemove: boolean
  /** What the definition calls the buttons, and having none; null where it says nothing. */
  words: { add: Words | null; remove: Words | null; none: Words | null }
  problem: ItemProblem | null
  earlier?: Earlier
}

export interface RecordView {
  /** Stays with the record when another one goes. */
  id: string
  title: Words | null
  items: ItemView[]
  hasAnswers: boolean
}

export type ElementView = ItemView | HtmlView | PanelView | RecordsView

export interface Progress {
  /** Numbers of the first and last item on this page; both 0 on a page without items. */
  from: number
  to: number
  /** Items that are asked now, on all pages, and how many of them have an answer. */
  total: number
  answered: number
}

export interface PageView {
  name: string
  title: Words | null
  description: Words | null
  elements: ElementView[]
  isFirst: boolean
  isLast: boolean
  progress: Progress
  /** Title and introduction of the whole list. */
  list: { title: Words; description: Words | null }
}

/** The items among `elements`, those in panels and records too, in order. */
export const itemsIn = (elements: ElementView[]): ItemView[] =>
  askedIn(elements).flatMap((element) => (element.kind === 'item' ? [element] : element.records.flatMap(({ items }) => items)))

/** Items and groups of records, those in panels too, in order. */
export const askedIn = (elements: ElementView[]): (ItemView | RecordsView)[] =>
  elements.flatMap((element) => (element.kind === 'panel' ? askedIn(element.elements) : element.kind === 'html' ? [] : [element]))
