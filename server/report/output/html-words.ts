/** What the page of a report says around its tables. */
import type { ReportResult } from '../result.ts'
import type { ReportLanguage } from '../words.ts'

interface HtmlWords {
  report: string
  skip: string
  contents: string
  demonstration: string
  tests: string
  denominators: string
  masked: string
  none: string
  made(moment: string): string
  counts(counts: ReportResult['counts']): string
  alpha(alpha: number): string
  standIns: string
  whichStandIns: string
  numbersBelow: string
  standInsOfTable(standIns: string[]): string
}

export const htmlWords: Record<ReportLanguage, HtmlWords> = {
  nl: {
    report: 'Rapport',
    skip: 'Naar de tabellen',
    contents: 'Inhoud',
    demonstration: 'DEMONSTRATIE: verzonnen gezinnen.',
    tests: 'Toetsen',
    denominators: 'Wie er zijn geteld',
    masked: 'niet getoond',
    none: 'geen waarde',
    made: (moment) => `Stand van ${moment}.`,
    counts: ({ cases, participants, assignments, responses, mistakes = 0 }) =>
      `${cases} gezinnen, ${participants} deelnemers, ${responses} ingevulde lijsten van ${assignments}.${mistakes > 0 ? ` Nergens meegeteld, want ten onrechte aangemeld: ${mistakes}.` : ''}`,
    alpha: (alpha) => `Toetsen zijn uitgevoerd met alfa ${String(alpha).replace('.', ',')}, en niet gecorrigeerd voor hun aantal.`,
    standIns:
      'Gemaakt met STAND-IN-teksten, -normen of -prijzen: voor dit project geschreven, niet de echte. Trek hieruit geen conclusies over gezinnen.',
    whichStandIns: 'Welke dat zijn',
    numbersBelow: 'De getallen staan in de tabel eronder.',
    standInsOfTable: (standIns) => `Stand-in in deze tabel: ${standIns.join(', ')}.`,
  },
  en: {
    report: 'Report',
    skip: 'To the tables',
    contents: 'Contents',
    demonstration: 'DEMONSTRATION: invented families.',
    tests: 'Tests',
    denominators: 'Who is counted',
    masked: 'not shown',
    none: 'no value',
    made: (moment) => `As it was on ${moment}.`,
    counts: ({ cases, participants, assignments, responses, mistakes = 0 }) =>
      `${cases} families, ${participants} participants, ${responses} lists filled in of ${assignments}.${mistakes > 0 ? ` Registered by mistake, and counted nowhere: ${mistakes}.` : ''}`,
    alpha: (alpha) => `Tests were done with alpha ${alpha}, and not corrected for their number.`,
    standIns:
      'Made with STAND-IN wording, norms or prices: written for this project, not the real ones. Draw no conclusions about families from it.',
    whichStandIns: 'Which these are',
    numbersBelow: 'The numbers are in the table beneath.',
    standInsOfTable: (standIns) => `Stand-in in this table: ${standIns.join(', ')}.`,
  },
}
