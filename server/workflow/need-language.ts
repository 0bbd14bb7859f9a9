import type { Protocol } from '../../protocols/schema.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { findStudy } from '../queries/studies.ts'
import { Refusal } from '../refusal.ts'
import { languagesOfStudy } from './study-languages.ts'

/** Refuses a language that the study does not have: nothing can have been shown in it. */
export async function needLanguage(
  db: Db,
  { definitions }: Pick<Context, 'definitions'>,
  { studyId, protocol }: { studyId: string; protocol: Protocol },
  language: string,
): Promise<void> {
  if (protocol.languages.includes(language)) return
  const study = await findStudy(db, studyId)
  const languages = study ? languagesOfStudy(definitions, study, protocol) : protocol.languages
  if (!languages.includes(language)) throw new Refusal('language-unknown', { languages })
}
