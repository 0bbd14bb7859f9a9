/** One file of a backup: packed with gzip, then closed with age, a piece at a time, so that its size does not matter. */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import type { Decrypter, Encrypter } from 'age-encryption'
import { Failure } from '../failure.ts'

/** How many bytes, and their sha256 in hexadecimal. */
export interface Measured {
  bytes: number
  sha256: string
}

/** age works in pieces of this size. */
const piece = 65_536
/** Packs a database to about a quarter, faster than it can be closed. */
const level = 1

/** Counts and hashes what goes through. */
function measuring(): { through: Transform; result(): Measured } {
  const sha256 = createHash('sha256')
  let bytes = 0
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      sha256.update(chunk)
      done(null, chunk)
    },
  })
  return { through, result: () => ({ bytes, sha256: sha256.digest('hex') }) }
}

/** Writes `to`, which is not there yet, and syncs it: `plain` is what was read, `sealed` what was written. */
export async function sealFile(from: string, to: string, closer: Encrypter): Promise<{ plain: Measured; sealed: Measured }> {
  const [plain, sealed] = [measuring(), measuring()]
  const packed = createReadStream(from, { highWaterMark: piece }).pipe(plain.through)
  const gzip = createGzip({ level })
  // The pipeline beside it ends when this one does, and the other way round: what fails in one is told by both.
  const packing = pipeline(packed, gzip)
  packing.catch((reason) => gzip.destroy(reason as Error))
  const closed = await closer.encrypt(Readable.toWeb(gzip) as ReadableStream<Uint8Array>)
  const file = createWriteStream(to, { flags: 'wx', mode: 0o600, flush: true })
  await Promise.all([packing, pipeline(Readable.fromWeb(closed as never), sealed.through, file)])
  return { plain: plain.result(), sealed: sealed.result() }
}

/** Opens what `sealFile` wrote into `to`, which is not there yet, and syncs it. Throws a Failure where the key does not fit or bytes were changed. */
export async function openSealedFile(from: string, to: string, opener: Decrypter): Promise<Measured> {
  const measured = measuring()
  try {
    const source = createReadStream(from, { highWaterMark: piece })
    const opened = await opener.decrypt(Readable.toWeb(source) as ReadableStream<Uint8Array>)
    const file = createWriteStream(to, { flags: 'wx', mode: 0o600, flush: true })
    await pipeline(Readable.fromWeb(opened as never), createGunzip(), measured.through, file)
  } catch (cause) {
    const { syscall, path = syscall === 'read' ? from : to, message } = cause as NodeJS.ErrnoException
    if (syscall !== undefined && path === from) throw new Failure(`${from} cannot be opened: ${message}.`)
    if (syscall !== undefined) throw new Failure(`${to} cannot be written: ${message}. Nothing is wrong with the backup.`)
    throw new Failure(
      `${from} cannot be opened: BACKUP_KEY is not the key that it was closed for, or the file was changed (${(cause as Error).message}).`,
    )
  }
  return measured.result()
}

/** The size and hash of a file as it lies there. */
export async function measureFile(path: string): Promise<Measured> {
  const file = await open(path, 'r')
  try {
    const measured = measuring()
    await pipeline(file.createReadStream({ highWaterMark: piece, autoClose: false }), measured.through, async (pieces) => {
      for await (const _ of pieces);
    })
    return measured.result()
  } finally {
    await file.close()
  }
}
