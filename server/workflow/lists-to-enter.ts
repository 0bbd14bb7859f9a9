/** Which lists can be typed in, of one case and of a study, and what is being typed already. No answers. */

import { parseReference } from '../../instruments/definition.ts'
import { compare } from '../../protocols/local-time.ts'
import type { Protocol } from '../../protocols/schema.ts'
import { entersFor, staffedRoles, workRoles } from '../access/entry-roles.ts'
import type { Reach } from '../access/roles.ts'
import type { Context } from '../context.ts'
import { type Assignment, assignmentsOfCase } from '../queries/assignments.ts'
import type { Case } from '../queries/cases.ts'
import { consentsOf } from '../queries/consents.ts'
import { findDrafts } from '../queries/drafts.ts'
import { type Entry, entriesOfCase, openWork, unusedEntries } from '../queries/entries.ts'
import { type Participant, participantsOfCase } from '../queries/participants.ts'
import { aboutWhom, placeInRole } from './about-whom.ts'
import { consentsFor } from './give-consent.ts'
import { answerableDays, mayBeEntered } from './need-enterable.ts'
import { needStudy } from './open-study.ts'
import { instrumentOf } from './packet.ts'
import { packetOrder } from './schedule-order.ts'
import type { SignedIn } from './sign-in.ts'
import { staffNames } from './staff-names.ts'

/** So many lines of work and of unfinished typing are listed at most. */
const most = 200

/** Why a list cannot be typed in, in the order in which it is looked at. */
export type Hindrance = 'completed' | 'called off' | 'ahead' | 'stopped' | 'consent' | 'role'

/** The lists of a case whose wave has begun, in the order of the waves; `hindrance` says why one cannot be typed in now. */
export async function listsToEnter(context: Context, staff: SignedIn, found: Case) {
  const db = context.stores.study.read
  const { protocol } = await needStudy(context, found.studyId)
  const now = context.clock.now()
  const [participants, assignments, entries] = await Promise.all([
    participantsOfCase(db, found.id),
    assignmentsOfCase(db, found.id),
    entriesOfCase(db, found.id),
  ])
  const consents = new Map(await Promise.all(participants.map(async ({ id }) => [id, await consentsOf(db, id)] as const)))
  const drafts = await findDrafts(
    db,
    assignments.map(({ id }) => id),
  )
  const names = await staffNames(
    context,
    entries.map(({ enteredBy }) => enteredBy),
  )
  const maySeat = entersFor(found.studyId, staff.grants, found.region)
  const byId = new Map(participants.map((one) => [one.id, one]))
  const waves = protocol.waves.map(({ id }) => id)
  const inOrder = packetOrder(protocol)
  const lists = assignments
    .map((assignment) => ({ ...assignment, about: (assignment.aboutId && byId.get(assignment.aboutId)) || null }))
    .sort((a, b) => waves.indexOf(a.wave) - waves.indexOf(b.wave) || inOrder(a, b))
    .map((assignment) => {
      const participant = byId.get(assignment.participantId) as Participant
      return {
        ...describeList(context, protocol, assignment, participants),
        hindrance: hindranceOf(protocol, { assignment, participant, consents, maySeat, now }),
        days: answerableDays(assignment, protocol, now),
        isLate: assignment.closesAt <= now,
        /** Whether whoever is asked began it by the link. */
        begunByThem: drafts.some(({ assignmentId }) => assignmentId === assignment.id),
        entries: entries.filter(({ assignmentId }) => assignmentId === assignment.id).map((entry) => describeEntry(entry, staff, names)),
      }
    })
  return { code: found.code, lists }
}

export const describeList = (context: Context, protocol: Protocol, assignment: Assignment, participants: Participant[]) => {
  const participant = participants.find(({ id }) => id === assignment.participantId) as Participant
  return {
    assignment: assignment.id,
    wave: assignment.wave,
    instrument: assignment.instrumentId,
    version: assignment.instrumentVersion,
    title: instrumentOf(context, assignment).survey.title,
    role: participant.role,
    roleTitle: protocol.roles[participant.role]?.title ?? { nl: participant.role, en: participant.role },
    /** Which of several in the same role; null when there is one. */
    place: placeInRole(participant, participants),
    about: aboutWhom(protocol, assignment.aboutId, participants),
    state: assignment.state,
    opensAt: assignment.opensAt,
    closesAt: assignment.closesAt,
  }
}

