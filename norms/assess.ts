/** From checked answers to scores: raw, standardised, named. The one way in which scores are made, in a study and outside one. */

import type { AnswerCheck } from '../instruments/answers.ts'
import type { Catalogue } from '../instruments/catalogue.ts'
import { formatReference } from '../instruments/definition.ts'
import { ownValue } from '../instruments/own-value.ts'
import type { Answer, Instrument, Scale } from '../instruments/schema.ts'
import { isOfAnswers, type RawReason, scoreScale } from '../instruments/score.ts'
import type { BandSet, Facts, NormTable, PriceTable } from './schema.ts'
import { applicableNorm, type NormReason, type Standardised, standardise } from './standardise.ts'
import { factsOf } from './stratum.ts'

export type ScoreReason = RawReason | NormReason

/** One scale of one set of answers: what table `scores` keeps of it. */
export interface Assessment {
  instrumentId: string
  instrumentVersion: string
  scale: string
  /** Not rounded; null when `reason` is one of the raw score. */
  raw: number | null
  /** Unanswered items. */
  missing: number
  /** Why there is no raw score, or no z; null when there is a z. */
  reason: ScoreReason | null
  /** Two decimals. */
  z: number | null
  band: string | null
  /** The table that applies to this scale, also where it could not be used; null when there is none. */
  normId: string | null
  normVersion: string | null
  normStatus: NormTable['status'] | null
  stratum: string | null
  /** Of costs: the price table by which they were counted; null for any other scale, and when the study has none. */
  priceTableId: string | null
  priceTableVersion: string | null
}

/** Definitions against which answers are assessed. */
export interface Yardstick {
  instrument: Instrument
  /** The norm tables of the study; of two for one scale the first counts. */
  tables: readonly NormTable[]
  bandSets: Catalogue<BandSet>
  /** The price tables of the study; of two versions of one the first counts. */
  priceTables?: readonly PriceTable[]
}

export type CheckedAnswers = Pick<AnswerCheck, 'answers' | 'notApplicable'>

/**
 * One assessment per scale, in the order of the instrument. `completedOn`: the day on which the list was completed
 * (`YYYY-MM-DD`), until which counts what still goes on; null when it is not known.
 *
 * Throws a RangeError when a table names a band set that is not in the catalogue.
 */
export function assess(
  { instrument, tables, bandSets, priceTables = [] }: Yardstick,
  { answers, notApplicable }: CheckedAnswers,
  facts: Facts,
  completedOn: string | null = null,
): Assessment[] {
  const circumstances = { completedOn, prices: new Map(priceTables.toReversed().map(({ id, prices }) => [id, prices])) }
  return instrument.scales.map((scale) => {
    const { raw, missing, reason } = scoreScale(scale, answers, notApplicable, circumstances)
    const table = applicableNorm(tables, instrument, scale.id)
    const prices = scale.method === 'cost' ? pricesFor(scale.priceTable, priceTables) : undefined
    const standardised =
      raw !== null && table
        ? standardise(table, bandSets.need(table.bands), scale.worse, raw, facts)
        : withoutZ(raw === null ? null : 'no-norm')
    return {
      instrumentId: instrument.id,
      instrumentVersion: instrument.version,
      scale: scale.id,
      raw,
      missing,
      reason: reason ?? standardised.reason,
      z: standardised.z,
      band: standardised.band,
      normId: table?.id ?? null,
      normVersion: table?.version ?? null,
      normStatus: table?.status ?? null,
      stratum: standardised.stratum,
      priceTableId: prices?.id ?? null,
      priceTableVersion: prices?.version ?? null,
    }
  })
}

const withoutZ = (reason: NormReason | null): Standardised => ({ z: null, band: null, stratum: null, reason })

/** All that a score was made of. Two scores with equal inputs are equal. */
export interface ScoreInput {
  instrument: string
  scale: string
  /** The items of the scale in its order; null: asked and unanswered. Items that were not asked are in `notApplicable`. */
  answers: [item: string, answer: Answer | null][]
  notApplicable: string[]
  norm: string | null
  /** The facts that the norm table asks for, in alphabetical order; null: unknown. */
  facts: [fact: string, value: string | number | null][]
  /** Of a duration of what may still go on: the day on which the list was completed. */
  completedOn?: string | null
  /** Of a cost: the price table; null when the study has none. */
  prices?: string | null
}

/**
 * The canonical input of one score: of equal inputs `JSON.stringify` gives equal texts, so that its sha256 is the input hash.
 *
 * Throws a RangeError when the instrument has no such scale.
 */
export function scoreInput(
  { instrument, tables, priceTables = [] }: Pick<Yardstick, 'instrument' | 'tables' | 'priceTables'>,
  scaleId: string,
  { answers, notApplicable }: CheckedAnswers,
  facts: Facts,
  completedOn: string | null = null,
): ScoreInput {
  const scale = instrument.scales.find(({ id }) => id === scaleId)
  if (!scale) throw new RangeError(`${formatReference(instrument)} has no scale ${scaleId}`)
  const table = applicableNorm(tables, instrument, scaleId)
  const looked = itemsLookedAt(scale)
  const asked = looked.filter((item) => !notApplicable.includes(item))
  return {
    instrument: formatReference(instrument),
    scale: scaleId,
    answers: asked.map((item) => [item, ownValue(answers, item) ?? null]),
    notApplicable: isOfAnswers(scale)
      ? scale.items.filter((item) => notApplicable.includes(item))
      : notApplicable.filter((item) => looked.includes(item.replace(/\[.*/, ''))),
    norm: table ? formatReference(table) : null,
    facts: table ? factsOf(table).map((fact) => [fact, facts[fact] ?? null]) : [],
    ...(scale.method === 'duration' && scale.running && scale.asOf === undefined ? { completedOn } : {}),
    ...(scale.method === 'cost' ? { prices: nameOf(pricesFor(scale.priceTable, priceTables)) } : {}),
  }
}

/** The items of the scale, and those that say whether there is anything, or whether and until when it still goes on. */
function itemsLookedAt(scale: Scale): string[] {
  if (isOfAnswers(scale)) return scale.items
  const running = scale.method === 'duration' && scale.over === undefined ? Object.keys(scale.running ?? {}) : []
  const asOf = scale.method === 'duration' && scale.asOf !== undefined ? [scale.asOf] : []
  return [...new Set([...scale.items, ...Object.keys(scale.none ?? {}), ...running, ...asOf])]
}

/** The price table of the study with this id: of two versions the first counts. */
const pricesFor = (id: string, priceTables: readonly PriceTable[]): PriceTable | undefined =>
  priceTables.find((candidate) => candidate.id === id)

const nameOf = (table: PriceTable | undefined): string | null => (table ? formatReference(table) : null)
