/** A list for paper: whose it is, without anybody's name and without what was answered so far. Reading it changes nothing. */
import type { Instrument } from '../../instruments/schema.ts'
import type { Context } from '../context.ts'
import { Failure } from '../failure.ts'
import type { Whose } from '../paper/paper.ts'
import { type Assignment, answerable, assignmentsOfCase } from '../queries/assignments.ts'
import type { Case } from '../queries/cases.ts'
import { findParticipant, participantsOfCase } from '../queries/participants.ts'
import type { Visitor } from '../queries/sessions.ts'
import { Refusal } from '../refusal.ts'
import { aboutWhom } from './about-whom.ts'
import type { CaseKey } from './add-participant.ts'
import { needOpen, respondentFor } from './find-own-assignment.ts'
import { needCase } from './need-case.ts'
import { needConsent } from './need-consent.ts'
import { instrumentOf, quickExitOf } from './packet.ts'
import { type AssignmentsKey, pickAssignments } from './pick-assignments.ts'
import { studyOfParticipant } from './study-of-participant.ts'

export interface PaperOf {
  instrument: Instrument
  whose: Whose
  /** Of whoever fills it in, or the one that was asked for. */
  language: string
  quickExit: string | null
}

/** One of the open lists of whoever is in the session. Refuses what cannot be filled in by them now. */
export async function paperForVisitor(context: Context, visitor: Visitor, id: string): Promise<PaperOf> {
  const { read } = context.stores.study
  const { respondent, protocol, assignment } = await respondentFor(read, context, visitor, id)
  needOpen(context, respondent, assignment)
  await needConsent(read, protocol, respondent)
  return await paperOf(context, assignment)
}

/**
 * A list of a case as staff name it: one that has not come yet. Throws a Failure when there is no such assignment, when several
 * could be meant, and when it is over.
 */
export async function paperForStaff(
  context: Context,
  { study, code }: CaseKey,
  { language, ...which }: AssignmentsKey & { language?: string | undefined },
): Promise<PaperOf> {
  const { read } = context.stores.study
  const { found } = await needCase(context, study, code)
  const [participants, assignments] = await Promise.all([participantsOfCase(read, found.id), assignmentsOfCase(read, found.id)])
  const meant = pickAssignments({ code, participants, assignments }, which).toSorted((a, b) => (a.opensAt < b.opensAt ? -1 : 1))
  const waiting = meant.filter(({ state }) => answerable.includes(state))
  const [first] = waiting
  const what = `${which.instrument} of ${code}`
  if (!first)
    throw new Failure(`${what} is ${meant.map(({ wave, state }) => `${state} at ${wave}`).join(', ')}: there is nothing to fill in.`)
  if (waiting.length > 1)
    throw new Failure(`${what} is still to come at ${waiting.map(({ wave }) => wave).join(' and ')}: say with --wave which one is meant.`)
  return await paperOf(context, first, language)
}

/**
 * A list of somebody in a case, empty and in their own language, with the pseudonym by which staff know whose paper comes back. Refuses
 * with `not-found` what is not asked of them, and with `assignment-closed` what came in or was called off.
 */
export async function paperForDesk(context: Context, found: Case, person: string, id: string): Promise<PaperOf> {
  const assignment = (await assignmentsOfCase(context.stores.study.read, found.id)).find((one) => one.id === id)
  if (!assignment || assignment.participantId !== person) throw new Refusal('not-found')
  if (assignment.state === 'completed' || assignment.state === 'cancelled') throw new Refusal('assignment-closed')
  const printed = await paperOf(context, assignment)
  return { ...printed, whose: { ...printed.whose, pseudonym: person } }
}

async function paperOf(context: Context, assignment: Assignment, asked?: string): Promise<PaperOf> {
  const { read } = context.stores.study
  const participant = await findParticipant(read, assignment.participantId)
  if (!participant) throw new Error(`assignment ${assignment.id} has no participant`)
  const { translated } = context.definitions
  const language = asked ?? participant.language
  const [{ study, found, ...placed }, people] = await Promise.all([
    studyOfParticipant(read, context, participant),
    participantsOfCase(read, assignment.caseId),
  ])
  const protocol = translated.protocols.into(placed.protocol, language)
  const self = aboutWhom(protocol, participant.id, people)
  const wave = protocol.waves.find(({ id }) => id === assignment.wave)?.title
  return {
    instrument: translated.instruments.into(instrumentOf(context, assignment), language),
    whose: {
      study,
      caseCode: found.code,
      wave: wave ?? { nl: assignment.wave, en: assignment.wave },
      role: self?.role ?? { nl: participant.role, en: participant.role },
      place: self?.place ?? null,
      about: aboutWhom(protocol, assignment.aboutId, people),
    },
    language,
    quickExit: quickExitOf(context, protocol, participant.role),
  }
}
