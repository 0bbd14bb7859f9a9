/** Whether a message may go out right now, decided on what is recorded at that very moment. Pure. */
import { after, atLocalTime, localDay } from '../../protocols/local-time.ts'
import { type MailTemplate, templateFor } from '../../protocols/mail-templates.ts'
import type { Protocol } from '../../protocols/schema.ts'
import { invites } from '../mail/repeats.ts'
import { type Assignment, answerable } from '../queries/assignments.ts'
import type { ConsentRow } from '../queries/consents.ts'
import type { Message } from '../queries/messages.ts'
import type { Participant } from '../queries/participants.ts'
import { consentsFor } from './give-consent.ts'
import { isOpen } from './packet.ts'

export interface Situation {
  protocol: Protocol
  message: Message
  participant: Participant
  /** Of the participant in the message's wave. */
  assignments: Assignment[]
  /** The participant's latest word on each purpose. */
  consents: Map<string, Pick<ConsentRow, 'version' | 'given'>>
  /** Whether they said no to a caller, and nobody has decided yet. */
  saidNo: boolean
  /** The invitation that a reminder follows. */
  invitation?: Message | undefined
  now: string
}

/**
 * - send: the message goes out, about these assignments
 * - hold: not now; look again at `until`
 * - cancel: never. `missed`: nobody ever heard about this wave, so a person has to know
 */
export type Verdict =
  | { send: Assignment[]; template: MailTemplate }
  | { hold: 'not open yet' | 'address refused' | 'said no' | 'follows the invitation'; until: string }
  | {
      cancel: 'stopped' | 'no address' | 'reminders stopped' | 'consent refused' | 'closed' | 'completed' | 'not planned' | 'study closed'
      missed: boolean
    }

const aDay = 24 * 60 * 60 * 1000

export function maySend(situation: Situation): Verdict {
  const { protocol, message, participant, assignments, now } = situation
  const template = templateOf(protocol, message.kind, participant.role)
  if (!template) return cancel('not planned')
  if (participant.state !== 'active') return cancel('stopped')
  if (participant.withoutMailAt !== null) return cancel('no address')
  if (!invites(message.kind) && participant.remindersStoppedAt !== null) return cancel('reminders stopped')
  if (refusedConsent(situation)) return cancel('consent refused')
  const open = assignments.filter((assignment) => isOpen(assignment, now))
  if (open.length === 0) return nothingOpen(situation)
  if (participant.addressRefusedAt !== null) return { hold: 'address refused', until: after(now, aDay) }
  if (situation.saidNo) return { hold: 'said no', until: after(now, aDay) }
  const earliest = earliestReminder(situation)
  if (earliest > now) return { hold: 'follows the invitation', until: earliest }
  return { send: open, template }
}

const cancel = (reason: Extract<Verdict, { cancel: unknown }>['cancel'], missed = false): Verdict => ({ cancel: reason, missed })

/** The text of a message in the protocol, if it has one for it: the role's own, or that for everybody. */
export const templateOf = (protocol: Protocol, kind: string, role: string): MailTemplate | undefined =>
  templateFor(protocol, invites(kind) ? 'invitation' : kind, role)

const refusedConsent = ({ protocol, participant, consents }: Situation): boolean =>
  consentsFor(protocol, participant.role).some(({ purpose, required }) => required && consents.get(purpose)?.given === false)

function nothingOpen({ message, assignments, now }: Situation): Verdict {
  const unfinished = assignments.filter(({ state }) => answerable.includes(state))
  const opening = unfinished.map(({ opensAt }) => opensAt).filter((opensAt) => opensAt > now)
  const [next] = opening.sort()
  if (next !== undefined) return { hold: 'not open yet', until: next }
  if (unfinished.length > 0 || assignments.some(({ state }) => state === 'expired')) return cancel('closed', invites(message.kind))
  return cancel(assignments.some(({ state }) => state === 'completed') ? 'completed' : 'not planned')
}

/**
 * A reminder keeps its distance in days to the invitation as it really went out, so that after a standstill of the mail
 * nobody gets them all at once. The same holds when a case is re-planned.
 */
function earliestReminder({ protocol: { messages, timeZone }, message, invitation, now }: Situation): string {
  const reminder = messages.reminders.find(({ id }) => id === message.kind)
  if (!reminder || !invitation) return now
  const { state, settledAt, dueAt } = invitation
  if (state === 'cancelled' || state === 'refused') return now
  const invitedAt = state === 'planned' || state === 'claimed' ? now : (settledAt ?? dueAt)
  return atLocalTime(localDay(invitedAt, timeZone).add({ days: reminder.days }), messages.hour, timeZone)
}
