/** What the page of a family says, beyond what happened and what was scored. */
import type { Translation } from '../../ui/texts.ts'

export const caseNl = {
  eventSentAgain: 'Gevraagd om opnieuw te versturen',
  eventWindowExtended: 'Lijsten blijven langer open',
  eventNotReachable: 'Niet bereikbaar: er gaat geen mail meer uit',
  eventReachableAgain: 'Weer bereikbaar',
  eventCaseCorrected: 'Gegevens van het gezin verbeterd',
  eventPersonCorrected: 'Gegevens van iemand verbeterd',
  eventAddressRemoved: 'Heeft geen e-mailadres meer: er gaat geen mail meer uit',
  eventAddressAdded: 'E-mailadres toegevoegd: er gaat weer mail uit',
  eventContactDataCorrected: 'Naam of telefoonnummer verbeterd',
  eventRepeatSent: 'Uitnodiging nog eens verstuurd',
  dueRepeat: 'Uitnodiging gaat nog eens uit',

  contactGone: 'Naam en adres worden niet meer bewaard.',
  contactNoMail: 'geen',
  contactNoTelephone: 'niet bekend',
  personWithoutMail: 'Heeft geen e-mailadres (sinds {day}). De lijsten worden met de hand gevraagd.',

  notesTitle: 'Notities',
  notesNone: 'Nog geen notities. Schrijf op wat een collega moet weten, zonder namen. Wat er staat, blijft staan.',
  noteByNobody: 'een collega van wie het account weg is',

  timelineNothingHappened: 'Niets gevonden.',
  timelineCount_one: '{count} gebeurtenis gevonden',
  timelineCount_other: '{count} gebeurtenissen gevonden',
  timelineWho: 'Persoon',
  timelineWhat: 'Wat',
  timelineMail: 'mail',
  timelineAnswers: 'lijsten en antwoorden',
  timelineStaff: 'wat medewerkers deden',
} as const

export const caseEn: Translation<typeof caseNl> = {
  eventSentAgain: 'Asked to send again',
  eventWindowExtended: 'Lists stay open longer',
  eventNotReachable: 'Not reachable: no more mail goes out',
  eventReachableAgain: 'Reachable again',
  eventCaseCorrected: 'Facts of the family corrected',
  eventPersonCorrected: 'Facts of somebody corrected',
  eventAddressRemoved: 'Has no mail address any more: no more mail goes out',
  eventAddressAdded: 'Mail address added: mail goes out again',
  eventContactDataCorrected: 'Name or telephone number corrected',
  eventRepeatSent: 'Invitation sent once more',
  dueRepeat: 'Invitation goes out once more',

  contactGone: 'Name and address are not kept any more.',
  contactNoMail: 'none',
  contactNoTelephone: 'not known',
  personWithoutMail: 'Has no mail address (since {day}). The lists are asked by hand.',

  notesTitle: 'Notes',
  notesNone: 'No notes yet. Write what a colleague has to know, without names. What is written stays.',
  noteByNobody: 'a colleague whose account is gone',

  timelineNothingHappened: 'Nothing found.',
  timelineCount_one: '{count} event found',
  timelineCount_other: '{count} events found',
  timelineWho: 'Person',
  timelineWhat: 'What',
  timelineMail: 'mail',
  timelineAnswers: 'lists and answers',
  timelineStaff: 'what staff did',
}
