/** What the pages that the server draws itself say. Dutch at level B1. */
export const nl = {
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
  /** On every page in a translation that nobody has read over. */
  draft: 'Deze vertaling is door een computer gemaakt. Nog geen mens heeft de vertaling nagekeken.',
}
