/** A plan as people read it: by local day and time, one line for each thing that happens to a packet. */
import type { Reference } from '../instruments/definition.ts'
import type { Plan, PlannedAssignment } from './case.ts'
import { compare, localDateTime } from './local-time.ts'

export interface CalendarLine {
  /** Local day and time. A window closes at 24:00 of its last day. */
  day: Temporal.PlainDate
  time: string
  wave: string
  role: string
  participant: string
  /** `opens`, `closes`, `invitation`, or the id of a reminder. */
  what: string
  /** What the packet holds. */
  instruments: Reference[]
}

/** The lines of a plan in order of local time. */
export function calendar(plan: Plan): CalendarLine[] {
  const { timeZone } = plan.mailTime
  const packets = Map.groupBy(plan.assignments, packetKey)
  const lines = [...packets.values()].flatMap((assignments) => {
    const [first] = assignments as [PlannedAssignment, ...PlannedAssignment[]]
    const { wave, role, participant } = first
    const packet = { wave, role, participant, instruments: assignments.map(({ instrument }) => instrument) }
    const messages = plan.messages.filter((message) => packetKey(message) === packetKey(first))
    return [
      { ...packet, what: 'opens', ...shown(first.opensAt, timeZone) },
      ...messages.map(({ kind, at }) => ({ ...packet, what: kind, ...shown(at, timeZone) })),
      { ...packet, what: 'closes', ...shownAsEnd(first.closesAt, timeZone) },
    ]
  })
  return lines.sort((a, b) => Temporal.PlainDate.compare(a.day, b.day) || compare(a.time, b.time))
}

function shown(moment: string, timeZone: string): Pick<CalendarLine, 'day' | 'time'> {
  const local = localDateTime(moment, timeZone)
  return { day: local.toPlainDate(), time: local.toPlainTime().toString({ smallestUnit: 'minute' }) }
}

const shownAsEnd = (moment: string, timeZone: string): Pick<CalendarLine, 'day' | 'time'> => ({
  day: localDateTime(moment, timeZone).toPlainDate().subtract({ days: 1 }),
  time: '24:00',
})

const packetKey = ({ participant, wave }: { participant: string; wave: string }): string => JSON.stringify([participant, wave])
