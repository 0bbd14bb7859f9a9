/** What the pages that the server draws itself say. Dutch at level B1. */
const nl = {
  doorTitle: (organisation: string) => `Vragenlijsten van ${organisation}`,
  doorGreeting: 'Goed dat u er bent.',
  doorLead: (organisation: string) =>
    `${organisation} vraagt u om vragenlijsten in te vullen. U leest eerst waar het over gaat. Daarna kiest u of u meedoet.`,
  doorPrivate: 'Deze link is alleen voor u. Geef de link niet aan anderen.',
  doorButton: 'Verder',
  contact: (contact: string) => `Vragen? Neem contact op: ${contact}`,
  demonstration: 'Dit is een demonstratie met verzonnen mensen. De vragen en normen zijn niet de echte.',
  stoppedTitle: 'U doet niet meer mee',
  stopped: 'Dat is goed. Wij vragen u niets meer en u krijgt geen mail meer van ons.',
  stoppedBack: (contact: string) =>
    `Wilt u toch weer meedoen? Of wilt u antwoorden laten wissen die u al verstuurde? Neem dan contact met ons op: ${contact}`,
  handedOverTitle: 'Iemand anders heeft dit van u overgenomen',
  handedOver: 'Wij vragen u niets meer over dit gezin. Wat u al verstuurde, blijft bewaard. Bedankt daarvoor.',
  handedOverBack: (contact: string) =>
    `Klopt dit niet? Of wilt u antwoorden laten wissen die u al verstuurde? Neem dan contact met ons op: ${contact}`,
  linkUnknownTitle: 'Deze link kennen wij niet',
  linkUnknown:
    'Misschien is de link niet helemaal meegekomen. Open de link nog een keer vanuit de mail. Lukt het dan niet? Antwoord op de mail en vraag om een nieuwe link.',
  linkExpiredTitle: 'Deze link is niet meer geldig',
  linkExpired:
    'De tijd om te antwoorden is voorbij. Kreeg u later nog een mail van ons? Open dan de link in de nieuwste mail. Anders hoeft u niets te doen.',
  foreignTitle: 'Open de link in uw mail',
  foreign: 'U kwam hier vanaf een andere website. Dat gaat niet. Open de link nog een keer vanuit de mail.',
  notFoundTitle: 'Deze pagina is er niet',
  notFound: 'Kreeg u een mail van ons? Open dan de link in die mail.',
  troubleTitle: 'Er ging iets mis',
  trouble: 'Dit ligt aan ons. Wat u eerder invulde, is bewaard. Probeer het over een paar minuten nog een keer.',
}

export type PageTexts = typeof nl

const en: PageTexts = {
  doorTitle: (organisation) => `Questionnaires from ${organisation}`,
  doorGreeting: 'Good that you are here.',
  doorLead: (organisation) =>
    `${organisation} asks you to fill in questionnaires. First you read what it is about. Then you choose whether you take part.`,
  doorPrivate: 'This link is for you only. Do not give the link to others.',
  doorButton: 'Continue',
  contact: (contact) => `Questions? Get in touch: ${contact}`,
  demonstration: 'This is a demonstration with invented people. The questions and norms are not the real ones.',
  stoppedTitle: 'You are no longer taking part',
  stopped: 'That is fine. We ask you nothing more and you get no more mail from us.',
  stoppedBack: (contact) =>
    `Would you like to take part again after all? Or have answers erased that you already sent? Then get in touch: ${contact}`,
  handedOverTitle: 'Somebody else has taken over from you',
  handedOver: 'We ask you nothing more about this family. What you already sent is kept. Thank you for that.',
  handedOverBack: (contact) => `Is this not right? Or would you like answers erased that you already sent? Then get in touch: ${contact}`,
  linkUnknownTitle: 'We do not know this link',
  linkUnknown:
    'Maybe a part of the link is missing. Open the link from the mail once more. If that does not work, answer the mail and ask for a new link.',
  linkExpiredTitle: 'This link is no longer valid',
  linkExpired:
    'The time to answer is over. Did you get another mail from us after this one? Then open the link in the newest mail. If not, you do not have to do anything.',
  foreignTitle: 'Open the link in your mail',
  foreign: 'You came here from another website. That does not work. Open the link from the mail once more.',
  notFoundTitle: 'This page does not exist',
  notFound: 'Did you get a mail from us? Then open the link in that mail.',
  troubleTitle: 'Something went wrong',
  trouble: 'This is our fault. What you filled in before is kept. Try again in a few minutes.',
}

const languages: Record<string, PageTexts> = { nl, en }

/** The texts in `language`, or in Dutch. */
export const textsIn = (language: string): PageTexts => languages[language] ?? nl
