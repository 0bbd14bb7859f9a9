/** The text of a mail about several cases at once. It is ours: the protocols have a text about one case. */
import type { MailText } from '../../protocols/schema.ts'
import { lastDay } from './compose.ts'

export interface CaseInBundle {
  /** Letters, digits, points, hyphens and underscores. */
  code: string
  /** The moment at which the first of its lists takes no more answers. */
  closesAt: string
}

/** Names each case with the last day on which one can answer, in the order given. */
export function bundleText(cases: readonly CaseInBundle[], timeZone: string): MailText {
  const lines = (language: string, until: string): string =>
    cases.map(({ code, closesAt }) => `- ${code}: ${until} ${lastDay(closesAt, timeZone, language)}`).join('\n')
  return {
    subject: {
      nl: `${cases.length} gezinnen: vragen voor het onderzoek`,
      en: `${cases.length} families: questions for the research`,
    },
    body: {
      nl: `Beste {name},

Voor het onderzoek van {organisation} staan er vragen voor u klaar over ${cases.length} gezinnen. U kent deze codes als het goed is al:

${lines('nl', 'invullen kan tot en met')}

Aantal lijsten: {lists}
Tijd: ongeveer {minutes} minuten voor alles samen

Met deze ene link ziet u al uw gezinnen:
{link}

Goed om te weten:
- U hoeft niet alles in één keer te doen. Later gaat u verder met dezelfde link.
- De link is alleen voor u. Stuur deze mail niet door: wie de link opent, ziet al uw gezinnen.
- Schrijf nergens namen op. De code is genoeg.

Is een gezin niet meer bij u? Op de pagina kunt u het overdragen aan een collega, of laten weten dat u het niet meer kent. Vragen? U kunt bij ons terecht: {contact}

Met vriendelijke groet,
{organisation}`,
      en: `Dear {name},

For the research of {organisation} there are questions for you about ${cases.length} families. You should know these codes already:

${lines('en', 'you can answer until (and including)')}

Number of lists: {lists}
Time: about {minutes} minutes for all of them together

With this one link you see all your families:
{link}

Good to know:
- You need not do everything at once. Later you go on with the same link.
- The link is for you only. Please do not forward this mail: whoever opens the link sees all your families.
- Do not write down any names. The code is enough.

Is a family no longer yours? On the page you can hand it over to a colleague, or tell us that you do not know it any more. Questions? You can reach us here: {contact}

With regards,
{organisation}`,
    },
  }
}
