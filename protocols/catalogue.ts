/** Protocols by id and version, made from files that somebody else has read. */
import { collect, type Read, readSources, validate } from '../instruments/catalogue.ts'
import type { DefinitionFile, Problem } from '../instruments/definition.ts'
import { type Protocol, protocolSchema } from './schema.ts'

/** Reads protocols. What cannot be read is left out and is in `problems`, with file, path and reason. */
export function readProtocols(files: DefinitionFile[]): Read<Protocol> {
  const problems: Problem[] = []
  const read = readSources(files, ['protocol'], problems).protocol.flatMap((source) => validate(protocolSchema, source, problems))
  return collect(read, problems)
}
