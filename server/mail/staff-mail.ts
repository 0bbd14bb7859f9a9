/** Mail to staff: the link by which a password is chosen. Pure. */
import type { Localized } from '../../instruments/definition.ts'
import { type MailContent, oneLine } from './compose.ts'
import { html, plain } from './render.ts'

export interface StaffLetter {
  purpose: 'invitation' | 'reset' | 'second factor'
  language: string
  name: string
  /** Who sends for them: somebody they know and can ask. */
  by: { name: string; address: string }
  link: string
}

const texts: Record<StaffLetter['purpose'], { subject: Localized; body: Localized }> = {
  invitation: {
    subject: { nl: 'Uw account bij Nameting', en: 'Your account at Nameting' },
    body: {
      nl: `Beste {name},

{by} heeft voor u een account gemaakt bij Nameting. Daarmee werkt u mee aan een onderzoek.

Kies met deze link uw wachtwoord:
{link}

Goed om te weten:
- De link is 14 dagen geldig en werkt één keer.
- Daarna stelt u een tweede stap in, met een app voor codes op uw telefoon. Houd die bij de hand.
- De link is alleen voor u. Stuur deze mail niet door.

Verwachtte u deze mail niet, of is de link te oud? Vraag het aan {by}: {contact}`,
      en: `Dear {name},

{by} has made an account for you at Nameting, with which you work on a study.

Choose your password with this link:
{link}

Good to know:
- The link is good for 14 days and works once.
- After that you set up a second step, with an app for codes on your phone. Keep it at hand.
- The link is for you only. Please do not forward this mail.

Did you not expect this mail, or is the link too old? Ask {by}: {contact}`,
    },
  },
  reset: {
    subject: { nl: 'Een nieuw wachtwoord voor Nameting', en: 'A new password for Nameting' },
    body: {
      nl: `Beste {name},

{by} stuurt u een link waarmee u een nieuw wachtwoord kiest voor Nameting:
{link}

Goed om te weten:
- De link is 2 uur geldig en werkt één keer.
- Uw oude wachtwoord werkt tot u een nieuw kiest. Daarna bent u overal uitgelogd.
- Uw tweede stap blijft zoals die is.

Vroeg u hier niet om? Gebruik de link dan niet, en zeg het tegen {by}: {contact}`,
      en: `Dear {name},

{by} sends you a link by which you choose a new password for Nameting:
{link}

Good to know:
- The link is good for 2 hours and works once.
- Your old password works until you choose a new one. After that you are signed out everywhere.
- Your second step stays as it is.

Did you not ask for this? Then do not use the link, and tell {by}: {contact}`,
    },
  },
  'second factor': {
    subject: { nl: 'Opnieuw beginnen met inloggen bij Nameting', en: 'Begin anew with signing in at Nameting' },
    body: {
      nl: `Beste {name},

{by} heeft uw tweede stap weggehaald, omdat u uw telefoon en uw herstelcodes niet meer hebt. Met deze link kiest u een nieuw wachtwoord, en daarna stelt u de tweede stap opnieuw in:
{link}

Goed om te weten:
- De link is 24 uur geldig en werkt één keer.
- Uw oude wachtwoord, de app, passkeys en herstelcodes van eerder werken niet meer.
- U bent overal uitgelogd. Uw rollen blijven zoals ze zijn.

Vroeg u hier niet om? Gebruik de link dan niet, en bel meteen met {by}: {contact}`,
      en: `Dear {name},

{by} has taken away your second step, because you no longer have your phone and your recovery codes. With this link you choose a new password, and then set up the second step anew:
{link}

Good to know:
- The link is good for 24 hours and works once.
- Your old password, the app, passkeys and recovery codes from before no longer work.
- You are signed out everywhere. Your roles stay as they are.

Did you not ask for this? Then do not use the link, and call {by} at once: {contact}`,
    },
  },
}

/** The mail, with exactly one link in it. */
export function composeStaffMail({ purpose, language, name, by, link }: StaffLetter): MailContent {
  const { subject, body } = texts[purpose]
  const spoken = language in body ? language : 'nl'
  const fill = { values: { name: oneLine(name), by: oneLine(by.name), contact: oneLine(by.address) }, link }
  const title = subject[spoken] ?? subject.nl
  const template = body[spoken] ?? body.nl
  return {
    language: spoken,
    subject: title,
    text: `${plain(template, fill)}\n`,
    html: html(template, fill, { language: spoken, title, notices: [] }),
  }
}
