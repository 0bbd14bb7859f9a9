/**
 * Checks norm tables, band sets and price tables beyond what their schemas can say: that the instrument and scale exist, that strata do not
 * overlap, that edges rise, and that stand-ins show. Pure functions of what `readNorms` and `readInstruments` returned.
 */
import semver from 'semver'
import type { Catalogue } from '../instruments/catalogue.ts'
import { formatReference, isStandIn, type Mistake, type Problem } from '../instruments/definition.ts'
import { checkPlaces, inFiles } from '../instruments/place.ts'
import type { Instrument, Scale } from '../instruments/schema.ts'
import { checkLanguageTags, warnAboutTranslations } from '../instruments/translations.ts'
import type { ReadNorms } from './catalogue.ts'
import { checkPriceStatus } from './check-prices.ts'
import { checkStrata, warnAboutFacts } from './check-strata.ts'
import type { BandSet, NormTable } from './schema.ts'
import { isForInstrument } from './standardise.ts'

export function checkNorms({ tables, bandSets, priceTables }: ReadNorms, instruments: Catalogue<Instrument>): Problem[] {
  return [
    ...checkPlaces(tables.catalogue.all(), tables.files),
    ...checkPlaces(bandSets.catalogue.all(), bandSets.files),
    ...checkPlaces(priceTables.catalogue.all(), priceTables.files),
    ...inFiles(priceTables.catalogue.all(), priceTables.files, (table) => [...checkLanguageTags(table), ...checkPriceStatus(table)]),
    ...inFiles(bandSets.catalogue.all(), bandSets.files, (bandSet) => [...checkLanguageTags(bandSet), ...checkEdges(bandSet)]),
    ...inFiles(tables.catalogue.all(), tables.files, (table) => [
      ...checkLanguageTags(table),
      ...checkStatus(table, instruments),
      ...checkInstrument(table, instruments),
      ...checkBandSet(table, bandSets.catalogue),
      ...checkStrata(table),
    ]),
  ]
}

export function warnAboutNorms({ tables, bandSets }: ReadNorms): Problem[] {
  const used = new Set(tables.catalogue.all().map(({ bands }) => bands))
  return [
    ...inFiles(bandSets.catalogue.all(), bandSets.files, (bandSet) => [
      ...warnAboutTranslations(bandSet),
      ...(used.has(formatReference(bandSet)) ? [] : [{ path: '', reason: 'no norm table uses these bands' }]),
    ]),
    ...inFiles(tables.catalogue.all(), tables.files, (table) => [...warnAboutTranslations(table), ...warnAboutFacts(table)]),
  ]
}

/** The versions of the instrument that the table says it is for. */
const covered = (table: NormTable, instruments: Catalogue<Instrument>): Instrument[] =>
  instruments.versions(table.instrument).filter((instrument) => isForInstrument(table, instrument))

function checkStatus(table: NormTable, instruments: Catalogue<Instrument>): Mistake[] {
  const { status, version } = table
  if ((status === 'stand-in') !== isStandIn(table)) {
    const reason = isStandIn(table)
      ? `${version} is marked as a stand-in, but the status is ${status}: take the part from the hyphen off`
      : `the status is stand-in, so the version needs a mark such as ${version}-standin`
    return [{ path: '/version', reason }]
  }
  const standIns = status === 'published' ? covered(table, instruments).filter(isStandIn).map(formatReference) : []
  if (standIns.length === 0) return []
  return [
    { path: '/instrumentVersions', reason: `a published norm says nothing about a stand-in wording, and ${standIns.join(', ')} is one` },
  ]
}

function checkInstrument(table: NormTable, instruments: Catalogue<Instrument>): Mistake[] {
  const versions = instruments.versions(table.instrument).map(({ version }) => version)
  if (versions.length === 0) return [{ path: '/instrument', reason: `there is no instrument ${table.instrument}` }]
  if (semver.validRange(table.instrumentVersions) === null)
    return [{ path: '/instrumentVersions', reason: `"${table.instrumentVersions}" is no range of versions, such as ">=1.0.0 <2.0.0"` }]
  const instrumentsOfTable = covered(table, instruments)
  if (instrumentsOfTable.length === 0)
    return [
      {
        path: '/instrumentVersions',
        reason: `no version of ${table.instrument} is in "${table.instrumentVersions}"; there is: ${versions.join(', ')}`,
      },
    ]
  return instrumentsOfTable.flatMap((instrument) => checkScale(table, instrument))
}

function checkScale(table: NormTable, instrument: Instrument): Mistake[] {
  const reference = formatReference(instrument)
  const scale = instrument.scales.find(({ id }) => id === table.scale)
  const known = instrument.scales.map(({ id }) => id).join(', ')
  if (!scale) return [{ path: '/scale', reason: `${reference} has no scale ${table.scale}; it has: ${known || 'none'}` }]
  return [
    ...(scale.worse === null
      ? [{ path: '/scale', reason: `${table.scale} of ${reference} has no bad direction ("worse": null), and bands are read in one` }]
      : []),
    ...checkPlausible(table, scale, reference),
  ]
}

/** A mean lies within what can be scored, and no population spreads wider than half at each end (Popoviciu, 1935). */
function checkPlausible({ strata }: NormTable, { id, range: [lowest, highest] }: Scale, reference: string): Mistake[] {
  const scores = `${id} of ${reference} scores ${lowest} to ${highest}`
  return strata.flatMap(({ mean, sd, n }, index) => {
    // The sd of a sample is larger by this than that of the same numbers as a population.
    const widest = ((highest - lowest) / 2) * Math.sqrt(n !== null && n > 1 ? n / (n - 1) : 1)
    return [
      ...(mean < lowest || mean > highest ? [{ path: `/strata/${index}/mean`, reason: `the mean ${mean} cannot be: ${scores}` }] : []),
      ...(sd > widest ? [{ path: `/strata/${index}/sd`, reason: `the sd ${sd} is larger than any can be: ${scores}` }] : []),
    ]
  })
}

function checkBandSet({ bands }: NormTable, bandSets: Catalogue<BandSet>): Mistake[] {
  const known = bandSets.all().map(formatReference).join(', ')
  return bandSets.get(bands) ? [] : [{ path: '/bands', reason: `there is no band set ${bands}; there is: ${known || 'none'}` }]
}

/** Mistakes in the edges of a band set: they rise, and have the two decimals that z has. */
export function checkEdges({ bands }: BandSet): Mistake[] {
  return bands.flatMap(({ id, from }, index) => {
    const path = `/bands/${index}`
    const before = bands[index - 1]?.from ?? Number.NEGATIVE_INFINITY
    const mistakes: Mistake[] = []
    if (bands.findIndex((band) => band.id === id) !== index) mistakes.push({ path: `${path}/id`, reason: `there is another band ${id}` })
    if (index === 0 && from !== null) mistakes.push({ path: `${path}/from`, reason: 'the first band has no lower edge: write null' })
    if (index > 0 && from === null) mistakes.push({ path: `${path}/from`, reason: 'only the first band is without a lower edge' })
    if (index > 0 && from !== null && from <= before)
      mistakes.push({ path: `${path}/from`, reason: `${from} does not lie above the band before it, at ${before}` })
    if (from !== null && Number(from.toFixed(2)) !== from)
      mistakes.push({ path: `${path}/from`, reason: `${from} has more than two decimals, and z has two` })
    return mistakes
  })
}
