/** Answers to a shipped list as they would be scored when sent in, for examples worked out by hand. */
import assert from 'node:assert/strict'
import { answerChecker } from '../../instruments/answers.ts'
import type { Instrument } from '../../instruments/schema.ts'
import { type RawScore, scoreInstrument } from '../../instruments/score.ts'
import { readDefinitions, shippedDirectory } from '../../server/definitions/load.ts'

const { definitions } = readDefinitions([shippedDirectory])

export const standIn = (id: string): Instrument => definitions.instruments.need(`${id}@0.1.0-standin`)

/** Whole scores by scale. Fails when an answer is refused. The list was completed on 2 March 2026. */
export function scores(id: string, given: Record<string, unknown>): Record<string, RawScore> {
  const { answers, notApplicable, problems } = answerChecker(standIn(id))(given)
  assert.deepEqual(problems, [])
  const all = scoreInstrument(standIn(id), answers, notApplicable, { completedOn: '2026-03-02', prices: new Map() })
  return Object.fromEntries(all.map(({ scale, ...score }) => [scale, score]))
}

/** Raw scores by scale, or why there is none. */
export const scored = (id: string, given: Record<string, unknown>): Record<string, number | string | null> =>
  Object.fromEntries(Object.entries(scores(id, given)).map(([scale, { raw, reason }]) => [scale, raw ?? reason]))

/** The items that are asked, given these answers. */
export const asked = (id: string, given: Record<string, unknown>): string[] => answerChecker(standIn(id))(given).asked

export const itemsOfScale = (id: string, scale: string): string[] => standIn(id).scales.find((one) => one.id === scale)?.items ?? []

export const all = (names: readonly string[], answer: number): Record<string, number> =>
  Object.fromEntries(names.map((name) => [name, answer]))
