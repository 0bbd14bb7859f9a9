/** What an action would change, told before it is done. */
import type { Translation } from '../../ui/texts.ts'

export const changesNl = {
  changesTitle: 'Dit verandert er',
  changesNone: 'Aan lijsten en mails verandert niets.',
  correctMails: 'Wat er met mails gebeurt',
  correctNoMails: 'Er staat geen mail klaar: er gaat nu niets uit.',
  correctNow: 'gaat nu uit',
  correctLater: 'gaat later uit:',
  correctOff: 'gaat niet door:',
  correctAgain: 'nog een keer, en eerdere links werken niet meer',
  scoresSame: 'Aan scores verandert niets.',
  scoresRenewed:
    'Nieuwe scores: {scores}. Ingevulde lijsten waar dat om gaat: {responses}. Andere z: {z}. Ander niveau: {bands}. De oude scores blijven bewaard.',
  changesMails: 'Mails',
  changesLists: 'Lijsten',
  changeNew: 'nieuw:',
  changeGone: 'gaat niet door:',
  changedFrom: 'van',
  nothingThere: 'niet ingevuld',
  changedTo: 'naar',
  mailInvitation: 'uitnodiging',
  mailReminder: 'herinnering',
} as const

export const changesEn: Translation<typeof changesNl> = {
  changesTitle: 'This changes',
  changesNone: 'Nothing changes in lists and mails.',
  correctMails: 'What becomes of mails',
  correctNoMails: 'No mail is waiting: nothing goes out now.',
  correctNow: 'goes out now',
  correctLater: 'goes out later:',
  correctOff: 'is called off:',
  correctAgain: 'once more, and earlier links stop working',
  scoresSame: 'No score changes.',
  scoresRenewed:
    'New scores: {scores}. Answered lists that this is about: {responses}. Another z: {z}. Another band: {bands}. The old scores are kept.',
  changesMails: 'Mails',
  changesLists: 'Lists',
  changeNew: 'new:',
  changeGone: 'is called off:',
  changedFrom: 'from',
  nothingThere: 'not filled in',
  changedTo: 'to',
  mailInvitation: 'invitation',
  mailReminder: 'reminder',
}
