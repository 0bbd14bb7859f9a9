/** The version of Nameting that comes after this one, as far as its databases know. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { temporaryFolder } from './data-folder.ts'

type Part = 'identity' | 'study'

/** Folders of migrations with one more step at the end of each, `steps`; those of SQLite unless said otherwise. */
export function nextVersion(
  test: Parameters<typeof temporaryFolder>[0],
  steps: Partial<Record<Part, string>>,
  from: 'migrations' | 'migrations-postgres' = 'migrations',
): (part: Part) => string {
  const folder = temporaryFolder(test)
  for (const part of ['identity', 'study'] as const) {
    const own = join(folder, part)
    cpSync(fileURLToPath(new URL(`../../server/db/${from}/${part}`, import.meta.url)), own, { recursive: true })
    const path = join(own, 'meta/_journal.json')
    const journal = JSON.parse(readFileSync(path, 'utf8')) as { entries: { idx: number; when: number; tag: string }[] }
    const when = Math.max(...journal.entries.map((entry) => entry.when)) + 1
    const step = steps[part]
    if (step === undefined) continue
    const entry = { ...journal.entries.at(-1), idx: journal.entries.length, when, tag: '9999_next' }
    writeFileSync(path, JSON.stringify({ ...journal, entries: [...journal.entries, entry] }))
    writeFileSync(join(own, '9999_next.sql'), step)
  }
  return (part) => join(folder, part)
}
