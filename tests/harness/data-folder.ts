import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { removeDatabases } from './database.ts'

/** A folder of its own for one test; it goes when the test ends, and so do databases that belong to it. */
export function temporaryFolder(test: { after(fn: () => unknown): void }): string {
  const folder = mkdtempSync(join(tmpdir(), 'nameting-'))
  test.after(async () => {
    await removeDatabases(folder)
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })
  return folder
}
