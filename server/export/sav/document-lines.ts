/** What the documents of a `.sav` file say: enough to know what it is when it is met without the rest of the export. */
import { missingCodes } from '../../../instruments/missing-codes.ts'
import type { FileHead } from '../format.ts'
import { pieces } from './pieces.ts'
import { documentWidth } from './records.ts'

const texts = {
  nl: {
    made: (now: string) => `Gemaakt op ${now} (UTC) met Nameting.`,
    missing: 'Ontbrekende waarden (in variabelen van vragen):',
    empty:
      'Systeemmissend, of een lege tekst: niet verzameld. Er is geen antwoord of geen score, of deze versie van de lijst vraagt het niet.',
    read: 'Lees README.txt, codebook.csv en manifest.json in dezelfde map.',
    secret: 'De gegevens zijn pseudoniem, niet anoniem.',
  },
  en: {
    made: (now: string) => `Made at ${now} (UTC) with Nameting.`,
    missing: 'Missing values (in variables of questions):',
    empty:
      'System-missing, or an empty text: not collected. There is no response or no score, or this version of the list does not ask it.',
    read: 'See README.txt, codebook.csv and manifest.json in the same folder.',
    secret: 'The data are pseudonymous, not anonymous.',
  },
}

export function documentLines({ study, name, about, warning, now, language }: FileHead): string[] {
  const say = texts[language]
  const lines = [
    `${study}: ${name} (${about})`,
    say.made(now),
    ...(warning === null ? [] : [warning]),
    say.missing,
    ...missingCodes.map(({ code, label }) => `  ${code}: ${label[language]}`),
    say.empty,
    say.secret,
    say.read,
  ]
  return lines.flatMap(wrapped)
}

/** A word that is longer than a line is cut. */
function wrapped(line: string): string[] {
  const lines: string[] = []
  let last = ''
  const words = line.split(' ').flatMap((word) => (word === '' ? [''] : pieces(word, documentWidth).map(String)))
  for (const [index, word] of words.entries()) {
    const longer = index === 0 ? word : `${last} ${word}`
    if (Buffer.byteLength(longer) > documentWidth) lines.push(last)
    last = Buffer.byteLength(longer) > documentWidth ? word : longer
  }
  return [...lines, last]
}
