/** Many planned messages in a study, three to a participant, of which the first are due at one moment. */
import type { Context } from '../../server/context.ts'
import { messageIdFor } from '../../server/mail/message-id.ts'
import { newId } from '../../server/new-id.ts'
import { insertAssignments } from '../../server/queries/assignments.ts'
import { insertCase } from '../../server/queries/cases.ts'
import { insertMessages } from '../../server/queries/messages.ts'
import { insertParticipant } from '../../server/queries/participants.ts'
import { storePerson } from '../../server/queries/people.ts'

const kinds = ['invitation', 'reminder-1', 'reminder-2']

/** Inserts `participants` participants; the invitations of the first `due` of them are due at `dueAt`, all else lies later. */
export async function manyMessages(
  context: Context,
  studyId: string,
  participants: number,
  { due, dueAt }: { due: number; dueAt: string },
): Promise<void> {
  const { study, identity } = context.stores
  const now = context.clock.now()
  const later = (days: number): string => new Date(Date.parse(dueAt) + days * 86_400_000).toISOString()
  for (let first = 0; first < participants; first += 500) {
    const some = Array.from({ length: Math.min(500, participants - first) }, (_, index) => ({
      number: first + index,
      caseId: newId(),
      id: newId(),
    }))
    await identity.withTx(async (tx) => {
      for (const { id, number } of some)
        await storePerson(
          tx,
          context.sealer,
          id,
          { name: `Noor Verzonnen-${number}`, email: `parent${number}@example.org`, telephone: null },
          now,
        )
    })
    await study.withTx(async (tx) => {
      for (const { number, caseId, id } of some) {
        const opens = number < due ? 0 : 10 + (number % 300)
        await insertCase(tx, {
          id: caseId,
          studyId,
          code: `F${number}`,
          arm: 'conference',
          cohort: 'prospective',
          region: null,
          indexCaseId: null,
          mistakenAt: null,
          mistakeReason: null,
          sameAsId: null,
          registeredAt: now,
        })
        await insertParticipant(tx, {
          id,
          caseId,
          role: 'parent',
          number: 1,
          language: 'nl',
          sex: null,
          state: 'active',
          stateAt: now,
          stateReason: null,
          joinedAt: null,
          succeedsId: null,
          withoutMailAt: null,
          addressRefusedAt: null,
          remindersStoppedAt: null,
          answersErasedAt: null,
          contactRemovedAt: null,
          mailboxKey: null,
        })
        await insertAssignments(tx, assignments({ studyId, caseId, participantId: id, opensAt: later(opens), closesAt: later(opens + 28) }))
        await insertMessages(
          tx,
          kinds.map((kind, index) => {
            const at = later(opens + index * 7)
            const key = { studyId, participantId: id, wave: 'T0', kind }
            return { ...key, id: newId(), caseId, dueAt: at, nextAt: at, messageId: messageIdFor(key, 'meting.example') }
          }),
        )
      }
    })
  }
}

interface Packet {
  studyId: string
  caseId: string
  participantId: string
  opensAt: string
  closesAt: string
}

const assignments = (packet: Packet) =>
  ['nosik', 'nosi-b', 'veo', 'pul'].map((instrumentId) => ({
    ...packet,
    id: newId(),
    wave: 'T0',
    instrumentId,
    instrumentVersion: '0.1.0-standin',
    state: 'scheduled' as const,
    aboutId: null,
    reason: null,
    target: packet.opensAt.slice(0, 10),
    startedAt: null,
    endedAt: null,
  }))
