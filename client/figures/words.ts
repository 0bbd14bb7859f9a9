/** What figures say that stands in no definition. */

export type FigureLanguage = 'nl' | 'en'

const nl = {
  numbersBelow: 'De getallen staan in de tabel eronder.',
  empty: 'Nog niets te tekenen.',
  hidden: 'Niet getekend vanwege kleine aantallen.',
  mean: 'gemiddelde',
  pairMean: 'Gemiddelde van de twee',
  difference: 'Verschil: {first} min {second}',
  daysSince: 'dagen nadat de lijst open ging',
  weeksSince: 'weken nadat de lijst open ging',
}

const en: typeof nl = {
  numbersBelow: 'The numbers are in the table beneath.',
  empty: 'Nothing to draw yet.',
  hidden: 'Not drawn because of small numbers.',
  mean: 'mean',
  pairMean: 'Mean of the two',
  difference: 'Difference: {first} minus {second}',
  daysSince: 'days after the list opened',
  weeksSince: 'weeks after the list opened',
}

export const figureWords: Record<FigureLanguage, typeof nl> = { nl, en }

/** As many decimals as it has, two at most. */
export const numberIn = (language: string, value: number): string =>
  new Intl.NumberFormat(language === 'nl' ? 'nl-NL' : 'en-GB', { maximumFractionDigits: 2, useGrouping: false }).format(value)
