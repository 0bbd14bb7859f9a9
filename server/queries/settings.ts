import { eq } from 'drizzle-orm'
import { settings } from '../db/study-schema/journal.ts'
import type { Db } from '../db/tx.ts'

export async function findSetting(db: Db, name: string): Promise<string | undefined> {
  const [row] = await db.select().from(settings).where(eq(settings.name, name))
  return row?.value
}

/** All of whose name begins with `prefix`. There are a handful of settings. */
export async function settingsFrom(db: Db, prefix: string): Promise<{ name: string; value: string }[]> {
  return (await db.select().from(settings)).filter(({ name }) => name.startsWith(prefix))
}

export async function putSetting(tx: Db, name: string, value: string): Promise<void> {
  await tx.insert(settings).values({ name, value }).onConflictDoUpdate({ target: settings.name, set: { value } })
}

export async function removeSetting(tx: Db, name: string): Promise<void> {
  await tx.delete(settings).where(eq(settings.name, name))
}
