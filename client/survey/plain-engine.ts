/**
 * A list as it stands before survey-core is there: the same pages and inputs, and answers that are taken at once.
 *
 * It runs no conditions. What they hide it is told once; so it is exact for a list without conditions, and for any other until
 * an answer or a step to another page would change what is asked (`mayWalk`).
 */
import { inRecord, isRecords, placeInRecord } from '../../instruments/records.ts'
import type { Answer, AnswerRecord, Answers, Element, SimpleAnswer, Survey } from '../../instruments/schema.ts'
import type { Engine, Start } from './engine.ts'
import { createFields } from './fields.ts'
import { type Asked, groupsIn, pageView, questionsByName, visiblePages } from './page-view.ts'
import { readTyped } from './typed.ts'
import type { PageView } from './view.ts'

export interface PlainStart extends Start {
  /** Names of what conditions hide, as `hiddenElements` of instruments/hidden.ts gives them. */
  hidden: readonly string[]
}

/** Whether a list can be shown without survey-core: none of its texts takes in an answer, as `{name}`. */
export const isPlain = (survey: Survey): boolean => !/\{(?!panelIndex\})[^"}]/.test(withoutConditions(survey))

const withoutConditions = (survey: Survey): string =>
  JSON.stringify(survey, (key, value: unknown) => (key === 'visibleIf' ? undefined : value))

/** Whether going to another page needs no condition to be read. */
export const mayWalk = (survey: Survey): boolean => !JSON.stringify(survey).includes('"visibleIf":')

export function openPlainSurvey(survey: Survey, start: PlainStart): Engine {
  const hidden = new Set(start.hidden)
  const fields = createFields()
  const listeners = new Set<() => void>()
  let { language } = start
  let given = start.answers
  let page: string | null = start.page
  let asked = askedOf(survey, hidden, given)
  let view: PageView | null = null

  function changed(): void {
    asked = askedOf(survey, hidden, given)
    view = null
    for (const listener of listeners) listener()
  }

  function set(name: string, answer: SimpleAnswer | undefined): void {
    if (asked.items.has(name)) given = withAnswer(survey, given, name, answer)
  }

  const pages = () => visiblePages(survey, asked)
  const here = () => pages().find(({ name }) => name === page) ?? pages()[0]

  function isSound(): boolean {
    const onPage = [...asked.items.keys()].filter((name) => pageOf(survey, name) === here()?.name)
    const hasProblem = fields.show(onPage)
    if (hasProblem) changed()
    return !hasProblem
  }

  function walk(steps: 1 | -1): void {
    const all = pages()
    const next = all[all.findIndex(({ name }) => name === here()?.name) + steps]
    if (next) page = next.name
    changed()
  }

  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    page() {
      const { typed, problem } = fields
      view ??= pageView(survey, { asked, page: here()?.name ?? '', language, typed, problem })
      return view
    },
    answers: () => answersTo(survey, asked),
    answer(name, answer) {
      fields.forget(name)
      set(name, answer)
      changed()
    },
    type(name, text) {
      const field = questionsByName(survey).get(placeInRecord(name)?.item ?? name)
      if (!field) return
      const { answer, problem } = readTyped(field, text)
      fields.type(name, text, problem)
      set(name, answer)
      changed()
    },
    leave(name) {
      if (fields.leave(name)) changed()
    },
    // What is asked in a record is for its conditions to say.
    addRecord() {},
    removeRecord() {},
    isSound,
    next() {
      if (!isSound()) return false
      walk(1)
      return true
    },
    previous: () => walk(-1),
    go(name) {
      if (pages().some((visible) => visible.name === name)) page = name
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
    replace(answers, on) {
      fields.clear()
      given = answers
      page = on
      changed()
    },
    find(name) {
      const number = [...asked.items.keys()].indexOf(name) + 1
      const on = pageOf(survey, name)
      return number > 0 && on !== undefined ? { page: on, number } : undefined
    },
  }
}

/** What is asked when these names are hidden. */
function askedOf(survey: Survey, hidden: ReadonlySet<string>, answers: Answers): Asked {
  const items = new Map<string, SimpleAnswer | undefined>()
  const recordsOf = (group: string): AnswerRecord[] => {
    const records = answers[group]
    const given = isRecords(records) ? records : []
    const least = groupsIn(survey).get(group)?.minPanelCount ?? 0
    return [...given, ...Array.from({ length: Math.max(0, least - given.length) }, () => ({}))]
  }
  const ask = (name: string, answer: SimpleAnswer | undefined) => {
    if (!hidden.has(name)) items.set(name, isEmpty(answer) ? undefined : answer)
  }
  const collect = (elements: Element[]) => {
    for (const element of elements) {
      if (hidden.has(element.name) || element.type === 'html') continue
      if (element.type === 'panel') collect(element.elements)
      else if (element.type !== 'paneldynamic') ask(element.name, answers[element.name] as SimpleAnswer | undefined)
      else {
        ask(element.name, undefined)
        recordsOf(element.name).forEach((record, index) => {
          for (const { name } of element.templateElements) ask(inRecord(element.name, index, name), record[name])
        })
      }
    }
  }
  for (const { name, elements } of survey.pages) if (!hidden.has(name)) collect(elements)
  return {
    items,
    isShown: (name) => !hidden.has(name),
    records(group) {
      const { minPanelCount = 0, maxPanelCount = 0 } = groupsIn(survey).get(group) ?? {}
      const records = recordsOf(group)
      return {
        ids: records.map((_, index) => `${group}-${index + 1}`),
        canAdd: records.length < maxPanelCount,
        canRemove: records.length > minPanelCount,
        isAnswered: records.some((record) => Object.values(record).some((answer) => !isEmpty(answer))),
      }
    },
    fill: (text) => text,
  }
}

const isEmpty = (answer: SimpleAnswer | undefined): boolean =>
  answer === undefined || answer === '' || (Array.isArray(answer) && answer.length === 0)

function withAnswer(survey: Survey, given: Answers, name: string, answer: SimpleAnswer | undefined): Answers {
  const place = placeInRecord(name)
  if (!place) return withKey<Answer>(given, name, answer)
  const before = given[place.group]
  const records = isRecords(before) ? [...before] : []
  const least = Math.max(place.index + 1, groupsIn(survey).get(place.group)?.minPanelCount ?? 0)
  while (records.length < least) records.push({})
  records[place.index] = withKey<SimpleAnswer>(records[place.index] ?? {}, place.item, answer)
  return { ...given, [place.group]: records }
}

function withKey<Value>(values: Record<string, Value>, key: string, value: Value | undefined): Record<string, Value> {
  const { [key]: _, ...others } = values
  return value === undefined ? others : { ...others, [key]: value }
}

/** The answers to what is asked, in its order. A record in which nothing is answered is an empty object. */
function answersTo(survey: Survey, { items, records }: Asked): Answers {
  const answers: Answers = {}
  for (const [name, answer] of items) {
    const place = placeInRecord(name)
    if (place) {
      if (answer !== undefined)
        (answers[place.group] as AnswerRecord[])[place.index] = { ...recordAt(answers, place), [place.item]: answer }
    } else if (groupsIn(survey).has(name)) {
      const { ids } = records(name)
      if (ids.length > 0) answers[name] = ids.map(() => ({}))
    } else if (answer !== undefined) answers[name] = answer
  }
  return answers
}

const recordAt = (answers: Answers, { group, index }: { group: string; index: number }): AnswerRecord =>
  (answers[group] as AnswerRecord[])[index] ?? {}

/** The page on which an item stands; one in a record is on the page of its group. */
function pageOf({ pages }: Survey, name: string): string | undefined {
  const asked = placeInRecord(name)?.group ?? name
  const has = (elements: Element[]): boolean =>
    elements.some((element) => element.name === asked || (element.type === 'panel' && has(element.elements)))
  return pages.find(({ elements }) => has(elements))?.name
}
