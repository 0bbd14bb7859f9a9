/** Made by machine from the Dutch; nobody has read it over yet. */
import type { Comparison } from '../../../instruments/condition-parts.ts'
import type { PaperTexts } from './languages.ts'

export const de: PaperTexts = {
  case: 'Fall',
  wave: 'Messzeitpunkt',
  filledInBy: 'Ausgefüllt von',
  about: 'Es geht um',
  study: 'Studie',
  list: 'Fragebogen',
  language: 'Sprache',
  date: 'Datum des Ausfüllens',
  standIn: 'Achtung: Diese Fragen wurden für dieses Projekt geschrieben (Stand-in). Das ist nicht der echte Fragebogen.',
  demonstration: 'Dies ist eine Demonstration mit erfundenen Personen. Die Fragen und Normen sind nicht die echten.',
  draft: 'Diese Übersetzung hat eine Maschine gemacht. Niemand hat sie bisher geprüft.',
  howTo: 'So füllen Sie diesen Bogen aus',
  howToLines: [
    'Machen Sie ein Kreuz in den Kreis bei der Antwort, die am besten passt.',
    'Kästchen? Dann dürfen Sie mehr als eins ankreuzen.',
    'Haben Sie sich geirrt? Streichen Sie es durch und kreuzen Sie die richtige Antwort an.',
    'Wissen Sie eine Antwort nicht, oder möchten Sie etwas nicht sagen? Dann lassen Sie die Frage aus.',
    'Schreiben Sie keine Namen auf dieses Papier.',
    'Die kleinen grauen Buchstaben und Zahlen sind für die Person, die dies später abtippt.',
  ],
  contact: (contact) => `Fragen? Melden Sie sich: ${contact}`,
  several: 'Kreuzen Sie alles an, was passt.',
  needed: 'Diese Frage ist nötig.',
  number: 'eine Zahl',
  numberBetween: (min, max) => `eine Zahl von ${min} bis ${max}`,
  numberFrom: (min) => `eine Zahl ab ${min}`,
  numberUpTo: (max) => `eine Zahl bis ${max}`,
  dayMonthYear: 'Tag - Monat - Jahr',
  statement: 'Frage',
  moreRecords: 'Gibt es mehr? Schreiben Sie sie auf ein anderes Blatt. Setzen Sie den Code des Falls darüber.',
  end: 'Das war die letzte Frage. Vielen Dank.',
  onlyIf: (conditions) => `Nur wenn ${conditions}.`,
  ifApplies: 'Nur wenn das auf Sie zutrifft.',
  oneOf: (question, choices) => `Sie bei Frage ${question} ${choices} geantwortet haben`,
  noneOf: (question, choices) => `Sie bei Frage ${question} nicht ${choices} geantwortet haben`,
  with: (question, choice) => `Sie bei Frage ${question} ${choice} angekreuzt haben`,
  without: (question, choice) => `Sie bei Frage ${question} ${choice} nicht angekreuzt haben`,
  compared: (question, by, number) => `Sie bei Frage ${question} ${amounts[by]} ${number} eingetragen haben`,
  answered: (question) => `Sie bei Frage ${question} etwas eingetragen haben`,
  open: (question) => `Sie bei Frage ${question} nichts eingetragen haben`,
  back: 'Zurück zu Ihren Fragebögen',
  print: 'Drucken',
  printLead:
    'So kommt der Fragebogen auf Papier. Was Sie auf dieser Website schon ausgefüllt haben, steht nicht darauf. Drucken geht auch mit Strg + P.',
}

const amounts: Record<Comparison, string> = {
  '=': 'genau',
  '<>': 'etwas anderes als',
  '<': 'weniger als',
  '>': 'mehr als',
  '<=': 'höchstens',
  '>=': 'mindestens',
}
