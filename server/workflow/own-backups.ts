/**
 * Which backups in a folder are those of a data folder, by the list of erasures that each goes on with. Another data folder may have
 * written there: a disk that is not mounted leaves an empty one, in which an installation begins that knows nobody.
 */
import { z } from 'zod'
import { backupsIn, type FoundBackup } from '../backup/backup-folder.ts'
import { ofNoStudy } from '../backup/erasure-list.ts'
import { readManifest } from '../backup/manifest.ts'
import type { Db } from '../db/tx.ts'
import { Failure } from '../failure.ts'
import { newId } from '../new-id.ts'
import { findSetting, putSetting } from '../queries/settings.ts'
import { erasureListOf, listSetting } from './list-erasures.ts'

const beforeSetting = 'erasure lists before'

/** Lists with which a data folder went on before it was put back from a backup. After `until` they are another folder's, if they go on. */
const beforeSchema = z.array(z.object({ list: z.string(), until: z.string() }))

export interface Lists {
  current: string
  before: z.infer<typeof beforeSchema>
}

/** Of a data folder that was put back: it goes on with a list of its own, and what was backed up until `now` is still its own. */
export async function goOnWithNewList(tx: Db, now: string): Promise<void> {
  const { current, before } = await listsOf(tx)
  await putSetting(tx, beforeSetting, JSON.stringify([...before, { list: current, until: now }]))
  await putSetting(tx, listSetting, newId())
}

export async function listsOf(db: Db): Promise<Lists> {
  const before = beforeSchema.parse(JSON.parse((await findSetting(db, beforeSetting)) ?? '[]'))
  return { current: await erasureListOf(db), before }
}

/** Whether a backup is of the folder that has these lists. One that was made before the first study holds nothing of any family. Pure. */
const isOwn = ({ current, before }: Lists, { list, madeAt }: { list: string; madeAt: string }): boolean =>
  list === current || list === ofNoStudy || before.some((one) => one.list === list && madeAt <= one.until)

/** Whole backups of the folder that has these lists, oldest first. What has no manifest that can be read is nobody's. */
export async function ownBackups(folder: string, lists: Lists): Promise<FoundBackup[]> {
  return (await withLists(folder)).filter((found) => isOwn(lists, found))
}

/** Throws a Failure where the newest backup is another's: then this is not the data folder that is backed up there. */
export async function assertNewestIsOwn(folder: string, lists: Lists): Promise<void> {
  const newest = (await withLists(folder)).at(-1)
  if (newest === undefined || isOwn(lists, newest)) return
  throw new Failure(
    `The newest backup in ${folder}, ${newest.name}, is of another data folder than this one. Is the right disk mounted, and DATA_DIR ` +
      'right? Two data folders need a folder of backups each. No backup was made, and none was let go.',
  )
}

/** For a data folder without databases: throws a Failure where there are backups, since then there was something in it. */
export async function assertNothingToLose(data: string, folder: string): Promise<void> {
  const newest = (await backupsIn(folder)).at(-1)
  if (newest === undefined) return
  throw new Failure(
    `There are no databases in ${data}, and there are backups in ${folder}, the newest of them ${newest.name}. Is the disk of DATA_DIR mounted, ` +
      'and DATA_DIR right? If the data are lost, put that backup back (`nameting restore`). To begin anew all the same, set BACKUP_DIR to ' +
      'another folder. Nothing was made.',
  )
}

async function withLists(folder: string): Promise<(FoundBackup & { list: string })[]> {
  return (await backupsIn(folder)).flatMap((found) => {
    try {
      return [{ ...found, list: readManifest(found.path).erasures.list }]
    } catch (cause) {
      if (cause instanceof Failure) return []
      throw cause
    }
  })
}
