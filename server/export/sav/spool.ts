/** Rows kept in a file until the last one is known: only then is it known how wide a text has to be, and how many rows there are. */
import type { FileHandle } from 'node:fs/promises'
import { Bytes } from './bytes.ts'

/** A number, null for system-missing, or a text in pieces; one without pieces is empty. */
export type SpooledCell = number | null | Buffer[]

/** Rows are written to the file, and read from it, in blocks of about so many bytes. */
const blockSize = 1 << 20

export class Spool {
  readonly #file: FileHandle
  /** Of each column, whether it is text. */
  readonly #texts: boolean[]
  readonly #block = new Bytes()
  #bytes = 0
  #rows = 0

  constructor(file: FileHandle, texts: boolean[]) {
    this.#file = file
    this.#texts = texts
  }

  get rows(): number {
    return this.#rows
  }

  /** Adds a row with a cell for each column. */
  async add(row: SpooledCell[]): Promise<void> {
    for (const cell of row)
      if (Array.isArray(cell)) this.#pieces(cell)
      else this.#block.float64(cell ?? Number.NaN)
    this.#rows += 1
    if (this.#block.length >= blockSize) await this.#flush()
  }

  /** All rows, in the order in which they were added. A row's texts are good until the next row is asked for. */
  async *read(): AsyncGenerator<SpooledCell[]> {
    await this.#flush()
    for (let place = 0; place < this.#bytes; ) {
      const length = (await this.#bytesAt(place, 4)).readUInt32LE()
      yield* this.#rowsIn(await this.#bytesAt(place + 4, length))
      place += 4 + length
    }
  }

  #pieces(pieces: Buffer[]): void {
    this.#block.uint16(pieces.length)
    for (const piece of pieces) this.#block.uint16(piece.length).bytes(piece)
  }

  *#rowsIn(block: Buffer): Generator<SpooledCell[]> {
    let place = 0
    const uint16 = (): number => {
      place += 2
      return block.readUInt16LE(place - 2)
    }
    const piece = (): Buffer => {
      const length = uint16()
      place += length
      return block.subarray(place - length, place)
    }
    const number = (): number | null => {
      place += 8
      const value = block.readDoubleLE(place - 8)
      return Number.isNaN(value) ? null : value
    }
    while (place < block.length) yield this.#texts.map((isText) => (isText ? Array.from({ length: uint16() }, piece) : number()))
  }

  async #flush(): Promise<void> {
    if (this.#block.length === 0) return
    const block = this.#block.take()
    const length = Buffer.alloc(4)
    length.writeUInt32LE(block.length)
    await this.#file.write(length, 0, 4, this.#bytes)
    await this.#file.write(block, 0, block.length, this.#bytes + 4)
    this.#bytes += 4 + block.length
  }

  async #bytesAt(place: number, length: number): Promise<Buffer> {
    const buffer = Buffer.alloc(length)
    await this.#file.read(buffer, 0, length, place)
    return buffer
  }
}