export const describeEntry = (entry: Entry, staff: SignedIn, names: (id: string) => string | null) => ({
  pass: entry.pass,
  double: entry.double,
  by: names(entry.enteredBy),
  isOwn: entry.enteredBy === staff.member.id,
  means: entry.means,
  answeredOn: entry.answeredOn,
  language: entry.language,
  state: entry.state,
  begunAt: entry.begunAt,
  savedAt: entry.savedAt,
  answered: Object.keys(entry.answers).length,
})

interface Looking {
  assignment: Assignment
  participant: Participant
  consents: ReadonlyMap<string, Awaited<ReturnType<typeof consentsOf>>>
  maySeat(role: string): boolean
  now: string
}

function hindranceOf(protocol: Protocol, { assignment, participant, consents, maySeat, now }: Looking): Hindrance | null {
  if (assignment.state === 'completed') return 'completed'
  if (assignment.state === 'cancelled') return 'called off'
  if (!mayBeEntered(assignment, now)) return 'ahead'
  if (participant.state !== 'active') return 'stopped'
  const isMissing = consentsFor(protocol, participant.role).some(({ purpose, version, required }) => {
    const said = consents.get(participant.id)?.get(purpose)
    return required && !(said?.given && said.version === version)
  })
  if (isMissing) return 'consent'
  return maySeat(participant.role) ? null : 'role'
}

/** So many of one's own lists stand on the first page of a study. */
const firstOwn = 25

/**
 * Of that what is the work of whoever asks, what closes first on top: what a file researcher codes, an interviewer asks, a coordinator
 * records. Nothing for a data manager, who types in anybody's and is waited for by nobody.
 */
export async function ownWork(context: Context, staff: SignedIn, studyId: string, reach: Reach) {
  const own = workRoles(studyId, staff.grants)
  if (reach === null || own.length === 0 || own.length === staffedRoles.length) return { total: 0, rows: [] }
  const { work } = await workToEnter(context, staff, studyId, reach)
  return { total: work.length, rows: work.slice(0, firstOwn) }
}

/** Open lists that are staff's own to fill in, and what is being typed in the study, as far as somebody may type there. */
export async function workToEnter(context: Context, staff: SignedIn, studyId: string, reach: Reach) {
  const db = context.stores.study.read
  const { protocol } = await needStudy(context, studyId)
  const now = context.clock.now()
  const roles = workRoles(studyId, staff.grants).filter((role) => Object.hasOwn(protocol.roles, role))
  const instruments = [
    ...new Set(protocol.schedule.filter(({ role }) => roles.includes(role)).map(({ instrument }) => parseReference(instrument).id)),
  ]
  const found = await Promise.all(instruments.map((instrument) => openWork(db, { studyId, instrument, roles, reach, now, limit: most })))
  const isTheirs = ({ region, role }: { region: string | null; role: string }) => entersFor(studyId, staff.grants, region)(role)
  const under = (await unusedEntries(db, studyId, reach, most)).filter(isTheirs)
  const names = await staffNames(
    context,
    under.map(({ enteredBy }) => enteredBy),
  )
  const titled = ({ instrument, version, role }: { instrument: string; version: string; role: string }) => ({
    title: context.definitions.instruments.get(`${instrument}@${version}`)?.survey.title ?? { nl: instrument, en: instrument },
    roleTitle: protocol.roles[role]?.title ?? { nl: role, en: role },
  })
  return {
    now,
    /** Closing first first. */
    work: found
      .flat()
      .filter(isTheirs)
      .sort((a, b) => compare(a.closesAt, b.closesAt) || compare(a.caseCode, b.caseCode))
      .slice(0, most)
      .map((one) => ({ ...one, ...titled(one) })),
    /** Oldest first. */
    typing: under.map(({ enteredBy, ...one }) => ({
      ...one,
      ...titled(one),
      by: names(enteredBy),
      isOwn: enteredBy === staff.member.id,
    })),
  }
}
