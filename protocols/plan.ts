/** Who is asked what and when, in one case: a protocol applied to the facts of the case. */
import { parseReference, type Reference } from '../instruments/definition.ts'
import { applies, isFor, subjectsOf } from './applies.ts'
import type { Done, Plan, PlanCase, PlannedAssignment, PlannedMessage, PlanParticipant } from './case.ts'
import { assertFits } from './fits.ts'
import { atLocalTime, compare, earlier, later, localDay, nextAtLocalTime } from './local-time.ts'
import type { Protocol } from './schema.ts'
import { type WaveDates, waveDates } from './wave-dates.ts'

/** What one participant is asked in one wave: one window, one invitation, one set of reminders. */
interface Packet {
  participant: PlanParticipant
  wave: string
  dates: WaveDates
  asked: Asked[]
}

/** One list of a packet, and the participant whom it is about. */
interface Asked {
  instrument: Reference
  about: PlanParticipant | null
}

/**
 * All assignments and messages that should exist for a case, in order of time.
 *
 * - A wave whose anchor is not known yet is not planned.
 * - A window that staff extended closes at that later moment, for all that this participant is asked in the wave.
 * - Of a participant who stopped, what was completed or over by then stays, and the rest is not planned. The same holds for
 *   what is about them, unless they handed the case over.
 * - Of a participant who came in later, what was over by then is not planned, be it of them or about them, nor what the one before
 *   them completed.
 * - The invitation goes out at the protocol's local hour on the day the window opens, or at the first such hour after the
 *   case came in, when that is later; reminders count from the day of the invitation. None is planned at or after the moment at which
 *   the window closes, the participant stopped, or the last assignment of the packet was completed.
 *
 * Somebody without a mail address is asked the same, in the same windows; no message is planned.
 *
 * Throws a RangeError when the case does not fit the protocol, see `assertFits`.
 */
export function plan(protocol: Protocol, planCase: PlanCase): Plan {
  assertFits(protocol, planCase)
  const packets = planCase.participants.flatMap((participant) => packetsOf(protocol, planCase, participant))
  return {
    // Sorting is stable: equal moments keep the order of waves, then of the schedule.
    assignments: packets.flatMap((packet) => assignmentsOf(packet, planCase)).sort((a, b) => compare(a.opensAt, b.opensAt)),
    messages: packets.flatMap((packet) => messagesOf(packet, planCase, protocol)).sort((a, b) => compare(a.at, b.at)),
    stopped: planCase.participants.filter(({ stoppedAt }) => stoppedAt !== undefined).map(({ id }) => id),
    withoutReminders: planCase.participants.filter(({ withoutReminders }) => withoutReminders).map(({ id }) => id),
    withoutMail: planCase.participants.filter(({ withoutMail }) => withoutMail).map(({ id }) => id),
    mailTime: { hour: protocol.messages.hour, timeZone: protocol.timeZone },
  }
}

function packetsOf(protocol: Protocol, planCase: PlanCase, participant: PlanParticipant): Packet[] {
  return protocol.waves.flatMap((wave) => {
    const window = protocol.roles[participant.role]?.window
    const planned = waveDates(window ? { ...wave, window } : wave, planCase.anchors, protocol.timeZone, planCase.registeredAt)
    const dates = planned && keptOpen(planned, planCase, participant.id, wave.id)
    if (!dates || dates.closesAt <= (participant.joinedAt ?? '')) return []
    const rows = protocol.schedule.filter(
      (row) => row.role === participant.role && row.waves.includes(wave.id) && isFor(row, planCase.arm, planCase.cohort),
    )
    const asked = rows.flatMap((row) =>
      subjectsOf(row, planCase)
        .filter((about) => dates.closesAt > (about?.joinedAt ?? '') && applies(row, planCase, participant, about))
        .map((about) => ({ instrument: parseReference(row.instrument), about })),
    )
    // An instrument is asked once a wave and subject, also when two rows of the schedule ask for it.
    const once = new Map(asked.map((one) => [JSON.stringify([one.instrument.id, one.about?.id]), one]))
    const packet = { participant, wave: wave.id, dates, asked: [...once.values()] }
    const left = packet.asked.filter((one) => !doneByPredecessor(packet, one, planCase))
    return left.length > 0 ? [{ ...packet, asked: left }] : []
  })
}

