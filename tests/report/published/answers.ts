/** Answers to a list that give the wanted scores; everything else is answered anyhow. */
import { answerChecker } from '../../../instruments/answers.ts'
import type { Answers, Instrument } from '../../../instruments/schema.ts'
import { randomOf } from '../../../server/demo/random.ts'
import { simulateAnswers } from '../../../server/demo/simulate-answers.ts'
import type { Wanted } from './wanted.ts'

/** What to submit: answers, and which of the questions that are asked were left open. */
export function submissionOf(
  instrument: Instrument,
  { code, wave, role, aims, answers, open }: Wanted,
): { answers: Answers; skipped: string[] } {
  const random = randomOf('published', code, instrument.id, wave, role)
  const anyhow = simulateAnswers(instrument, random, { aims, leaveOpen: 0 })
  const meant = Object.fromEntries(Object.entries({ ...anyhow.answers, ...answers }).filter(([item]) => !open.includes(item)))
  const checked = answerChecker(instrument)(meant)
  if (checked.problems.length > 0) throw new RangeError(JSON.stringify(checked.problems))
  return { answers: checked.answers, skipped: checked.open.map(({ item }) => item) }
}
