/**
 * Chance that follows from a seed, so that a report made twice has the same intervals twice: xoshiro128** (Blackman and Vigna,
 * Scrambled Linear Pseudorandom Number Generators, ACM Transactions on Mathematical Software 47 (2021), 36, public domain).
 */
export function wholeNumbersFrom(seed: number): (below: number) => number {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`A seed is a whole number, not ${seed}`)
  const next = xoshiro(stateOf(seed))
  // Until both halves of the seed are in every word.
  for (let skipped = 0; skipped < 8; skipped++) next()
  // 2^32 is no multiple of `below`: some numbers come up more often, by a share of below / 2^32, which no report can show.
  return (below) => Math.floor((next() / 2 ** 32) * below)
}

/** Whole numbers from 0 to 2^32 - 1, from a state of four of which one is not 0. */
export function xoshiro(state: [number, number, number, number]): () => number {
  let [s0, s1, s2, s3] = state
  return () => {
    const made = Math.imul(turned(Math.imul(s1, 5), 7), 9) >>> 0
    const shifted = s1 << 9
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= shifted
    s3 = turned(s3, 11)
    return made
  }
}

const turned = (word: number, by: number): number => (word << by) | (word >>> (32 - by))

/**
 * Two words of each half of the seed, counted on in steps of the golden ratio and mixed so that near seeds have nothing in common
 * (C. Wellons, Prospecting for Hash Functions, 2018). Different seeds have different states, and none is all 0.
 */
function stateOf(seed: number): [number, number, number, number] {
  const [low, high] = [seed | 0, Math.floor(seed / 2 ** 32) | 0]
  return [mixed(low + golden), mixed(low + 2 * golden), mixed(high + 3 * golden), mixed(high + 4 * golden)]
}

const golden = 0x9e3779b9

function mixed(word: number): number {
  let made = Math.imul(word ^ (word >>> 16), 0x21f0aaad)
  made = Math.imul(made ^ (made >>> 15), 0x735a2d97)
  return made ^ (made >>> 15)
}
