/** A moment as a report says it: with its zone, since whoever reads it may be anywhere. */
import type { ReportLanguage } from './words.ts'

export const momentIn = (moment: string, language: ReportLanguage): string =>
  `${new Intl.DateTimeFormat(language === 'nl' ? 'nl-NL' : 'en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(new Date(moment))} UTC`
