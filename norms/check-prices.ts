/** Checks price tables, and that the costs of an instrument find their prices in them. */
import type { Catalogue } from '../instruments/catalogue.ts'
import { formatReference, isStandIn, type Mistake } from '../instruments/definition.ts'
import type { Instrument } from '../instruments/schema.ts'
import type { PriceTable } from './schema.ts'

/** A stand-in shows in the version, as in every definition. */
export function checkPriceStatus(table: PriceTable): Mistake[] {
  const { status, version } = table
  if ((status === 'stand-in') === isStandIn(table)) return []
  const reason = isStandIn(table)
    ? `${version} is marked as a stand-in, but the status is ${status}: take the part from the hyphen off`
    : `the status is stand-in, so the version needs a mark such as ${version}-standin`
  return [{ path: '/version', reason }]
}

/** Mistakes in the costs of `instrument`: a price table that is not there, or a version of it without a price that is needed. */
export function checkCosts(instrument: Instrument, priceTables: Catalogue<PriceTable>): Mistake[] {
  return instrument.scales.flatMap((scale, index) => {
    if (scale.method !== 'cost') return []
    const versions = priceTables.versions(scale.priceTable)
    const known = [...new Set(priceTables.all().map(({ id }) => id))].join(', ')
    if (versions.length === 0)
      return [{ path: `/scales/${index}/priceTable`, reason: `there is no price table ${scale.priceTable}; there is: ${known || 'none'}` }]
    return Object.entries(scale.unitPrices).flatMap(([used, key]) => {
      const without = versions.filter(({ prices }) => !Object.hasOwn(prices, key)).map(formatReference)
      return without.length === 0
        ? []
        : [{ path: `/scales/${index}/unitPrices/${used}`, reason: `${without.join(', ')} has no price for ${key}` }]
    })
  })
}
