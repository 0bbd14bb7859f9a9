/** What a backup says of itself, in clear text: nothing of any person. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { safeParse } from '../../instruments/safe-parse.ts'
import { Failure } from '../failure.ts'
import { belongsInBackup } from './inside.ts'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const measured = z.object({ bytes: z.number().int().min(0), sha256 })

export const manifestName = 'manifest.json'

const inside = z.string().refine(belongsInBackup, 'must be a database, or lie under reports/ or definitions/')
/** How a file is called once it is sealed. */
export const sealedName = (path: string): string => `${path}.gz.age`
const sealedInside = z
  .string()
  .refine(
    (path) => path.endsWith(sealedName('')) && belongsInBackup(path.slice(0, -sealedName('').length)),
    'must be a sealed file of a backup',
  )

export const manifestSchema = z.object({
  format: z.literal(1),
  /** The version of Nameting that made it. */
  nameting: z.string(),
  /** The one moment at which both databases were as they are in it. */
  madeAt: z.iso.datetime({ precision: 3 }),
  /** The public key that it is closed for. */
  recipient: z.string(),
  databases: z.array(
    z.object({
      name: z.enum(['identity', 'study']),
      /** How many migrations it has had, and when the last of them was written (milliseconds since 1970). */
      migrations: z.number().int(),
      newest: z.number().int(),
      /** Rows of each table. */
      rows: z.record(z.string(), z.number().int()),
    }),
  ),
  accessLog: z.object({ rows: z.number().int(), last: sha256 }),
  /** Names of the keys that seal contact data: see IDENTITY_KEY. The keys are not in the backup. */
  identityKeys: z.array(z.string()),
  /** Which list of erasures goes on after it, and the last event that the backup holds. */
  erasures: z.object({ list: z.string(), event: z.number().int() }),
  /** `path`: in the data folder, or under `definitions/`; `sealed`: where it lies in the backup. */
  files: z.array(z.object({ path: inside, sealed: sealedInside, plain: measured, closed: measured })),
})
export type Manifest = z.infer<typeof manifestSchema>

/** Of a backup in `folder`, whoever wrote it: see signature.ts. Throws a Failure where there is none that this version can read. */
export const readManifest = (folder: string): Manifest => parseManifest(folder, readManifestText(folder))

/** As it stands in its file. Throws a Failure where there is none. */
export function readManifestText(folder: string): string {
  const path = join(folder, manifestName)
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new Failure(
      `${folder} is no backup: ${path} cannot be read (${(cause as Error).message}). Give the folder of one backup: its name begins with nameting-.`,
    )
  }
}

/** Throws a Failure for what this version cannot read. `folder`: where it lies. */
export function parseManifest(folder: string, text: string): Manifest {
  const parsed = safeParse(manifestSchema, fromJson(text))
  if (parsed.success) return parsed.data
  const path = join(folder, manifestName)
  throw new Failure(`${path} is no manifest of a backup that this version can read: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`)
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
