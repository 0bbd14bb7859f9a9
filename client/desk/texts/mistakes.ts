/** What is said of a family that is taken out of the study, or was. */
import type { Translation } from '../../ui/texts.ts'

export const mistakesNl = {
  fieldMistake: 'Waarom hoort het gezin er niet bij',
  fieldSameAs: 'Code van het gezin dat blijft',
  hintSameAs: 'Hetzelfde gezin, zoals het ook is aangemeld. Alleen een gezin zonder antwoorden kan eruit.',
  mistake_double: 'Twee keer aangemeld',
  mistake_notEligible: 'Dit gezin valt buiten het onderzoek',
  mistake_test: 'Was een proef: het gezin bestaat niet',
  mistakeNotes: 'Let op',
  mistakeStopped: '{who} zei hier niet (meer) mee te doen. Kijk of dat ook voor het andere gezin geldt: dat weet het niet vanzelf.',
  mistakeRefused:
    '{who} zei nee toen er met de hand gevraagd werd. Kijk of dat ook voor het andere gezin geldt: dat weet het niet vanzelf.',
  mistakeSent: 'Mails die al verstuurd zijn: {count}. De links daarin openen straks niets meer.',
  mistakeTried: 'Met de hand gevraagd: {count} keer. Een papieren lijst die nog terugkomt, hoort dan bij niemand.',
  mistakePrinted: 'Op papier afgedrukt: {count} keer. Een lijst die nog terugkomt, hoort dan bij niemand.',
  mistakeLot: 'Voor dit gezin is geloot: {arm}. Een lot gaat niet terug. Vermeld dat waar u gezinnen per groep telt.',
  mistakeShown: 'Dit gezin hoort niet bij het onderzoek, sinds {day}',
  mistakeShownWhy: 'Er wordt niets meer gevraagd, links openen niets, en het telt nergens mee. Wat er gebeurd is, blijft hieronder staan.',
  mistakeSameAs: 'Het gezin dat blijft:',
  eventCaseTakenOut: 'Uit het onderzoek gehaald',
  eventCasePutBack: 'Teruggezet in het onderzoek',
} as const

export const mistakesEn: Translation<typeof mistakesNl> = {
  fieldMistake: 'Why the family does not belong',
  fieldSameAs: 'Code of the family that stays',
  hintSameAs: 'The same family, as it was registered too. Only a family without answers can go.',
  mistake_double: 'Registered twice',
  mistake_notEligible: 'This family is outside the study',
  mistake_test: 'It was a trial: there is no such family',
  mistakeNotes: 'Please note',
  mistakeStopped:
    '{who} said here that they do not take part. See whether that holds for the other family, too: it does not know by itself.',
  mistakeRefused: '{who} said no when asked by hand. See whether that holds for the other family: it does not know by itself.',
  mistakeSent: 'Mails that went out: {count}. Their links will open nothing any more.',
  mistakeTried: 'Asked by hand: {count} times. A paper list that still comes back is of nobody then.',
  mistakePrinted: 'Printed on paper: {count} times. A list that still comes back is of nobody then.',
  mistakeLot: 'A lot was drawn for this family: {arm}. Lots are not given back. Say so where you count families per group.',
  mistakeShown: 'This family does not belong in the study, since {day}',
  mistakeShownWhy: 'Nothing is asked any more, links open nothing, and it is counted nowhere. What happened stays below.',
  mistakeSameAs: 'The family that stays:',
  eventCaseTakenOut: 'Taken out of the study',
  eventCasePutBack: 'Put back into the study',
}
