/** No more reminders, or reminders again. It is no withdrawal: what is open stays open, and the next wave comes with its invitation. */
import type { Context } from '../context.ts'
import { recordEvent } from '../queries/events.ts'
import { type Participant, setRemindersStopped } from '../queries/participants.ts'
import { participantOfReminderLink } from '../queries/reminder-links.ts'
import { Refusal } from '../refusal.ts'
import { caseloadOf } from './caseload.ts'
import { replanCase } from './replan-case.ts'
import { studyOfParticipant } from './study-of-participant.ts'
import { tokenHash } from './token.ts'

/** In all their cases. Saying the same twice is harmless. Refuses whoever does not take part any more: they get no mail anyhow. */
export async function wantReminders(context: Context, { id }: Pick<Participant, 'id'>, wanted: boolean): Promise<void> {
  await context.stores.study.withTx(async (tx) => {
    const placed = await studyOfParticipant(tx, context, { id })
    const active = (await caseloadOf(tx, placed)).filter(({ participant }) => participant.state === 'active')
    if (active.length === 0) throw new Refusal('participant-stopped')
    const at = context.clock.now()
    const kind = wanted ? 'reminders wanted' : 'reminders stopped'
    for (const { participant } of active.filter((seat) => wanted !== (seat.participant.remindersStoppedAt === null))) {
      await setRemindersStopped(tx, participant.id, wanted ? null : at)
      await recordEvent(tx, { at, studyId: placed.study.id, caseId: participant.caseId, participantId: participant.id, kind })
      await replanCase(tx, context, participant.caseId)
    }
  })
}

/** Whose reminders the address in the head of a mail is about. Changes nothing. */
export async function lookUpReminderLink({ stores }: Pick<Context, 'stores'>, token: string): Promise<Participant> {
  const isMark = /^[A-Za-z0-9_-]{22}$/.test(token)
  const participant = isMark && (await participantOfReminderLink(stores.study.read, tokenHash(token)))
  if (!participant) throw new Refusal('link-unknown')
  return participant
}
