/** The languages of our own words: the pages that the server draws, and mails. client/respond/texts/languages.ts has those of the page. */
export const ownLanguages = ['nl', 'en', 'tr', 'ar', 'pl', 'de'] as const
export type OwnLanguage = (typeof ownLanguages)[number]

/** Of these our own words were made by machine, and nobody has read them over yet. Whoever does takes the language out. */
export const ownDrafts: readonly string[] = ['tr', 'ar', 'pl', 'de']

/** In which direction a language is written. */
export const directionOf = (language: string): 'ltr' | 'rtl' =>
  new Intl.Locale(language).getTextInfo().direction === 'rtl' ? 'rtl' : 'ltr'
