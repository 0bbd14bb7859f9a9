/** Whose words a mail is written in, and how that is written down beside it. Pure. */
import { createHash } from 'node:crypto'
import type { MailWords } from '../../protocols/check-mail.ts'
import type { MailText } from '../../protocols/schema.ts'
import { spokenIn } from './compose.ts'

/** The words that a mail went out in. */
export interface Wording {
  text: MailText
  /**
   * Where they are from, the language and the name of the text, with spaces between: `ekc-yearly@1.0.0 nl invitation` in the words of
   * a protocol, `mail_texts/12 nl invitation` in those of a study, `server/mail nl stop confirmation` in our own.
   */
  name: string
  /** Of the words before anything is filled in. */
  sha256: string
}

/** `text`: of which somebody who reads `language` gets one translation. */
export function wordingFrom(source: string, name: string, text: MailText, language: string): Wording {
  const spoken = spokenIn(text, language)
  const words = wordsIn(text, spoken)
  return { text, name: `${source} ${spoken} ${name}`, sha256: sha256OfWords(words) }
}

/** The words of a text in one language; in Dutch where it has none. */
export const wordsIn = ({ subject, body }: MailText, language: string): MailWords => ({
  subject: subject[language] ?? subject.nl,
  body: body[language] ?? body.nl,
})

/** The text with other words in one language. */
export const withWords = ({ subject, body }: MailText, language: string, words: MailWords): MailText => ({
  subject: { ...subject, [language]: words.subject },
  body: { ...body, [language]: words.body },
})

/** By which words are recognised: subject and body with an empty line between, as UTF-8. */
export const sha256OfWords = ({ subject, body }: MailWords): string => createHash('sha256').update(`${subject}\n\n${body}`).digest('hex')
