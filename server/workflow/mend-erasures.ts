/** Writes again what a damaged list of erasures has lost: the journal has it, and beside each backup stands with which event that ends. */
import { backupsIn, nameOfBackup } from '../backup/backup-folder.ts'
import { addToErasureList, type ErasureLine, erasureListIn, isWish } from '../backup/erasure-list.ts'
import { readManifest } from '../backup/manifest.ts'
import type { ErasureList } from '../backup/read-erasure-list.ts'
import type { Db } from '../db/tx.ts'
import { Failure } from '../failure.ts'
import { latestEvent } from '../queries/erasures.ts'
import { journalLines } from './journal-lines.ts'

/**
 * Adds every line of `list` that is not in `known`, which was read from its file in `folder`: wishes, then marks of backups, then that all of it was
 * written again. `now`: the moment of that.
 */
export async function mendErasures(
  db: Db,
  folder: string,
  { list, known, now }: { list: string; known: ErasureList; now: string },
): Promise<void> {
  const path = erasureListIn(folder)
  const own = known.lines.filter((line) => line.list === list)
  const last = await latestEvent(db)
  const wished = new Set(own.filter(isWish).map(({ event }) => event))
  for await (const lines of journalLines(db, list, 0))
    await addToErasureList(
      path,
      lines.filter(({ event }) => !wished.has(event)),
    )
  const marked = new Set(own.map(({ backup }) => backup))
  const marks = (await marksOf(folder)).filter((mark) => mark.list === list && mark.event <= last && !marked.has(mark.backup))
  await addToErasureList(path, [...marks, { list, event: last, at: now, what: 'written again' }])
}

/** Of backups that lie in a folder. What has no manifest that can be read is left out. */
async function marksOf(folder: string): Promise<ErasureLine[]> {
  return (await backupsIn(folder)).flatMap(({ path }) => {
    try {
      const { erasures, madeAt } = readManifest(path)
      return [{ ...erasures, at: madeAt, what: 'backup made', backup: nameOfBackup(madeAt) } satisfies ErasureLine]
    } catch (cause) {
      if (cause instanceof Failure) return []
      throw cause
    }
  })
}
