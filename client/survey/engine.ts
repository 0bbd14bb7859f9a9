/**
 * One list being filled in. survey-core keeps the answers, decides what is asked and walks the pages; what a page looks like
 * is read off it as a plain value, anew after every change.
 */
import { Model, type PageModel, type Question as SurveyQuestion } from 'survey-core'
import type { Answer, Answers, Element, Question, Survey } from '../../instruments/schema.ts'
import { readTyped } from './typed.ts'
import type { ItemProblem, PageView } from './view.ts'
import { viewOfPage } from './view-of-page.ts'

export interface Start {
  answers: Answers
  /** Name of the page to open; null for the first. */
  page: string | null
  language: string
}

export interface Engine {
  /** Calls `listener` after every change; returns how to stop that. */
  subscribe(listener: () => void): () => void
  /** The page in front of the reader. The same object until something changes. */
  page(): PageView
  /** The answers to items that are asked now. */
  answers(): Answers
  /** Gives, changes or (undefined) takes back the answer of an item. */
  answer(name: string, answer: Answer | undefined): void
  /** Takes what stands in a text field. A problem shows once the field is left, or at `next`. */
  type(name: string, typed: string): void
  leave(name: string): void
  /** To the next page. False, and nothing moves, when something on this page cannot be taken; open items never stop anybody. */
  next(): boolean
  previous(): void
  go(page: string): void
  /** Marks items whose answers the server refused, until they change. */
  refuse(names: string[]): void
  /** False, with the problems shown, when something on this page cannot be taken. */
  isSound(): boolean
  speak(language: string): void
  /** Goes on with other answers: those of another device. */
  replace(answers: Answers, page: string | null): void
  /** Where an item stands; undefined when it is not asked now. */
  find(name: string): { page: string; number: number } | undefined
}

export function openSurvey(survey: Survey, start: Start): Engine {
  const model = new Model(survey)
  model.clearInvisibleValues = 'onHiddenContainer'
  // What may not be left open is the server's to say, at the end; until then nobody is held up by a question.
  model.validationEnabled = false
  const definitions = new Map(survey.pages.flatMap(({ elements }) => questionsIn(elements)).map((question) => [question.name, question]))
  const listeners = new Set<() => void>()
  /** Text fields as they stand, where that is not simply the answer. */
  const typed = new Map<string, string>()
  const problems = new Map<string, ItemProblem>()
  const shown = new Set<string>()
  /** The last answer to each item, so that one hidden by a slip of the finger comes back with its question. */
  const remembered = new Map<string, Answer>()
  let language = start.language
  let view: PageView | null = null

  function changed(): void {
    view = null
    for (const listener of listeners) listener()
  }

  function fill(answers: Answers, page: string | null): void {
    model.data = { ...answers }
    for (const memory of [typed, problems, remembered]) memory.clear()
    shown.clear()
    for (const [name, answer] of Object.entries(answers)) remembered.set(name, answer)
    takeAway()
    const wanted = page === null ? null : model.getPageByName(page)
    model.currentPage = (wanted?.isVisible ? wanted : model.visiblePages[0]) as PageModel
  }

  function set(name: string, answer: Answer | undefined): void {
    if (answer === undefined) remembered.delete(name)
    else remembered.set(name, answer)
    if (!isAsked(name)) return
    if (answer === undefined) model.clearValue(name)
    else model.setValue(name, answer)
    bringBack()
  }

  /** Answers to what is not asked may not decide about what is; survey-core lets them when they come all at once. */
  function takeAway(): void {
    const hidden = Object.keys(model.data).find((name) => !isAsked(name))
    if (hidden === undefined) return
    model.clearValue(hidden)
    takeAway()
  }

  /** An answer that comes back may bring back further questions, so this goes on until nothing moves. */
  function bringBack(): void {
    const back = asked().find(({ name }) => model.getValue(name) === undefined && remembered.has(name))
    if (!back) return
    model.setValue(back.name, remembered.get(back.name))
    bringBack()
  }

  const isAsked = (name: string): boolean => asked().some((question) => question.name === name)
  const asked = (): SurveyQuestion[] => model.getAllQuestions(true).filter((question) => question.getType() !== 'html')

  function isSound(): boolean {
    const here = asked().filter((question) => question.page === model.currentPage && problems.has(question.name))
    for (const { name } of here) shown.add(name)
    if (here.length > 0) changed()
    return here.length === 0
  }

  function settle(name: string): void {
    problems.delete(name)
    shown.delete(name)
  }

  fill(start.answers, start.page)

  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    page() {
      const visibleProblem = (name: string) => (shown.has(name) ? (problems.get(name) ?? null) : null)
      view ??= viewOfPage(model, { asked: asked(), definitions, language, typed, problem: visibleProblem })
      return view
    },
    answers: () =>
      Object.fromEntries(
        asked()
          .map(({ name }) => [name, model.getValue(name)])
          .filter(([, answer]) => answer !== undefined && answer !== null),
      ) as Answers,
    answer(name, answer) {
      settle(name)
      typed.delete(name)
      set(name, answer)
      changed()
    },
    type(name, text) {
      const field = definitions.get(name)
      if (!field) return
      const { answer, problem } = readTyped(field, text)
      const wasShown = shown.has(name)
      settle(name)
      typed.set(name, text)
      if (problem) problems.set(name, problem)
      if (problem && wasShown) shown.add(name)
      set(name, answer)
      changed()
    },
    leave(name) {
      if (!problems.has(name) || shown.has(name)) return
      shown.add(name)
      changed()
    },
    isSound,
    next() {
      if (!isSound()) return false
      model.nextPage()
      changed()
      return true
    },
    previous() {
      model.prevPage()
      changed()
    },
    go(page) {
      const wanted = model.getPageByName(page)
      if (wanted?.isVisible) model.currentPage = wanted
      changed()
    },
    refuse(names) {
      for (const name of names) {
        problems.set(name, { code: 'refused' })
        shown.add(name)
      }
      changed()
    },
    speak(next) {
      language = next
      changed()
    },
    replace(answers, page) {
      fill(answers, page)
      changed()
    },
    find(name) {
      const index = asked().findIndex((question) => question.name === name)
      const page = asked()[index]?.page
      return page ? { page: page.name, number: index + 1 } : undefined
    },
  }
}

const questionsIn = (elements: Element[]): Question[] =>
  elements.flatMap((element) => (element.type === 'panel' ? questionsIn(element.elements) : element.type === 'html' ? [] : [element]))
