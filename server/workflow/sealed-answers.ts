/**
 * Answers of a draft that were given on another device: they are kept, but neither sent nor shown. Whoever opens the link
 * from a shared mailbox can go on with the list, and can answer anew; they cannot read what somebody gave before them.
 */
import { answerChecker } from '../../instruments/answers.ts'
import { itemsOf } from '../../instruments/items.ts'
import type { Answers, Instrument, Survey } from '../../instruments/schema.ts'
import { sealConditions } from '../../instruments/sealed-conditions.ts'
import type { Draft } from '../queries/drafts.ts'

/** A draft as one device gets to see it. */
export interface VisibleDraft {
  revision: number
  /** The answers that were given on this device. */
  answers: Answers
  /** Where to go on: the page that was open when this device saved last, or after another one the first with an open question. */
  page: string | null
  /** Items that were answered on another device. */
  sealed: string[]
}

/** What a device may see of a draft. Nothing was given on a session without a device: all is sealed then. */
export function visibleDraft(draft: Draft, deviceId: string | null, instrument: Instrument): VisibleDraft {
  const isOwn = givenHere(draft, deviceId)
  const own = Object.entries(draft.answers).filter(([item]) => isOwn(item))
  return {
    revision: draft.revision,
    answers: Object.fromEntries(own),
    page: deviceId !== null && draft.deviceId === deviceId ? draft.page : pageToGoOn(instrument, draft.answers),
    sealed: Object.keys(draft.answers).filter((item) => !isOwn(item)),
  }
}

const givenHere =
  ({ givenOn }: Draft, deviceId: string | null) =>
  (item: string): boolean =>
    deviceId !== null && Object.hasOwn(givenOn, item) && givenOn[item] === deviceId

/** The first page with an open question; the last one when there is none. */
function pageToGoOn(instrument: Instrument, answers: Answers): string | null {
  const { open, asked } = answerChecker(instrument)(answers)
  const last = itemsOf(instrument).findLast(({ name }) => asked.includes(name))
  return open[0]?.page ?? last?.page ?? null
}

/**
 * `given` with what stays as it was: the sealed items in `left`, or without that list everything that is sealed from the
 * device. An item that is in neither is no longer answered.
 */
export function withSealed(given: unknown, draft: Draft | undefined, deviceId: string | null, left: string[] | undefined): unknown {
  if (!draft || typeof given !== 'object' || given === null || Array.isArray(given)) return given
  const isOwn = givenHere(draft, deviceId)
  const kept = Object.entries(draft.answers).filter(([item]) => !Object.hasOwn(given, item) && (left ? left.includes(item) : !isOwn(item)))
  return { ...Object.fromEntries(kept), ...given }
}

/** The list as a device gets it: conditions on sealed answers come with what they amount to. */
export function surveyFor(instrument: Instrument, draft: Draft | undefined, { sealed }: Pick<VisibleDraft, 'sealed'>): Survey {
  return draft && sealed.length > 0 ? sealConditions(instrument.survey, draft.answers, sealed) : instrument.survey
}
