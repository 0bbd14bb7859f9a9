/** By which price tables costs were counted, for the codebook, the manifest and the note. */
import { formatReference, type Localized } from '../../instruments/definition.ts'
import type { Instrument } from '../../instruments/schema.ts'
import type { PriceTable } from '../../norms/schema.ts'

export interface PriceUse {
  /** Of the price table, as a scale names it. */
  id: string
  /** `id@version`. */
  reference: string
  title: Localized
  status: PriceTable['status']
  /** Of the price level. */
  year: number
  currency: string
  source: string
}

/**
 * The tables among those of the study by which a scale of `instruments` counts costs.
 *
 * A study's protocol pins one version of each, for good: so they are those that made the scores too. A score of which the table
 * is not among them has no number, and says `no-price`.
 */
export function pricesUsed(tables: readonly PriceTable[], instruments: readonly Instrument[]): PriceUse[] {
  const scales = instruments.flatMap((instrument) => instrument.scales)
  const needed = new Set(scales.flatMap((scale) => (scale.method === 'cost' ? [scale.priceTable] : [])))
  return tables
    .filter(({ id }) => needed.has(id))
    .map((table) => {
      const { id, title, status, year, currency, source } = table
      return { id, reference: formatReference(table), title, status, year, currency, source }
    })
}
