/** Norm tables, band sets and price tables by id and version, made from files that somebody else has read. */
import { type Catalogue, collect, type Read, readSources, validate } from '../instruments/catalogue.ts'
import type { DefinitionFile, Problem } from '../instruments/definition.ts'
import { type BandSet, bandSetSchema, type NormTable, normTableSchema, type PriceTable, priceTableSchema } from './schema.ts'

export interface Norms {
  tables: Catalogue<NormTable>
  bandSets: Catalogue<BandSet>
  priceTables: Catalogue<PriceTable>
}

export interface ReadNorms {
  tables: Read<NormTable>
  bandSets: Read<BandSet>
  priceTables: Read<PriceTable>
  problems: Problem[]
}

/** Reads norm tables, band sets and price tables. What cannot be read is left out and is in `problems`, with file, path and reason. */
export function readNorms(files: DefinitionFile[]): ReadNorms {
  const problems: Problem[] = []
  const sources = readSources(files, ['norm-table', 'band-set', 'price-table'], problems)
  const tables = sources['norm-table'].flatMap((source) => validate(normTableSchema, source, problems))
  const bandSets = sources['band-set'].flatMap((source) => validate(bandSetSchema, source, problems))
  const priceTables = sources['price-table'].flatMap((source) => validate(priceTableSchema, source, problems))
  return {
    tables: collect(tables, problems),
    bandSets: collect(bandSets, problems),
    priceTables: collect(priceTables, problems),
    problems,
  }
}
