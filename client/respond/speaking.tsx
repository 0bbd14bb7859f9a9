/** The language of the page: its texts, which others there are, and choosing one. */
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { useDocumentLanguage } from '../ui/document-language.ts'
import type { OfferedLanguage } from '../ui/language-switch.tsx'
import { UntranslatedWords } from '../ui/said.tsx'
import { createTranslator, type Translation, type Translator } from '../ui/texts.ts'
import type { RespondTexts } from './texts/languages.ts'

export interface Speaking extends Translator<RespondTexts> {
  /** Languages to choose from. */
  offered: OfferedLanguage[]
  choose(language: string): void
}

const SpeakingContext = createContext<Speaking | null>(null)

interface SpeakerProps extends Pick<Speaking, 'offered' | 'choose'> {
  language: string
  texts: Translation<RespondTexts>
  children: ReactNode
}

export function Speaker({ language, texts, offered, choose, children }: SpeakerProps) {
  const speaking = useMemo(
    () => ({ ...createTranslator<RespondTexts>(texts, language), offered, choose }),
    [texts, language, offered, choose],
  )
  useDocumentLanguage(language)
  return (
    <SpeakingContext value={speaking}>
      <UntranslatedWords value={speaking.say('untranslated')}>{children}</UntranslatedWords>
    </SpeakingContext>
  )
}

export function useSpeaking(): Speaking {
  const speaking = useContext(SpeakingContext)
  if (!speaking) throw new Error('useSpeaking() works inside a Speaker only')
  return speaking
}
