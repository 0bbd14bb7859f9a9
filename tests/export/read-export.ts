/** Reads what an export wrote, with a CSV reader that is not the writer's. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import type { Manifest } from '../../server/export/manifest.ts'

export type Row = Record<string, string>

export const rowsOf = (directory: string, file: string): Row[] => parse(readFileSync(join(directory, file)), { columns: true })

export const headerOf = (directory: string, file: string): string[] =>
  (parse(readFileSync(join(directory, file)), { to: 1 }) as string[][])[0] ?? []

export const manifestOf = (directory: string): Manifest => JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8')) as Manifest

/** The one row with these values. */
export function rowWhere(rows: Row[], values: Row): Row {
  const found = rows.filter((row) => Object.entries(values).every(([name, value]) => row[name] === value))
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} rows with ${JSON.stringify(values)}`)
  return found[0]
}

/** Some of a row's columns. */
export const pick = (row: Row | undefined, ...names: string[]): Row =>
  Object.fromEntries(names.map((name) => [name, row?.[name] ?? 'no such column']))
