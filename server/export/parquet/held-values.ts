/**
 * The values of a field until their group of rows is written. Numbers, dates and moments take 8 bytes each; as values of JavaScript they take
 * up to a hundred.
 */
import type { Field, Value } from './field.ts'

export class HeldValues {
  readonly #isText: boolean
  readonly #isTime: boolean
  readonly #texts: (string | null)[] = []
  /** Milliseconds of what is a time; NaN, which no value is, for null. */
  #numbers = new Float64Array(16)
  #length = 0

  constructor({ element, head: { type } }: Field) {
    this.#isText = element.type === 'BYTE_ARRAY'
    // The reason why a date is missing is of no such type.
    this.#isTime = type === 'date' || type === 'moment'
  }

  get length(): number {
    return this.#length
  }

  add(value: Value): void {
    if (this.#isText) this.#texts.push(value as string | null)
    else this.#room()[this.#length] = value === null ? Number.NaN : Number(value)
    this.#length += 1
  }

  /** All of them, as the writer takes them. */
  values(): Value[] {
    if (this.#isText) return this.#texts
    const numbers: Value[] = Array.from(this.#numbers.subarray(0, this.#length))
    for (const [index, number] of numbers.entries())
      if (Number.isNaN(number)) numbers[index] = null
      else if (this.#isTime) numbers[index] = new Date(number as number)
    return numbers
  }

  clear(): void {
    this.#texts.length = 0
    this.#length = 0
  }

  #room(): Float64Array {
    if (this.#length === this.#numbers.length) {
      const larger = new Float64Array(2 * this.#length)
      larger.set(this.#numbers)
      this.#numbers = larger
    }
    return this.#numbers
  }
}
