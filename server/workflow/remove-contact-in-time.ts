/** Removes the contact data of cases that have been complete for as long as the study says: then nobody has to write to them any more. */
import { setImmediate as turn } from 'node:timers/promises'
import { dayOf, localDay, startOfDay } from '../../protocols/local-time.ts'
import type { Context } from '../context.ts'
import { protocolOf } from '../definitions/protocol-of-study.ts'
import { type CompleteCase, completeCases, contactsOfCases, contactsRemoved, countComplete, firstComplete } from '../queries/retention.ts'
import { findSetting, putSetting } from '../queries/settings.ts'
import { listStudies, type Study } from '../queries/studies.ts'
import { removeContact } from './forget-erased.ts'
import { countedInAtOnce } from './list-cases.ts'
import { needStudy } from './open-study.ts'
import { refreshSummaries } from './refresh-summaries.ts'

/** The setting that says on which day a study was last looked through. */
export const lookedAtContact = (studyId: string): string => `contact data looked at: ${studyId}`

/** So many cases are looked at in one go; then others are served. */
const casesAtOnce = 500

/** Once a day, of each study that keeps contact data for a time only. */
export async function removeContactInTime(context: Context): Promise<void> {
  const { stores, clock, definitions } = context
  for (const study of await listStudies(stores.study.read)) {
    if (study.contactMonths === null) continue
    const today = dayOf(clock.now(), protocolOf(definitions, study, clock.now()).timeZone)
    if ((await findSetting(stores.study.read, lookedAtContact(study.id))) === today) continue
    for await (const due of dueCases(context, study, study.contactMonths, clock.now())) {
      const people = await contactsOfCases(
        stores.study.read,
        due.map(({ id }) => id),
      )
      // Not all could be removed from the log of the database: the next pass goes on.
      if (!(await removeContact(context, people, { because: 'retention', months: study.contactMonths }))) return
    }
    await stores.study.withTx((tx) => putSetting(tx, lookedAtContact(study.id), today))
  }
}

export interface RetentionPreview {
  /** Cases and people whose contact data would be removed now, and within the thirty days after. */
  now: { cases: number; people: number }
  soon: { cases: number; people: number }
  /** Codes of those that have been complete for longest. */
  codes: string[]
  /** People whose contact data were removed before, for whatever reason. */
  removed: number
}

const codesShown = 20
const days = 30

/** What keeping contact data for `months` would remove; nothing is written but summaries that were behind. */
export async function previewRetention(context: Context, studyId: string, months: number): Promise<RetentionPreview> {
  const { protocol } = await needStudy(context, studyId)
  await refreshSummaries(context, { most: countedInAtOnce })
  const db = context.stores.study.read
  const now = context.clock.now()
  const cutoff = cutoffOf(now, months, protocol.timeZone)
  const later = startOfDay(localDay(now, protocol.timeZone).add({ days }), protocol.timeZone)
  const gone = await countComplete(db, studyId, cutoff)
  const all = await countComplete(db, studyId, cutoffOf(later, months, protocol.timeZone))
  return {
    now: gone,
    soon: { cases: all.cases - gone.cases, people: all.people - gone.people },
    codes: await firstComplete(db, studyId, cutoff, codesShown),
    removed: await contactsRemoved(db, studyId),
  }
}

/** Cases that are complete, and have been for `months` at `at`, in batches. */
async function* dueCases({ stores, definitions }: Context, study: Study, months: number, at: string): AsyncGenerator<CompleteCase[]> {
  const cutoff = cutoffOf(at, months, protocolOf(definitions, study, at).timeZone)
  for (let last = ''; ; ) {
    const { complete, end } = await completeCases(stores.study.read, study.id, last, casesAtOnce)
    if (end === null) return
    const due = complete.filter(({ endedAt }) => endedAt < cutoff)
    if (due.length > 0) yield due
    last = end
    await turn()
  }
}

/** What ended before this moment has been over for `months` months, by local days. */
const cutoffOf = (at: string, months: number, timeZone: string): string => startOfDay(localDay(at, timeZone).subtract({ months }), timeZone)
