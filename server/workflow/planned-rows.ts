/** What a plan adds to a case, as rows. */
import type { Changes } from '../../protocols/changes.ts'
import { messageIdFor } from '../mail/message-id.ts'
import { newId } from '../new-id.ts'
import type { Assignment } from '../queries/assignments.ts'
import type { NewMessage } from '../queries/messages.ts'

export interface PlannedRows {
  assignments: Assignment[]
  messages: NewMessage[]
}

/** `domain`: of the Message-IDs. */
export function plannedRows(
  { assignments, messages }: Changes['add'],
  { studyId, caseId, domain }: { studyId: string; caseId: string; domain: string },
): PlannedRows {
  return {
    assignments: assignments.map(({ participant, about, wave, instrument, opensAt, closesAt, target }) => ({
      id: newId(),
      studyId,
      caseId,
      participantId: participant,
      aboutId: about,
      wave,
      instrumentId: instrument.id,
      instrumentVersion: instrument.version,
      state: 'scheduled' as const,
      reason: null,
      opensAt,
      closesAt,
      target,
      startedAt: null,
      endedAt: null,
    })),
    messages: messages.map(({ participant, wave, kind, at }) => ({
      id: newId(),
      studyId,
      caseId,
      participantId: participant,
      wave,
      kind,
      dueAt: at,
      nextAt: at,
      messageId: messageIdFor({ studyId, participantId: participant, wave, kind }, domain),
    })),
  }
}
