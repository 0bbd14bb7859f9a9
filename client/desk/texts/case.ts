/** What the page of a family says, beyond what happened and what was scored. */
import type { Translation } from '../../ui/texts.ts'

export const caseNl = {
  eventSentAgain: 'Gevraagd om opnieuw te versturen',
  eventWindowExtended: 'Lijsten blijven langer open',
  eventNotReachable: 'Niet bereikbaar: er gaat geen mail meer uit',
  eventReachableAgain: 'Weer bereikbaar',
  eventRepeatSent: 'Uitnodiging nog eens verstuurd',
  dueRepeat: 'Uitnodiging gaat nog eens uit',
} as const

export const caseEn: Translation<typeof caseNl> = {
  eventSentAgain: 'Asked to send again',
  eventWindowExtended: 'Lists stay open longer',
  eventNotReachable: 'Not reachable: no more mail goes out',
  eventReachableAgain: 'Reachable again',
  eventRepeatSent: 'Invitation sent once more',
  dueRepeat: 'Invitation goes out once more',
}
