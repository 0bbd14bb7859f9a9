/** The plan of one example case, as a page for people and as JSON for programs. */
import { formatReference, type Reference, textIn } from '../../instruments/definition.ts'
import { isFor } from '../../protocols/applies.ts'
import { calendar } from '../../protocols/calendar.ts'
import type { Plan, PlanCase } from '../../protocols/case.ts'
import type { Protocol, ScheduleRow, Wave } from '../../protocols/schema.ts'
import { waveDates } from '../../protocols/wave-dates.ts'
import { aligned } from './aligned.ts'

/** What `plan --json` prints; documented in docs/planning.md. */
export function planAsJson(protocol: Protocol, { arm, cohort, anchors }: PlanCase, plan: Plan) {
  return {
    protocol: formatReference(protocol),
    timeZone: protocol.timeZone,
    arm,
    cohort,
    anchors,
    waves: protocol.waves.map((wave) => ({ wave: wave.id, ...datesAsJson(wave, protocol, anchors) })),
    assignments: plan.assignments.map(({ role, wave, instrument, target, opensAt, closesAt }) => ({
      role,
      wave,
      instrument: formatReference(instrument),
      target,
      opensAt,
      closesAt,
    })),
    messages: plan.messages.map(({ role, wave, kind, at }) => ({ role, wave, kind, at })),
  }
}

function datesAsJson(wave: Wave, { timeZone }: Protocol, anchors: Record<string, string>) {
  const dates = waveDates(wave, anchors, timeZone)
  if (!dates) return { anchor: null, waitsFor: wave.anchors }
  const { anchor, target, opensAt, closesAt } = dates
  return { anchor, target: target.toString(), opensAt, closesAt }
}

/** A page in three tables: the waves, who fills in what, and the calendar. */
export function planAsText(protocol: Protocol, planCase: PlanCase, plan: Plan): string {
  const { arm, cohort, anchors } = planCase
  return [
    `${textIn(protocol.title, 'en')}, ${formatReference(protocol)}. Times are local in ${protocol.timeZone}.`,
    choice('arm', arm, protocol.arms),
    choice('cohort', cohort, protocol.cohorts),
    '',
    'Waves',
    ...columns([
      ['wave', 'counts from', 'falls on', 'opens', 'last day'],
      ...protocol.waves.map((wave) => waveLine(wave, protocol, anchors)),
    ]),
    '',
    'Who fills in what, and the day on which it falls',
    ...columns([['role', 'instrument', ...protocol.waves.map(({ id }) => id)], ...whoFillsInWhat(protocol, planCase, plan)]),
    '',
    'Calendar',
    ...columns([
      ['date', 'time', 'wave', 'role', 'what', 'instruments'],
      ...calendar(plan).map(({ day, time, wave, role, what, instruments }) => [weekday(day), time, wave, role, what, names(instruments)]),
    ]),
    '',
  ].join('\n')
}

/** Which arm or cohort this is, and which others --arm or --cohort can ask for. */
function choice(option: string, chosen: string, known: Record<string, unknown>): string {
  const others = Object.keys(known).filter((name) => name !== chosen)
  return `${option}: ${chosen}${others.length > 0 ? ` (--${option} also knows: ${others.join(', ')})` : ''}`
}

function waveLine(wave: Wave, { timeZone }: Protocol, anchors: Record<string, string>): string[] {
  const offset = signed(wave.offset.months, 'month') + signed(wave.offset.days, 'day')
  const dates = waveDates(wave, anchors, timeZone)
  if (!dates) return [wave.id, `${wave.anchors.join(' or ')}${offset}`, 'no date yet', '', '']
  const { anchor, target, firstDay, lastDay } = dates
  return [wave.id, `${anchor} ${anchors[anchor]}${offset}`, weekday(target), weekday(firstDay), weekday(lastDay)]
}

const signed = (count: number, unit: string): string =>
  count === 0 ? '' : ` ${count < 0 ? '-' : '+'} ${Math.abs(count)} ${unit}${Math.abs(count) === 1 ? '' : 's'}`

/** One line for each role and instrument in the order of the schedule, one column for each wave: table 2.1 with dates. */
function whoFillsInWhat(protocol: Protocol, { arm, cohort, participants }: PlanCase, { assignments }: Plan): string[][] {
  const rows = protocol.schedule.filter((row) => isFor(row, arm, cohort) && participants.some(({ role }) => role === row.role))
  const lines = Map.groupBy(rows, ({ role, instrument }) => `${role} ${instrument}`)
  return [...lines.values()].map(([row, ...others]) => {
    const { role, instrument } = row as ScheduleRow
    const waves = [row as ScheduleRow, ...others].flatMap((one) => one.waves)
    const dayIn = (wave: string) =>
      assignments.find((one) => one.role === role && one.wave === wave && formatReference(one.instrument) === instrument)?.target
    return [role, instrument, ...protocol.waves.map(({ id }) => (waves.includes(id) ? (dayIn(id) ?? 'no date yet') : '-'))]
  })
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const weekday = (day: Temporal.PlainDate): string => `${weekdays[day.dayOfWeek - 1]} ${day}`

const names = (instruments: Reference[]): string => instruments.map(({ id }) => id).join(', ')

const columns = (rows: string[][]): string[] => aligned(rows).map((line) => `  ${line}`)
