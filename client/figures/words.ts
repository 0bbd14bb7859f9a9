/** What figures say that stands in no definition. */

export type FigureLanguage = 'nl' | 'en'

const nl = {
  numbersBelow: 'De getallen staan in de tabel eronder.',
  empty: 'Nog niets te tekenen.',
  hidden: 'Niet getekend vanwege kleine aantallen.',
  mean: 'gemiddelde',
  withInterval: 'gemiddelde en 95%-interval',
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
  withInterval: 'mean and 95% interval',
  pairMean: 'Mean of the two',
  difference: 'Difference: {first} minus {second}',
  daysSince: 'days after the list opened',
  weeksSince: 'weeks after the list opened',
}

export const figureWords: Record<FigureLanguage, typeof nl> = { nl, en }

/** As many decimals as it has, two at most, or always `decimals`; from a thousand on none, by thousands, as in the tables. */
export function numberIn(language: string, value: number, decimals?: number): string {
  const isLarge = Math.abs(value) >= 1000
  const digits = isLarge ? { maximumFractionDigits: 0 } : { minimumFractionDigits: decimals ?? 0, maximumFractionDigits: decimals ?? 2 }
  return new Intl.NumberFormat(language === 'nl' ? 'nl-NL' : 'en-GB', { ...digits, useGrouping: isLarge }).format(value)
}
