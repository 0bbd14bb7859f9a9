/** The scores of one response as rows: the same at submitting and at re-scoring. */
import { hash } from 'node:crypto'
import { assess, type CheckedAnswers, scoreInput, type Yardstick } from '../../norms/assess.ts'
import type { Facts } from '../../norms/schema.ts'
import type { Respondent } from '../queries/participants.ts'
import type { Score } from '../queries/responses.ts'

/** One row per scale, in the order of the instrument. `completedOn`: the day on which the response was sent in, in the study's time zone. */
export function scoreRows(
  yardstick: Yardstick,
  checked: CheckedAnswers,
  facts: Facts,
  responseId: string,
  { now, completedOn }: { now: string; completedOn: string },
): Omit<Score, 'id'>[] {
  return assess(yardstick, checked, facts, completedOn).map((assessment) => ({
    ...assessment,
    responseId,
    inputHash: sha256(JSON.stringify(scoreInput(yardstick, assessment.scale, checked, facts, completedOn))),
    scoredAt: now,
  }))
}

/** Facts by which norms differ: the respondent's sex, and the child's age in whole years on the day of the answer, in the study's time zone. */
export function factsOf({ childBirthMonth, sex }: Pick<Respondent, 'childBirthMonth' | 'sex'>, completedOn: string): Facts {
  const facts: Facts = {}
  if (sex) facts.sex = sex
  if (childBirthMonth) facts.child_age = Temporal.PlainDate.from(`${childBirthMonth}-01`).until(completedOn, { largestUnit: 'years' }).years
  return facts
}

export const sha256 = (text: string): string => hash('sha256', text)
