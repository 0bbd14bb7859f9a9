/** The end of an export: it is written down, and then its folder gets its name. */
import { rm } from 'node:fs/promises'
import type { ExportRequest, ExportWritten } from './export-study.ts'
import { nameFolder } from './folder.ts'
import type { Manifest } from './manifest.ts'
import { stopped } from './stopped.ts'

/** Throws what `register` throws, and a Failure when it was stopped meanwhile or cannot get its name; then nothing is left of it. */
export async function settled(
  { manifest, made }: ExportWritten,
  { directory, partial, register, signal }: Pick<ExportRequest, 'directory' | 'register' | 'signal'> & { partial: string },
): Promise<Manifest> {
  try {
    if (signal?.aborted) throw stopped()
    await register?.(made)
  } catch (reason) {
    await rm(partial, { recursive: true, force: true })
    throw reason
  }
  await nameFolder(partial, directory)
  return manifest
}
