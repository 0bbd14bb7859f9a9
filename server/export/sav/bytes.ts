/** Bytes one after another, numbers little-endian, in a buffer that grows with what is put in it. */
export class Bytes {
  #buffer = Buffer.alloc(1024)
  #length = 0

  get length(): number {
    return this.#length
  }

  byte(value: number): this {
    const from = this.#room(1)
    this.#buffer[from] = value
    return this
  }

  uint16(value: number): this {
    const from = this.#room(2)
    this.#buffer.writeUInt16LE(value, from)
    return this
  }

  int32(...values: number[]): this {
    for (const value of values) {
      const from = this.#room(4)
      this.#buffer.writeInt32LE(value, from)
    }
    return this
  }

  int64(value: number): this {
    const from = this.#room(8)
    this.#buffer.writeBigInt64LE(BigInt(value), from)
    return this
  }

  float64(value: number): this {
    const from = this.#room(8)
    this.#buffer.writeDoubleLE(value, from)
    return this
  }

  bytes(value: Uint8Array): this {
    const from = this.#room(value.length)
    this.#buffer.set(value, from)
    return this
  }

  /** UTF-8. */
  text(value: string): this {
    return this.bytes(Buffer.from(value, 'utf8'))
  }

  /** `value` in UTF-8 and spaces behind it, `width` bytes in all. It has to fit. */
  padded(value: string | Uint8Array, width: number): this {
    const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : value
    return this.bytes(bytes).fill(width - bytes.length, 0x20)
  }

  fill(count: number, value = 0): this {
    const from = this.#room(count)
    this.#buffer.fill(value, from, from + count)
    return this
  }

  /** All of it; afterwards there is nothing in here. */
  take(): Buffer {
    const taken = Buffer.from(this.#buffer.subarray(0, this.#length))
    this.#length = 0
    return taken
  }

  /** Makes room for `count` bytes and says where it begins. The buffer may be another one afterwards. */
  #room(count: number): number {
    const from = this.#length
    this.#length += count
    if (this.#length > this.#buffer.length) {
      const larger = Buffer.alloc(Math.max(this.#length, 2 * this.#buffer.length))
      this.#buffer.copy(larger, 0, 0, from)
      this.#buffer = larger
    }
    return from
  }
}
