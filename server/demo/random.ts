/** Randomness that is the same every time: the demonstration's people and answers follow from a seed alone. */

import { shuffled as inOrder } from '../../protocols/shuffle.ts'

/** A number in [0, 1). */
export type Random = () => number

/**
 * A stream of numbers that follows from the words alone, so that adding one family leaves all the others as they were.
 * Words are hashed by FNV-1a (32 bits); the stream is mulberry32 (Tommy Ettinger, public domain).
 */
export function randomOf(...words: (string | number)[]): Random {
  let state = 0x811c9dc5
  for (const byte of Buffer.from(words.join('\u0000'))) state = Math.imul(state ^ byte, 0x01000193)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A whole number from `from` to `to`, both included. */
export const wholeBetween = (random: Random, from: number, to: number): number => from + Math.floor(random() * (to - from + 1))

/** One of `choices`. Throws a RangeError when there is none. */
export function oneOf<T>(random: Random, choices: readonly T[]): T {
  const chosen = choices[Math.floor(random() * choices.length)]
  if (chosen === undefined) throw new RangeError('There is nothing to choose from')
  return chosen
}

/** A draw from the standard normal distribution (Box and Muller, 1958). */
export const normal = (random: Random): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

/** The same elements in another order. */
export const shuffled = <T>(random: Random, elements: readonly T[]): T[] => inOrder(elements, (below) => wholeBetween(random, 0, below - 1))
