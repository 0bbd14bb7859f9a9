/** One backup a night, whichever of the servers makes it, and what became of the last. */
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { after, localDay } from '../../protocols/local-time.ts'
import { assertMarked, backupsIn, type FoundBackup, removedName } from '../backup/backup-folder.ts'
import { inTime } from '../backup/in-time.ts'
import { type Keep, outdated } from '../backup/keep.ts'
import type { Context } from '../context.ts'
import { Failure } from '../failure.ts'
import { newId } from '../new-id.ts'
import { findSetting, putSetting } from '../queries/settings.ts'
import type { BackupOrder, MadeBackup } from './make-backup.ts'
import { type Lists, listsOf, ownBackups } from './own-backups.ts'

export interface Nightly {
  /** BACKUP_DIR. */
  into: string
  recipient: string
  identityKey: Uint8Array
  /** From this hour on, by the clock on the wall. */
  hour: number
  keep: Keep
}

/** Makes one, in a thread of its own. */
export type Make = (order: BackupOrder) => Promise<MadeBackup>

const setting = 'nightly backup'
const timeZone = 'Europe/Amsterdam'
const anHour = 3_600_000
/** Whoever makes one says so anew again and again; one of whom nothing is heard for so long has lost its process. */
const lease = anHour
const usualRenewal = anHour / 6
/** After a failure it is tried again, all day. */
const pause = anHour

const stateSchema = z.object({
  /** Of which day it is, `YYYY-MM-DD`. */
  day: z.string(),
  by: z.string(),
  /** When whoever makes it was last heard of. */
  claimedAt: z.string(),
  endedAt: z.string().nullable(),
  /** Why it failed. */
  why: z.string().nullable(),
})
type State = z.infer<typeof stateSchema>

/** Whether a backup of `now` is to be made, by what is known of the last one. Pure. */
export function isDue(state: State | null, now: string, hour: number): boolean {
  const local = Temporal.Instant.from(now).toZonedDateTimeISO(timeZone)
  if (local.hour < hour) return false
  if (state === null || state.day !== local.toPlainDate().toString()) return true
  if (state.endedAt === null) return after(state.claimedAt, lease) <= now
  return state.why !== null && after(state.endedAt, pause) <= now
}

export interface NightlyReport {
  name: string
  /** Names of backups that were let go. */
  removed: string[]
}

/**
 * Makes the backup of tonight, unless it is too early, it is there, or another process is at it. Older ones are let go only after it is
 * whole. Resolves with null where there was nothing to do. Rejects with what kept it from being made, which is written down as well.
 * `renewal`: milliseconds after which whoever makes it says anew that it does.
 */
export async function nightlyBackup(
  { stores: { study }, clock, place }: Pick<Context, 'stores' | 'clock' | 'place'>,
  { into, recipient, identityKey, hour, keep }: Nightly,
  make: Make,
  { renewal = usualRenewal }: { renewal?: number } = {},
): Promise<NightlyReport | null> {
  const by = newId()
  const now = clock.now()
  if (!isDue(await stateIn(study.read), now, hour)) return null
  const claimed = await study.withTx(async (tx) => {
    if (!isDue(await stateIn(tx), now, hour)) return false
    await putSetting(
      tx,
      setting,
      JSON.stringify({ day: localDay(now, timeZone).toString(), by, claimedAt: now, endedAt: null, why: null } satisfies State),
    )
    return true
  })
  if (!claimed) return null
  const change = (changed: Partial<State>) =>
    study.withTx(async (tx) => {
      const state = await stateIn(tx)
      // Somebody else has taken it over meanwhile.
      if (state?.by === by) await putSetting(tx, setting, JSON.stringify({ ...state, ...changed }))
    })
  const end = (why: string | null) => change({ endedAt: clock.now(), why })
  // What cannot be written now is written the next time.
  const renewing = setInterval(() => void change({ claimedAt: clock.now() }).catch(() => {}), renewal).unref()
  try {
    await assertMarked(into)
    const { name } = await make({ data: place.data, definitions: place.definitions, into, recipient, identityKey })
    const removed = await letGo(into, await listsOf(study.read), keep, clock.now())
    await end(null)
    return { name, removed }
  } catch (cause) {
    await end(cause instanceof Failure ? cause.message : 'a mistake of Nameting, which its log tells of')
    throw cause
  } finally {
    clearInterval(renewing)
  }
}

/** Removes what need not be kept of the data folder's own. What is half removed has no name of a backup any more. */
async function letGo(into: string, lists: Lists, keep: Keep, now: string): Promise<string[]> {
  const found = await ownBackups(into, lists)
  const old = new Set(
    outdated(
      found.map(({ madeAt }) => madeAt),
      keep,
      { timeZone, now },
    ),
  )
  const gone = found.filter(({ madeAt }) => old.has(madeAt))
  for (const { path, name } of gone) {
    const aside = join(into, removedName(name, newId()))
    await rename(path, aside)
    await rm(aside, { recursive: true, force: true })
  }
  return gone.map(({ name }) => name)
}

async function stateIn(db: Parameters<typeof findSetting>[0]): Promise<State | null> {
  const text = await findSetting(db, setting)
  return text === undefined ? null : stateSchema.parse(JSON.parse(text))
}

export interface LastBackup {
  /** The newest one that is whole, as it lies in BACKUP_DIR. */
  newest: Pick<FoundBackup, 'name' | 'madeAt'> | null
  /** When the last attempt failed, and why; null where it did not. */
  failed: { at: string; why: string } | null
  /** What somebody has to look into: the last attempt failed, or there is none of the last 36 hours although one was to be made. */
  problem: 'failed' | 'old' | 'unreadable' | null
}

/** Milliseconds for a disk to answer. */
const patience = 3_000
/** A night, and as long as it may take. */
const oldAfter = 36 * anHour

/** Of the backups by night; null where there are to be none. */
export async function lastBackup({
  stores: { study },
  clock,
  backups,
}: Pick<Context, 'stores' | 'clock' | 'backups'>): Promise<LastBackup | null> {
  if (backups === undefined) return null
  const state = await stateIn(study.read)
  const failed = state?.endedAt && state.why !== null ? { at: state.endedAt, why: state.why } : null
  try {
    const found = (await inTime(backupsIn(backups), patience)).at(-1)
    const newest = found ? { name: found.name, madeAt: found.madeAt } : null
    const isOld = newest === null ? state !== null && state.endedAt !== null : after(newest.madeAt, oldAfter) < clock.now()
    return { newest, failed, problem: failed ? 'failed' : isOld ? 'old' : null }
  } catch {
    return { newest: null, failed, problem: 'unreadable' }
  }
}

/** What is wrong with the backups by night, since when there is none; null where nothing is, or none are to be made. */
export async function missingBackup(context: Pick<Context, 'stores' | 'clock' | 'backups'>) {
  const last = await lastBackup(context)
  return last?.problem ? { problem: last.problem, newest: last.newest?.madeAt ?? null } : null
}
