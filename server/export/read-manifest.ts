/** Reads the manifest of an export that was made before. */
import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { safeParse } from '../../instruments/safe-parse.ts'
import { Failure } from '../failure.ts'
import { formatNames, languages, layoutNames, tiers } from './choices.ts'
import { filterNames } from './filter-names.ts'
import { openPlain } from './open-plain.ts'

export const manifestName = 'manifest.json'

const name = z.string().refine((text) => text === basename(text) && text !== '..' && text !== '.', 'is not the name of a file')
const filter = z.strictObject(Object.fromEntries(filterNames.map((one) => [one, z.array(z.string()).min(1)])) as FilterShape).partial()
type FilterShape = Record<(typeof filterNames)[number], z.ZodArray<z.ZodString>>

/** What of a manifest is read again. The rest of it is for people, and is compared as it stands. */
const schema = z.looseObject({
  madeAt: z.string(),
  study: z.looseObject({ id: z.string() }),
  layouts: z.array(z.enum(layoutNames)),
  formats: z.array(z.enum(formatNames)),
  language: z.enum(languages),
  tier: z.enum(tiers),
  filter: filter.nullable(),
  purpose: z.string().nullable(),
  takenBy: z.string().nullable(),
  // As it stands: it is compared by its text.
  shared: z.custom<{ ages?: string } | null | undefined>((value) => value === undefined || typeof value === 'object'),
  files: z.array(z.looseObject({ name, sha256: z.string(), bytes: z.number() })),
})

/** Those from before an export could be made again have only their files. */
const filesOnly = schema.pick({ files: true }).loose()

export type EarlierManifest = z.infer<typeof schema>

/** A manifest with its checksum. `path`: the file, or the folder that it is in. Throws a Failure for what cannot be read. */
export async function readManifest(path: string): Promise<{ manifest: z.infer<typeof filesOnly>; sha256: string }> {
  const { value, sha256 } = await read(path)
  const parsed = safeParse(filesOnly, value)
  if (!parsed.success) throw new Failure(`${path} has no manifest of an export: ${z.prettifyError(parsed.error)}`)
  return { manifest: parsed.data, sha256 }
}

/** All that it takes to make the export again. Throws a Failure for what cannot be read, and for a manifest that does not say enough. */
export async function readWholeManifest(path: string): Promise<EarlierManifest> {
  const { value } = await read(path)
  const parsed = safeParse(schema, value)
  if (!parsed.success) throw new Failure(`From ${path} no export can be made again: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}

async function read(path: string): Promise<{ value: unknown; sha256: string }> {
  try {
    await using file = await openPlain((await stat(path)).isDirectory() ? join(path, manifestName) : path)
    const content = await file.readFile()
    return { value: JSON.parse(content.toString('utf8')), sha256: createHash('sha256').update(content).digest('hex') }
  } catch (error) {
    throw new Failure(`There is no manifest of an export in ${path}: ${(error as Error).message}.`)
  }
}
