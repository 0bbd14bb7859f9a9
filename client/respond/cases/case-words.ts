/** The texts of these pages. Whoever answers because it is their work mostly reads Dutch or English; other languages are fetched when needed. */
import { useEffect, useState } from 'react'
import { createTranslator, type Translation, type Translator } from '../../ui/texts.ts'
import { useSpeaking } from '../speaking.tsx'
import { en } from './texts/en.ts'
import { nl } from './texts/nl.ts'

type CaseTexts = typeof nl

const translators: Record<string, Translator<CaseTexts>> & { nl: Translator<CaseTexts> } = {
  nl: createTranslator<CaseTexts>(nl, 'nl'),
  en: createTranslator<CaseTexts>(en, 'en'),
}

const further: Record<string, () => Promise<Translation<CaseTexts>>> = {
  tr: async () => (await import('./texts/tr.ts')).tr,
  ar: async () => (await import('./texts/ar.ts')).ar,
  pl: async () => (await import('./texts/pl.ts')).pl,
  de: async () => (await import('./texts/de.ts')).de,
}

/** In the language of the page, or in Dutch; `lang` is for the element around them where that is another language than the page's. */
export function useCaseWords(): Translator<CaseTexts> & { lang: string | undefined } {
  const { language } = useSpeaking()
  const [, setFetched] = useState('')
  useEffect(() => {
    if (translators[language]) return
    further[language]?.().then(
      (texts) => {
        translators[language] = createTranslator<CaseTexts>(texts, language)
        setFetched(language)
      },
      // Then it stays in Dutch.
      () => {},
    )
  }, [language])
  const translator = translators[language] ?? translators.nl
  return { ...translator, lang: translator.language === language ? undefined : translator.language }
}
