/** Norm tables and band sets by id and version, made from files that somebody else has read. */
import { type Catalogue, collect, kindOf, parseJson, type Read, validate } from '../instruments/catalogue.ts'
import type { DefinitionFile, Problem } from '../instruments/definition.ts'
import { type BandSet, bandSetSchema, type NormTable, normTableSchema } from './schema.ts'

export interface Norms {
  tables: Catalogue<NormTable>
  bandSets: Catalogue<BandSet>
}

/** Reads norm tables and band sets. What cannot be read is left out and is in `problems`, with file, path and reason. */
export function readNorms(files: DefinitionFile[]): { tables: Read<NormTable>; bandSets: Read<BandSet>; problems: Problem[] } {
  const problems: Problem[] = []
  const sources = files.flatMap((file) => parseJson(file, problems))
  const tables = sources
    .filter(({ value }) => kindOf(value) !== 'band-set')
    .flatMap((source) => validate(normTableSchema, source, problems))
  const bandSets = sources
    .filter(({ value }) => kindOf(value) === 'band-set')
    .flatMap((source) => validate(bandSetSchema, source, problems))
  return { tables: collect(tables, problems), bandSets: collect(bandSets, problems), problems }
}
