/** Opens a workbook with programs that are not ours: R's readxl, and LibreOffice. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'

/** A cell as a program read it: what it took it for, and its value. */
export type ReadCell = ['number' | 'text' | 'time', string] | null

export interface ReadColumn {
  name: string
  cells: ReadCell[]
}

/** A sheet as readxl reads it, without guessing. */
export function byReadxl(path: string, sheet = 'data'): ReadColumn[] {
  const script = fileURLToPath(new URL('read-xlsx.R', import.meta.url))
  const environment = { ...process.env, LC_ALL: 'C.UTF-8' }
  const printed = execFileSync('Rscript', [script, path, sheet], { encoding: 'utf8', maxBuffer: 1 << 28, env: environment })
  const columns: ReadColumn[] = []
  for (const line of printed.trimEnd().split('\n')) {
    const [kind = '', value = ''] = line.split(' ')
    if (kind === 'column') columns.push({ name: value, cells: [] })
    else
      columns
        .at(-1)
        ?.cells.push(kind === 'empty' ? null : [kind as 'number', kind === 'text' ? Buffer.from(value, 'hex').toString() : value])
  }
  return columns
}

/**
 * The first sheet as LibreOffice reads it, in rows of text. `folder`: for what it writes. `asked`: how it is to read a file that is not a
 * workbook, see https://help.libreoffice.org/latest/en-US/text/shared/guide/csv_params.html
 */
export function byLibreOffice(path: string, folder: string, asked?: string): string[][] {
  const words = [
    '--headless',
    `-env:UserInstallation=file://${folder}/office`,
    ...(asked === undefined ? [] : [`--infilter=${asked}`]),
    // Separator, quote, UTF-8, from the first row on, quoted texts, as it is and not as it is shown, no formulas.
    '--convert-to',
    'csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,true,false,false',
    '--outdir',
    join(folder, 'read'),
    path,
  ]
  execFileSync('soffice', words, { stdio: 'ignore' })
  const written = join(folder, 'read', `${basename(path).replace(/\.[^.]*$/, '')}.csv`)
  return parse(readFileSync(written), { relax_column_count: true }) as string[][]
}
