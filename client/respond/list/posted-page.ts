/** A page of a list that came as a form: from a browser without scripts, or from somebody who was quicker than they are. */
import { isRecords, placeInRecord } from '../../../instruments/records.ts'
import type { Answer, Answers } from '../../../instruments/schema.ts'
import { pageField, readStep, revisionField, type Step, thenField } from '../../survey/posting.ts'
import { askedIn, itemsIn, type PageView } from '../../survey/view.ts'
import { stepField } from '../../ui/post-button.tsx'
import type { Assignment } from '../api.ts'
import { openEngine } from './list-session.ts'

type Fields = [name: string, value: string][]

export interface PostedPage {
  step: Step
  /** The revision that the page was drawn from; null when the form does not say so. */
  revision: number | null
  /** What is to be kept: what was known, with what stands on the page on top of it. */
  answers: Answers
  page: string
  sealed: string[]
  /** What stands in text fields. */
  typed: Fields
  /** Whether all of it can be taken; `answers` is without what cannot. */
  isSound: boolean
  /** Items on the page that are answered otherwise where it is kept, here or on another device. */
  differs: string[]
  /** Items that are answered on the page as it came. */
  filledIn: number
  /** The record to be removed was filled in, so that it has to be asked first. */
  asksFirst: boolean
  /** What the page asked, for `comesNext`. */
  asked: string[]
}

/** `anew`: a sealed item that the page lets one answer anew. */
export function readPostedPage(list: Assignment, fields: Fields, language: string, anew?: string): PostedPage {
  const engine = openEngine(list, language)
  const all = (name: string) => fields.flatMap(([field, value]) => (field === name ? [value] : []))
  engine.go(all(pageField)[0] ?? '')
  // What came has to have stood there: also of an item that was answered on another device since.
  for (const name of engine.sealed()) if (name === anew || fields.some(([field]) => groupOf(field) === name)) engine.unseal(name)
  const view = engine.page()
  const asked = itemsIn(view.elements)
  const typed: Fields = []
  for (const { name, type, choices, earlier } of asked) {
    const given = all(name)
    if (earlier === 'sealed') continue
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
  const answers = engine.answers()
  const sealed = engine.sealed()
  const pressed = readStep(all(stepField)[0])
  const step = pressed.does === 'keep' ? readStep(all(thenField)[0]) : pressed
  const kept = { answers: (list.draft?.answers ?? {}) as Answers, sealed: list.draft?.sealed ?? [] }
  const here = [...new Set(asked.map(({ name }) => groupOf(name)))]
  const revision = all(revisionField)[0]
  return {
    step,
    revision: revision !== undefined && /^\d{1,9}$/.test(revision) ? Number(revision) : null,
    ...withStep({ answers, sealed }, step, view),
    page: view.name,
    typed,
    isSound,
    differs: here.filter((name) =>
      kept.sealed.includes(name) ? !sealed.includes(name) : kept.answers[name] !== undefined && !isSame(kept.answers[name], answers[name]),
    ),
    filledIn: here.filter((name) => answers[name] !== undefined).length,
    asksFirst: step.does === 'remove' && hasAnswers(answers, step.of),
    asked: namesIn(view),
  }
}

const groupOf = (name: string): string => placeInRecord(name)?.group ?? name

const isSame = (one: Answer | undefined, other: Answer | undefined): boolean => JSON.stringify(one) === JSON.stringify(other)

/** A record by its place, `placements[1]`: counted from 0. */
const recordAt = (place: string) => placeInRecord(`${place}.item`)

function hasAnswers(answers: Answers, place: string): boolean {
  const at = recordAt(place)
  const records = at && answers[at.group]
  return isRecords(records) && Object.keys(records[at?.index ?? -1] ?? {}).length > 0
}

/** The answers once the step is done: with a record more or fewer, or an item emptied. What the page does not offer is not done. */
function withStep(given: Pick<PostedPage, 'answers' | 'sealed'>, step: Step, { elements }: PageView): typeof given {
  const { does, of } = step
  const answers: Answers = { ...given.answers }
  if (does === 'clear') delete answers[of]
  if (does === 'clear' && placeInRecord(of)) return { ...given, answers: withoutItem(given.answers, of) }
  const at = does === 'add' ? { group: of, index: -1 } : recordAt(of)
  const group = askedIn(elements).find((element) => element.kind === 'records' && element.name === at?.group)
  if (group?.kind !== 'records' || group.earlier === 'sealed' || !at) return { ...given, answers }
  const records = group.records.map((_, index) => recordsIn(answers, group.name)[index] ?? {})
  if (does === 'add' && group.canAdd) answers[group.name] = [...records, {}]
  else if ((does === 'removed' || (does === 'remove' && !hasAnswers(answers, of))) && group.canRemove)
    answers[group.name] = records.filter((_, index) => index !== at.index)
  else return { ...given, answers }
  if (recordsIn(answers, group.name).length === 0) delete answers[group.name]
  return { answers, sealed: given.sealed.filter((name) => name !== group.name) }
}

const recordsIn = (answers: Answers, group: string) => {
  const records = answers[group]
  return isRecords(records) ? records : []
}

function withoutItem(answers: Answers, name: string): Answers {
  const at = placeInRecord(name)
  if (!at) return answers
  const records = recordsIn(answers, at.group).map((record, index) => {
    if (index !== at.index) return record
    const { [at.item]: _, ...others } = record
    return others
  })
  return { ...answers, [at.group]: records }
}

/** Items and groups of records. */
const namesIn = ({ elements }: PageView): string[] => [...askedIn(elements), ...itemsIn(elements)].map(({ name }) => name)

/** Of those the ones in which nothing is filled in, nor was on another device. */
const openIn = ({ elements }: PageView): string[] => [
  ...askedIn(elements).flatMap((element) =>
    element.kind === 'records' && element.records.length === 0 && !element.earlier ? element.name : [],
  ),
  ...itemsIn(elements).flatMap(({ name, answer, earlier }) => (answer === undefined && !earlier ? name : [])),
]

export interface Next {
  /** The page of the list that comes now. */
  page: string
  /** An item on the posted page that was not asked when it was filled in, and is now: the page comes again. */
  more: string | null
}

/** Where a step leads on a list as it is after it; `posted`: what the page asked when it came. */
export function comesNext(list: Assignment, { step, page, asked }: Pick<PostedPage, 'step' | 'page' | 'asked'>, language: string): Next {
  const engine = openEngine(list, language)
  engine.go(page)
  const isForward = step.does === 'next' || step.does === 'send'
  const known = new Set([...asked, ...engine.sealed()])
  const more = isForward && engine.page().name === page && openIn(engine.page()).find((name) => !known.has(name))
  if (more) return { page, more }
  if (step.does === 'next') engine.next()
  if (step.does === 'previous') engine.previous()
  return { page: engine.page().name, more: null }
}
