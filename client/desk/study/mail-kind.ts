import type { Translator } from '../../ui/texts.ts'
import type { DeskTexts } from '../shell/language.tsx'

/** What a mail is called: an invitation, a reminder by its day, or a confirmation. */
export function mailKindLabel(say: Translator<DeskTexts>['say'], { id, days }: { id: string; days: number | null }): string {
  if (id === 'stop confirmation') return say('studyMailStop')
  if (id === 'erasure confirmation') return say('studyMailErase')
  return days ? say('studyMailReminderAfter', { days }) : say('protocolInvitation')
}
