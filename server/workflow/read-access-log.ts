/** The access log as people read it: with the names of those who did it, and the codes of cases. */
import type { Context } from '../context.ts'
import { type AccessFilter, type AccessRow, accessRows } from '../queries/access-log.ts'
import { participantsOfCase } from '../queries/participants.ts'
import { aboutWhom, type Whom } from './about-whom.ts'
import { needStudy } from './open-study.ts'
import { staffWithGrants } from './staff-accounts.ts'

/** Rows that are given at a time. */
const part = 100

export interface AccessPart {
  rows: (Pick<AccessRow, 'id' | 'at' | 'via' | 'action' | 'outcome' | 'reason' | 'detail'> & {
    /** Who did it; null for a command, and for somebody who was not signed in. */
    who: string | null
    code: string | null
    /** Whose account it is about, where it is about one. */
    whom: string | null
    /** Whom of the family it is about, where it is about one. */
    person: Whom | null
  })[]
  /** Where the next part begins; null when this is the last one. */
  next: number | null
  /** Who can be chosen to look for: those with a role here. */
  people: { id: string; name: string }[]
}

export async function readAccessLog(context: Context, filter: AccessFilter): Promise<AccessPart> {
  const [found, staff] = await Promise.all([accessRows(context.stores.study.read, filter, part + 1), staffWithGrants(context)])
  const names = new Map(staff.map(({ id, name }) => [id, name]))
  const nameOf = (id: unknown): string | null => (typeof id === 'string' ? (names.get(id) ?? null) : null)
  const rows = found.slice(0, part)
  const personOf = await personsIn(context, filter.studyId, rows)
  const isHere = ({ studyId }: { studyId: string }): boolean => filter.studyId === null || studyId === '*' || studyId === filter.studyId
  return {
    rows: rows.map(({ id, at, via, action, outcome, reason, detail, staffId, caseId, code }) => ({
      ...{ id, at, via, action, outcome, reason, detail, code },
      who: nameOf(staffId),
      whom: nameOf(detail?.staff),
      person: personOf({ caseId, detail }),
    })),
    next: found.length > part ? (rows.at(-1)?.id ?? null) : null,
    people: staff.filter(({ grants }) => grants.some(isHere)).map(({ id, name }) => ({ id, name })),
  }
}

/** Whom each of these rows is about, as far as it is about somebody of its family. */
async function personsIn(context: Context, studyId: string | null, rows: readonly Pick<AccessRow, 'caseId' | 'detail'>[]) {
  const families = new Set(rows.flatMap(({ caseId, detail }) => (caseId !== null && typeof detail?.person === 'string' ? [caseId] : [])))
  if (studyId === null || families.size === 0) return () => null
  const { protocol } = await needStudy(context, studyId)
  const people = (await Promise.all([...families].map((id) => participantsOfCase(context.stores.study.read, id)))).flat()
  return ({ caseId, detail }: Pick<AccessRow, 'caseId' | 'detail'>): Whom | null =>
    aboutWhom(
      protocol,
      typeof detail?.person === 'string' ? detail.person : null,
      people.filter((one) => one.caseId === caseId),
    )
}
