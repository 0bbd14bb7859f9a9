/** Reads the current page off a survey-core model. */
import {
  type Base,
  type ItemValue,
  type LocalizableString,
  type PageModel,
  PanelModel,
  type QuestionHtmlModel,
  type QuestionSelectBase,
  type SurveyModel,
  type Question as SurveyQuestion,
} from 'survey-core'
import type { Answer, Question } from '../../instruments/schema.ts'
import { type Words, wordsIn } from '../ui/words.ts'
import { paragraphsOf } from './plain-text.ts'
import { type ElementView, type ItemProblem, type ItemView, itemsIn, type PageView } from './view.ts'

export interface Reading {
  /** Items that are asked now, in order. */
  asked: SurveyQuestion[]
  definitions: ReadonlyMap<string, Question>
  language: string
  typed: ReadonlyMap<string, string>
  problem(name: string): ItemProblem | null
}

export function viewOfPage(model: SurveyModel, reading: Reading): PageView {
  const page = model.currentPage as PageModel
  const elements = elementsOf(page, model, reading)
  const numbers = itemsIn(elements).map(({ number }) => number)
  const words = (text: LocalizableString) => wordsOf(text, model, reading.language)
  return {
    name: page.name,
    title: words(page.locTitle),
    description: words(page.locDescription),
    elements,
    isFirst: model.isFirstPage,
    isLast: model.isLastPage,
    progress: {
      from: numbers[0] ?? 0,
      to: numbers.at(-1) ?? 0,
      total: reading.asked.length,
      answered: reading.asked.filter(({ name }) => model.getValue(name) !== undefined).length,
    },
    list: { title: words(model.locTitle) ?? { text: '', language: reading.language }, description: words(model.locDescription) },
  }
}

function elementsOf(container: PanelModel, model: SurveyModel, reading: Reading): ElementView[] {
  return container.elements
    .filter((element) => element.isVisible)
    .map((element): ElementView => {
      if (element instanceof PanelModel) {
        return {
          kind: 'panel',
          name: element.name,
          title: wordsOf(element.locTitle, model, reading.language),
          description: wordsOf(element.locDescription, model, reading.language),
          elements: elementsOf(element, model, reading),
        }
      }
      if (element.getType() === 'html') return htmlOf(element as unknown as QuestionHtmlModel, model, reading)
      return itemOf(element as SurveyQuestion, model, reading)
    })
}

function htmlOf(element: QuestionHtmlModel, model: SurveyModel, { language }: Reading) {
  const words = wordsOf(element.locHtml, model, language)
  const paragraphs = words ? paragraphsOf(words.text).map((text) => ({ text, language: words.language })) : []
  return { kind: 'html' as const, name: element.name, paragraphs }
}

function itemOf(question: SurveyQuestion, model: SurveyModel, { asked, definitions, language, typed, problem }: Reading): ItemView {
  const { name } = question
  const { type, inputType, min, max, step, maxLength, isRequired } = definitions.get(name) as Question
  const answer = model.getValue(name) as Answer | undefined
  return {
    kind: 'item',
    type,
    name,
    number: asked.indexOf(question) + 1,
    title: wordsOf(question.locTitle, model, language) ?? { text: name, language },
    description: wordsOf(question.locDescription, model, language),
    required: isRequired === true,
    choices: choicesOf(question).map(({ value, locText }) => ({
      value: value as number,
      text: wordsOf(locText, model, language) ?? { text: String(value), language },
    })),
    input: inputType ?? 'text',
    limits: { min, max, step, maxLength },
    answer,
    typed: typed.get(name) ?? (answer === undefined ? '' : String(answer)),
    problem: problem(name),
  }
}

const choicesOf = (question: Base): ItemValue[] => ('visibleChoices' in question ? (question as QuestionSelectBase).visibleChoices : [])

/**
 * A text in the reader's language, or in another that it has.
 *
 * Not by setting the model's locale: survey-core falls back to what it takes for the default locale (`en`, but only under the
 * key `default`), so that a text without a translation would be shown as empty, or as the item's name.
 */
function wordsOf(text: LocalizableString, model: SurveyModel, language: string): Words | null {
  const json = text.getJson() as unknown
  if (json === null || json === undefined || json === '') return null
  const { text: found, language: of } = wordsIn(
    typeof json === 'string' ? { [language]: json } : (json as Record<string, string>),
    language,
  )
  return { text: found.includes('{') ? model.processText(found, true) : found, language: of }
}
