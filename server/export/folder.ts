/** A folder that appears under its name only when it is whole. Until then it is a hidden folder beside it. */
import { createHash, type Hash } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, rename, rm, unlink } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { Failure } from '../failure.ts'
import { makeFolders } from '../make-folders.ts'
import { newId } from '../new-id.ts'
import { stopped } from './stopped.ts'

export interface WrittenFile {
  name: string
  bytes: number
  sha256: string
}

/** So many are written together: an export can have a hundred files under way. */
const bytesAtOnce = 65_536

/** One file under way. */
export interface OutputFile {
  /** Text is written as UTF-8. Bytes are kept for a moment: they must not be changed afterwards. */
  write(content: string | Uint8Array): Promise<void>
  /** A file to keep what can be written only when all rows are known. It has no name, and is gone when this file is finished. */
  scratch(): Promise<FileHandle>
}

interface Place {
  partial?: string | undefined
  signal?: AbortSignal | undefined
}

/**
 * Calls `work` with a new folder, `partial`, and gives that the name `directory` when it is done; when `work` fails, or `signal` stops it,
 * nothing is left.
 *
 * Throws a Failure when `directory` is there and not empty, or when it cannot be written. The files can be read by this
 * account only: they hold answers.
 */
export async function inNewFolder<T>(
  directory: string,
  work: (folder: Folder) => Promise<T>,
  { partial = partialFolder(directory), signal }: Place = {},
): Promise<T> {
  const result = await inPartialFolder(directory, work, { partial, signal })
  await nameFolder(partial, directory)
  return result
}

/** What `inNewFolder` does before the folder gets its name: then it is whole, and on disk. */
export async function inPartialFolder<T>(
  directory: string,
  work: (folder: Folder) => Promise<T>,
  { partial = partialFolder(directory), signal }: Place = {},
): Promise<T> {
  const final = resolve(directory)
  try {
    await assertFree(final)
    makeFolders(dirname(final))
    await mkdir(partial, { mode: 0o700 })
    const folder = new Folder(partial, signal)
    try {
      const result = await work(folder)
      await folder.finish()
      return result
    } catch (reason) {
      await folder.abandon()
      await rm(partial, { recursive: true, force: true })
      throw reason
    }
  } catch (cause) {
    throw isFileError(cause) ? failureFor(cause, final) : cause
  }
}

/** Gives `partial` the name `directory`. When that cannot be, nothing is left, and a Failure says why. */
export async function nameFolder(partial: string, directory: string): Promise<void> {
  const final = resolve(directory)
  try {
    await rename(partial, final)
  } catch (cause) {
    await rm(partial, { recursive: true, force: true })
    throw isFileError(cause) ? failureFor(cause, final) : cause
  }
}

/** A name for the folder until it is whole. */
export function partialFolder(directory: string): string {
  const final = resolve(directory)
  return join(dirname(final), `.${basename(final)}.partial-${newId()}`)
}

export class Folder {
  readonly #path: string
  readonly #signal: AbortSignal | undefined
  readonly #open: OpenFile[] = []

  /** Once `signal` has stopped it, whatever is written to a file of it throws a Failure. */
  constructor(path: string, signal?: AbortSignal) {
    this.#path = path
    this.#signal = signal
  }

  async create(name: string): Promise<OutputFile> {
    const file = await OpenFile.create(this.#path, name, this.#signal)
    this.#open.push(file)
    return file
  }

  /** Closes all files that are open, once they are on disk, and says what is in them. */
  async finish(): Promise<WrittenFile[]> {
    return await Promise.all(this.#open.splice(0).map((file) => file.finish()))
  }

  async abandon(): Promise<void> {
    for (const file of this.#open.splice(0)) await file.close()
  }
}

class OpenFile implements OutputFile {
  readonly #folder: string
  readonly #name: string
  readonly #handle: FileHandle
  readonly #signal: AbortSignal | undefined
  readonly #scratch: FileHandle[] = []
  readonly #hash: Hash = createHash('sha256')
  readonly #waiting: Uint8Array[] = []
  #waitingBytes = 0
  #bytes = 0

  private constructor(folder: string, name: string, handle: FileHandle, signal: AbortSignal | undefined) {
    this.#folder = folder
    this.#name = name
    this.#handle = handle
    this.#signal = signal
  }

  static async create(folder: string, name: string, signal?: AbortSignal): Promise<OpenFile> {
    return new OpenFile(folder, name, await open(join(folder, name), 'wx', 0o600), signal)
  }

  async write(content: string | Uint8Array): Promise<void> {
    if (this.#signal?.aborted) throw stopped()
    const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content
    this.#hash.update(bytes)
    this.#bytes += bytes.length
    this.#waiting.push(bytes)
    this.#waitingBytes += bytes.length
    if (this.#waitingBytes >= bytesAtOnce) await this.#flush()
  }

  async #flush(): Promise<void> {
    this.#waitingBytes = 0
    await this.#handle.appendFile(Buffer.concat(this.#waiting.splice(0)))
  }

  async scratch(): Promise<FileHandle> {
    const path = join(this.#folder, `.scratch-${newId()}`)
    const handle = await open(path, 'wx+', 0o600)
    this.#scratch.push(handle)
    await unlink(path)
    return handle
  }

  async finish(): Promise<WrittenFile> {
    await this.#flush()
    await this.#handle.sync()
    await this.close()
    return { name: this.#name, bytes: this.#bytes, sha256: this.#hash.digest('hex') }
  }

  async close(): Promise<void> {
    for (const scratch of this.#scratch) await scratch.close()
    await this.#handle.close()
  }
}

async function assertFree(directory: string): Promise<void> {
  const content = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  if (content.length > 0)
    throw new Failure(`${directory} is not empty. Give --out a new folder: an export never changes or mixes with what is there.`)
}

const isFileError = (error: unknown): error is NodeJS.ErrnoException => error instanceof Error && 'code' in error && 'syscall' in error

function failureFor({ code, message }: NodeJS.ErrnoException, directory: string): Failure {
  const what = code === 'ENOTEMPTY' ? 'something else was written there meanwhile' : message
  return new Failure(`The export could not be written to ${directory}: ${what}. Nothing of it was left behind.`)
}
