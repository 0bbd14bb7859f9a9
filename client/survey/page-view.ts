/** Makes the view of a page out of the definition and of what is asked now. Pure, and without SurveyJS: whoever knows what is asked says so. */

import { paragraphsOf } from '../../instruments/plain-text.ts'
import { inRecord } from '../../instruments/records.ts'
import type { Element, Page, Question, Records, SimpleAnswer, Survey } from '../../instruments/schema.ts'
import { type Words, wordsIn } from '../ui/words.ts'
import { askedIn, type ElementView, type ItemProblem, type ItemView, type PageView, type RecordsView } from './view.ts'

/** What is asked of a list at one moment. */
export interface Asked {
  /** Items that are asked now and their answers, in order; a group of records comes before what is in it, and has no answer itself. */
  items: ReadonlyMap<string, SimpleAnswer | undefined>
  /** Whether the condition of a page, panel or text holds. */
  isShown(name: string): boolean
  /** The records that a group has now. */
  records(group: string): RecordsState
  /** Fills in what a text takes from answers. */
  fill(text: string): string
}

export interface RecordsState {
  /** A key for each record that stays with it when another one goes. */
  ids: string[]
  canAdd: boolean
  canRemove: boolean
  /** Whether something is answered in any of them. */
  isAnswered: boolean
}

export interface Reading {
  asked: Asked
  /** Name of the page in front of the reader. */
  page: string
  language: string
  typed: ReadonlyMap<string, string>
  problem(name: string): ItemProblem | null
}

export function pageView(survey: Survey, reading: Reading): PageView {
  const { asked, language } = reading
  const pages = visiblePages(survey, asked)
  const page = survey.pages.find(({ name }) => name === reading.page) as Page
  const places = new Map([...asked.items.keys()].map((name, index) => [name, index + 1]))
  const elements = elementsOf(page.elements, { ...reading, places, survey })
  const numbers = askedIn(elements).flatMap((view) => [view.number, ...(view.kind === 'records' ? numbersIn(view) : [])])
  return {
    name: page.name,
    title: wordsOf(page.title, reading),
    description: wordsOf(page.description, reading),
    elements,
    isFirst: pages[0]?.name === page.name,
    isLast: pages.at(-1)?.name === page.name,
    progress: {
      from: numbers[0] ?? 0,
      to: numbers.at(-1) ?? 0,
      total: asked.items.size,
      answered: [...asked.items].filter(([name, answer]) => answer !== undefined || isAnsweredGroup(survey, name, asked)).length,
    },
    list: { title: wordsOf(survey.title, reading) ?? { text: '', language }, description: wordsOf(survey.description, reading) },
  }
}

/** The pages on which there is something now, in order. */
export const visiblePages = ({ pages }: Survey, asked: Pick<Asked, 'items' | 'isShown'>): Page[] =>
  pages.filter(({ name, elements }) => asked.isShown(name) && elements.some((element) => isVisible(element, asked)))

function isVisible(element: Element, asked: Pick<Asked, 'items' | 'isShown'>): boolean {
  if (element.type === 'html') return asked.isShown(element.name)
  if (element.type === 'panel') return asked.isShown(element.name) && element.elements.some((inner) => isVisible(inner, asked))
  return asked.items.has(element.name)
}

const isAnsweredGroup = (survey: Survey, name: string, asked: Asked): boolean =>
  groupsIn(survey).has(name) && asked.records(name).isAnswered

const groups = new WeakMap<Survey, ReadonlyMap<string, Records>>()

/** The groups of records in a list, by name. */
export function groupsIn(survey: Survey): ReadonlyMap<string, Records> {
  const known = groups.get(survey)
  if (known) return known
  const found = new Map(
    questionsIn(survey).flatMap((element) => (element.type === 'paneldynamic' ? [[element.name, element] as const] : [])),
  )
  groups.set(survey, found)
  return found
}

const questions = new WeakMap<Survey, ReadonlyMap<string, Question>>()

/** The questions of a list, those of its records too: no two have the same name. */
export function questionsByName(survey: Survey): ReadonlyMap<string, Question> {
  const known = questions.get(survey)
  if (known) return known
  const all = questionsIn(survey).flatMap((element) => (element.type === 'paneldynamic' ? element.templateElements : [element]))
  const found = new Map(all.map((question) => [question.name, question]))
  questions.set(survey, found)
  return found
}

