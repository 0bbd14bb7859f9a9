/** The languages of the pages that the server draws itself. A further one is a file beside this one, and a line here. */
import { en } from './en.ts'
import { nl } from './nl.ts'

export type PageTexts = typeof nl

const languages: Record<string, PageTexts> = { nl, en }

/** The languages that pages can be drawn in. */
export const spokenOnPages = Object.keys(languages)

/** The texts in `language`, or in Dutch. */
export const textsIn = (language: string): PageTexts => languages[language] ?? nl
