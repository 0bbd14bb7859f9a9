/** Whether a row of the schedule asks something in one case, of one participant, about one other. */
import { type Condition, readCondition } from '../instruments/condition.ts'
import type { PlanCase, PlanParticipant } from './case.ts'
import type { ScheduleRow } from './schema.ts'

/** Whether a row of the schedule is for cases in this arm and cohort. */
export const isFor = ({ when }: ScheduleRow, arm: string, cohort: string): boolean =>
  (when?.arms?.includes(arm) ?? true) && (when?.cohorts?.includes(cohort) ?? true)

/** The participants whom a row asks about, one by one; a single null when it asks about the case. */
export const subjectsOf = ({ about }: ScheduleRow, { participants }: PlanCase): (PlanParticipant | null)[] =>
  about === undefined ? [null] : participants.filter(({ role }) => role === about)

/** Whether the sample, the consent and the answers that a row wants are there. Arm and cohort are `isFor`'s. */
export function applies(row: ScheduleRow, planCase: PlanCase, participant: PlanParticipant, about: PlanParticipant | null): boolean {
  const { sample, answers } = row.when ?? {}
  if (planCase.hypothetical) return true
  if (sample !== undefined && !planCase.samples?.includes(sample)) return false
  return isConsented(row, planCase, participant, about) && (answers === undefined || isAnswered(answers, planCase))
}

/** Of the one who answers, or whom it is about, that one's own word counts; of another role, nobody's no and somebody's yes. */
function isConsented(
  { role, about: aboutRole, when }: ScheduleRow,
  planCase: PlanCase,
  participant: PlanParticipant,
  about: PlanParticipant | null,
): boolean {
  if (!when?.consent) return true
  const { purpose, of } = when.consent
  const asked =
    of === role ? [participant] : about && of === aboutRole ? [about] : planCase.participants.filter((other) => other.role === of)
  const words = asked.map(({ consents }) => consents?.[purpose])
  return words.includes(true) && !words.includes(false)
}

type AnswersCondition = NonNullable<NonNullable<ScheduleRow['when']>['answers']>

const isAnswered = ({ instrument, wave, condition }: AnswersCondition, { answered = [] }: PlanCase): boolean =>
  answered.some((one) => one.instrument === instrument && (wave === undefined || one.wave === wave) && compiled(condition)(one.answers))

const conditions = new Map<string, Condition>()

/** Compiled once: a condition of a protocol is asked of every case. */
function compiled(expression: string): Condition {
  const known = conditions.get(expression) ?? readCondition(expression)
  conditions.set(expression, known)
  return known
}
