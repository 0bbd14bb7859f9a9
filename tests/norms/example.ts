/** Norm tables for tests, and the band set of the report. */
import { Catalogue } from '../../instruments/catalogue.ts'
import { type BandSet, bandSetSchema, type NormTable, normTableSchema } from '../../norms/schema.ts'

const text = (words: string) => ({ nl: words, en: words })

/** De familie aan zet (Wijnen-Lunenburg, 2008), bands of the deviation score: below 0.80, 0.80-1.28, 1.29-1.64, 1.65-1.96, above 1.96. */
export const reportBands: BandSet = bandSetSchema.parse({
  kind: 'band-set',
  id: 'report',
  version: '1.0.0',
  title: text('Rapport'),
  source: 'De familie aan zet',
  bands: [
    { id: 'none', label: text('geen'), from: null },
    { id: 'moderate', label: text('matig'), from: 0.8 },
    { id: 'considerable', label: text('aanzienlijk'), from: 1.29 },
    { id: 'serious', label: text('ernstig'), from: 1.65 },
    { id: 'very_serious', label: text('zeer ernstig'), from: 1.97 },
  ],
})

export const bandSets: Catalogue<BandSet> = new Catalogue([reportBands])

export const exampleTable = (more: Record<string, unknown> = {}): NormTable =>
  normTableSchema.parse({
    kind: 'norm-table',
    id: 'example-nl',
    version: '1.0.0',
    title: text('Voorbeeld'),
    instrument: 'example',
    instrumentVersions: '^1.0.0',
    scale: 'total',
    population: text('Niemand'),
    year: 2026,
    status: 'stand-in',
    source: 'Made for a test',
    bands: 'report@1.0.0',
    strata: [{ id: 'everybody', mean: 0, sd: 1, n: null }],
    ...more,
  })
