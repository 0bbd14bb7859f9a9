/** A folder with definitions of a test's own, as DEFINITIONS_DIR names one. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Writes a file and the folders around it; what is no text and no bytes becomes JSON. */
export function writeFile(folder: string, name: string, content: unknown): void {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content, undefined, 2))
}

/** Writes a definition where its id and version say that it belongs. */
export function writeDefinition(
  folder: string,
  kind: 'instruments' | 'norms' | 'protocols',
  definition: { id: string; version: string },
): void {
  writeFile(folder, `${kind}/${definition.id}/${definition.version}.json`, definition)
}

/** A shipped definition as plain JSON, to be changed. */
// biome-ignore lint/suspicious/noExplicitAny: a test may make anything of it
export const shippedDefinition = (kind: 'instruments' | 'norms' | 'protocols', id: string): any =>
  JSON.parse(readFileSync(new URL(`../../${kind}/${id}/0.1.0-standin.json`, import.meta.url), 'utf8'))

/** A shipped list as if its stand-in were the licensed one: `<id>@1.0.0`. */
export function asRelease(id: string) {
  const definition = shippedDefinition('instruments', id)
  return { ...definition, version: '1.0.0', wording: { ...definition.wording, status: 'licensed' } }
}
