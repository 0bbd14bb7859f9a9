/** Release versions held beside the stand-ins whose place they take. */
import type { Catalogue } from './catalogue.ts'
import { comparableScales, compareInstruments, type Difference } from './compare.ts'
import { formatReference, isStandIn } from './definition.ts'
import type { Instrument } from './schema.ts'

/** One release version beside the newest stand-in of the same id. */
export interface Comparison {
  /** `id@version` of the release. */
  reference: string
  standIn: string
  differences: Difference[]
  /** Ids of the scales of which raw scores stay comparable. */
  comparable: string[]
  /** How many scales the stand-in has. */
  scales: number
}

/** A comparison for each of `own` (`id@version`) that is a release and has a stand-in in `instruments` beside it. */
export function compareWithStandIns(instruments: Catalogue<Instrument>, own: readonly string[]): Comparison[] {
  return own.flatMap((reference) => {
    const release = instruments.get(reference)
    if (!release || isStandIn(release)) return []
    const standIn = instruments.versions(release.id).findLast((version) => isStandIn(version) && !own.includes(formatReference(version)))
    if (!standIn) return []
    return [
      {
        reference,
        standIn: formatReference(standIn),
        differences: compareInstruments(standIn, release),
        comparable: comparableScales(standIn, release),
        scales: standIn.scales.length,
      },
    ]
  })
}
