/** Made by machine from the Dutch; nobody has read it over yet. */
import type { Comparison } from '../../../instruments/condition-parts.ts'
import type { PaperTexts } from './languages.ts'

export const pl: PaperTexts = {
  case: 'Sprawa',
  wave: 'Pomiar',
  filledInBy: 'Kto wypełnia',
  about: 'Dotyczy',
  study: 'Badanie',
  list: 'Lista',
  language: 'Język',
  date: 'Data wypełnienia',
  standIn: 'Uwaga: te pytania napisano na potrzeby tego projektu (stand-in). To nie jest prawdziwa lista.',
  demonstration: 'To jest pokaz z wymyślonymi osobami. Pytania i normy nie są prawdziwe.',
  draft: 'To tłumaczenie maszynowe. Nikt go jeszcze nie sprawdził.',
  howTo: 'Jak wypełnić',
  howToLines: [
    'Proszę postawić krzyżyk w kółku przy odpowiedzi, która najlepiej pasuje.',
    'Są kwadraciki? Wtedy można zaznaczyć więcej niż jeden.',
    'Pomyłka? Proszę ją przekreślić i zaznaczyć właściwą odpowiedź.',
    'Nie zna Pan/Pani odpowiedzi albo nie chce czegoś mówić? Proszę pominąć to pytanie.',
    'Proszę nie pisać na tej kartce żadnych nazwisk ani imion.',
    'Małe szare litery i cyfry są dla osoby, która później to przepisze.',
  ],
  contact: (contact) => `Pytania? Prosimy o kontakt: ${contact}`,
  several: 'Proszę zaznaczyć wszystko, co pasuje.',
  needed: 'To pytanie jest potrzebne.',
  number: 'liczba',
  numberBetween: (min, max) => `liczba od ${min} do ${max}`,
  numberFrom: (min) => `liczba od ${min}`,
  numberUpTo: (max) => `liczba do ${max}`,
  dayMonthYear: 'dzień - miesiąc - rok',
  statement: 'Pytanie',
  moreRecords: 'Jest więcej? Proszę zapisać je na innej kartce. Na górze proszę podać kod sprawy.',
  end: 'To było ostatnie pytanie. Dziękujemy.',
  onlyIf: (conditions) => `Tylko jeśli ${conditions}.`,
  ifApplies: 'Tylko jeśli to Pana/Pani dotyczy.',
  oneOf: (question, choices) => `odpowiedź na pytanie ${question} to ${choices}`,
  noneOf: (question, choices) => `odpowiedź na pytanie ${question} to nie ${choices}`,
  with: (question, choice) => `w pytaniu ${question} zaznaczono ${choice}`,
  without: (question, choice) => `w pytaniu ${question} nie zaznaczono ${choice}`,
  compared: (question, by, number) => `liczba w pytaniu ${question} to ${amounts[by]} ${number}`,
  answered: (question) => `w pytaniu ${question} coś wpisano`,
  open: (question) => `w pytaniu ${question} nic nie wpisano`,
  back: 'Wróć do swoich list',
  print: 'Drukuj',
  printLead:
    'Tak lista wygląda na papierze. Tego, co już wypełniono na tej stronie, na niej nie ma. Drukować można też klawiszami Ctrl + P.',
}

const amounts: Record<Comparison, string> = {
  '=': 'dokładnie',
  '<>': 'coś innego niż',
  '<': 'mniej niż',
  '>': 'więcej niż',
  '<=': 'najwyżej',
  '>=': 'co najmniej',
}
