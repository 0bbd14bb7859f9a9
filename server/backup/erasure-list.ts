/**
 * The list of erasures: what a backup that is restored must not bring back. A line of JSON for each, only ever added to, in the data
 * folder and beside the backups. It holds pseudonyms and moments, nothing else.
 */
import { open, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
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

/** Adds lines and syncs them. A line that was cut off before stays behind as what it is: a piece of the line that follows. */
export async function addToErasureList(path: string, lines: readonly ErasureLine[]): Promise<void> {
  if (lines.length === 0) return
  const file = await open(path, 'a+', 0o600)
  try {
    const { size } = await file.stat()
    const last = size === 0 ? undefined : (await file.read(Buffer.alloc(1), 0, 1, size - 1)).buffer.toString()
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
    // In one call, so that two processes do not write through each other.
    await file.write(last === undefined || last === '\n' ? text : `\n${text}`)
    await file.sync()
  } finally {
    await file.close()
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
    const isLast = written.slice(at + 1).every((next) => next === '')
    if (isLast || written[at + 1]?.startsWith(line)) return []
    throw new Failure(
      `The list of erasures ${path} is damaged: line ${at + 1} cannot be read. Take a copy of it from the data folder or from beside other backups.`,
    )
  })
}

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
