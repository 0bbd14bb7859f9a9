/** The words of a mail that a protocol has a text for: those of the study where it has its own, else those of the protocol. */
import { formatReference } from '../../instruments/definition.ts'
import type { MailTemplate } from '../../protocols/mail-templates.ts'
import type { Protocol } from '../../protocols/schema.ts'
import type { Db } from '../db/tx.ts'
import { spokenIn } from '../mail/compose.ts'
import { type Wording, withWords, wordingFrom } from '../mail/wording.ts'
import { newestMailText } from '../queries/mail-texts.ts'
import type { Study } from '../queries/studies.ts'

export interface StudyWording extends Wording {
  /** Whether somebody read words over that a machine had translated. */
  isReadOver: boolean
}

/** `template`: of `protocol`, with its text translated into `language` where that is possible. */
export async function wordingOf(
  db: Db,
  { study, protocol, template, language }: { study: Pick<Study, 'id'>; protocol: Protocol; template: MailTemplate; language: string },
): Promise<StudyWording> {
  const { id, text } = template
  // Words of the study may be in a language that the protocol's are not in.
  for (const spoken of new Set([language, spokenIn(text, language)])) {
    const own = await newestMailText(db, { studyId: study.id, template: id, language: spoken })
    if (!own || own.subject === null || own.body === null) continue
    const words = withWords(text, spoken, { subject: own.subject, body: own.body })
    return { ...wordingFrom(`mail_texts/${own.id}`, id, words, spoken), isReadOver: own.readOver }
  }
  return { ...wordingFrom(formatReference(protocol), id, text, language), isReadOver: false }
}
