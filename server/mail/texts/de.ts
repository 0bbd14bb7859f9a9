import type { MailTexts } from './languages.ts'

/** What mails say in German that are not those of a protocol: a draft made by machine, which nobody has read over yet. */
export const de: MailTexts = {
  confirmations: {
    'stop confirmation': {
      subject: 'Bestätigung von {organisation}',
      body: `Guten Tag {name},

Sie machen bei der Studie „{title}“ nicht mehr mit. Das ist in Ordnung.

Wir fragen Sie nichts mehr. Das ist die letzte E-Mail, die Sie von uns bekommen. Antworten, die Sie schon abgeschickt haben, bleiben für die Studie gespeichert.

Möchten Sie, dass wir diese Antworten löschen? Oder haben nicht Sie selbst aufgehört? Dann nehmen Sie Kontakt mit uns auf: {contact}

Mit freundlichen Grüßen
{organisation}`,
    },
    'erasure confirmation': {
      subject: 'Bestätigung von {organisation}',
      body: `Guten Tag {name},

Sie machen bei der Studie „{title}“ nicht mehr mit. Ihre Antworten sind gelöscht. Das lässt sich nicht rückgängig machen.

Wir fragen Sie nichts mehr. Das ist die letzte E-Mail, die Sie von uns bekommen. Nach dieser E-Mail löschen wir auch Ihren Namen und Ihre E-Mail-Adresse.

Das bewahren wir weiter auf: dass Sie mitgemacht haben, wann Sie etwas abgeschickt haben und was Sie zur Zustimmung gesagt haben. Ihr Name steht nicht dabei. Das Forschungsteam hat eine Nachricht bekommen. Es prüft, ob Ihre Antworten auch in Dateien stehen, die es schon vorher gemacht hat.

Haben Sie Fragen? Oder haben Sie das nicht selbst getan? Dann nehmen Sie Kontakt mit uns auf: {contact}

Mit freundlichen Grüßen
{organisation}`,
    },
  },
  bundle: {
    subject: (count) => `${count} Familien: Fragen für die Studie`,
    line: (code, day) => `- ${code}: ausfüllen können Sie bis einschließlich ${day}`,
    body: (count, lines) => `Guten Tag {name},

für die Studie von {organisation} liegen Fragen über ${count} Familien für Sie bereit. Diese Codes müssten Sie schon kennen:

${lines}

Anzahl der Fragebögen: {lists}
Zeit: ungefähr {minutes} Minuten für alles zusammen

Mit diesem einen Link sehen Sie alle Ihre Familien:
{link}

Gut zu wissen:
- Sie müssen nicht alles auf einmal machen. Später machen Sie mit demselben Link weiter.
- Der Link ist nur für Sie. Leiten Sie diese E-Mail nicht weiter: Wer den Link öffnet, sieht alle Ihre Familien.
- Schreiben Sie nirgends Namen auf. Der Code genügt.

Sind Sie für eine Familie nicht mehr zuständig? Auf der Seite können Sie sie an eine Kollegin oder einen Kollegen übergeben oder uns sagen, dass Sie sie nicht mehr kennen. Fragen? Hier erreichen Sie uns: {contact}

Mit freundlichen Grüßen
{organisation}`,
  },
  notices: {
    demonstration: 'Das ist eine Demonstration. Die Menschen sind erfunden, und die Fragen sind Beispiele.',
    'stand-in': 'Bitte beachten: Die Fragen in dieser Studie sind eine vorläufige Fassung.',
    draft: 'Diese E-Mail hat ein Computer übersetzt. Noch kein Mensch hat die Übersetzung geprüft.',
  },
}
