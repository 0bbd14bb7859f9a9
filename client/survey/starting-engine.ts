/**
 * An engine that is there at once: answers are taken from the first moment, and survey-core takes over when it has come.
 *
 * Whatever was done until then is done again in survey-core, in the same order, so that it ends up where it would have been had
 * it been there all along.
 */
import type { Survey } from '../../instruments/schema.ts'
import type { Engine } from './engine.ts'
import { mayWalk, openPlainSurvey, type PlainStart } from './plain-engine.ts'

export interface StartingEngine extends Engine {
  /** Hands the list over to survey-core, once; rejects when that could not be fetched. */
  takeOver(): Promise<void>
  /** Resolves when a step to another page, or to the end, can be taken: at once in a list without conditions. */
  ready(): Promise<void>
}

type Action = (engine: Engine) => unknown
type Open = typeof import('./engine.ts').openSurvey

/** Also for fetching it ahead of time: the browser keeps it. */
export const fetchSurveyCore = () => import('./engine.ts')

/** `load`: fetches survey-core. */
export function startSurvey(
  survey: Survey,
  { hidden, ...start }: PlainStart,
  load: () => Promise<{ openSurvey: Open }> = fetchSurveyCore,
): StartingEngine {
  const listeners = new Set<() => void>()
  const tell = () => {
    for (const listener of listeners) listener()
  }
  let engine = openPlainSurvey(survey, { ...start, hidden })
  engine.subscribe(tell)
  let done: Action[] = []
  let isTakenOver = false
  let takingOver: Promise<void> | null = null

  function act<Outcome>(action: (engine: Engine) => Outcome): Outcome {
    if (!isTakenOver) done.push(action)
    return action(engine)
  }

  function takeOver(): Promise<void> {
    takingOver ??= load().then(
      ({ openSurvey }) => {
        const full = openSurvey(survey, start)
        for (const action of done) action(full)
        done = []
        isTakenOver = true
        engine = full
        full.subscribe(tell)
        tell()
      },
      (reason: unknown) => {
        takingOver = null
        throw reason
      },
    )
    return takingOver
  }

  return {
    takeOver,
    ready: () => (mayWalk(survey) ? Promise.resolve() : takeOver()),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    page: () => engine.page(),
    answers: () => engine.answers(),
    find: (name) => engine.find(name),
    language: () => engine.language(),
    answer: (name, answer) => act((to) => to.answer(name, answer)),
    type: (name, typed) => act((to) => to.type(name, typed)),
    leave: (name) => act((to) => to.leave(name)),
    addRecord: (group) => act((to) => to.addRecord(group)),
    removeRecord: (group, index) => act((to) => to.removeRecord(group, index)),
    next: () => act((to) => to.next()),
    previous: () => act((to) => to.previous()),
    go: (page) => act((to) => to.go(page)),
    refuse: (names) => act((to) => to.refuse(names)),
    isSound: () => act((to) => to.isSound()),
    speak: (language) => act((to) => to.speak(language)),
    replace: (answers, page) => act((to) => to.replace(answers, page)),
  }
}
