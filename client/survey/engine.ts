/**
 * One list being filled in. survey-core keeps the answers, decides what is asked and walks the pages; what a page looks like
 * is read off it as a plain value, anew after every change.
 */
import type { PageModel, Question as SurveyQuestion } from 'survey-core'
import { placeInRecord } from '../../instruments/records.ts'
import type { Answers, SimpleAnswer, Survey } from '../../instruments/schema.ts'
import { answersTo } from './asked-items.ts'
import { createFields } from './fields.ts'
import { keepAnswers } from './kept-answers.ts'
import { questionsByName } from './page-view.ts'
import { readTyped } from './typed.ts'
import type { PageView } from './view.ts'
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
  answer(name: string, answer: SimpleAnswer | undefined): void
  /** Takes what stands in a text field. A problem shows once the field is left, or at `next`. */
  type(name: string, typed: string): void
  leave(name: string): void
  /** One record more at the end; nothing when there may be no more. */
  addRecord(group: string): void
  /** Takes a record away (`index` from 0) with all that was answered in it. */
  removeRecord(group: string, index: number): void
  /** To the next page. False, and nothing moves, when something on this page cannot be taken; open items never stop anybody. */
  next(): boolean
  previous(): void
  go(page: string): void
  /** Marks items whose answers the server refused, until they change. */
  refuse(names: string[]): void
  /** False, with the problems shown, when something on this page cannot be taken. */
  isSound(): boolean
  speak(language: string): void
  language(): string
  /** Goes on with other answers: those of another device. */
  replace(answers: Answers, page: string | null): void
  /** Where an item stands; undefined when it is not asked now. */
  find(name: string): { page: string; number: number } | undefined
}

/** survey-core is here, so that every page can be looked at, not only the one in front of the reader. */
export interface FullEngine extends Engine {
  /** The pages on which something is asked now, in order. The same objects until something changes. */
  pages(): PageView[]
}

export function openSurvey(survey: Survey, start: Start): FullEngine {
  const kept = keepAnswers(survey)
  const { model, asked } = kept
  const fields = createFields()
  const definitions = questionsByName(survey)
  const listeners = new Set<() => void>()
  const recordIds = new WeakMap<object, string>()
  const counted = new Map<string, number>()
  let language = start.language
  let view: PageView | null = null
  let all: PageView[] | null = null

  /** Numbered as they are met, which is their order at first. */
  function recordId(group: string, panel: object): string {
    const known = recordIds.get(panel)
    if (known !== undefined) return known
    const number = (counted.get(group) ?? 0) + 1
    counted.set(group, number)
    recordIds.set(panel, `${group}-${number}`)
    return `${group}-${number}`
  }

  function changed(): void {
    view = null
    all = null
    for (const listener of listeners) listener()
  }

  function fill(answers: Answers, page: string | null): void {
    fields.clear()
    kept.fill(answers)
    const wanted = page === null ? null : model.getPageByName(page)
    model.currentPage = (wanted?.isVisible ? wanted : model.visiblePages[0]) as PageModel
  }

  function isSound(): boolean {
    const here = asked().filter(({ question }) => pageOf(question) === model.currentPage)
    const hasProblem = fields.show(here.map(({ name }) => name))
    if (hasProblem) changed()
    return !hasProblem
  }

  fill(start.answers, start.page)

  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    page() {
      const { typed, problem } = fields
      view ??= viewOfPage(survey, model, { asked: asked(), language, typed, problem, recordId })
      return view
    },
    pages() {
      const { typed, problem } = fields
      const reading = { asked: asked(), language, typed, problem, recordId }
      all ??= model.visiblePages.map(({ name }) => viewOfPage(survey, model, reading, name))
      return all
    },
    answers: () => answersTo(asked()),
    answer(name, answer) {
      fields.forget(name)
      kept.set(name, answer)
      changed()
    },
    type(name, text) {
      const field = definitions.get(placeInRecord(name)?.item ?? name)
      if (!field) return
      const { answer, problem } = readTyped(field, text)
      fields.type(name, text, problem)
      kept.set(name, answer)
      changed()
    },
    leave(name) {
      if (fields.leave(name)) changed()
    },
    addRecord(group) {
      if (!kept.addRecord(group)) return
      fields.settle(group)
      changed()
    },
    removeRecord(group, index) {
      if (!kept.removeRecord(group, index)) return
      fields.removeRecord(group, index)
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
      fields.refuse(names)
      changed()
    },
    language: () => language,
    speak(next) {
      language = next
      changed()
    },
    replace(answers, page) {
      fill(answers, page)
      changed()
    },
    find(name) {
      const all = asked()
      const index = all.findIndex((item) => item.name === name)
      const page = all[index] && pageOf(all[index].question)
      return page ? { page: page.name, number: index + 1 } : undefined
    },
  }
}

/** The page of a question; one in a record is on the page of its group. */
const pageOf = (question: SurveyQuestion): PageModel | null => (question.parentQuestion ?? question).page as PageModel | null