/** The dates of a wave whose window staff may have extended; it never closes sooner for that. */
function keptOpen(dates: WaveDates, { extensions = [] }: PlanCase, participant: string, wave: string): WaveDates {
  const extended = extensions.find((one) => one.participant === participant && one.wave === wave)
  return extended ? { ...dates, closesAt: later(dates.closesAt, extended.closesAt) } : dates
}

function assignmentsOf(packet: Packet, planCase: PlanCase): PlannedAssignment[] {
  const { participant, wave, dates, asked } = packet
  const overBy = (stopped: string | undefined): boolean => stopped === undefined || dates.closesAt <= stopped
  const stays = ({ about }: Asked): boolean => overBy(participant.stoppedAt) && (about?.handedOver || overBy(about?.stoppedAt))
  return asked
    .filter((one) => stays(one) || doneAt(packet, one, planCase) !== undefined)
    .map(({ instrument, about }) => ({
      participant: participant.id,
      role: participant.role,
      about: about?.id ?? null,
      wave,
      instrument,
      target: dates.target.toString(),
      opensAt: dates.opensAt,
      closesAt: dates.closesAt,
    }))
}

function messagesOf(packet: Packet, planCase: PlanCase, { messages, roles, timeZone }: Protocol): PlannedMessage[] {
  const { participant, wave, dates } = packet
  if (!roles[participant.role]?.mail || participant.withoutMail) return []
  const cameIn = later(planCase.registeredAt, participant.joinedAt ?? planCase.registeredAt)
  const invitedAt = nextAtLocalTime(later(dates.opensAt, cameIn), messages.hour, timeZone)
  const invitedOn = localDay(invitedAt, timeZone)
  const reminders = participant.withoutReminders ? [] : messages.reminders
  const until = lastMoment(packet, planCase)
  return [
    { kind: 'invitation', days: 0, at: invitedAt },
    ...reminders.map(({ id, days }) => ({ kind: id, days, at: atLocalTime(invitedOn.add({ days }), messages.hour, timeZone) })),
  ]
    .filter(({ at }) => at < until)
    .map((message) => ({ participant: participant.id, role: participant.role, wave, ...message, until }))
}

/** From when on nothing is sent about a packet. */
function lastMoment(packet: Packet, planCase: PlanCase): string {
  const { participant, dates } = packet
  const stopped = earlier(dates.closesAt, participant.stoppedAt ?? dates.closesAt)
  const asked = assignmentsOf(packet, planCase)
  const done = packet.asked
    .filter(({ instrument, about }) => asked.some((one) => one.instrument.id === instrument.id && one.about === (about?.id ?? null)))
    .map((one) => doneAt(packet, one, planCase))
  if (done.some((at) => at === undefined)) return stopped
  return earlier(
    stopped,
    done.reduce<string>((last, at) => later(last, at as string), ''),
  )
}

/** When an assignment was completed or called off, if it was. */
function doneAt({ participant, wave }: Packet, asked: Asked, { completed, calledOff = [] }: PlanCase): string | undefined {
  return [...completed, ...calledOff].find((done) => isDone(done, participant.id, wave, asked))?.at
}

/** Whether one of those whose place this participant took completed it. */
function doneByPredecessor({ participant, wave }: Packet, asked: Asked, { participants, completed }: PlanCase): boolean {
  const seen = new Set<string>()
  for (let id = participant.succeeds; id !== undefined && !seen.has(id); id = participants.find((one) => one.id === id)?.succeeds) {
    seen.add(id)
    if (completed.some((done) => isDone(done, id as string, wave, asked))) return true
  }
  return false
}

const isDone = (done: Done, participant: string, wave: string, { instrument, about }: Asked): boolean =>
  done.participant === participant &&
  done.wave === wave &&
  done.instrument === instrument.id &&
  (done.about ?? null) === (about?.id ?? null)
