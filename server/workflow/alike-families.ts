/** Families that seem to be registered already: before one is registered twice, whoever does it is told. */
import { ownValue } from '../../instruments/own-value.ts'
import type { Protocol } from '../../protocols/schema.ts'
import { contactMark } from '../access/contact-marks.ts'
import { type Reach, reaches } from '../access/roles.ts'
import type { Context } from '../context.ts'
import { logAccess } from '../queries/access-log.ts'
import { placesOf } from '../queries/participants.ts'
import { peopleMarked } from '../queries/people.ts'
import { assertKey } from './assert-key.ts'
import type { CaseEntry } from './check-case.ts'
import { needStudy } from './open-study.ts'
import { accessEntry, recordAccess } from './record-access.ts'

/** What the access log calls it. */
const lookAction = 'looked for doubles'

/** By what somebody of the one is somebody of the other: their address, their number, or their whole name in the same region. */
const alikeBy = ['address', 'telephone', 'name'] as const
type By = (typeof alikeBy)[number]

export interface Alike {
  /** Those of which whoever asks may see contact data, by code. `mistaken`: it does not belong in the study any more. */
  cases: { code: string; by: By; mistaken: boolean }[]
  /** Whether there is one of which they may not: which one is not said. */
  another: boolean
}

export interface Asking {
  studyId: string
  staffId: string
  /** Where contact data may be seen, and where cases may be registered: of other regions nothing is told. */
  seeing: Reach
  registering: Reach
}

type Person = Pick<CaseEntry['participants'][number], 'role' | 'name' | 'email' | 'telephone'>
type Entry = Pick<CaseEntry, 'region'> & { participants: readonly Person[] }

/**
 * Of each of these what stands there already, by those who speak for a family: a professional is in many cases. The access log tells of
 * it before anybody hears the outcome: a line for each case that was found, or one that none was; what was typed is in no line.
 */
export async function alikeFamilies(context: Context, entries: readonly Entry[], asking: Asking): Promise<Alike[]> {
  const { stores, clock } = context
  const { studyId, staffId, seeing, registering } = asking
  const { protocol } = await needStudy(context, studyId)
  await assertKey(context)
  const all = entries.map((): Alike => ({ cases: [], another: false }))
  const found = new Set<string>()
  for (const by of alikeBy) {
    const wanted = entries.flatMap((entry, index) => marksOf(context, protocol, by, entry).map((mark) => ({ mark, index })))
    const marked = await peopleMarked(stores.identity.read, by, [...new Set(wanted.map(({ mark }) => mark))])
    const markOf = new Map(marked.map(({ pseudonym, mark }) => [pseudonym, mark]))
    const asked = Map.groupBy(wanted, ({ mark }) => mark)
    for (const { id, caseId, code, region, mistakenAt } of await placesOf(stores.study.read, studyId, registering, [...markOf.keys()]))
      for (const { index } of asked.get(markOf.get(id) ?? '') ?? []) {
        const [alike, entry] = [all[index], entries[index]]
        if (!alike || (by === 'name' && region !== (entry?.region || null))) continue
        found.add(caseId)
        if (!reaches(seeing, region)) alike.another = true
        else if (!alike.cases.some((one) => one.code === code)) alike.cases.push({ code, by, mistaken: mistakenAt !== null })
      }
  }
  await stores.study.withTx(async (tx) => {
    const line = { staffId, action: lookAction, outcome: 'allowed' as const, studyId, detail: { found: found.size } }
    for (const caseId of found.size > 0 ? found : [null]) await logAccess(tx, accessEntry(clock.now(), { ...line, caseId }))
  })
  return all
}

/** Somebody who looked too often hears nothing; the access log tells that they went on. */
export const recordSlowedAlike = (context: Context, { studyId, staffId }: Asking): Promise<void> =>
  recordAccess(context, { staffId, action: lookAction, outcome: 'refused', studyId, detail: { slowed: true } })

/** The marks of those who speak for the family themselves. */
function marksOf({ sealer }: Context, { roles }: Protocol, by: By, { participants }: Entry): string[] {
  const written = { address: 'email', telephone: 'telephone', name: 'name' } as const
  return participants.flatMap((person) => {
    const text = person[written[by]]?.trim()
    if (!text || ownValue(roles, person.role)?.seesCaseCode !== false) return []
    return contactMark(sealer, by, text) ?? []
  })
}
