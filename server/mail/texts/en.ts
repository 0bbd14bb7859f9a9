import type { MailTexts } from './languages.ts'

/** What mails say in English that are not those of a protocol. */
export const en: MailTexts = {
  confirmations: {
    'stop confirmation': {
      subject: 'Confirmation from {organisation}',
      body: `Dear {name},

You have stopped taking part in the study “{title}”. That is fine.

We ask you nothing more. This is the last mail that you get from us. Answers that you already sent are kept for the study.

Would you like us to erase those answers? Or was it not you who stopped? Then get in touch: {contact}

Kind regards,
{organisation}`,
    },
    'erasure confirmation': {
      subject: 'Confirmation from {organisation}',
      body: `Dear {name},

You have stopped taking part in the study “{title}”. Your answers have been erased. This cannot be undone.

We ask you nothing more. This is the last mail that you get from us. After this mail we also erase your name and your mail address.

We do keep this: that you took part, when you sent something, and what you said about consent. Your name is not with it. The researchers have been told. They look whether your answers are also in files that they made before.

Do you have questions? Or was it not you who did this? Then get in touch: {contact}

Kind regards,
{organisation}`,
    },
  },
  bundle: {
    subject: (count) => `${count} families: questions for the research`,
    line: (code, day) => `- ${code}: you can answer until (and including) ${day}`,
    body: (count, lines) => `Dear {name},

For the research of {organisation} there are questions for you about ${count} families. You should know these codes already:

${lines}

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
  notices: {
    demonstration: 'This is a demonstration. The people are invented and the questions are examples.',
    'stand-in': 'Please note: the questions in this study are a provisional version.',
    draft: 'This mail was translated by a computer. No person has checked the translation yet.',
  },
}
