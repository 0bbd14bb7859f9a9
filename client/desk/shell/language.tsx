/** The language of the desk: chosen once, kept in this browser. */
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import type { Localized } from '../../../instruments/definition.ts'
import { useDocumentLanguage } from '../../ui/document-language.ts'
import type { OfferedLanguage } from '../../ui/language-switch.tsx'
import { Said } from '../../ui/said.tsx'
import { createTranslator, localeOf, type Translation, type Translator } from '../../ui/texts.ts'
import { wordsIn } from '../../ui/words.ts'
import { en } from '../texts/en.ts'
import { nl } from '../texts/nl.ts'
import { justBefore } from './just-before.ts'

export type DeskTexts = typeof nl

const languages: Record<string, { name: string; texts: Translation<DeskTexts> }> = {
  nl: { name: 'Nederlands', texts: nl },
  en: { name: 'English', texts: en },
}

export const offeredLanguages: OfferedLanguage[] = Object.entries(languages).map(([language, { name }]) => ({ language, name }))

interface Desk extends Translator<DeskTexts> {
  choose(language: string): void
  /** A moment as a date and a time of day in the study's time zone. */
  moment(instant: string): string
  /** A moment as a date only. */
  date(instant: string): string
  /** The last day of a window, of which the end is the moment at which it is no longer open: the day that mails name. */
  lastDay(closesAt: string): string
  /** A month, given as `YYYY-MM`. */
  month(month: string): string
  /** A number as this language writes it. */
  number(value: number, decimals?: number): string
}

const DeskLanguage = createContext<Desk | null>(null)

const storedIn = 'nameting-desk-language'
const dutchTime = { timeZone: 'Europe/Amsterdam' }

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(preferred)
  useDocumentLanguage(language)
  const desk = useMemo<Desk>(() => {
    const translator = createTranslator<DeskTexts>(languages[language]?.texts ?? nl, language)
    const locale = localeOf(language)
    const moments = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', ...dutchTime })
    const times = new Intl.DateTimeFormat(locale, { timeStyle: 'short', ...dutchTime })
    const months = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' })
    const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', ...dutchTime })
    return {
      ...translator,
      choose(chosen) {
        keep(chosen)
        setLanguage(chosen)
      },
      moment: (instant) => moments.format(new Date(instant)),
      time: (instant) => times.format(new Date(instant)),
      month: (month) => months.format(new Date(`${month}-01T00:00:00Z`)),
      date: (instant) => dates.format(new Date(instant)),
      lastDay: (closesAt) => dates.format(justBefore(closesAt)),
      number: (value, decimals) =>
        new Intl.NumberFormat(locale, decimals === undefined ? {} : { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
          .format(value)
          .replace('-', '−'),
    }
  }, [language])
  return <DeskLanguage value={desk}>{children}</DeskLanguage>
}

export function useDesk(): Desk {
  const desk = useContext(DeskLanguage)
  if (!desk) throw new Error('useDesk outside of LanguageProvider')
  return desk
}

/** A text of a definition in the reader's language. */
export function Text({ of }: { of: Localized | Record<string, string> }) {
  const { language } = useDesk()
  return <Said words={wordsIn(of, language)} within={language} />
}

function preferred(): string {
  try {
    const kept = localStorage.getItem(storedIn)
    if (kept !== null && Object.hasOwn(languages, kept)) return kept
  } catch {
    // Storage can be switched off; then the browser's own preference counts.
  }
  return navigator.languages.map((tag) => tag.slice(0, 2)).find((code) => Object.hasOwn(languages, code)) ?? 'nl'
}

function keep(language: string): void {
  try {
    localStorage.setItem(storedIn, language)
  } catch {
    // Not kept: the choice holds until the page is closed.
  }
}
