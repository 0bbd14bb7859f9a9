/** Randomness of a test that is another one each time, and can be had again: SEED is what an earlier run printed. */
import { type Random, randomOf } from '../../server/demo/random.ts'

export function seeded(test: { diagnostic(message: string): void }): Random {
  const seed = process.env.SEED ?? String(Math.floor(Math.random() * 1e9))
  test.diagnostic(`SEED=${seed}`)
  return randomOf(seed)
}

/** One figure of a run, in the way that docs/reliability.md is made from. */
export const figure = (test: { diagnostic(message: string): void }, name: string, value: number | string): void =>
  test.diagnostic(`figure: ${name} = ${value}`)
