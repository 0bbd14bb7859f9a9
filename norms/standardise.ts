/** Where a raw score stands in a population. */
import semver from 'semver'
import type { Instrument, Scale } from '../instruments/schema.ts'
import { bandOf } from './bands.ts'
import type { BandSet, Facts, NormTable } from './schema.ts'
import { selectStratum } from './stratum.ts'
import { zScore } from './z-score.ts'

/** Why a raw score has no z. no-norm: no table for this scale; no-stratum: the table has no population for these facts. */
export const normReasons = ['no-norm', 'no-stratum'] as const
export type NormReason = (typeof normReasons)[number]

export interface Standardised {
  /** Standard score with two decimals; null exactly when there is a reason. */
  z: number | null
  /** Id of the band; null without z, and for a scale that has no bad end. */
  band: string | null
  /** Id of the stratum that gave mean and sd. */
  stratum: string | null
  reason: NormReason | null
}

/** Standardises `raw` against the stratum that fits `facts`. */
export function standardise(table: NormTable, bandSet: BandSet, worse: Scale['worse'], raw: number, facts: Facts): Standardised {
  const stratum = selectStratum(table, facts)
  if (!stratum) return { z: null, band: null, stratum: null, reason: 'no-stratum' }
  const z = zScore(raw, stratum.mean, stratum.sd)
  return { z, band: bandOf(bandSet, worse, z)?.id ?? null, stratum: stratum.id, reason: null }
}

/** The first of `tables` that is about this scale of this instrument version. A study lists its tables in order of preference. */
export function applicableNorm(tables: readonly NormTable[], instrument: Instrument, scale: string): NormTable | undefined {
  return tables.find((table) => table.scale === scale && isForInstrument(table, instrument))
}

/** Whether the table is about this instrument and its version range holds this version; a pre-release is in the range that it lies in. */
export function isForInstrument(table: NormTable, instrument: Instrument): boolean {
  const known = fits.get(table)?.get(instrument)
  if (known !== undefined) return known
  const isFor = table.instrument === instrument.id && (readRange(table.instrumentVersions)?.test(instrument.version) ?? false)
  fits.set(table, (fits.get(table) ?? new WeakMap()).set(instrument, isFor))
  return isFor
}

/** Reading a range takes longer than scoring; definitions do not change, so each pair is looked at once. */
const fits = new WeakMap<NormTable, WeakMap<Instrument, boolean>>()

/** Null when the range cannot be read, which `nameting check` reports. */
function readRange(range: string): semver.Range | null {
  try {
    return new semver.Range(range, { includePrerelease: true })
  } catch {
    return null
  }
}
