import { and, eq, gte, lt, sql } from 'drizzle-orm'
import { settings } from '../db/study-schema/journal.ts'
import type { Db } from '../db/tx.ts'
import { prepared } from './prepared.ts'

const named = prepared((db) =>
  db
    .select()
    .from(settings)
    .where(eq(settings.name, sql.placeholder('name'))),
)

export async function findSetting(db: Db, name: string): Promise<string | undefined> {
  const [row] = await named(db).execute({ name })
  return row?.value
}

const within = prepared((db) =>
  db
    .select()
    .from(settings)
    .where(and(gte(settings.name, sql.placeholder('from')), lt(settings.name, sql.placeholder('until')))),
)

/** All of whose name begins with `prefix`, by their order: names are ASCII, and `~` comes after whatever they are made of. */
export async function settingsFrom(db: Db, prefix: string): Promise<{ name: string; value: string }[]> {
  return await within(db).execute({ from: prefix, until: `${prefix}~` })
}

export async function putSetting(tx: Db, name: string, value: string): Promise<void> {
  await tx.insert(settings).values({ name, value }).onConflictDoUpdate({ target: settings.name, set: { value } })
}

export async function removeSetting(tx: Db, name: string): Promise<void> {
  await tx.delete(settings).where(eq(settings.name, name))
}
