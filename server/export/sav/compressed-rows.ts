/**
 * Rows in the bytecode compression of `.sav`: a code for each group of 8 bytes, eight codes together, and after them the groups
 * that the codes do not say themselves. Small whole numbers, missing values and the empty rest of a text take one byte.
 *
 * Source: GNU PSPP Internals, "System File Format", "Data Record".
 */
import { Bytes } from './bytes.ts'

/** What is added to a small number to get its code. */
export const bias = 100
const codes = { literal: 253, spaces: 254, missing: 255 }

export class CompressedRows {
  readonly #codes = Buffer.alloc(8)
  readonly #literals = Buffer.alloc(64)
  #waiting = 0
  #waitingLiterals = 0
  readonly #out = new Bytes()

  get length(): number {
    return this.#out.length
  }

  /** Null is system-missing. */
  number(value: number | null): void {
    if (value === null) this.#code(codes.missing)
    else if (isSmall(value)) this.#code(value + bias)
    else {
      this.#literals.writeDoubleLE(value, this.#waitingLiterals)
      this.#literal()
    }
  }

  /** `text` in so many groups of 8 bytes, with spaces behind it. */
  text(text: Buffer, groups: number): void {
    const filled = Math.ceil(text.length / 8)
    for (let group = 0; group < filled; group += 1) {
      this.#literals.fill(0x20, this.#waitingLiterals, this.#waitingLiterals + 8)
      text.copy(this.#literals, this.#waitingLiterals, 8 * group, 8 * (group + 1))
      this.#literal()
    }
    for (let group = filled; group < groups; group += 1) this.#code(codes.spaces)
  }

  /** What is complete. */
  take(): Buffer {
    return this.#out.take()
  }

  /** The rest, after the last row. */
  end(): Buffer {
    while (this.#waiting > 0) this.#code(0)
    return this.take()
  }

  #literal(): void {
    this.#waitingLiterals += 8
    this.#code(codes.literal)
  }

  #code(value: number): void {
    this.#codes[this.#waiting] = value
    this.#waiting += 1
    if (this.#waiting < 8) return
    this.#out.bytes(this.#codes).bytes(this.#literals.subarray(0, this.#waitingLiterals))
    this.#waiting = 0
    this.#waitingLiterals = 0
  }
}

/** Whether a code says it. Minus zero has none: it is not zero. */
const isSmall = (value: number): boolean => Number.isInteger(value) && value > -bias && value < 252 - bias && !Object.is(value, -0)
