/** Reads the current page off a survey-core model. */
import {
  type Base,
  type ItemValue,
  type LocalizableString,
  type PageModel,
  PanelModel,
  type QuestionHtmlModel,
  type QuestionPanelDynamicModel,
  type QuestionSelectBase,
  type SurveyModel,
} from 'survey-core'
import type { Question, Records, SimpleAnswer } from '../../instruments/schema.ts'
import { type Words, wordsIn } from '../ui/words.ts'
import type { AskedItem } from './asked-items.ts'
import { paragraphsOf } from './plain-text.ts'
import { askedIn, type ElementView, type ItemProblem, type ItemView, type PageView, type RecordsView } from './view.ts'

export interface Reading {
  /** Items that are asked now, in order. */
  asked: AskedItem[]
  definitions: ReadonlyMap<string, Question | Records>
  language: string
  typed: ReadonlyMap<string, string>
  problem(name: string): ItemProblem | null
}

export function viewOfPage(model: SurveyModel, reading: Reading): PageView {
  const page = model.currentPage as PageModel
  const elements = elementsOf(page, model, reading)
  const numbers = askedIn(elements).flatMap((asked) => [asked.number, ...(asked.kind === 'records' ? numbersIn(asked) : [])])
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
      answered: reading.asked.filter(({ question }) => !question.isEmpty()).length,
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
      const asked = reading.asked.find(({ question }) => question === (element as unknown))
      if (element.getType() === 'paneldynamic') return recordsOf(asked as AskedItem, model, reading)
      return itemOf(asked as AskedItem, model, reading)
    })
}

function htmlOf(element: QuestionHtmlModel, model: SurveyModel, { language }: Reading) {
  const words = wordsOf(element.locHtml, model, language)
  const paragraphs = words ? paragraphsOf(words.text).map((text) => ({ text, language: words.language })) : []
  return { kind: 'html' as const, name: element.name, paragraphs }
}

const numbersIn = ({ records }: RecordsView): number[] => records.flatMap(({ items }) => items.map(({ number }) => number))

function recordsOf(item: AskedItem, model: SurveyModel, reading: Reading): RecordsView {
  const { asked, definitions, language, problem } = reading
  const { name } = item
  const group = item.question as QuestionPanelDynamicModel
  const { templateTitle, addPanelText, removePanelText, noEntriesText, isRequired } = definitions.get(name) as Records
  const inner = asked.filter(({ record }) => record?.group === name)
  return {
    kind: 'records',
    name,
    number: asked.indexOf(item) + 1,
    title: wordsOf(group.locTitle, model, language) ?? { text: name, language },
    description: wordsOf(group.locDescription, model, language),
    required: isRequired === true,
    records: group.panels.map((panel, index) => {
      const mine = inner.filter(({ record }) => record?.index === index)
      const title = templateTitle && wordsIn(templateTitle, language)
      return {
        id: panel.id,
        title: title ? { ...title, text: title.text.replaceAll('{panelIndex}', String(index + 1)) } : null,
        items: mine.map((one) => itemOf(one, model, reading)),
        hasAnswers: mine.some((one) => !one.question.isEmpty() || reading.typed.has(one.name)),
      }
    }),
    canAdd: group.canAddPanel,
    canRemove: group.canRemovePanel,
    words: {
      add: addPanelText ? wordsIn(addPanelText, language) : null,
      remove: removePanelText ? wordsIn(removePanelText, language) : null,
      none: noEntriesText ? wordsIn(noEntriesText, language) : null,
    },
    problem: problem(name),
  }
}

function itemOf(item: AskedItem, model: SurveyModel, { asked, definitions, language, typed, problem }: Reading): ItemView {
  const { name, question } = item
  const { type, inputType, min, max, step, maxLength, isRequired } = definitions.get(question.name) as Question
  const answer = question.isEmpty() ? undefined : (question.value as SimpleAnswer)
  return {
    kind: 'item',
    type,
    name,
    number: asked.indexOf(item) + 1,
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
