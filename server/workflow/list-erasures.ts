/** Keeps the list of erasures up to the journal: in the data folder, and beside the backups, where it outlives the disk. */
import { hash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { addToErasureList, erasureListIn, lastListed, ofNoStudy } from '../backup/erasure-list.ts'
import { inTime } from '../backup/in-time.ts'
import { type ErasureList, isOfList, readErasureList, whereUnread } from '../backup/read-erasure-list.ts'
import { openPlaces } from '../backup/whole-copy.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { firstStudy, latestEvent } from '../queries/erasures.ts'
import { findSetting } from '../queries/settings.ts'
import { journalLines } from './journal-lines.ts'
import { mendErasures } from './mend-erasures.ts'

/** The setting with the name of the list that goes on in a folder that was restored. */
export const listSetting = 'erasure list'

/**
 * The name of the list of a data folder, that no other one has: events are numbered anew in each, and lines of another folder beside the same
 * backups must not be taken for its own.
 */
export async function erasureListOf(db: Db): Promise<string> {
  const first = await firstStudy(db)
  const usual = first ? `first ${hash('sha256', `${first.id} ${first.createdAt}`).slice(0, 12)}` : ofNoStudy
  return (await findSetting(db, listSetting)) ?? usual
}

/**
 * How far the journal was looked through for the list in each folder, so that it is not gone through anew every minute; and on which day
 * the list was read to its end.
 */
const lookedThrough = new WeakMap<object, Map<string, { last: number; day: string }>>()

/** Milliseconds after which a disk that does not answer (a share whose server is away) is left to the next pass. */
const patience = 3_000

/**
 * Adds what the lists lack, and syncs it; once a day they are read to their end, and what is damaged or gone from there is written again. Returns what went
 * wrong, each folder for itself: a disk of backups that is away keeps nobody from being forgotten, and gets its lines when it is back.
 */
export async function listErasures({
  stores,
  place,
  backups,
  clock,
}: Pick<Context, 'stores' | 'place' | 'backups' | 'clock'>): Promise<string[]> {
  const known = lookedThrough.get(stores) ?? new Map<string, { last: number; day: string }>()
  lookedThrough.set(stores, known)
  const problems: string[] = []
  const now = clock.now()
  const day = now.slice(0, 10)
  for (const folder of [place.data, ...(backups === undefined ? [] : [backups])]) {
    const listing = async (): Promise<void> => {
      // Beside the backups it is there since the first of them: where it is not, the disk may not be mounted, and gets its lines when it is.
      if (!(await isThere(folder === place.data ? folder : erasureListIn(folder)))) return
      const today = known.get(folder)?.day === day ? known.get(folder) : undefined
      if (today === undefined) problems.push(...(await lookThrough(stores.study.read, folder, now)))
      known.set(folder, { last: await listIn(stores.study.read, folder, today?.last), day })
    }
    await inTime(listing(), patience).catch((cause: Error) =>
      problems.push(`the list of erasures in ${folder} cannot be kept: ${cause.message}`),
    )
  }
  return problems
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

/** Mends the list in one folder where it is damaged, and says so. */
async function lookThrough(db: Db, folder: string, now: string): Promise<string[]> {
  const known = await listOf(folder)
  const open = openPlaces(known)
  if (open.length === 0) return []
  const list = await erasureListOf(db)
  const own = open.filter((place) => isOfList(place, list))
  if (own.length > 0) await mendErasures(db, folder, { list, known, now })
  const others = open.filter((place) => !own.includes(place))
  const path = erasureListIn(folder)
  return [
    ...(own.length > 0
      ? [`The list of erasures ${path} was damaged: ${whereUnread(own)}. All of it was written again. Look at the disk.`]
      : []),
    ...(others.length > 0 ? [damaged(path, others)] : []),
  ]
}

/** What to do about places that nobody here can write again. */
export const damaged = (path: string, places: Parameters<typeof whereUnread>[0]): string =>
  `The list of erasures ${path} is damaged: ${whereUnread(places)} cannot be read. An older backup that is put back with it may bring back what was ` +
  'erased. A server that is started writes again what it knows of; where this is told all the same, stop it, and put a whole copy of the same ' +
  'file in its place (docs/backup.md). Look at the disk.'

const nothing: ErasureList = { lines: [], unread: [] }

const listOf = async (folder: string): Promise<ErasureList> => {
  const path = erasureListIn(folder)
  return (await isThere(path)) ? await readErasureList(path) : nothing
}

/** Adds to the list in one folder what came after event `after`, or after its last line; resolves with the last event of all. */
export async function listIn(db: Db, folder: string, after?: number): Promise<number> {
  const list = await erasureListOf(db)
  const last = await latestEvent(db)
  if (after !== undefined && after >= last) return after
  const from = after ?? lastListed((await listOf(folder)).lines, list)
  for await (const lines of journalLines(db, list, from)) await addToErasureList(erasureListIn(folder), lines)
  return last
}
