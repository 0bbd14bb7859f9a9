/** One case whole, as the desk shows it: who, when, what came in, how it scored and what is to come. No contact data. */
import { compare } from '../../protocols/local-time.ts'
import { type Reach, reaches } from '../access/roles.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { type Assignment, assignmentsOfCase } from '../queries/assignments.ts'
import { anchorsOf, type Case, childrenOf, findCase, findCaseByCode } from '../queries/cases.ts'
import { attemptsOfCase, type ContactAttempt } from '../queries/contact-attempts.ts'
import { consentsOfCase, responsesOfCase, scoresOfCase } from '../queries/desk.ts'
import { eventsOfCase } from '../queries/events.ts'
import { messagesOfCase } from '../queries/messages.ts'
import { notesOfCase } from '../queries/notes.ts'
import { participantsOfCase } from '../queries/participants.ts'
import { Refusal } from '../refusal.ts'
import { caseChoices } from './case-choices.ts'
import { describeNotes } from './case-notes.ts'
import { describePeople } from './case-people.ts'
import { scoresThatCount } from './case-scores.ts'
import { caseTimeline, type TimelineEntry } from './case-timeline.ts'
import { withoutElsewhere } from './codes-elsewhere.ts'
import { comparisonsOf } from './comparisons.ts'
import { needStudy } from './open-study.ts'
import { packetOrder } from './schedule-order.ts'
import { staffNames } from './staff-names.ts'
import { languagesOfStudy } from './study-languages.ts'
import { stateOf } from './summarise.ts'

interface Seeing {
  /** Whether scores are among what is shown. */
  seesAnswers: boolean
  /** The regions of which other cases are named. */
  within: Reach
}

/** The case with this code, as somebody sees it. Refuses with `not-found` when the study has none. */
export async function caseFile(
  context: Context,
  studyId: string,
  code: string,
  { seesAnswers, within }: Seeing = { seesAnswers: true, within: 'everywhere' },
) {
  const db = context.stores.study.read
  const { study, protocol } = await needStudy(context, studyId)
  const found = await findCaseByCode(db, study.id, code)
  if (!found) throw new Refusal('not-found')
  const [anchors, children, participants, consents, assignments, messages, events, responses, scored, notes, attempts, comparisons] =
    await Promise.all([
      anchorsOf(db, found.id),
      childrenOf(db, found.id),
      participantsOfCase(db, found.id),
      consentsOfCase(db, found.id),
      assignmentsOfCase(db, found.id),
      messagesOfCase(db, found.id),
      eventsOfCase(db, found.id),
      responsesOfCase(db, found.id),
      scoresOfCase(db, found.id),
      notesOfCase(db, found.id),
      attemptsOfCase(db, found.id),
      comparisonsOf(db, protocol, found, within),
    ])
  const named = await withoutElsewhere(db, study.id, events, within)
  const timeline = caseTimeline({ events: named, messages, assignments }, context.clock.now())
  const staffName = await staffNames(context, [...timeline.map(staffOf), ...notes.map(({ staffId }) => staffId)])
  const waves = protocol.waves.map(({ id }) => id)
  const inOrder = packetOrder(protocol)
  return {
    code: found.code,
    arm: found.arm,
    cohort: protocol.cohorts[found.cohort]?.title ?? null,
    region: found.region,
    registeredAt: found.registeredAt,
    mistake: await mistakeOf(db, found, within),
    state: stateOf(assignments),
    anchors: Object.entries(anchors)
      .map(([name, date]) => ({ name, date }))
      .sort((a, b) => compare(a.date, b.date)),
    /** Months of birth, `YYYY-MM`, the index child first. */
    children,
    participants: describePeople(protocol, participants, consents),
    ...comparisons,
    assignments: assignments
      .map((assignment) => ({ ...assignment, about: participants.find(({ id }) => id === assignment.aboutId) ?? null }))
      .sort((a, b) => waves.indexOf(a.wave) - waves.indexOf(b.wave) || inOrder(a, b))
      .map((assignment) =>
        describeAssignment(
          assignment,
          responses.find(({ assignmentId }) => assignmentId === assignment.id),
        ),
      ),
    /** None for whoever may not see answers. */
    scores: seesAnswers ? scoresThatCount(context.definitions, scored) : [],
    seesAnswers,
    timeline: timeline.map((entry) => byName(withAttempt(entry, attempts), staffName)),
    notes: describeNotes(notes, staffName),
    choices: caseChoices(protocol, languagesOfStudy(context.definitions, study, protocol), found),
  }
}

export type CaseFile = Awaited<ReturnType<typeof caseFile>>

/** Since when and why it does not belong in the study; null: it does. The other case of the family is named where it may be seen. */
async function mistakeOf(db: Db, { mistakenAt, mistakeReason, sameAsId }: Case, within: Reach) {
  if (mistakenAt === null) return null
  const other = sameAsId === null ? undefined : await findCase(db, sameAsId)
  return { at: mistakenAt, reason: mistakeReason, sameAs: other && reaches(within, other.region) ? other.code : null }
}

/** The account of the colleague who did it, where the record has one. */
const staffOf = ({ detail: { staff } }: TimelineEntry): string | null => (typeof staff === 'string' ? staff : null)

/** What came of a try to reach somebody stands in a row of its own: once that is erased, the record says no more than that there was one. */
function withAttempt(entry: TimelineEntry, attempts: readonly ContactAttempt[]): TimelineEntry {
  const { attempt, ...detail } = entry.detail
  if (attempt === undefined) return entry
  const row = attempts.find(({ id }) => id === attempt)
  if (!row) return { ...entry, detail }
  const { means, outcome, triedOn, nextOn } = row
  return { ...entry, detail: { ...detail, means, outcome, triedOn, nextOn } }
}

/** Who of the staff did something is shown by name; the record has the id of their account. */
function byName(from: TimelineEntry, nameOf: (id: string | null) => string | null) {
  const {
    detail: { staff: _, ...detail },
    ...entry
  } = from
  return {
    ...entry,
    detail,
    staff: nameOf(staffOf(from)),
    why: typeof detail.why === 'string' ? detail.why : null,
  }
}

type Response = Awaited<ReturnType<typeof responsesOfCase>>[number]

const describeAssignment = (assignment: Assignment, response: Response | undefined) => ({
  id: assignment.id,
  participant: assignment.participantId,
  /** The participant whom it is about, if it is about one. */
  about: assignment.aboutId,
  wave: assignment.wave,
  instrument: assignment.instrumentId,
  version: assignment.instrumentVersion,
  state: assignment.state,
  /** Coded reason of the protocol for which it was called off. */
  reason: assignment.reason,
  opensAt: assignment.opensAt,
  closesAt: assignment.closesAt,
  endedAt: assignment.endedAt,
  /** Whether there is a response: what was erased is completed all the same. */
  isAnswered: response !== undefined,
  skipped: response ? response.skipped.length : null,
  language: response?.language ?? null,
})
