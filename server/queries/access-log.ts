/** The access log: added to, read, and checked. */
import { hash } from 'node:crypto'
import { asc, desc, eq, gt } from 'drizzle-orm'
import { canonicalJson } from '../../instruments/canonical-json.ts'
import { accessLog } from '../db/study-schema/access-log.ts'
import type { Db } from '../db/tx.ts'

export type AccessRow = typeof accessLog.$inferSelect
export type AccessEntry = Omit<AccessRow, 'id' | 'hash'>

/** What the first row builds on. */
const beginning = '0'.repeat(64)

/** The hash of a row: sha256 over the one before and the row as canonical JSON. */
export const chained = (previous: string, { at, staffId, via, action, outcome, studyId, caseId, reason, detail }: AccessEntry): string =>
  hash('sha256', `${previous}\n${canonicalJson({ at, staffId, via, action, outcome, studyId, caseId, reason, detail })}`)

/** Adds to the log. Whoever writes is alone in the database, so that rows follow each other. */
export async function logAccess(tx: Db, entry: AccessEntry): Promise<void> {
  const [last] = await tx.select({ hash: accessLog.hash }).from(accessLog).orderBy(desc(accessLog.id)).limit(1)
  await tx.insert(accessLog).values({ ...entry, hash: chained(last?.hash ?? beginning, entry) })
}

/** The log of one family, latest first. */
export async function accessToCase(db: Db, caseId: string): Promise<AccessRow[]> {
  return await db.select().from(accessLog).where(eq(accessLog.caseId, caseId)).orderBy(desc(accessLog.id))
}

/** The log of a study, latest first, before row `before`. */
export async function accessInStudy(db: Db, studyId: string, limit: number): Promise<AccessRow[]> {
  return await db.select().from(accessLog).where(eq(accessLog.studyId, studyId)).orderBy(desc(accessLog.id)).limit(limit)
}

/** The first row that does not follow from the one before it; null when all do. `last` is the hash at the end of the chain. */
export async function checkAccessLog(db: Db): Promise<{ rows: number; last: string; broken: number | null }> {
  let previous = beginning
  let id = 0
  let rows = 0
  for (;;) {
    const some = await db.select().from(accessLog).where(gt(accessLog.id, id)).orderBy(asc(accessLog.id)).limit(1000)
    if (some.length === 0) return { rows, last: previous, broken: null }
    for (const row of some) {
      if (row.hash !== chained(previous, row)) return { rows, last: previous, broken: row.id }
      previous = row.hash
      id = row.id
      rows += 1
    }
  }
}
