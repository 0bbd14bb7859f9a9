/** The tables of a plan, as rows of cells with their head first: for the page of the command, and for the documentation. */
import { formatReference, parseReference, type Reference } from '../../instruments/definition.ts'
import { isFor } from '../../protocols/applies.ts'
import type { Plan, PlanCase, PlannedAssignment } from '../../protocols/case.ts'
import { conditionsOf } from '../../protocols/conditions-in-words.ts'
import { localDay } from '../../protocols/local-time.ts'
import type { Protocol, ScheduleRow, Wave } from '../../protocols/schema.ts'
import { waveDates } from '../../protocols/wave-dates.ts'

export type Table = [head: string[], ...rows: string[][]]

/** When each wave falls, for whoever has no window of their own. */
export const waveTable = (protocol: Protocol, anchors: Record<string, string>): Table => [
  ['wave', 'counts from', 'falls on', 'opens', 'last day'],
  ...protocol.waves.map((wave) => waveRow(wave, protocol, anchors)),
]

function waveRow(wave: Wave, { timeZone }: Protocol, anchors: Record<string, string>): string[] {
  const dates = waveDates(wave, anchors, timeZone)
  if (!dates) return [wave.id, `${wave.anchors.join(' or ')}${offsetOf(wave)}`, 'no date yet', '', '']
  const { anchor, target, firstDay, lastDay } = dates
  return [wave.id, `${anchor} ${anchors[anchor]}${offsetOf(wave)}`, weekday(target), weekday(firstDay), weekday(lastDay)]
}

/** What is added to the anchor: ` + 3 months`. */
export const offsetOf = ({ offset }: Pick<Wave, 'offset'>): string => signed(offset.months, 'month') + signed(offset.days, 'day')

const signed = (count: number, unit: string): string =>
  count === 0 ? '' : ` ${count < 0 ? '-' : '+'} ${Math.abs(count)} ${unit}${Math.abs(count) === 1 ? '' : 's'}`

/** One line for each role and instrument in the order of the schedule, one column for each wave: table 2.1 with dates. */
export function whoTable(protocol: Protocol, { arm, cohort, participants }: PlanCase, { assignments }: Plan): Table {
  const rows = protocol.schedule.filter((row) => isFor(row, arm, cohort) && participants.some(({ role }) => role === row.role))
  const lines = Map.groupBy(rows, (row) => JSON.stringify([row.role, row.instrument, conditionsOf(row)]))
  return [
    ['role', 'instrument', ...protocol.waves.map(({ id }) => id), 'only'],
    ...[...lines.values()].map((alike) => {
      const [row] = alike as [ScheduleRow]
      const waves = alike.flatMap((one) => one.waves)
      const dayIn = (wave: string) => assignments.find((one) => one.wave === wave && isOfRow(one, row))?.target
      const days = protocol.waves.map(({ id }) => (waves.includes(id) ? (dayIn(id) ?? 'no date yet') : '-'))
      return [row.role, row.instrument, ...days, conditionsOf(row).join('; ')]
    }),
  ]
}

/** The row of the schedule that an assignment of an example case comes from. */
export function rowOf(assignment: PlannedAssignment, protocol: Protocol, { arm, cohort }: PlanCase): ScheduleRow | undefined {
  return protocol.schedule.find((row) => isFor(row, arm, cohort) && row.waves.includes(assignment.wave) && isOfRow(assignment, row))
}

/** In an example case the participant whom an assignment is about has the name of the role. */
const isOfRow = ({ role, about, instrument }: PlannedAssignment, row: ScheduleRow): boolean =>
  role === row.role && about === (row.about ?? null) && formatReference(instrument) === row.instrument

/** One line for each packet, in order of opening: what is in it, and when its mails go out. A list with conditions has a star. */
export function packetTable(protocol: Protocol, planCase: PlanCase, plan: Plan): Table {
  const { timeZone } = protocol
  const packets = Map.groupBy(plan.assignments, ({ participant, wave }) => JSON.stringify([participant, wave]))
  return [
    ['opens', 'last day', 'wave', 'role', 'lists', 'mails'],
    ...[...packets.values()].map((assignments) => {
      const [{ participant, wave, role, opensAt, closesAt }] = assignments as [PlannedAssignment]
      const lists = assignments.map((one) => one.instrument.id + (isConditional(one, protocol, planCase) ? '*' : ''))
      const mails = plan.messages.filter((message) => message.participant === participant && message.wave === wave)
      return [
        weekday(localDay(opensAt, timeZone)),
        weekday(localDay(closesAt, timeZone).subtract({ days: 1 })),
        wave,
        role,
        lists.join(', '),
        mails.map(({ at }) => localDay(at, timeZone).toString()).join(', ') || 'none',
      ]
    }),
  ]
}

function isConditional(assignment: PlannedAssignment, protocol: Protocol, planCase: PlanCase): boolean {
  const { when } = rowOf(assignment, protocol, planCase) ?? {}
  return when?.sample !== undefined || when?.consent !== undefined || when?.answers !== undefined
}

/** Roles that work at their own pace, if there are any. */
export const paceTable = ({ roles }: Protocol): Table => [
  ['role', 'opens', 'last day'],
  ...Object.entries(roles).flatMap(([role, { window }]) =>
    window
      ? [
          [
            role,
            dayOfWave(window.opens),
            `${dayOfWave(window.closes)}${window.fromRegistration ? ', or after registration where that is later' : ''}`,
          ],
        ]
      : [],
  ),
]

const dayOfWave = (days: number): string =>
  days === 0 ? 'on the day of the wave' : `${Math.abs(days)} days ${days < 0 ? 'before' : 'after'} the day of the wave`

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
export const weekday = (day: Temporal.PlainDate): string => `${weekdays[day.dayOfWeek - 1]} ${day}`

/** `veo, pul`. */
export const namesOf = (instruments: (Reference | string)[]): string =>
  instruments.map((one) => (typeof one === 'string' ? parseReference(one) : one).id).join(', ')
