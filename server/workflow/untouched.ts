/** Whether anything was sent to somebody, or said by or about them: while it was not, a slip of the finger about them can be undone. */
import type { Db } from '../db/tx.ts'
import { assignmentsOfCase } from '../queries/assignments.ts'
import { allConsentsOf, consentsOf } from '../queries/consents.ts'
import { attemptsOfPeople } from '../queries/contact-attempts.ts'
import { entriesOfCase } from '../queries/entries.ts'
import { eventsOfCase } from '../queries/events.ts'
import { messagesOfCase } from '../queries/messages.ts'
import type { Participant } from '../queries/participants.ts'
import { hasExtension, wasPrinted, wasTried } from '../queries/removal.ts'

/**
 * `all`: everybody in the case. What staff ticked about consents as they registered somebody is no word of theirs and comes to nothing with
 * them; with `ticksCount` it counts as such all the same.
 */
export async function isUntouched(
  db: Db,
  caseId: string,
  person: Participant,
  all: readonly Participant[],
  { ticksCount = false } = {},
): Promise<boolean> {
  const [messages, assignments, entries] = [
    await messagesOfCase(db, caseId),
    await assignmentsOfCase(db, caseId),
    await entriesOfCase(db, caseId),
  ]
  const theirs = assignments.filter(({ participantId, aboutId }) => participantId === person.id || aboutId === person.id)
  return !(
    person.state !== 'active' ||
    person.succeedsId !== null ||
    all.some(({ succeedsId }) => succeedsId === person.id) ||
    messages.some(({ participantId, state }) => participantId === person.id && state !== 'planned' && state !== 'cancelled') ||
    theirs.some(({ startedAt, state, reason }) => startedAt !== null || state === 'completed' || reason !== null) ||
    entries.some(({ assignmentId }) => theirs.some(({ id }) => id === assignmentId)) ||
    (await attemptsOfPeople(db, [person.id])).length > 0 ||
    ((await consentsOf(db, person.id)).size > 0 && (ticksCount || (await hasAgreed(db, caseId, person.id)))) ||
    (await hasExtension(db, person.id)) ||
    (await wasTried(db, person.id)) ||
    (await wasPrinted(db, caseId, person.id))
  )
}

/** Whether any of their consents was recorded at another moment than as they were registered. */
async function hasAgreed(db: Db, caseId: string, participantId: string): Promise<boolean> {
  const recorded = (await eventsOfCase(db, caseId)).filter((event) => event.participantId === participantId && event.kind === 'consent')
  const { length } = await allConsentsOf(db, participantId)
  // Each tick has an event of its own; what has none came from elsewhere.
  return recorded.length !== length || recorded.some(({ detail }) => detail?.atRegistration !== true || detail.recordedBy !== 'staff')
}
