/**
 * One list being filled in. survey-core keeps the answers, decides what is asked and walks the pages; what a page looks like
 * is read off it as a plain value, anew after every change.
 */
import { Model, type PageModel, type Question as SurveyQuestion } from 'survey-core'
import { isRecords, placeInRecord } from '../../instruments/records.ts'
import type { AnswerRecord, Answers, Element, Question, Records, SimpleAnswer, Survey } from '../../instruments/schema.ts'
import { type AskedItem, answersTo, askedItems, isGroup } from './asked-items.ts'
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
  const remembered = new Map<string, SimpleAnswer>()
  /** The records of each group as they last were, for the same reason. */
  const rememberedRecords = new Map<string, AnswerRecord[]>()
  let language = start.language
  let view: PageView | null = null

  function changed(): void {
    view = null
    for (const listener of listeners) listener()
  }

  function fill(answers: Answers, page: string | null): void {
    model.data = { ...answers }
    for (const memory of [typed, problems, remembered, rememberedRecords]) memory.clear()
    shown.clear()
    for (const [name, answer] of Object.entries(answers)) if (!isRecords(answer)) remembered.set(name, answer)
    for (const { name, question, record } of asked()) if (record && !question.isEmpty()) remembered.set(name, question.value)
    takeAway()
    const wanted = page === null ? null : model.getPageByName(page)
    model.currentPage = (wanted?.isVisible ? wanted : model.visiblePages[0]) as PageModel
  }

  function set(name: string, answer: SimpleAnswer | undefined): void {
    if (answer === undefined) remembered.delete(name)
    else remembered.set(name, answer)
    const item = find(name)
    if (!item) return
    for (const group of groups()) if (group.panelCount > 0) rememberedRecords.set(group.name, structuredClone(group.value))
    if (answer === undefined) item.question.clearValue()
    else item.question.value = answer
    takeAway()
    bringBack()
  }

  /** Answers to what is not asked may not decide about what is; survey-core lets them when they come all at once. */
  function takeAway(): void {
    const hidden = Object.keys(model.data).find((name) => find(name) === undefined)
    const inside = groups()
      .flatMap(({ panels }) => panels.flatMap(({ questions }) => questions))
      .find((inner) => !inner.isVisible && !inner.isEmpty())
    if (hidden === undefined && inside === undefined) return
    if (hidden !== undefined) model.clearValue(hidden)
    inside?.clearValue()
    takeAway()
  }

  /** An answer that comes back may bring back further questions, so this goes on until nothing moves. */
  function bringBack(): void {
    const group = groups().find(({ name, panelCount }) => panelCount === 0 && rememberedRecords.has(name))
    if (group) group.value = rememberedRecords.get(group.name)
    const back = asked().find(({ name, question }) => question.isEmpty() && remembered.has(name))
    if (!back && !group) return
    if (back) back.question.value = remembered.get(back.name)
    bringBack()
  }

  const asked = (): AskedItem[] => askedItems(model)
  const find = (name: string): AskedItem | undefined => asked().find((item) => item.name === name)
  const groups = () =>
    asked()
      .map(({ question }) => question)
      .filter(isGroup)

  /** After record `gone` of `group`, what is kept by place moves up by one. */
  function moveUp<Kept>(kept: Map<string, Kept>, group: string, gone: number): void {
    const before = [...kept]
    kept.clear()
    for (const [name, value] of before) {
      const place = placeInRecord(name)
      if (place?.group !== group || place.index < gone) kept.set(name, value)
      else if (place.index > gone) kept.set(`${group}[${place.index - 1}].${place.item}`, value)
    }
  }

  function isSound(): boolean {
    const here = asked().filter(({ name, question }) => pageOf(question) === model.currentPage && problems.has(name))
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
    answers: () => answersTo(asked()),
    answer(name, answer) {
      settle(name)
      typed.delete(name)
      set(name, answer)
      changed()
    },
    type(name, text) {
      const field = definitions.get(placeInRecord(name)?.item ?? name)
      if (!field || field.type === 'paneldynamic') return
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
    addRecord(name) {
      const group = find(name)?.question
      if (!group || !isGroup(group) || !group.canAddPanel) return
      group.addPanel()
      settle(name)
      changed()
    },
    removeRecord(name, index) {
      const group = find(name)?.question
      if (!group || !isGroup(group) || !group.canRemovePanel) return
      group.removePanel(index)
      rememberedRecords.delete(name)
      const shownProblems = new Map([...shown].map((item) => [item, true]))
      for (const kept of [typed, problems, remembered, shownProblems]) moveUp<unknown>(kept as Map<string, unknown>, name, index)
      shown.clear()
      for (const item of shownProblems.keys()) shown.add(item)
      takeAway()
      bringBack()
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
      const all = asked()
      const index = all.findIndex((item) => item.name === name)
      const page = all[index] && pageOf(all[index].question)
      return page ? { page: page.name, number: index + 1 } : undefined
    },
  }
}

/** Questions and groups of records, and the questions in those: no two have the same name. */
const questionsIn = (elements: Element[]): (Question | Records)[] =>
  elements.flatMap((element): (Question | Records)[] => {
    if (element.type === 'panel') return questionsIn(element.elements)
    if (element.type === 'paneldynamic') return [element, ...element.templateElements]
    return element.type === 'html' ? [] : [element]
  })

/** The page of a question; one in a record is on the page of its group. */
const pageOf = (question: SurveyQuestion): PageModel | null => (question.parentQuestion ?? question).page as PageModel | null
