/** The text in a language. That of instruments/definition.ts brings zod along, which a page with Trusted Types cannot load. */
import type { Localized } from '../../instruments/definition.ts'
import type { FigureLanguage } from './words.ts'

export const textIn = (text: Localized, language: FigureLanguage): string => text[language]
