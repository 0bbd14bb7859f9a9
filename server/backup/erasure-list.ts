/**
 * The list of erasures: what a backup that is restored must not bring back. A line of JSON for each, only ever added to, in the data
 * folder and beside the backups. It holds pseudonyms and moments, nothing else.
 */
import { type FileHandle, open, readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { Failure } from '../failure.ts'

/** What cannot be undone by putting back a backup: the kinds of event that are listed, and the mark of a backup. */
export const wishes = [
  'answers erased',
  'contact data removed',
  'withdrawn',
  'declined',
  'brought back',
  'reminders stopped',
  'reminders wanted',
  'consent',
] as const

const lineSchema = z.object({
  /** Which list: each data folder, and each that is restored, goes on with one of its own. */
  list: z.string().min(1),
  /** The event in study.sqlite that tells of it. */
  event: z.number().int().min(0),
  at: z.iso.datetime({ precision: 3 }),
  what: z.enum([...wishes, 'backup made']),
  /** The pseudonym. */
  participant: z.string().min(1).optional(),
  /** Of `consent`: each purpose, and whether it was given. */
  said: z.record(z.string(), z.boolean()).optional(),
  /** The name of the backup that was made. */
  backup: z.string().optional(),
})
export type ErasureLine = z.infer<typeof lineSchema>

export const erasureListIn = (folder: string): string => join(folder, 'erasures.ndjson')

/**
 * Adds lines and syncs them: all of them, or none where the disk does not take them. A last line that was cut off before is taken away:
 * nobody was told that it is there, and whoever wrote it writes it again.
 */
export async function addToErasureList(path: string, lines: readonly ErasureLine[]): Promise<void> {
  if (lines.length === 0) return
  const file = await open(path, 'a+', 0o600)
  try {
    await removeTorn(file)
    const isNew = (await file.stat()).size === 0
    await appendWhole(file, Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join('')))
    await file.sync()
    if (isNew) await syncFolder(dirname(path))
  } finally {
    await file.close()
  }
}

/** So that its name is there too. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

/** Milliseconds in which a line that another process is writing is whole. */
const writing = 100

async function removeTorn(file: FileHandle): Promise<void> {
  const isWhole = async (size: number) => size === 0 || (await file.read(Buffer.alloc(1), 0, 1, size - 1)).buffer[0] === newline
  const { size } = await file.stat()
  if (await isWhole(size)) return
  await wait(writing)
  if ((await file.stat()).size !== size) return
  const text = Buffer.alloc(size)
  await file.read(text, 0, size, 0)
  await file.truncate(text.lastIndexOf(newline) + 1)
}

const newline = 10

/** A full disk may take a part: the rest is tried once more, which says why not, and the part is taken back. */
async function appendWhole(file: FileHandle, bytes: Buffer): Promise<void> {
  const { size } = await file.stat()
  let written = 0
  try {
    // In one call, so that two processes do not write through each other.
    while (written < bytes.length) written += (await file.write(bytes, written)).bytesWritten
  } catch (cause) {
    // Unless somebody else has written behind it meanwhile.
    if (written > 0 && (await file.stat()).size === size + written) await file.truncate(size)
    throw cause
  }
}

/** All lines, in order. Throws a Failure for a file that cannot be read, and for a line that is neither whole nor a piece of the next. */
export async function readErasureList(path: string): Promise<ErasureLine[]> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    throw new Failure(`The list of erasures ${path} cannot be read: ${(cause as Error).message}.`)
  }
  const written = text.split('\n')
  return written.flatMap((line, at) => {
    if (line === '') return []
    const read = lineSchema.safeParse(fromJson(line))
    if (read.success) return [read.data]
    // Of an earlier version, which wrote on behind it: the backup that it names did not come to be.
    if (isTornMark(line) || line.includes(neverWritten)) return []
    const isLast = written.slice(at + 1).every((next) => next === '')
    if (isLast || written[at + 1]?.startsWith(line)) return []
    throw new Failure(
      `The list of erasures ${path} is damaged: line ${at + 1} cannot be read. Take a copy of it from the data folder or from beside other backups.`,
    )
  })
}

/** What a sector holds that the power kept from the disk: of lines that were not synced, so that nobody was told of them. */
const neverWritten = '\0'

const isTornMark = (line: string): boolean => line.includes('"what":"backup made"') && fromJson(line) === undefined

/** The last event of `list` that stands in it; 0 where there is no line of it, or no file. */
export async function lastListed(path: string, list: string): Promise<number> {
  const isThere = await stat(path).then(
    () => true,
    () => false,
  )
  const lines = isThere ? await readErasureList(path) : []
  return lines.reduce((last, line) => (line.list === list && line.what !== 'backup made' ? Math.max(last, line.event) : last), 0)
}

/**
 * What was wished after a backup: of its own list what came after its last event, of lists that began later everything. Undefined
 * where the list does not know the backup: then it is another one's, or older than the backup. Throws a Failure where it knows the backup
 * as one that ends with another event.
 */
export function listedAfter(
  lines: readonly ErasureLine[],
  backup: { name: string; list: string; event: number },
): ErasureLine[] | undefined {
  const made = lines.filter((line) => line.what === 'backup made' && line.list === backup.list && line.backup === backup.name)
  if (made.length === 0) return undefined
  const other = made.find(({ event }) => event !== backup.event)
  if (other)
    throw new Failure(
      `The list of erasures says that ${backup.name} ends with event ${other.event}, and its manifest says ${backup.event}. Take another backup.`,
    )
  const begun = lines.findIndex(({ list }) => list === backup.list)
  const wished = lines.filter(
    (line, at) => line.what !== 'backup made' && (line.list === backup.list ? line.event > backup.event : at > begun),
  )
  // Two processes may have written the same lines, one behind the other: what counts is the order in which things happened.
  return [...Map.groupBy(wished, ({ list }) => list).values()].flatMap((own) => {
    const once = new Map(own.map((line) => [line.event, line]))
    return [...once.values()].sort((one, other) => one.event - other.event)
  })
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
