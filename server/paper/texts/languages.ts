/** The languages of lists on paper. A further one is a file beside this one, and a line here. */
import { ownValue } from '../../../instruments/own-value.ts'
import type { OwnLanguage } from '../../languages.ts'
import { ar } from './ar.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { nl } from './nl.ts'
import { pl } from './pl.ts'
import { tr } from './tr.ts'

export type PaperTexts = typeof nl

const languages: Record<OwnLanguage, PaperTexts> = { nl, en, tr, ar, pl, de }

/** The texts in `language`, or in Dutch. */
export const paperTextsIn = (language: string): PaperTexts => ownValue<PaperTexts>(languages, language) ?? nl