/** The choices of a question, or those that it takes from another. */
function choicesOf(survey: Survey, { choices, choicesFromQuestion }: Question): NonNullable<Question['choices']> {
  return (choicesFromQuestion === undefined ? choices : questionsByName(survey).get(choicesFromQuestion)?.choices) ?? []
}

/** Questions and groups of records, those in panels too, in order. */
const questionsIn = ({ pages }: Survey): (Question | Records)[] => pages.flatMap(({ elements }) => questionsAmong(elements))

const questionsAmong = (elements: Element[]): (Question | Records)[] =>
  elements.flatMap((element): (Question | Records)[] => {
    if (element.type === 'panel') return questionsAmong(element.elements)
    return element.type === 'html' ? [] : [element]
  })

interface PageReading extends Reading {
  /** The number of each item that is asked. */
  places: ReadonlyMap<string, number>
  survey: Survey
}

function elementsOf(elements: Element[], reading: PageReading): ElementView[] {
  return elements
    .filter((element) => isVisible(element, reading.asked))
    .map((element): ElementView => {
      if (element.type === 'html') {
        const words = wordsOf(element.html, reading)
        const paragraphs = words ? paragraphsOf(words.text).map((text) => ({ text, language: words.language })) : []
        return { kind: 'html', name: element.name, paragraphs }
      }
      if (element.type === 'paneldynamic') return recordsOf(element, reading)
      if (element.type !== 'panel') return itemOf(element.name, element, reading)
      return {
        kind: 'panel',
        name: element.name,
        title: wordsOf(element.title, reading),
        description: wordsOf(element.description, reading),
        elements: elementsOf(element.elements, reading),
      }
    })
}

const numbersIn = ({ records }: RecordsView): number[] => records.flatMap(({ items }) => items.map(({ number }) => number))

function recordsOf(group: Records, reading: PageReading): RecordsView {
  const { asked, places, language, typed, problem } = reading
  const { name, templateTitle, addPanelText, removePanelText, noEntriesText } = group
  const { ids, canAdd, canRemove } = asked.records(name)
  return {
    kind: 'records',
    name,
    number: places.get(name) ?? 0,
    title: wordsOf(group.title, reading) ?? { text: name, language },
    description: wordsOf(group.description, reading),
    required: group.isRequired === true,
    records: ids.map((id, index) => {
      const items = group.templateElements.flatMap((question) => {
        const place = inRecord(name, index, question.name)
        return asked.items.has(place) ? [itemOf(place, question, reading)] : []
      })
      const title = templateTitle && wordsIn(templateTitle, language)
      return {
        id,
        title: title ? { ...title, text: title.text.replaceAll('{panelIndex}', String(index + 1)) } : null,
        items,
        hasAnswers: items.some((item) => item.answer !== undefined || typed.has(item.name)),
      }
    }),
    canAdd,
    canRemove,
    words: {
      add: addPanelText ? wordsIn(addPanelText, language) : null,
      remove: removePanelText ? wordsIn(removePanelText, language) : null,
      none: noEntriesText ? wordsIn(noEntriesText, language) : null,
    },
    problem: problem(name),
  }
}

function itemOf(name: string, question: Question, reading: PageReading): ItemView {
  const { asked, places, survey, language, typed, problem } = reading
  const { type, inputType, min, max, step, maxLength, isRequired } = question
  const answer = asked.items.get(name)
  return {
    kind: 'item',
    type,
    name,
    number: places.get(name) ?? 0,
    title: wordsOf(question.title, reading) ?? { text: name, language },
    description: wordsOf(question.description, reading),
    required: isRequired === true,
    choices: choicesOf(survey, question).map(({ value, text }) => ({
      value,
      text: wordsOf(text, reading) ?? { text: String(value), language },
    })),
    input: inputType ?? 'text',
    limits: { min, max, step, maxLength },
    answer,
    typed: typed.get(name) ?? (answer === undefined ? '' : String(answer)),
    problem: problem(name),
  }
}

/** A text in the reader's language, or in another that it has. */
function wordsOf(text: Record<string, string> | undefined, { asked, language }: Reading): Words | null {
  if (!text) return null
  const { text: found, language: of } = wordsIn(text, language)
  return { text: found.includes('{') ? asked.fill(found) : found, language: of }
}
