/** What the pages that the server draws itself say. Dutch at level B1. */
const nl = {
  /** What the language calls itself. */
  languageName: 'Nederlands',
  language: 'Taal',
  help: 'Heeft u nu hulp nodig? Is er direct gevaar, bel dan 112. Is het thuis niet veilig? Bel Veilig Thuis: 0800 2000. Dat is gratis en kan dag en nacht.',
  quickExit: 'Snel weg',
  quickExitKey: 'Of druk twee keer op Esc.',
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
  stoppedBack: (contact: string) => `Wilt u toch weer meedoen? Neem dan contact met ons op: ${contact}`,
  eraseLead: 'Antwoorden die u al verstuurde, zijn nog bewaard. Wilt u dat niet?',
  eraseButton: 'Mijn antwoorden wissen',
  erased: 'Uw antwoorden zijn gewist.',
  handedOverTitle: 'Iemand anders heeft dit van u overgenomen',
  handedOver: 'Wij vragen u niets meer over dit gezin. Wat u al verstuurde, blijft bewaard. Bedankt daarvoor.',
  handedOverBack: (contact: string) => `Klopt dit niet? Neem dan contact met ons op: ${contact}`,
  remindersTitle: 'Wilt u geen herinneringen meer?',
  reminders: (organisation: string) =>
    `U krijgt dan geen herinneringen meer van ${organisation}. U blijft meedoen. Is er een nieuwe vragenlijst? Dan krijgt u nog wel één mail met de link.`,
  remindersButton: 'Geen herinneringen meer',
  remindersStoppedTitle: 'U krijgt geen herinneringen meer',
  remindersStopped: 'Dat is goed. U doet nog wel mee. Is er een nieuwe vragenlijst? Dan krijgt u één mail met de link.',
  remindersAgain: 'Toch weer herinneringen',
  remindersWantedTitle: 'U krijgt weer herinneringen',
  remindersWanted: 'Dank u wel. U krijgt een herinnering als een vragenlijst nog niet is ingevuld.',
  linkUnknownTitle: 'Deze link kennen wij niet',
  linkUnknown:
    'Misschien is de link niet helemaal meegekomen. Open de link nog een keer vanuit de mail. Lukt het dan niet? Antwoord op de mail en vraag om een nieuwe link.',
  linkExpiredTitle: 'Deze link is niet meer geldig',
  linkExpired:
    'De tijd om te antwoorden is voorbij. Kreeg u later nog een mail van ons? Open dan de link in de nieuwste mail. Anders hoeft u niets te doen. Wilt u stoppen met het onderzoek, of uw antwoorden laten wissen? Antwoord dan op de mail.',
  foreignTitle: 'Open de link in uw mail',
  foreign: 'U kwam hier vanaf een andere website. Dat gaat niet. Open de link nog een keer vanuit de mail.',
  notFoundTitle: 'Deze pagina is er niet',
  notFound: 'Kreeg u een mail van ons? Open dan de link in die mail.',
  troubleTitle: 'Er ging iets mis',
  trouble: 'Dit ligt aan ons. Wat u eerder invulde, is bewaard. Probeer het over een paar minuten nog een keer.',
}

export type PageTexts = typeof nl

const en: PageTexts = {
  languageName: 'English',
  language: 'Language',
  help: 'Do you need help now? In immediate danger call 112. Is it not safe at home? Call Veilig Thuis: 0800 2000. That is free, day and night.',
  quickExit: 'Leave quickly',
  quickExitKey: 'Or press Esc twice.',
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
  stoppedBack: (contact) => `Would you like to take part again after all? Then get in touch: ${contact}`,
  eraseLead: 'Answers that you already sent are still kept. Would you rather not?',
  eraseButton: 'Erase my answers',
  erased: 'Your answers have been erased.',
  handedOverTitle: 'Somebody else has taken over from you',
  handedOver: 'We ask you nothing more about this family. What you already sent is kept. Thank you for that.',
  handedOverBack: (contact) => `Is this not right? Then get in touch: ${contact}`,
  remindersTitle: 'Would you like no more reminders?',
  reminders: (organisation) =>
    `You will get no more reminders from ${organisation}. You still take part. When there is a new questionnaire, you get one mail with the link.`,
  remindersButton: 'No more reminders',
  remindersStoppedTitle: 'You get no more reminders',
  remindersStopped: 'That is fine. You still take part. When there is a new questionnaire, you get one mail with the link.',
  remindersAgain: 'Reminders again after all',
  remindersWantedTitle: 'You get reminders again',
  remindersWanted: 'Thank you. You get a reminder when a questionnaire has not been filled in yet.',
  linkUnknownTitle: 'We do not know this link',
  linkUnknown:
    'Maybe a part of the link is missing. Open the link from the mail once more. If that does not work, answer the mail and ask for a new link.',
  linkExpiredTitle: 'This link is no longer valid',
  linkExpired:
    'The time to answer is over. Did you get another mail from us after this one? Then open the link in the newest mail. If not, you do not have to do anything. Would you like to stop with the study, or have your answers erased? Then answer the mail.',
  foreignTitle: 'Open the link in your mail',
  foreign: 'You came here from another website. That does not work. Open the link from the mail once more.',
  notFoundTitle: 'This page does not exist',
  notFound: 'Did you get a mail from us? Then open the link in that mail.',
  troubleTitle: 'Something went wrong',
  trouble: 'This is our fault. What you filled in before is kept. Try again in a few minutes.',
}

const languages: Record<string, PageTexts> = { nl, en }

/** The languages that pages can be drawn in. */
export const spokenOnPages = Object.keys(languages)

/** The texts in `language`, or in Dutch. */
export const textsIn = (language: string): PageTexts => languages[language] ?? nl
