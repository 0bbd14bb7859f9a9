/** Norm tables and band sets by id and version, made from files that somebody else has read. */
import { type Catalogue, collect, type Read, readSources, validate } from '../instruments/catalogue.ts'
import type { DefinitionFile, Problem } from '../instruments/definition.ts'
import { type BandSet, bandSetSchema, type NormTable, normTableSchema } from './schema.ts'

export interface Norms {
  tables: Catalogue<NormTable>
  bandSets: Catalogue<BandSet>
}

export interface ReadNorms {
  tables: Read<NormTable>
  bandSets: Read<BandSet>
  problems: Problem[]
}

/** Reads norm tables and band sets. What cannot be read is left out and is in `problems`, with file, path and reason. */
export function readNorms(files: DefinitionFile[]): ReadNorms {
  const problems: Problem[] = []
  const sources = readSources(files, ['norm-table', 'band-set'], problems)
  const tables = sources['norm-table'].flatMap((source) => validate(normTableSchema, source, problems))
  const bandSets = sources['band-set'].flatMap((source) => validate(bandSetSchema, source, problems))
  return { tables: collect(tables, problems), bandSets: collect(bandSets, problems), problems }
}
