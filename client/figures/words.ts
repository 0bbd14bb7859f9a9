/** What figures say that stands in no definition. */

export type FigureLanguage = 'nl' | 'en'

const nl = {
  numbersBelow: 'De getallen staan in de tabel eronder.',
  empty: 'Nog niets te tekenen.',
  hidden: 'Niet getekend vanwege kleine aantallen.',
  mean: 'gemiddelde',
  interval: '95%-interval',
  share: 'Deel van de gezinnen',
  days: 'dagen sinds het begin van de ronde',
  ofAsked: 'Ingevuld, van alle gevraagde lijsten',
  pairMean: 'Gemiddelde van de twee',
  difference: 'Verschil: {first} min {second}',
  limits: '95% van de verschillen',
}

const en: typeof nl = {
  numbersBelow: 'The numbers are in the table beneath.',
  empty: 'Nothing to draw yet.',
  hidden: 'Not drawn because of small numbers.',
  mean: 'mean',
  interval: '95% interval',
  share: 'Share of families',
  days: 'days since the wave began',
  ofAsked: 'Completed, of all lists that were asked',
  pairMean: 'Mean of the two',
  difference: 'Difference: {first} minus {second}',
  limits: '95% of the differences',
}

export const figureWords: Record<FigureLanguage, typeof nl> = { nl, en }

/** As many decimals as it has, two at most. */
export const numberIn = (language: string, value: number): string =>
  new Intl.NumberFormat(language === 'nl' ? 'nl-NL' : 'en-GB', { maximumFractionDigits: 2, useGrouping: false }).format(value)
