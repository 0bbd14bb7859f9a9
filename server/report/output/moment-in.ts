/** A moment as a report says it: with its zone, since whoever reads it may be anywhere. */
import type { ReportLanguage } from '../words.ts'

export function momentIn(moment: string, language: ReportLanguage, timeZone = 'UTC'): string {
  const locale = language === 'nl' ? 'nl-NL' : 'en-GB'
  const said = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone }).format(new Date(moment))
  return timeZone === 'UTC' ? `${said} UTC` : `${said} (${timeZone})`
}
