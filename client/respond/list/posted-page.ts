/** A page of a list that came as a form: from a browser without scripts, or from somebody who was quicker than they are. */
import { placeInRecord } from '../../../instruments/records.ts'
import type { Answers } from '../../../instruments/schema.ts'
import { itemsIn } from '../../survey/view.ts'
import type { Assignment } from '../api.ts'
import { openEngine } from './list-session.ts'

/** Names of the form's own fields: no item has a hyphen in its name. */
export const pageField = 'list-page'
export const stepField = 'list-step'

export type Step = 'next' | 'previous' | 'send' | 'send-open'

export interface PostedPage {
  step: Step
  /** What is to be kept: what was known, with what stands on the page on top of it. */
  answers: Answers
  page: string
  sealed: string[]
  /** What stands in text fields. */
  typed: [string, string][]
  /** Whether all of it can be taken; `answers` is without what cannot. */
  isSound: boolean
}

export function readPostedPage(list: Assignment, fields: [string, string][], language: string): PostedPage {
  const engine = openEngine(list, language)
  const all = (name: string) => fields.flatMap(([field, value]) => (field === name ? [value] : []))
  engine.go(all(pageField)[0] ?? '')
  const { elements, name: page } = engine.page()
  const typed: [string, string][] = []
  for (const { name, type, choices, earlier } of itemsIn(elements)) {
    const given = all(name)
    if (earlier === 'sealed' || engine.sealed().includes(placeInRecord(name)?.group ?? name)) continue
    if (type === 'checkbox') {
      const ticked = choices.map(({ value }) => value).filter((value) => given.includes(String(value)))
      engine.answer(name, ticked.length > 0 ? ticked : undefined)
    } else if (type === 'radiogroup' || type === 'dropdown') {
      // Of radio buttons without a choice nothing comes along; an answer that was there before is not taken back by that.
      const choice = choices.find(({ value }) => given.includes(String(value)))
      if (choice || given.includes('')) engine.answer(name, choice?.value)
    } else if (given[0] !== undefined) {
      engine.type(name, given[0])
      typed.push([name, given[0]])
    }
  }
  const isSound = engine.isSound()
  const step = steps.find((known) => all(stepField).includes(known)) ?? 'next'
  return { step, answers: engine.answers(), page, sealed: engine.sealed(), typed, isSound }
}

const steps: Step[] = ['next', 'previous', 'send', 'send-open']

/** The page that comes next, or came before, on a list as it is now. */
export function pageAfter(list: Assignment, step: Step, language: string): string {
  const engine = openEngine(list, language)
  if (step === 'next') engine.next()
  if (step === 'previous') engine.previous()
  return engine.page().name
}
