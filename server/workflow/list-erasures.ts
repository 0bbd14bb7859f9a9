/** Keeps the list of erasures up to the journal: in the data folder, and beside the backups, where it outlives the disk. */
import { hash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { addToErasureList, type ErasureLine, erasureListIn, lastListed, wishes } from '../backup/erasure-list.ts'
import { inTime } from '../backup/in-time.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { firstStudy, latestEvent, type Wish, wishesAfter } from '../queries/erasures.ts'
import { findSetting } from '../queries/settings.ts'

/** The setting with the name of the list that goes on in a folder that was restored. */
export const listSetting = 'erasure list'

/** The list of every data folder in which no study was opened yet. */
export const ofNoStudy = 'first of none'

/**
 * The name of the list of a data folder, that no other one has: events are numbered anew in each, and lines of another folder beside the same
 * backups must not be taken for its own.
 */
export async function erasureListOf(db: Db): Promise<string> {
  const first = await firstStudy(db)
  const usual = first ? `first ${hash('sha256', `${first.id} ${first.createdAt}`).slice(0, 12)}` : ofNoStudy
  return (await findSetting(db, listSetting)) ?? usual
}

/** How far the journal was looked through for the list in each folder, so that it is not gone through anew every minute. */
const lookedThrough = new WeakMap<object, Map<string, number>>()

/** Milliseconds after which a disk that does not answer (a share whose server is away) is left to the next pass. */
const patience = 3_000

/**
 * Adds what the lists lack, and syncs it. Returns what went wrong, each folder for itself: a disk of backups that is away keeps nobody
 * from being forgotten, and gets its lines when it is back.
 */
export async function listErasures({ stores, place, backups }: Pick<Context, 'stores' | 'place' | 'backups'>): Promise<string[]> {
  const known = lookedThrough.get(stores) ?? new Map<string, number>()
  lookedThrough.set(stores, known)
  const problems: string[] = []
  for (const folder of [place.data, ...(backups === undefined ? [] : [backups])]) {
    const listing = async (): Promise<void> => {
      // Beside the backups it is there since the first of them: where it is not, the disk may not be mounted, and gets its lines when it is.
      if (!(await isThere(folder === place.data ? folder : erasureListIn(folder)))) return
      known.set(folder, await listIn(stores.study.read, folder, known.get(folder)))
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

/** So many at once. */
const batch = 1_000

/** Adds to the list in one folder what came after event `after`, or after its last line; resolves with the last event of all. */
export async function listIn(db: Db, folder: string, after?: number): Promise<number> {
  const list = await erasureListOf(db)
  const path = erasureListIn(folder)
  const last = await latestEvent(db)
  if (after !== undefined && after >= last) return after
  let from = after ?? (await lastListed(path, list))
  for (;;) {
    const found = await wishesAfter(db, from, wishes, batch)
    await addToErasureList(
      path,
      found.filter(isToBeListed).map(({ event, at, what, participant, detail }) => ({
        list,
        event,
        at,
        what: what as ErasureLine['what'],
        ...(participant !== null && { participant }),
        ...(what === 'consent' && { said: purposesIn(detail ?? {}) }),
      })),
    )
    if (found.length < batch) return last
    from = found.at(-1)?.event ?? from
  }
}

/** Of consents only refusals: who agrees is asked again where that is lost. */
const isToBeListed = ({ what, detail }: Wish): boolean => what !== 'consent' || Object.values(purposesIn(detail ?? {})).includes(false)

/** The event has who recorded it beside the purposes. */
const purposesIn = (detail: Record<string, unknown>): Record<string, boolean> =>
  Object.fromEntries(Object.entries(detail).filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean'))
