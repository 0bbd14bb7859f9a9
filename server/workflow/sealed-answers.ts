/**
 * Answers of a draft that were given on another device: they are kept, but neither sent nor shown. Whoever opens the link
 * from a shared mailbox can go on with the list, and can answer anew; they cannot read what somebody gave before them.
 */
import type { Answers, Instrument, Survey } from '../../instruments/schema.ts'
import { sealConditions } from '../../instruments/sealed-conditions.ts'
import type { Draft } from '../queries/drafts.ts'

/** A draft as one device gets to see it. */
export interface VisibleDraft {
  revision: number
  /** The answers that were given on this device. */
  answers: Answers
  /** The page that was open when it was saved, on this device; null when another one saved last. */
  page: string | null
  /** Items that were answered on another device. */
  sealed: string[]
}

/** What a device may see of a draft. Nothing was given on a session without a device: all is sealed then. */
export function visibleDraft(draft: Draft, deviceId: string | null): VisibleDraft {
  const isOwn = (item: string): boolean => deviceId !== null && Object.hasOwn(draft.givenOn, item) && draft.givenOn[item] === deviceId
  const own = Object.entries(draft.answers).filter(([item]) => isOwn(item))
  return {
    revision: draft.revision,
    answers: Object.fromEntries(own),
    page: deviceId !== null && draft.deviceId === deviceId ? draft.page : null,
    sealed: Object.keys(draft.answers).filter((item) => !isOwn(item)),
  }
}

/**
 * `given` with what stays as it was: the sealed items in `left`, or without that list everything that is sealed from the
 * device. An item that is in neither is no longer answered.
 */
export function withSealed(given: unknown, draft: Draft | undefined, deviceId: string | null, left: string[] | undefined): unknown {
  if (!draft || typeof given !== 'object' || given === null || Array.isArray(given)) return given
  const kept = (left ?? visibleDraft(draft, deviceId).sealed).filter(
    (item) => Object.hasOwn(draft.answers, item) && !Object.hasOwn(given, item),
  )
  return { ...Object.fromEntries(kept.map((item) => [item, draft.answers[item]])), ...given }
}

/** The list as a device gets it: conditions on sealed answers come with what they amount to. */
export function surveyFor(instrument: Instrument, draft: Draft | undefined, { sealed }: Pick<VisibleDraft, 'sealed'>): Survey {
  return draft && sealed.length > 0 ? sealConditions(instrument.survey, draft.answers, sealed) : instrument.survey
}
