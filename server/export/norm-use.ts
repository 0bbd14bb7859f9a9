/** Against which norm tables a scale was standardised, for the codebook and the manifest. */
import { formatReference, type Localized } from '../../instruments/definition.ts'
import type { Instrument } from '../../instruments/schema.ts'
import type { BandSet, NormTable } from '../../norms/schema.ts'
import { applicableNorm } from '../../norms/standardise.ts'
import { factsOf } from '../../norms/stratum.ts'
import type { Definitions } from '../definitions/load.ts'
import type { UsedNorm } from '../queries/export-rows.ts'

export interface NormUse {
  /** `id@version`. */
  reference: string
  status: NormTable['status'] | 'unknown'
  source: string
  population?: Localized
  year?: number
  bands?: BandSet
  /** Whether a stratum of it goes by the age of the child. */
  byAge?: boolean
}

/** The table by which the study standardises a scale now, and after it those by which recorded scores were made. */
export function normsOf({ norms }: Definitions, inForce: NormTable[], used: UsedNorm[], instrument: Instrument, scale: string): NormUse[] {
  const named = applicableNorm(inForce, instrument, scale)
  const recorded = used.filter(
    (norm) => norm.instrument === instrument.id && norm.instrumentVersion === instrument.version && norm.scale === scale,
  )
  const references = new Set([...(named ? [named] : []), ...recorded].map(formatReference))
  return [...references].map((reference) => {
    const table = norms.tables.get(reference)
    // A table that is gone from the definitions still made the scores: name it, and say that no more is known of it.
    if (!table) return { reference, status: statusOf(recorded, reference), source: 'not among the definitions of this installation' }
    const { status, source, population, year } = table
    return {
      reference,
      status,
      source,
      population,
      year,
      bands: norms.bandSets.need(table.bands),
      byAge: factsOf(table).includes('child_age'),
    }
  })
}

function statusOf(recorded: UsedNorm[], reference: string): NormUse['status'] {
  const status = recorded.find((norm) => formatReference(norm) === reference)?.status
  return status === 'published' || status === 'stand-in' ? status : 'unknown'
}
