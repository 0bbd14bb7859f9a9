/** The languages of mails whose text is ours. A further one is a file beside this one, and a line here and in server/languages.ts. */
import { type OwnLanguage, ownLanguages } from '../../languages.ts'
import { ar } from './ar.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { nl } from './nl.ts'
import { pl } from './pl.ts'
import { tr } from './tr.ts'

export type MailTexts = typeof nl

const languages: Record<OwnLanguage, MailTexts> = { nl, en, tr, ar, pl, de }

/** One text in each language; `pick` takes it out of the texts of one. */
export const inEachLanguage = (pick: (texts: MailTexts, language: string) => string): Record<OwnLanguage, string> =>
  Object.fromEntries(ownLanguages.map((language) => [language, pick(languages[language], language)])) as Record<OwnLanguage, string>
