/** What has to change in the messages of a case. */
import type { Cancellation, CancelReason } from './cancellation.ts'
import type { Plan, PlannedMessage, Recorded, RecordedMessage } from './case.ts'
import { atLocalTime, compare, earlier, later, localDay, nextAtLocalTime } from './local-time.ts'

export interface MessageMove {
  id: string
  from: { state: RecordedMessage['state']; at: string }
  to: { state: 'planned'; at: string }
}

type Verdict = { at: string } | { reason: CancelReason }

/**
 * An invitation whose moment has passed still goes out, at the next local hour for mail, as long as its window is open. A reminder does not:
 * one that was never planned before its moment came is left out, and those ahead keep their distance in days to the
 * invitation as it went out, or at the earliest goes out now. So re-planning never makes two mails about one packet due
 * together.
 */
export function messageChanges(
  plan: Plan,
  recorded: Recorded,
  now: string,
): { add: PlannedMessage[]; move: MessageMove[]; cancel: Cancellation[] } {
  const known = new Map(recorded.messages.map((message) => [keyOf(message), message]))
  const verdicts = new Map(plan.messages.map((message) => [keyOf(message), verdictOn(message, known, plan, recorded, now)]))

  const add = plan.messages.flatMap((message) => {
    const verdict = verdicts.get(keyOf(message))
    return verdict && 'at' in verdict && !known.has(keyOf(message)) ? [{ ...message, at: verdict.at }] : []
  })
  const move: MessageMove[] = []
  const cancel: Cancellation[] = []
  for (const message of recorded.messages.filter((one) => !isOutOfHand(one))) {
    const { id, state, dueAt } = message
    const verdict = verdicts.get(keyOf(message)) ?? { reason: whyNone(message, plan, recorded) }
    if ('reason' in verdict) {
      if (state === 'planned') cancel.push({ id, reason: verdict.reason })
    } else if (state !== 'planned' || dueAt !== verdict.at) {
      move.push({ id, from: { state, at: dueAt }, to: { state: 'planned', at: verdict.at } })
    }
  }
  // Delays may have changed their order.
  return { add: add.sort((a, b) => compare(a.at, b.at)), move, cancel }
}

/** When a planned message goes out, or why it does not. */
function verdictOn(message: PlannedMessage, known: Map<string, RecordedMessage>, plan: Plan, recorded: Recorded, now: string): Verdict {
  if (message.until <= now) return { reason: whyNone(message, plan, recorded, 'closed') }
  const was = known.get(keyOf(message))
  const isReminder = message.days > 0
  const at = isReminder ? later(message.at, afterInvitation(message, known, plan, now)) : invitationAt(message, was, plan, now)
  if (at >= message.until) return { reason: 'closed' }
  if (at > now || !isReminder) return { at }
  // Due already and due still: it is the ticker's, with whatever it has tried so far.
  return was?.state === 'planned' && was.dueAt <= now ? { at: was.dueAt } : { reason: 'passed' }
}

/** The planned moment of an invitation; once that has passed, the next hour for mail, or sooner when it was planned sooner. */
function invitationAt(invitation: PlannedMessage, was: RecordedMessage | undefined, { mailTime }: Plan, now: string): string {
  if (invitation.at > now) return invitation.at
  const next = nextAtLocalTime(now, mailTime.hour, mailTime.timeZone)
  return was?.state === 'planned' ? earlier(was.dueAt, next) : next
}

/** The moment of a reminder, counted from the day the invitation went out, or from the day on which it is to go, today at the earliest. */
function afterInvitation(reminder: PlannedMessage, known: Map<string, RecordedMessage>, plan: Plan, now: string): string {
  const { hour, timeZone } = plan.mailTime
  const invitation = known.get(keyOf({ ...reminder, kind: 'invitation' }))
  const planned = plan.messages.find((message) => keyOf(message) === keyOf({ ...reminder, kind: 'invitation' }))
  const toGo = planned ? later(now, invitationAt(planned, invitation, plan, now)) : now
  const invitedAt = invitation && isOutOfHand(invitation) ? (invitation.settledAt ?? invitation.dueAt) : toGo
  return atLocalTime(localDay(invitedAt, timeZone).add({ days: reminder.days }), hour, timeZone)
}

/** Why a participant gets no more mail about a wave. */
function whyNone(
  { participant, wave, kind }: { participant: string; wave: string; kind: string },
  { stopped, withoutReminders, withoutMail }: Plan,
  { assignments }: Recorded,
  otherwise: CancelReason = 'not planned',
): CancelReason {
  const asked = assignments.filter((one) => one.participant === participant && one.wave === wave && one.state !== 'cancelled')
  if (asked.length > 0 && asked.every(({ state }) => state === 'completed')) return 'completed'
  if (stopped.includes(participant)) return 'stopped'
  if (withoutMail.includes(participant)) return 'no address'
  return kind !== 'invitation' && withoutReminders.includes(participant) ? 'reminders stopped' : otherwise
}

/** Handed over, or being handed over: nothing we plan can change it. */
const isOutOfHand = ({ state }: RecordedMessage): boolean => state !== 'planned' && state !== 'cancelled'

const keyOf = ({ participant, wave, kind }: { participant: string; wave: string; kind: string }): string =>
  JSON.stringify([participant, wave, kind])
