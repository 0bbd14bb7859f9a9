/** Finds the cases of somebody who calls or writes, by name, mail address or telephone number. */
import { type ContactKind, contactMark, kindOf, partMarks } from '../access/contact-marks.ts'
import type { Reach } from '../access/roles.ts'
import type { Context } from '../context.ts'
import { logAccess } from '../queries/access-log.ts'
import { placesOf } from '../queries/participants.ts'
import { pseudonymsMarked, pseudonymsWithParts } from '../queries/people.ts'
import { assertKey } from './assert-key.ts'
import { accessEntry, recordAccess } from './record-access.ts'

/** Of one name so many people are looked up, over all studies; so many of them are shown. */
const lookedUp = 1000
const shown = 50

export interface Search {
  studyId: string
  /** A name or a part of one, an address or a number, as somebody typed it. */
  text: string
  staffId: string
  reason: string
  /** Where contact data may be seen. */
  within: Reach
}

export interface Found {
  /** As what it was looked for. */
  by: ContactKind
  people: { code: string; role: string; number: number; state: string; mistaken: boolean }[]
  /** Whether nobody has the whole name, and these have its last part only. */
  surnameOnly: boolean
  /** Whether there are more than these. */
  more: boolean
}

/** What the access log calls it. */
const searchAction = 'searched contact data'

/**
 * Everybody of the study, within reach, of whom it is the address or number, or whose name has all parts of it, by case code: without how
 * somebody is addressed, initials and small words between. Where nobody has all of them, those who have the last part. The access log tells of it before
 * anybody hears the outcome: a line for each case that was found, or one that none was; what was typed is in no line.
 */
export async function findByContact(context: Context, { studyId, text, staffId, reason, within }: Search): Promise<Found> {
  const { stores, sealer, clock } = context
  await assertKey(context)
  const by = kindOf(text)
  const whole = await lookUp(context, { studyId, within }, await marked(context, by, text))
  const last = by === 'name' && whole.places.length === 0 ? partMarks(sealer, text).slice(1).slice(-1) : []
  const { places: all, isCut } =
    last.length > 0 ? await lookUp(context, { studyId, within }, await pseudonymsWithParts(stores.identity.read, last, lookedUp)) : whole
  const people = all.slice(0, shown)
  const cases = new Set(people.map(({ caseId }) => caseId))
  await stores.study.withTx(async (tx) => {
    const line = { staffId, action: searchAction, outcome: 'allowed' as const, studyId, reason, detail: { by, found: cases.size } }
    for (const caseId of cases.size > 0 ? cases : [null]) await logAccess(tx, accessEntry(clock.now(), { ...line, caseId }))
  })
  return {
    by,
    people: people.map(({ code, role, number, state, mistakenAt }) => ({ code, role, number, state, mistaken: mistakenAt !== null })),
    surnameOnly: last.length > 0 && all.length > 0,
    more: all.length > shown || isCut,
  }
}

/** Pseudonyms of those whose address or number it is, or whose name has all its parts. */
async function marked({ stores: { identity }, sealer }: Context, by: ContactKind, text: string): Promise<string[]> {
  if (by === 'name') return await pseudonymsWithParts(identity.read, partMarks(sealer, text), lookedUp)
  const mark = contactMark(sealer, by, text)
  return mark === null ? [] : await pseudonymsMarked(identity.read, by, mark, lookedUp)
}

/** Where they are. `isCut`: there may be more of them than were looked up. */
async function lookUp({ stores: { study } }: Context, { studyId, within }: Pick<Search, 'studyId' | 'within'>, pseudonyms: string[]) {
  return { places: await placesOf(study.read, studyId, within, pseudonyms), isCut: pseudonyms.length === lookedUp }
}

/** Somebody who searched too often in vain hears nothing; the access log tells that they went on. */
export const recordSlowedSearch = (context: Context, { studyId, staffId, reason }: Search): Promise<void> =>
  recordAccess(context, { staffId, action: searchAction, outcome: 'refused', studyId, reason, detail: { slowed: true } })
