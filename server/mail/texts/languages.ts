/** The languages of mails whose text is ours. A further one is a file beside this one, and a line here. */
import type { Localized } from '../../../instruments/definition.ts'
import { en } from './en.ts'
import { nl } from './nl.ts'

export type MailTexts = typeof nl

const languages: { nl: MailTexts; en: MailTexts } & Record<string, MailTexts> = { nl, en }

/** One text in each language; `pick` takes it out of the texts of one. */
export const inEachLanguage = (pick: (texts: MailTexts, language: string) => string): Localized => ({
  nl: pick(nl, 'nl'),
  en: pick(en, 'en'),
  ...Object.fromEntries(Object.entries(languages).map(([language, texts]) => [language, pick(texts, language)])),
})
