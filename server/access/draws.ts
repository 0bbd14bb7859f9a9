/** Chance that follows from a seed: whoever has the seed can check every draw, and nobody else can foresee one. */
import { createHmac } from 'node:crypto'
import type { Draw } from '../../protocols/shuffle.ts'

/**
 * A stream of draws that follows from a seed and the words that say what it is for. Its numbers are the four-byte words (big
 * end first) of HMAC-SHA256(seed, JSON of [...words, 0]), then of [...words, 1], and so on. A draw below n takes the next
 * number modulo n, and passes over those from the greatest multiple of n within 2^32 on: without that, low numbers would come
 * a little more often. docs/designs.md says it for other languages.
 *
 * A draw below anything but a whole number from 1 to 2^32 is a RangeError.
 */
export function drawsFrom(seed: Buffer, ...words: (string | number)[]): Draw {
  let bytes = Buffer.alloc(0)
  let counter = 0
  const next = (): number => {
    if (bytes.length === 0)
      bytes = createHmac('sha256', seed)
        .update(JSON.stringify([...words, counter++]))
        .digest()
    const number = bytes.readUInt32BE()
    bytes = bytes.subarray(4)
    return number
  }
  return (below) => {
    if (!Number.isInteger(below) || below < 1 || below > 2 ** 32) throw new RangeError(`there is no whole number from 0 to ${below} - 1`)
    const whole = 2 ** 32 - (2 ** 32 % below)
    for (;;) {
      const number = next()
      if (number < whole) return number % below
    }
  }
}
