/** Chance for tests. */
import { createHash } from 'node:crypto'
import type { Draw } from '../../protocols/shuffle.ts'
import { drawsFrom } from '../../server/access/draws.ts'

/** Draws that follow from a text alone. */
export const drawsOf = (...words: (string | number)[]): Draw => drawsFrom(createHash('sha256').update(String(words[0])).digest(), ...words)

/** What comes of `work` with every row of draws that there is, each row once. Throws when rows are of different likelihood. */
export function withEveryDraw<T>(work: (draw: Draw) => T): T[] {
  const results: T[] = []
  const likelihoods = new Set<number>()
  const rows: number[][] = [[]]
  for (let row = rows.pop(); row !== undefined; row = rows.pop()) {
    const given = row
    let used = 0
    let likelihood = 1
    const branches: number[][] = []
    const result = work((below) => {
      likelihood /= below
      const drawn = given[used] ?? 0
      if (used === given.length) {
        for (let other = 1; other < below; other++) branches.push([...given, other])
        given.push(0)
      }
      used++
      return drawn
    })
    results.push(result)
    likelihoods.add(Math.round(1 / likelihood))
    rows.push(...branches)
  }
  if (likelihoods.size !== 1) throw new Error(`rows of draws differ in likelihood: ${[...likelihoods]}`)
  return results
}
