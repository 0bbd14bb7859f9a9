/**
 * The list of erasures: what a backup that is restored must not bring back. A line of JSON for each, only ever added to, in the data
 * folder and beside the backups. It holds pseudonyms and moments, nothing else.
 */
import { type FileHandle, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { Failure } from '../failure.ts'

/** What cannot be undone by putting back a backup: the kinds of event that are listed. */
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

export const lineSchema = z.object({
  /** Which list: each data folder, and each that is restored, goes on with one of its own. */
  list: z.string().min(1),
  /** The event in study.sqlite that tells of it; of `written again`: up to which all wishes of the list stand before this line. */
  event: z.number().int().min(0),
  at: z.iso.datetime({ precision: 3 }),
  what: z.enum([...wishes, 'backup made', 'written again']),
  /** The pseudonym. */
  participant: z.string().min(1).optional(),
  /** Of `consent`: each purpose, and whether it was given. */
  said: z.record(z.string(), z.boolean()).optional(),
  /** The name of the backup that was made. */
  backup: z.string().optional(),
})
export type ErasureLine = z.infer<typeof lineSchema>

/** The list of every data folder in which no study was opened yet: nobody has wished anything. */
export const ofNoStudy = 'first of none'

export const erasureListIn = (folder: string): string => join(folder, 'erasures.ndjson')

/**
 * Adds lines and syncs them: all of them, or none where the disk does not take them. A last line that was cut off before is taken away:
 * nobody was told that it is there, and whoever wrote it writes it again. One with what a disk has lost in it stays, and is ended, so that
 * it is told (see read-erasure-list.ts).
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
  const end = text.lastIndexOf(newline) + 1
  if (text.includes(0, end)) await file.write('\n')
  else await file.truncate(end)
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

/** The last event of `list` that stands among these lines; 0 where there is none. */
export const lastListed = (lines: readonly ErasureLine[], list: string): number =>
  lines.reduce((last, line) => (line.list === list && isWish(line) ? Math.max(last, line.event) : last), 0)

/** What may be looked for in a list. */
interface Backup {
  name: string
  list: string
  event: number
}

/**
 * Whether there is a mark of the backup among these lines: only then has what was wished since been written beside them. Throws a Failure
 * where they know it as one that ends with another event.
 */
export function knows(lines: readonly ErasureLine[], backup: Backup): boolean {
  const made = lines.filter((line) => line.what === 'backup made' && line.list === backup.list && line.backup === backup.name)
  const other = made.find(({ event }) => event !== backup.event)
  if (other)
    throw new Failure(
      `The list of erasures says that ${backup.name} ends with event ${other.event}, and its manifest says ${backup.event}. Take another backup.`,
    )
  return made.length > 0
}

/** What was wished after a backup: of its own list what came after its last event, of lists that began later everything. */
export function wishedAfter(lines: readonly ErasureLine[], backup: Backup): ErasureLine[] {
  const begun = lines.findIndex(({ list }) => list === backup.list)
  const wished = lines.filter((line, at) => isWish(line) && (line.list === backup.list ? line.event > backup.event : at > begun))
  // Two processes may have written the same lines, one behind the other: what counts is the order in which things happened.
  return [...Map.groupBy(wished, ({ list }) => list).values()].flatMap((own) => {
    const once = new Map(own.map((line) => [line.event, line]))
    return [...once.values()].sort((one, other) => one.event - other.event)
  })
}

/** And not a mark. */
export const isWish = ({ what }: ErasureLine): boolean => what !== 'backup made' && what !== 'written again'
