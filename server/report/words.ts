/** Words of a report that stand in no definition. */
import type { Localized } from '../../instruments/definition.ts'
import type { StatisticName } from './result.ts'

export const reportLanguages = ['nl', 'en'] as const
export type ReportLanguage = (typeof reportLanguages)[number]

/** A text made once in each language. */
export const both = (make: (language: ReportLanguage) => string): Localized => ({ nl: make('nl'), en: make('en') })

export const statisticTitles: Record<StatisticName, Localized> = {
  n: { nl: 'n', en: 'n' },
  count: { nl: 'n (%)', en: 'n (%)' },
  missing: { nl: 'Ontbreekt', en: 'Missing' },
  mean: { nl: 'Gemiddelde', en: 'Mean' },
  sd: { nl: 'sd', en: 'sd' },
  median: { nl: 'Mediaan', en: 'Median' },
  sum: { nl: 'Som', en: 'Sum' },
  alpha: { nl: 'Cronbachs alfa', en: 'Cronbach’s alpha' },
  omega: { nl: 'McDonalds omega', en: 'McDonald’s omega' },
  'mean-sd': { nl: 'Gemiddelde (sd)', en: 'Mean (sd)' },
  range: { nl: 'Bereik', en: 'Range' },
  interval: { nl: '95%-interval van het gemiddelde', en: '95% interval of the mean' },
  'bootstrap-interval': { nl: '95%-bootstrapinterval van het gemiddelde', en: '95% bootstrap interval of the mean' },
}

export const validTotal: Localized = { nl: 'Totaal met een antwoord (n)', en: 'Total with an answer (n)' }
export const wholeTotal: Localized = { nl: 'Totaal (n)', en: 'Total (n)' }

/** Of a list that was asked. */
export const cameTitles: { value: string; title: Localized }[] = [
  { value: 'came', title: { nl: 'Ingevuld', en: 'Completed' } },
  { value: 'not', title: { nl: 'Niet, of nog niet', en: 'Not, or not yet' } },
]

/** Of a change that was held against chance. */
export const changeTitles: { value: string; title: Localized }[] = [
  { value: 'recovered', title: { nl: 'Beter, en geen probleem meer', en: 'Better, and no problem any more' } },
  { value: 'improved', title: { nl: 'Beter', en: 'Better' } },
  { value: 'unchanged', title: { nl: 'Niet meer dan toeval', en: 'No more than chance' } },
  { value: 'deteriorated', title: { nl: 'Slechter', en: 'Worse' } },
]
