/** What the pages about the study itself, its definitions, and stopping and erasing say. */
import type { Translation } from '../../ui/texts.ts'

export const studyNl = {
  eventBroughtBack: 'Doet weer mee',
  eventStudyChanged: 'Gegevens van het onderzoek veranderd',
  eventStudyClosed: 'Onderzoek gesloten',
  eventStudyReopened: 'Onderzoek weer geopend',
} as const

export const studyEn: Translation<typeof studyNl> = {
  eventBroughtBack: 'Takes part again',
  eventStudyChanged: 'Facts of the study changed',
  eventStudyClosed: 'Study closed',
  eventStudyReopened: 'Study opened again',
}
