/** What may be asked of an export, by name. Without the code that does it: whoever only asks need not load that. */
import type { FormatName } from './format.ts'
import type { Layout } from './layouts.ts'

export const layoutNames = Object.keys({ long: true, wide: true, scores: true, flow: true } satisfies Record<Layout, true>) as Layout[]

export const formatNames = Object.keys({
  csv: true,
  'csv-excel-nl': true,
  sav: true,
  xlsx: true,
  parquet: true,
  ndjson: true,
  fhir: true,
  phenotype: true,
  redcap: true,
} satisfies Record<FormatName, true>) as FormatName[]

/** How much of it can be recognised: docs/export.md says what is left out of the second. */
export const tiers = ['pseudonymous', 'shared'] as const
export type Tier = (typeof tiers)[number]

/** Languages in which labels can be written. */
export const languages = ['nl', 'en'] as const
