/** Protocols by id and version, made from files that somebody else has read. */
import { type ReadWithParts, readWithParts } from '../instruments/catalogue.ts'
import type { DefinitionFile } from '../instruments/definition.ts'
import { type Protocol, protocolSchema } from './schema.ts'

/** Reads protocols. What cannot be read is left out and is in `problems`, with file, path and reason. */
export const readProtocols = (files: DefinitionFile[]): ReadWithParts<Protocol> => readWithParts(files, 'protocol', protocolSchema)
