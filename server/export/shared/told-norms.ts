/**
 * Scores that would tell an age more exactly than a band does.
 *
 * The stratum of a norm table that goes by the age of the child is that of the day of the answer. Whoever has the table finds it from the
 * raw score and z as well, since z = (raw - mean) / sd; and from two waves in two strata between which days there was a birthday. So where
 * ages are in bands such a score has its raw value only.
 */
import type { Score } from '../../queries/responses.ts'
import type { ColumnHead } from '../column.ts'
import type { NormUse } from '../norm-use.ts'
import type { ExportPlan } from '../plan.ts'
import type { Ages } from './age.ts'

/** Norm tables (`id@version`) by which no z is shared. */
export const toldNorms = ({ instruments }: Pick<ExportPlan, 'instruments'>, ages: Ages): string[] =>
  ages === 'bands' ? [...new Set(instruments.flatMap(({ norms }) => norms.filter(tellsAge).map(({ reference }) => reference)))].sort() : []

/** Of a table that is not among the definitions nobody can say that it does not. */
const tellsAge = ({ byAge }: NormUse): boolean => byAge !== false

const partsOfNorm = new Set<string | undefined>(['z', 'band', 'norm', 'stratum'])

/** Whether a column could hold nothing but what is left out. */
export const holdsOnlyTold = ({ origin }: ColumnHead, told: ReadonlySet<string>): boolean => {
  if (!origin || !partsOfNorm.has(origin.part)) return false
  const norms = [...(origin.norms ?? []), ...(origin.versions ?? []).flatMap((version) => version.norms ?? [])]
  return norms.length > 0 && norms.every(({ reference }) => told.has(reference))
}

export function withoutTold(score: Score, told: ReadonlySet<string>): Score {
  if (score.normId === null || !told.has(`${score.normId}@${score.normVersion}`)) return score
  const reason = score.reason === 'no-stratum' ? null : score.reason
  return { ...score, z: null, band: null, stratum: null, normId: null, normVersion: null, normStatus: null, reason }
}
