/** A zip file that is written while it grows: one part after the other, each as it comes. The same parts give the same bytes. */
import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { ZipFile } from 'yazl'
import type { OutputFile } from '../folder.ts'

export class Zip {
  readonly #zip = new ZipFile()
  /** The first moment that a zip file can name; by the local clock, since that is what is written. */
  readonly #options = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true, mode: 0o100600 }
  readonly #written: Promise<void>
  #part: PassThrough | undefined

  constructor(file: OutputFile) {
    this.#written = Promise.race([toFile(this.#zip, file), failure(this.#zip)])
    // Whoever writes next or finishes hears of it; nobody has to.
    this.#written.catch(() => {})
  }

  /** Ends the part before it. */
  begin(name: string): void {
    this.#part?.end()
    this.#part = new PassThrough()
    this.#zip.addReadStream(this.#part, name, this.#options)
  }

  /** Adds to the part that was begun; waits when compressing does not keep up. */
  async write(text: string): Promise<void> {
    const part = this.#part
    if (text !== '' && part && !part.write(text)) await Promise.race([once(part, 'drain'), this.#written])
  }

  /** Resolves when all of it is with the file. */
  async finish(): Promise<void> {
    this.#part?.end()
    this.#zip.end()
    await this.#written
  }
}

async function toFile(zip: ZipFile, file: OutputFile): Promise<void> {
  for await (const bytes of zip.outputStream) await file.write(bytes as Buffer)
}

const failure = (zip: ZipFile): Promise<never> => new Promise((_, reject) => (zip as unknown as NodeJS.EventEmitter).once('error', reject))
