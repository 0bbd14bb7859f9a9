/**
 * Scores that would tell an age or a birth more exactly than what stands in its place.
 *
 * - A scale that is worked out of an answer that is not there: a duration since a day of birth, the value of an age. It has no score.
 * - A norm table with strata by the age of the child, where ages are in bands. The stratum is that of the day of the answer; whoever has the
 *   table finds it from the raw score and z as well, since z = (raw - mean) / sd; and from two waves in two strata between which days there
 *   was a birthday. Its scores have their raw value only.
 */
import { formatReference } from '../../../instruments/definition.ts'
import { itemsBehind } from '../../../instruments/scale-items.ts'
import type { Instrument, Scale } from '../../../instruments/schema.ts'
import type { Score } from '../../queries/responses.ts'
import type { ColumnHead } from '../column.ts'
import type { NormUse } from '../norm-use.ts'
import type { ExportPlan } from '../plan.ts'
import type { Ages } from './age.ts'
import type { Identifiers } from './identifiers.ts'

const partsOfNorm = new Set<string | undefined>(['z', 'band', 'norm', 'stratum'])

export class ToldScores {
  /** Norm tables (`id@version`) by which no z is shared. */
  readonly norms: string[]
  /** `id@version scale` without a score. */
  readonly scales: string[]

  constructor({ instruments }: Pick<ExportPlan, 'instruments'>, identifiers: Identifiers, ages: Ages) {
    const byAge = instruments.flatMap(({ norms }) => norms.filter(tellsAge).map(({ reference }) => reference))
    this.norms = ages === 'bands' ? [...new Set(byAge)].sort() : []
    const isOfReplaced = (instrument: Instrument, scale: Scale): boolean =>
      itemsBehind(instrument, scale)
        .values()
        .some((item) => item.kind === 'question' && identifiers.isReplaced(item))
    this.scales = instruments.flatMap(({ versions }) =>
      versions.flatMap((instrument) =>
        instrument.scales.filter((scale) => isOfReplaced(instrument, scale)).map(({ id }) => nameOf(instrument, id)),
      ),
    )
  }

  /** Whether a column could hold nothing but what is left out. */
  isAllOf({ origin }: ColumnHead): boolean {
    if (!origin?.scale) return false
    const versions = origin.versions ?? [origin]
    if (versions.every(({ instrument, scale }) => scale && this.scales.includes(nameOf(instrument, scale.id)))) return true
    const norms = versions.flatMap((version) => version.norms ?? [])
    return partsOfNorm.has(origin.part) && norms.length > 0 && norms.every(({ reference }) => this.norms.includes(reference))
  }

  /** Of one response, by scale. */
  without(scores: ReadonlyMap<string, Score>, instrument: Instrument): Map<string, Score> {
    const kept = [...scores].filter(([scale]) => !this.scales.includes(nameOf(instrument, scale)))
    return new Map(kept.map(([scale, score]) => [scale, this.#without(score)]))
  }

  #without(score: Score): Score {
    if (score.normId === null || !this.norms.includes(`${score.normId}@${score.normVersion}`)) return score
    const reason = score.reason === 'no-stratum' ? null : score.reason
    return { ...score, z: null, band: null, stratum: null, normId: null, normVersion: null, normStatus: null, reason }
  }
}

const nameOf = (instrument: Instrument, scale: string): string => `${formatReference(instrument)} ${scale}`

/** Of a table that is not among the definitions nobody can say that it does not. */
const tellsAge = ({ byAge }: NormUse): boolean => byAge !== false
