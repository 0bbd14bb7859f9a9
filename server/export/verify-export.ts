/** Whether an export is as it was made. It needs no database: the manifest has a checksum of each file. */
import { createHash } from 'node:crypto'
import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Failure } from '../failure.ts'
import { openPlain } from './open-plain.ts'
import { manifestName, readManifest } from './read-manifest.ts'

export interface Verified {
  /** Of manifest.json, by which the register knows the export. */
  manifestSha256: string
  files: number
  /** Names of files that are in the manifest and not there. */
  missing: string[]
  /** Whose content is not what was written. */
  changed: string[]
  /** That are there and not in the manifest. */
  extra: string[]
  /** That are in the manifest, and there as a link, a folder or a device: what such a one shows can change and lie elsewhere. */
  notPlain: string[]
}

/** Throws a Failure when there is no manifest, or one that cannot be read. */
export async function verifyExport(directory: string): Promise<Verified> {
  const { manifest, sha256 } = await readManifest(directory)
  const found = (await list(directory)).filter(({ name }) => name !== manifestName)
  const there = new Set(found.map(({ name }) => name))
  const listed = manifest.files.map(({ name }) => name)
  const notPlain = found.filter((entry) => !entry.isFile() && listed.includes(entry.name)).map(({ name }) => name)
  const changed: string[] = []
  for (const file of manifest.files)
    if (there.has(file.name) && !notPlain.includes(file.name) && (await checksum(join(directory, file.name))) !== file.sha256)
      changed.push(file.name)
  return {
    manifestSha256: sha256,
    files: listed.length,
    missing: listed.filter((name) => !there.has(name)),
    changed,
    extra: [...there].filter((name) => !listed.includes(name)).sort(),
    notPlain: notPlain.sort(),
  }
}

async function list(directory: string): Promise<Dirent[]> {
  return await readdir(directory, { withFileTypes: true }).catch((error: Error) => {
    throw new Failure(`${directory} cannot be read: ${error.message}.`)
  })
}

/** Null for what is no plain file, or cannot be read. */
async function checksum(path: string): Promise<string | null> {
  const hash = createHash('sha256')
  try {
    await pipeline((await openPlain(path)).createReadStream(), hash)
    return hash.digest('hex')
  } catch {
    return null
  }
}
