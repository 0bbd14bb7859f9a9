/** A study's own words for its mails, and which words each mail had. */
import { and, desc, eq, sql } from 'drizzle-orm'
import { mailTexts } from '../db/study-schema/mail-texts.ts'
import type { Db } from '../db/tx.ts'
import { insertion, prepared } from './prepared.ts'

export type MailTextRow = typeof mailTexts.$inferSelect

/** Which text, and in which language. */
export interface MailTextKey {
  studyId: string
  template: string
  language: string
}

/** Adds a version; earlier ones stay. */
export const insertMailText: (tx: Db, row: Omit<MailTextRow, 'id'>) => Promise<void> = insertion(mailTexts)

const newest = prepared((db) =>
  db
    .select()
    .from(mailTexts)
    .where(
      and(
        eq(mailTexts.studyId, sql.placeholder('studyId')),
        eq(mailTexts.template, sql.placeholder('template')),
        eq(mailTexts.language, sql.placeholder('language')),
      ),
    )
    .orderBy(desc(mailTexts.id))
    .limit(1),
)

/** The version that holds; none where the study never had words of its own. */
export async function newestMailText(db: Db, { studyId, template, language }: MailTextKey): Promise<MailTextRow | undefined> {
  const [row] = await newest(db).execute({ studyId, template, language })
  return row
}

/** All versions, the newest first. */
export async function versionsOfMailText(db: Db, { studyId, template, language }: MailTextKey): Promise<MailTextRow[]> {
  return await db
    .select()
    .from(mailTexts)
    .where(and(eq(mailTexts.studyId, studyId), eq(mailTexts.template, template), eq(mailTexts.language, language)))
    .orderBy(desc(mailTexts.id))
}

/** Of every text and language of a study the version that holds, where the words are its own. */
export async function ownMailTexts(db: Db, studyId: string): Promise<(MailTextRow & { subject: string; body: string })[]> {
  const rows = await db.select().from(mailTexts).where(eq(mailTexts.studyId, studyId)).orderBy(desc(mailTexts.id))
  const holding = new Map<string, MailTextRow>()
  for (const row of rows) {
    const which = JSON.stringify([row.template, row.language])
    if (!holding.has(which)) holding.set(which, row)
  }
  return [...holding.values()].flatMap(({ subject, body, ...row }) =>
    subject === null || body === null ? [] : [{ ...row, subject, body }],
  )
}
