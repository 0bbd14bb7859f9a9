/** Finds the cases of somebody who calls or writes, by name, mail address or telephone number. */
import { type ContactKind, contactMark, kindOf } from '../access/contact-marks.ts'
import type { Reach } from '../access/roles.ts'
import type { Context } from '../context.ts'
import { logAccess } from '../queries/access-log.ts'
import { placesOf } from '../queries/participants.ts'
import { pseudonymsMarked } from '../queries/people.ts'
import { assertKey } from './assert-key.ts'
import { accessEntry, recordAccess } from './record-access.ts'

/** Of one name so many people are looked up, over all studies; so many of them are shown. */
const lookedUp = 1000
const shown = 50

export interface Search {
  studyId: string
  /** A name, an address or a number, as somebody typed it. */
  text: string
  staffId: string
  reason: string
  /** Where contact data may be seen. */
  within: Reach
}

export interface Found {
  /** As what it was looked for. */
  by: ContactKind
  people: { code: string; role: string; number: number; state: string }[]
  /** Whether there are more than these. */
  more: boolean
}

/** What the access log calls it. */
const searchAction = 'searched contact data'

/**
 * Everybody of the study, within reach, of whom it is the name, address or number, by case code. The access log tells of it before
 * anybody hears the outcome: a line for each case that was found, or one that none was; what was typed is in no line.
 */
export async function findByContact(context: Context, { studyId, text, staffId, reason, within }: Search): Promise<Found> {
  const { stores, sealer, clock } = context
  await assertKey(context)
  const by = kindOf(text)
  const mark = contactMark(sealer, by, text)
  const pseudonyms = mark === null ? [] : await pseudonymsMarked(stores.identity.read, by, mark, lookedUp)
  const all = await placesOf(stores.study.read, studyId, within, pseudonyms)
  const people = all.slice(0, shown)
  const cases = new Set(people.map(({ caseId }) => caseId))
  await stores.study.withTx(async (tx) => {
    const line = { staffId, action: searchAction, outcome: 'allowed' as const, studyId, reason, detail: { by, found: cases.size } }
    for (const caseId of cases.size > 0 ? cases : [null]) await logAccess(tx, accessEntry(clock.now(), { ...line, caseId }))
  })
  return {
    by,
    people: people.map(({ code, role, number, state }) => ({ code, role, number, state })),
    more: all.length > shown,
  }
}

/** Somebody who searched too often in vain hears nothing; the access log tells that they went on. */
export const recordSlowedSearch = (context: Context, { studyId, staffId, reason }: Search): Promise<void> =>
  recordAccess(context, { staffId, action: searchAction, outcome: 'refused', studyId, reason, detail: { slowed: true } })
