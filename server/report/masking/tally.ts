/** Of how many families a number tells, and whether another number tells of the very same. */
import type { Amount } from './amounts.ts'

/**
 * `behind`: whose values are behind the number. `kind`: what is said of all of them, where other tables may say the same: that they have a
 * value, that their list came. Parts that are chosen by what they answered have none.
 */
export function tally(
  behind: readonly { of: object }[],
  kind: 'valid' | 'asked' | 'came' | 'not' | null = null,
): Pick<Amount, 'count' | 'families' | 'who'> {
  if (behind.length === 0 || kind === null) return { count: behind.length, families: new Set(behind.map(({ of }) => of)).size }
  const families = new Set(behind.map(({ of }) => of))
  // A sum does not depend on the order.
  let [one, other] = [0, 0]
  for (const { of } of behind) {
    const number = numberOf(of)
    one = (one + mixed(number, 0x9e3779b1)) | 0
    other = (other + mixed(number, 0x85ebca6b)) | 0
  }
  return { count: behind.length, families: families.size, who: `${kind} ${behind.length} ${one} ${other}` }
}

/** A number for each family, in the order in which they are met. */
const numbers = new WeakMap<object, number>()
let last = 0
function numberOf(of: object): number {
  const known = numbers.get(of) ?? ++last
  numbers.set(of, known)
  return known
}

/** Spreads numbers over 32 bits (the finish of MurmurHash3, which is in the public domain). */
function mixed(number: number, seed: number): number {
  let hash = (number ^ seed) | 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
