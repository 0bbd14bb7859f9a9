/** The JSON of a definition's file. It is asked for twice, by whoever wants its checksum and by whoever reads it, and scanned once. */
import type { DefinitionFile } from './definition.ts'
import { type JsonFault, scanJson } from './json.ts'

/** With faults there is no value. Whoever is given the value leaves it as it is. */
export interface ParsedFile {
  faults: JsonFault[]
  value: unknown
}

const parsed = new WeakMap<DefinitionFile, ParsedFile>()

export function parseFile(file: DefinitionFile): ParsedFile {
  const before = parsed.get(file)
  if (before) return before
  const text = file.text.replace(/^\uFEFF/, '')
  const { faults } = scanJson(text)
  const found = { faults, value: faults.length === 0 ? (JSON.parse(text) as unknown) : undefined }
  parsed.set(file, found)
  return found
}
