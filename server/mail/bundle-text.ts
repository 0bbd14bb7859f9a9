/** The text of a mail about several cases at once. It is ours: the protocols have a text about one case. */
import type { MailText } from '../../protocols/schema.ts'
import { lastDay } from './compose.ts'
import { inEachLanguage } from './texts/languages.ts'

export interface CaseInBundle {
  /** Letters, digits, points, hyphens and underscores. */
  code: string
  /** The moment at which the first of its lists takes no more answers. */
  closesAt: string
}

/** Names each case with the last day on which one can answer, in the order given. */
export function bundleText(cases: readonly CaseInBundle[], timeZone: string): MailText {
  return {
    subject: inEachLanguage(({ bundle }) => bundle.subject(cases.length)),
    body: inEachLanguage(({ bundle }, language) => {
      const lines = cases.map(({ code, closesAt }) => bundle.line(code, lastDay(closesAt, timeZone, language)))
      return bundle.body(cases.length, lines.join('\n'))
    }),
  }
}
