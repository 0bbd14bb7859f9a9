/** Mails that confirm what a participant did on their page. Their texts are ours: what they say is what this program does. */
import type { MailText } from '../../protocols/schema.ts'

/** Kinds of message beside those of a protocol, whose ids have no spaces. They belong to no wave and are not planned. */
export const confirmationKinds = ['stop confirmation', 'erasure confirmation'] as const
export type ConfirmationKind = (typeof confirmationKinds)[number]

export const isConfirmation = (kind: string): kind is ConfirmationKind => (confirmationKinds as readonly string[]).includes(kind)

/** What a confirmation has in the place of a wave. */
export const noWave = ''

/** Subjects say nothing that somebody who sees them in passing should not know. */
export const confirmationTexts: Record<ConfirmationKind, MailText> = {
  'stop confirmation': {
    subject: { nl: 'Bevestiging van {organisation}', en: 'Confirmation from {organisation}' },
    body: {
      nl: `Beste {name},

U bent gestopt met het onderzoek “{title}”. Dat is goed.

Wij vragen u niets meer. Dit is de laatste mail die u van ons krijgt. Antwoorden die u al verstuurde, blijven bewaard voor het onderzoek.

Wilt u dat wij die antwoorden wissen? Of bent u niet zelf gestopt? Neem dan contact met ons op: {contact}

Met vriendelijke groet,
{organisation}`,
      en: `Dear {name},

You have stopped taking part in the study “{title}”. That is fine.

We ask you nothing more. This is the last mail that you get from us. Answers that you already sent are kept for the study.

Would you like us to erase those answers? Or was it not you who stopped? Then get in touch: {contact}

Kind regards,
{organisation}`,
    },
  },
  'erasure confirmation': {
    subject: { nl: 'Bevestiging van {organisation}', en: 'Confirmation from {organisation}' },
    body: {
      nl: `Beste {name},

U bent gestopt met het onderzoek “{title}”. Uw antwoorden zijn gewist. Dat kan niet meer ongedaan worden gemaakt.

Wij vragen u niets meer. Dit is de laatste mail die u van ons krijgt. Na deze mail wissen wij ook uw naam en uw mailadres.

Dit bewaren wij nog wel: dat u meedeed, wanneer u iets verstuurde en wat u zei over toestemming. Uw naam staat daar niet bij. De onderzoekers hebben bericht gekregen. Zij kijken of uw antwoorden ook staan in bestanden die zij al eerder maakten.

Heeft u vragen? Of heeft u dit niet zelf gedaan? Neem dan contact met ons op: {contact}

Met vriendelijke groet,
{organisation}`,
      en: `Dear {name},

You have stopped taking part in the study “{title}”. Your answers have been erased. This cannot be undone.

We ask you nothing more. This is the last mail that you get from us. After this mail we also erase your name and your mail address.

We do keep this: that you took part, when you sent something, and what you said about consent. Your name is not with it. The researchers have been told. They look whether your answers are also in files that they made before.

Do you have questions? Or was it not you who did this? Then get in touch: {contact}

Kind regards,
{organisation}`,
    },
  },
}
