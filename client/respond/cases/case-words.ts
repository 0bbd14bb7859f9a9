/** The texts of these pages. They come in Dutch and English: whoever answers because it is their work reads one of the two. */
import { createTranslator, type Translator } from '../../ui/texts.ts'
import { useSpeaking } from '../speaking.tsx'
import { en } from './texts/en.ts'
import { nl } from './texts/nl.ts'

const translators: Record<'nl' | 'en', Translator<typeof nl>> = {
  nl: createTranslator<typeof nl>(nl, 'nl'),
  en: createTranslator<typeof nl>(en, 'en'),
}

/** In the language of the page, or in Dutch; `lang` is for the element around them where that is another language than the page's. */
export function useCaseWords(): Translator<typeof nl> & { lang: string | undefined } {
  const { language } = useSpeaking()
  const translator = translators[language === 'en' ? 'en' : 'nl']
  return { ...translator, lang: translator.language === language ? undefined : translator.language }
}
