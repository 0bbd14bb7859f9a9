/** The plan of one example case, as a page for people and as JSON for programs. */
import { formatReference, textIn } from '../../instruments/definition.ts'
import { calendar } from '../../protocols/calendar.ts'
import type { Plan, PlanCase } from '../../protocols/case.ts'
import { conditionsOf } from '../../protocols/conditions-in-words.ts'
import { armsOf } from '../../protocols/example-case.ts'
import type { Protocol, Wave } from '../../protocols/schema.ts'
import { waveDates } from '../../protocols/wave-dates.ts'
import { aligned } from './aligned.ts'
import { namesOf, paceTable, rowOf, waveTable, weekday, whoTable } from './plan-tables.ts'

/** What `plan --json` prints; documented in docs/planning.md. */
export function planAsJson(protocol: Protocol, planCase: PlanCase, plan: Plan) {
  const { arm, cohort, anchors } = planCase
  return {
    protocol: formatReference(protocol),
    timeZone: protocol.timeZone,
    arm,
    cohort,
    anchors,
    waves: protocol.waves.map((wave) => ({ wave: wave.id, ...datesAsJson(wave, protocol, anchors) })),
    assignments: plan.assignments.map((assignment) => {
      const { role, about, wave, instrument, target, opensAt, closesAt } = assignment
      const row = rowOf(assignment, protocol, planCase)
      return { role, about, wave, instrument: formatReference(instrument), target, opensAt, closesAt, only: row ? conditionsOf(row) : [] }
    }),
    messages: plan.messages.map(({ role, wave, kind, at }) => ({ role, wave, kind, at })),
  }
}

function datesAsJson(wave: Wave, { timeZone }: Protocol, anchors: Record<string, string>) {
  const dates = waveDates(wave, anchors, timeZone)
  if (!dates) return { anchor: null, waitsFor: wave.anchors }
  const { anchor, target, opensAt, closesAt } = dates
  return { anchor, target: target.toString(), opensAt, closesAt }
}

/** A page of tables: the waves, who fills in what, and the calendar. */
export function planAsText(protocol: Protocol, planCase: PlanCase, plan: Plan): string {
  const { arm, cohort, anchors } = planCase
  const [paceHead, ...paces] = paceTable(protocol)
  return [
    `${textIn(protocol.title, 'en')}, ${formatReference(protocol)}. Times are local in ${protocol.timeZone}.`,
    choice('arm', arm, armsOf(protocol, cohort)),
    choice('cohort', cohort, Object.keys(protocol.cohorts)),
    '',
    'Waves',
    ...columns(waveTable(protocol, anchors)),
    '',
    ...(paces.length === 0 ? [] : ['Roles that work at their own pace: lists are open', ...columns([paceHead, ...paces]), '']),
    'Who fills in what, and the day on which it falls',
    ...columns(whoTable(protocol, planCase, plan)),
    '',
    'Calendar',
    ...columns([
      ['date', 'time', 'wave', 'role', 'what', 'instruments'],
      ...calendar(plan).map(({ day, time, wave, role, what, instruments }) => [weekday(day), time, wave, role, what, namesOf(instruments)]),
    ]),
    '',
  ].join('\n')
}

/** Which arm or cohort this is, and which others --arm or --cohort can ask for. */
function choice(option: string, chosen: string, known: string[]): string {
  const others = known.filter((name) => name !== chosen)
  return `${option}: ${chosen}${others.length > 0 ? ` (--${option} also knows: ${others.join(', ')})` : ''}`
}

const columns = (rows: string[][]): string[] => aligned(rows).map((line) => `  ${line}`)
