/** Whether anything was sent to somebody, or said by or about them: while it was not, a slip of the finger about them can be undone. */
import type { Db } from '../db/tx.ts'
import { assignmentsOfCase } from '../queries/assignments.ts'
import { consentsOf } from '../queries/consents.ts'
import { attemptsOfPeople } from '../queries/contact-attempts.ts'
import { entriesOfCase } from '../queries/entries.ts'
import { messagesOfCase } from '../queries/messages.ts'
import type { Participant } from '../queries/participants.ts'
import { hasExtension, wasTried } from '../queries/removal.ts'

/** `all`: everybody in the case. */
export async function isUntouched(db: Db, caseId: string, person: Participant, all: readonly Participant[]): Promise<boolean> {
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
    (await consentsOf(db, person.id)).size > 0 ||
    (await hasExtension(db, person.id)) ||
    (await wasTried(db, person.id))
  )
}
