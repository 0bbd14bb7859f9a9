/** The languages of the pages that the server draws itself. A further one is a file beside this one, and a line here and in server/languages.ts. */
import { type OwnLanguage, ownLanguages } from '../../languages.ts'
import { ar } from './ar.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { nl } from './nl.ts'
import { pl } from './pl.ts'
import { tr } from './tr.ts'

export type PageTexts = typeof nl

const languages: Record<OwnLanguage, PageTexts> = { nl, en, tr, ar, pl, de }

/** The languages that pages can be drawn in. */
export const spokenOnPages: readonly string[] = ownLanguages

/** The texts in `language`, or in Dutch. */
export const textsIn = (language: string): PageTexts => (languages as Record<string, PageTexts>)[language] ?? nl
