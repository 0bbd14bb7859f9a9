/** What is known while the items of a Questionnaire are read in order. */
import type { Target } from './enable-when.ts'
import { urls } from './extension.ts'
import type { QuestionnaireItem } from './questionnaire.ts'
import type { Mapping, Note } from './report.ts'

/** An element as in a file. */
export type Draft = Record<string, unknown> & { type: string; name: string }

export interface Reading {
  language: string
  /** Item names by linkId, made beforehand. */
  names: Map<string, string>
  taken: Set<string>
  /** Items that were read so far, by linkId. */
  targets: Map<string, Target>
  mappings: Mapping[]
  notes: Note[]
  /** Items whose values are weights of the original. */
  weighted: { name: string; values: number[] }[]
  /** linkId of the repeated group whose records are being read. */
  within: string | undefined
}

export const itemKeys = [
  'linkId',
  'type',
  'text',
  '_text',
  'required',
  'repeats',
  'maxLength',
  'enableWhen',
  'enableBehavior',
  'answerOption',
  'item',
]
export const itemUrls = [urls.element, urls.minValue, urls.maxValue, urls.itemControl, urls.displayCategory, urls.minOccurs, urls.maxOccurs]

/** Whether it is asked once for each of several things: a group of records here. */
export const isRecords = ({ type, repeats }: QuestionnaireItem): boolean => type === 'group' && repeats === true
