/** Who is asked what and when, in one case: a protocol applied to the facts of the case. */
import { parseReference, type Reference } from '../instruments/definition.ts'
import type { Plan, PlanCase, PlannedAssignment, PlannedMessage, PlanParticipant } from './case.ts'
import { assertFits } from './fits.ts'
import { atLocalTime, compare, earlier, later, localDay, nextAtLocalTime } from './local-time.ts'
import type { Protocol, ScheduleRow } from './schema.ts'
import { type WaveDates, waveDates } from './wave-dates.ts'

/** What one participant is asked in one wave: one window, one invitation, one set of reminders. */
interface Packet {
  participant: PlanParticipant
  wave: string
  dates: WaveDates
  instruments: Reference[]
}

/**
 * All assignments and messages that should exist for a case, in order of time.
 *
 * - A wave whose anchor is not known yet is not planned.
 * - Of a participant who stopped, what was completed or over by then stays, and the rest is not planned.
 * - The invitation goes out at the protocol's local hour on the day the window opens, or at the first such hour after the
 *   case came in, when that is later; reminders count from the day of the invitation. None is planned at or after the moment at which
 *   the window closes, the participant stopped, or the last assignment of the packet was completed.
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
    mailTime: { hour: protocol.messages.hour, timeZone: protocol.timeZone },
  }
}

function packetsOf(protocol: Protocol, planCase: PlanCase, participant: PlanParticipant): Packet[] {
  return protocol.waves.flatMap((wave) => {
    const dates = waveDates(wave, planCase.anchors, protocol.timeZone)
    const rows = protocol.schedule.filter(
      (row) => row.role === participant.role && row.waves.includes(wave.id) && isFor(row, planCase.arm, planCase.cohort),
    )
    // An instrument is asked once a wave, also when two rows of the schedule ask for it.
    const instruments = new Map(rows.map((row) => [parseReference(row.instrument).id, parseReference(row.instrument)]))
    return dates && instruments.size > 0 ? [{ participant, wave: wave.id, dates, instruments: [...instruments.values()] }] : []
  })
}

/** Whether a row of the schedule is for cases in this arm and cohort. */
export const isFor = ({ when }: ScheduleRow, arm: string, cohort: string): boolean =>
  (when?.arms?.includes(arm) ?? true) && (when?.cohorts?.includes(cohort) ?? true)

function assignmentsOf(packet: Packet, planCase: PlanCase): PlannedAssignment[] {
  const { participant, wave, dates, instruments } = packet
  const overBeforeStop = participant.stoppedAt === undefined || dates.closesAt <= participant.stoppedAt
  return instruments
    .filter((instrument) => overBeforeStop || completedAt(packet, instrument, planCase) !== undefined)
    .map((instrument) => ({
      participant: participant.id,
      role: participant.role,
      wave,
      instrument,
      target: dates.target.toString(),
      opensAt: dates.opensAt,
      closesAt: dates.closesAt,
    }))
}

function messagesOf(packet: Packet, planCase: PlanCase, { messages, timeZone }: Protocol): PlannedMessage[] {
  const { participant, wave, dates } = packet
  const invitedAt = nextAtLocalTime(later(dates.opensAt, planCase.registeredAt), messages.hour, timeZone)
  const invitedOn = localDay(invitedAt, timeZone)
  const until = lastMoment(packet, planCase)
  return [
    { kind: 'invitation', days: 0, at: invitedAt },
    ...messages.reminders.map(({ id, days }) => ({ kind: id, days, at: atLocalTime(invitedOn.add({ days }), messages.hour, timeZone) })),
  ]
    .filter(({ at }) => at < until)
    .map((message) => ({ participant: participant.id, role: participant.role, wave, ...message, until }))
}

/** From when on nothing is sent about a packet. */
function lastMoment(packet: Packet, planCase: PlanCase): string {
  const { participant, dates, instruments } = packet
  const stopped = earlier(dates.closesAt, participant.stoppedAt ?? dates.closesAt)
  const completed = instruments.map((instrument) => completedAt(packet, instrument, planCase))
  if (completed.some((at) => at === undefined)) return stopped
  return earlier(
    stopped,
    completed.reduce<string>((last, at) => later(last, at as string), ''),
  )
}

const completedAt = ({ participant, wave }: Packet, instrument: Reference, { completed }: PlanCase): string | undefined =>
  completed.find((done) => done.participant === participant.id && done.wave === wave && done.instrument === instrument.id)?.at
