import type { PageTexts } from './languages.ts'

/** What the pages that the server draws itself say in German: a draft made by machine, which nobody has read over yet. */
export const de: PageTexts = {
  languageName: 'Deutsch',
  language: 'Sprache',
  help: 'Brauchen Sie jetzt Hilfe? Bei direkter Gefahr rufen Sie 112 an. Ist es zu Hause nicht sicher? Rufen Sie Veilig Thuis an: 0800 2000. Das ist kostenlos und geht Tag und Nacht.',
  quickExit: 'Schnell weg',
  quickExitKey: 'Oder drücken Sie zweimal Esc.',
  doorTitle: (organisation) => `Fragebögen von ${organisation}`,
  doorGreeting: 'Schön, dass Sie da sind.',
  doorLead: (organisation) =>
    `${organisation} bittet Sie, Fragebögen auszufüllen. Sie lesen zuerst, worum es geht. Danach entscheiden Sie, ob Sie mitmachen.`,
  doorPrivate: 'Dieser Link ist nur für Sie. Geben Sie den Link nicht an andere weiter.',
  doorButton: 'Weiter',
  contact: (contact) => `Fragen? Nehmen Sie Kontakt auf: ${contact}`,
  demonstration: 'Das ist eine Demonstration mit erfundenen Menschen. Die Fragen und Normen sind nicht die echten.',
  stoppedTitle: 'Sie machen nicht mehr mit',
  stopped: 'Das ist in Ordnung. Wir fragen Sie nichts mehr, und Sie bekommen keine E-Mails mehr von uns.',
  stoppedBack: (contact) => `Möchten Sie doch wieder mitmachen? Dann nehmen Sie Kontakt mit uns auf: ${contact}`,
  eraseLead: 'Antworten, die Sie schon abgeschickt haben, sind noch gespeichert. Möchten Sie das nicht?',
  eraseButton: 'Meine Antworten löschen',
  erased: 'Ihre Antworten sind gelöscht.',
  handedOverTitle: 'Jemand anderes hat das von Ihnen übernommen',
  handedOver: 'Wir fragen Sie nichts mehr über diese Familie. Was Sie schon abgeschickt haben, bleibt gespeichert. Danke dafür.',
  handedOverBack: (contact) => `Stimmt das nicht? Dann nehmen Sie Kontakt mit uns auf: ${contact}`,
  notAskedTitle: 'Hier fragen wir Sie nichts',
  notAsked:
    'Sie müssen hier nichts ausfüllen. Haben Sie noch eine andere E-Mail von uns bekommen? Dann nehmen Sie den Link in dieser E-Mail.',
  notAskedBack: (contact) =>
    `Haben Sie eine Frage? Oder möchten Sie, dass wir Ihren Namen und Ihre Adresse löschen? Dann nehmen Sie Kontakt mit uns auf: ${contact}`,
  remindersTitle: 'Möchten Sie keine Erinnerungen mehr?',
  reminders: (organisation) =>
    `Sie bekommen dann keine Erinnerungen mehr von ${organisation}. Sie machen weiter mit. Gibt es einen neuen Fragebogen? Dann bekommen Sie trotzdem eine E-Mail mit dem Link.`,
  remindersButton: 'Keine Erinnerungen mehr',
  remindersStoppedTitle: 'Sie bekommen keine Erinnerungen mehr',
  remindersStopped:
    'Das ist in Ordnung. Sie machen weiter mit. Gibt es einen neuen Fragebogen? Dann bekommen Sie eine E-Mail mit dem Link.',
  remindersAgain: 'Doch wieder Erinnerungen',
  remindersWantedTitle: 'Sie bekommen wieder Erinnerungen',
  remindersWanted: 'Vielen Dank. Sie bekommen eine Erinnerung, wenn ein Fragebogen noch nicht ausgefüllt ist.',
  linkUnknownTitle: 'Diesen Link kennen wir nicht',
  linkUnknown:
    'Vielleicht ist der Link nicht vollständig angekommen. Öffnen Sie den Link noch einmal aus der E-Mail. Klappt es dann nicht? Antworten Sie auf die E-Mail und bitten Sie um einen neuen Link.',
  linkExpiredTitle: 'Dieser Link gilt nicht mehr',
  linkExpired:
    'Die Zeit zum Antworten ist vorbei. Haben Sie später noch eine E-Mail von uns bekommen? Dann öffnen Sie den Link in der neuesten E-Mail. Sonst müssen Sie nichts tun. Möchten Sie mit der Studie aufhören oder Ihre Antworten löschen lassen? Dann antworten Sie auf die E-Mail.',
  foreignTitle: 'Öffnen Sie den Link in Ihrer E-Mail',
  foreign: 'Sie sind von einer anderen Website hierhergekommen. Das geht nicht. Öffnen Sie den Link noch einmal aus der E-Mail.',
  notFoundTitle: 'Diese Seite gibt es nicht',
  notFound: 'Haben Sie eine E-Mail von uns bekommen? Dann öffnen Sie den Link in dieser E-Mail.',
  troubleTitle: 'Etwas ist schiefgegangen',
  trouble: 'Das liegt an uns. Was Sie vorher ausgefüllt haben, ist gespeichert. Versuchen Sie es in ein paar Minuten noch einmal.',
  draft: 'Diese Übersetzung hat ein Computer gemacht. Noch kein Mensch hat sie geprüft.',
}
