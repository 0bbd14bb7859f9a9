/** The scores of a case as the desk shows them, each with what it was made with. */
import { formatReference, isStandIn } from '../../instruments/definition.ts'
import { itemsOf } from '../../instruments/items.ts'
import type { Instrument, Scale } from '../../instruments/schema.ts'
import type { Definitions } from '../definitions/load.ts'
import type { scoresOfCase } from '../queries/desk.ts'

type Scored = Awaited<ReturnType<typeof scoresOfCase>>[number]

/** `scored` in the order in which the scores were made: of several of one response and scale the last one counts. */
export function scoresThatCount(definitions: Definitions, scored: Scored[]) {
  const latest = new Map(scored.map((row) => [`${row.score.responseId} ${row.score.scale}`, row]))
  return [...latest.values()].map((scored) => describe(definitions, scored))
}

/** A single question's answer without a bad end is a category: its number says which, not how much. */
function categoryOf(instrument: Instrument, { method, items, worse }: Scale, raw: number) {
  if (method !== 'value' || worse !== null) return null
  const item = itemsOf(instrument).find(({ name }) => name === items[0])
  return item?.choices.find(({ value }) => value === raw)?.text ?? null
}

function describe({ instruments, norms }: Definitions, { participantId, aboutId, wave, score }: Scored) {
  const instrument = instruments.get(formatReference({ id: score.instrumentId, version: score.instrumentVersion }))
  const scale = instrument?.scales.find(({ id }) => id === score.scale)
  const norm =
    score.normId && score.normVersion ? { id: score.normId, version: score.normVersion, standIn: score.normStatus === 'stand-in' } : null
  const table = norm ? norms.tables.get(formatReference(norm)) : undefined
  const bands = (table && norms.bandSets.get(table.bands)?.bands) ?? []
  return {
    participant: participantId,
    /** The participant whom the list is about, if it is about one. */
    about: aboutId,
    wave,
    instrument: score.instrumentId,
    version: score.instrumentVersion,
    standIn: instrument ? isStandIn(instrument) : false,
    scale: score.scale,
    title: scale?.title ?? { nl: score.scale, en: score.scale },
    range: scale?.range ?? null,
    worse: scale?.worse ?? null,
    raw: score.raw,
    /** What the number stands for, where it is one of several answers and not an amount. */
    category: scale && instrument && score.raw !== null ? categoryOf(instrument, scale, score.raw) : null,
    missing: score.missing,
    reason: score.reason,
    z: score.z,
    band: score.band,
    norm,
    /** The band set against which z was read, mildest first; empty without a norm. */
    bands: bands.map(({ id, label, from }) => ({ id, label, from })),
  }
}
