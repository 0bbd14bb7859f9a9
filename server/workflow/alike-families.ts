/** Families that seem to be registered already: before one is registered twice, whoever does it is told. */
import { ownValue } from '../../instruments/own-value.ts'
import type { Protocol } from '../../protocols/schema.ts'
import { contactMark, partMarks } from '../access/contact-marks.ts'
import type { Reach } from '../access/roles.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { logAccess } from '../queries/access-log.ts'
import { placesOf } from '../queries/participants.ts'
import { countParts, peopleMarked, pseudonymsWithParts } from '../queries/people.ts'
import { assertKey } from './assert-key.ts'
import type { CaseEntry } from './check-case.ts'
import { needStudy } from './open-study.ts'
import { accessEntry, recordAccess } from './record-access.ts'

/** What the access log calls it. */
const lookAction = 'looked for doubles'

/** By what somebody of the one is somebody of the other: their address, their number, or their name in the same region. */
const alikeBy = ['address', 'telephone', 'name'] as const
type By = (typeof alikeBy)[number]

export interface Alike {
  /** By code. `mistaken`: it does not belong in the study any more. */
  cases: { code: string; by: By; mistaken: boolean }[]
  /** Those before it among what is looked at together, the families of one file: by their place there, the first is 0. */
  earlier: { index: number; by: By }[]
}

export interface Asking {
  studyId: string
  staffId: string
  /** Where contact data may be seen: of other regions nothing is told. */
  within: Reach
}

type Person = Pick<CaseEntry['participants'][number], 'role' | 'name' | 'email' | 'telephone'>
type Entry = Pick<CaseEntry, 'region'> & { participants: readonly Person[] }

/** Of one name so many people are looked up, over all studies. */
const lookedUp = 1000

/**
 * Of each of these what stands there already or before it, by those who speak for a family: a professional is in many cases. The access
 * log tells of it before anybody hears the outcome: a line for each case that was found, or one that none was; what was typed is in no line.
 */
export async function alikeFamilies(context: Context, entries: readonly Entry[], { studyId, staffId, within }: Asking): Promise<Alike[]> {
  const { stores, clock } = context
  const { protocol } = await needStudy(context, studyId)
  await assertKey(context)
  const all = entries.map((): Alike => ({ cases: [], earlier: [] }))
  const found = new Set<string>()
  for (const by of alikeBy) {
    const wanted = entries.flatMap((entry, index) => marksOf(context, protocol, by, entry).map((marks) => ({ marks, index })))
    const asked = await whoseMarks(context, by, wanted)
    for (const { id, caseId, code, region, mistakenAt } of await placesOf(stores.study.read, studyId, within, [...asked.keys()]))
      for (const index of asked.get(id) ?? []) {
        const [alike, entry] = [all[index], entries[index]]
        if (!alike || (by === 'name' && region !== (entry?.region || null))) continue
        found.add(caseId)
        if (!alike.cases.some((one) => one.code === code)) alike.cases.push({ code, by, mistaken: mistakenAt !== null })
      }
    const first = new Map<string, number>()
    for (const { marks, index } of wanted) {
      const key = JSON.stringify([marks.toSorted(), by === 'name' && (entries[index]?.region || null)])
      const before = first.get(key) ?? index
      first.set(key, before)
      if (before !== index && !all[index]?.earlier.some((one) => one.index === before)) all[index]?.earlier.push({ index: before, by })
    }
  }
  await stores.study.withTx(async (tx) => {
    const line = { staffId, action: lookAction, outcome: 'allowed' as const, studyId, detail: { found: found.size } }
    for (const caseId of found.size > 0 ? found : [null]) await logAccess(tx, accessEntry(clock.now(), { ...line, caseId }))
  })
  return all
}

/** For each person who has one of these marks, or whose name has all of them, the entries that asked for it. */
async function whoseMarks(
  { stores: { identity } }: Context,
  by: By,
  wanted: { marks: string[]; index: number }[],
): Promise<Map<string, Set<number>>> {
  const asked = new Map<string, Set<number>>()
  const add = (pseudonym: string, index: number) => asked.set(pseudonym, (asked.get(pseudonym) ?? new Set<number>()).add(index))
  const same = Map.groupBy(wanted, ({ marks }) => JSON.stringify(marks.toSorted()))
  if (by === 'name')
    for (const ones of same.values())
      for (const pseudonym of await named(identity.read, ones[0]?.marks ?? [])) for (const { index } of ones) add(pseudonym, index)
  else {
    const marked = await peopleMarked(identity.read, by, [...new Set(wanted.flatMap(({ marks }) => marks))])
    for (const { pseudonym, mark } of marked) for (const { index } of same.get(JSON.stringify([mark])) ?? []) add(pseudonym, index)
  }
  return asked
}

/** Whose name has all these parts; of a surname alone those who have nothing else either, since many share one. */
async function named(db: Db, parts: string[]): Promise<string[]> {
  const having = await pseudonymsWithParts(db, parts, lookedUp)
  if (parts.length > 1) return having
  const counted = await countParts(db, having)
  return having.filter((pseudonym) => counted.get(pseudonym) === 1)
}

/** Somebody who looked too often hears nothing; the access log tells that they went on. */
export const recordSlowedAlike = (context: Context, { studyId, staffId }: Asking): Promise<void> =>
  recordAccess(context, { staffId, action: lookAction, outcome: 'refused', studyId, detail: { slowed: true } })

/** The marks of each of those who speak for the family themselves: one of an address or a number, of a name one for each of its parts. */
function marksOf({ sealer }: Context, { roles }: Protocol, by: By, { participants }: Entry): string[][] {
  const written = { address: 'email', telephone: 'telephone', name: 'name' } as const
  return participants.flatMap((person) => {
    const text = person[written[by]]?.trim()
    if (!text || ownValue(roles, person.role)?.seesCaseCode !== false) return []
    if (by === 'name') return [partMarks(sealer, text)]
    const mark = contactMark(sealer, by, text)
    return mark === null ? [] : [[mark]]
  })
}
