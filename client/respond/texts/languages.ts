/** The languages that the respondent's page speaks. A further one is a file beside this one, and a line here. */
import type { Translation } from '../../ui/texts.ts'
import { nl } from './nl.ts'

export type RespondTexts = typeof nl

interface Language {
  /** What the language calls itself. */
  name: string
  /** Made by machine, and read over by nobody yet. */
  isDraft?: boolean
  load(): Promise<Translation<RespondTexts>>
}

export const languages: Record<string, Language> & { nl: Language } = {
  // Always there, so that a page with a bad connection has words to say so.
  nl: { name: 'Nederlands', load: async () => nl },
  en: { name: 'English', load: async () => (await import('./en.ts')).en },
  tr: { name: 'Türkçe', isDraft: true, load: async () => (await import('./tr.ts')).tr },
  ar: { name: 'العربية', isDraft: true, load: async () => (await import('./ar.ts')).ar },
  pl: { name: 'Polski', isDraft: true, load: async () => (await import('./pl.ts')).pl },
  de: { name: 'Deutsch', isDraft: true, load: async () => (await import('./de.ts')).de },
}

export interface Spoken {
  language: string
  texts: Translation<RespondTexts>
}

/** The texts of a language; in Dutch when they cannot be fetched. */
export async function speak(language: string): Promise<Spoken> {
  try {
    return { language, texts: await (languages[language] ?? languages.nl).load() }
  } catch {
    return { language: 'nl', texts: await languages.nl.load() }
  }
}

/** The first of the `preferred` BCP 47 tags that the page speaks, else Dutch. */
export const spokenLanguage = (preferred: readonly string[]): string =>
  preferred.map((tag) => tag.split('-')[0] ?? tag).find((language) => Object.hasOwn(languages, language)) ?? 'nl'
