/**
 * A disk as a program may count on it: what was written is there for sure once it was synced. What was not may be there, or not, or in
 * part, sector by sector, whatever the order in which it was written. Names of files come and go in order, as on any file system with a
 * journal, and for sure once their folder was synced.
 */
import { oneOf, type Random, wholeBetween } from '../../server/demo/random.ts'

type Change = { at: number; bytes: Buffer } | { length: number }

/** How a cut of the power treats what was not synced: sectors of so many bytes are there with this chance, or in order up to a point. */
export interface Cut {
  sector: 512 | 4096
  kept: number | 'in order'
}

export const someCut = (random: Random): Cut => ({
  sector: oneOf(random, [512, 4096] as const),
  kept: oneOf(random, [0, 0.1, 0.5, 0.9, 1, 'in order'] as const),
})

class Content {
  #synced: Buffer
  #since: Change[] = []

  constructor(synced: Buffer) {
    this.#synced = synced
  }

  change(change: Change): void {
    this.#since.push(change)
  }

  append(bytes: Buffer): void {
    this.change({ at: after(this.#synced, this.#since).length, bytes })
  }

  sync(): void {
    this.#synced = after(this.#synced, this.#since)
    this.#since = []
  }

  afterCut(random: Random, { sector, kept }: Cut): Buffer {
    const pieces = this.#since.flatMap((change) => inSectors(change, sector))
    const survivors = kept === 'in order' ? pieces.slice(0, wholeBetween(random, 0, pieces.length)) : pieces.filter(() => random() < kept)
    return after(this.#synced, survivors)
  }

  get unsynced(): number {
    return this.#since.length
  }
}

export class Disk {
  /** As a program sees them now, and as they are for sure; changes of names in between, in order. */
  readonly #names = new Map<string, Content>()
  #sure = new Map<string, Content>()
  #since: { name: string; content: Content | undefined }[] = []

  /** What is there, and synced, before anything happens. */
  constructor(files: Record<string, Buffer>) {
    for (const [name, bytes] of Object.entries(files)) this.#names.set(name, new Content(bytes))
    this.#sure = new Map(this.#names)
  }

  /** Opened to be written: made where it is not there. */
  open(name: string): void {
    if (!this.#names.has(name)) this.#put(name, new Content(Buffer.alloc(0)))
  }

  write(name: string, at: number, bytes: Buffer): void {
    this.#need(name).change({ at, bytes })
  }

  append(name: string, bytes: Buffer): void {
    this.#need(name).append(bytes)
  }

  truncate(name: string, length: number): void {
    this.#need(name).change({ length })
  }

  unlink(name: string): void {
    if (this.#names.has(name)) this.#put(name, undefined)
  }

  sync(name: string): void {
    this.#need(name).sync()
  }

  syncFolder(): void {
    this.#sure = new Map(this.#names)
    this.#since = []
  }

  /** Changes of contents that no sync has followed. */
  get unsynced(): number {
    return [...this.#names.values()].reduce((sum, content) => sum + content.unsynced, 0)
  }

  afterCut(random: Random, cut: Cut): Map<string, Buffer> {
    const names = new Map(this.#sure)
    for (const { name, content } of this.#since.slice(0, wholeBetween(random, 0, this.#since.length))) {
      if (content) names.set(name, content)
      else names.delete(name)
    }
    return new Map([...names].map(([name, content]) => [name, content.afterCut(random, cut)]))
  }

  #put(name: string, content: Content | undefined): void {
    if (content) this.#names.set(name, content)
    else this.#names.delete(name)
    this.#since.push({ name, content })
  }

  #need(name: string): Content {
    const content = this.#names.get(name)
    if (!content) throw new RangeError(`${name} was never opened`)
    return content
  }
}

function after(before: Buffer, changes: readonly Change[]): Buffer {
  let length = before.length
  let most = length
  for (const change of changes) {
    length = 'length' in change ? change.length : Math.max(length, change.at + change.bytes.length)
    most = Math.max(most, length)
  }
  const bytes = Buffer.alloc(most)
  before.copy(bytes)
  length = before.length
  for (const change of changes) {
    if ('length' in change) {
      // What is cut off and grown again is empty.
      if (change.length < length) bytes.fill(0, change.length, length)
      length = change.length
    } else {
      change.bytes.copy(bytes, change.at)
      length = Math.max(length, change.at + change.bytes.length)
    }
  }
  return bytes.subarray(0, length)
}

function inSectors(change: Change, sector: number): Change[] {
  if ('length' in change) return [change]
  const pieces: Change[] = []
  for (let at = change.at; at < change.at + change.bytes.length; ) {
    const end = Math.min((Math.floor(at / sector) + 1) * sector, change.at + change.bytes.length)
    pieces.push({ at, bytes: change.bytes.subarray(at - change.at, end - change.at) })
    at = end
  }
  return pieces
}
