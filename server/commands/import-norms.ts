/** `nameting import-norms`: norm tables from a CSV file, as files of a definitions folder. */
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { formatReference } from '../../instruments/definition.ts'
import type { NormHeader } from '../../norms/from-csv.ts'
import { readSettings } from '../env.ts'
import { BadCall, Failure } from '../failure.ts'
import { makeFolders } from '../make-folders.ts'
import { newId } from '../new-id.ts'
import { readWhole } from '../whole-file.ts'
import { type MadeNorms, normsFromFile } from '../workflow/norms-from-file.ts'

interface Options {
  instrument: string
  versions: string
  id: string
  version: string
  titleNl: string
  titleEn: string
  populationNl: string
  populationEn: string
  year: number
  source: string
  bands: string
  out?: string
  json?: true
}

export function register(program: Command): void {
  program
    .command('import-norms')
    .description('Makes norm tables of a CSV file, one for each scale in it: all of them, or none (see docs/bring-your-own-instruments.md)')
    .argument('<file>', 'a CSV file with the columns scale, mean, sd, perhaps n and source, and facts such as sex and child_age')
    .requiredOption('--instrument <id>', 'the instrument that was normed')
    .requiredOption('--versions <range>', 'the versions of it for which the norm holds, for example ">=1.0.0 <2.0.0"')
    .requiredOption('--id <id>', 'id of the norm table; with several scales each one gets its name behind it')
    .requiredOption('--version <version>', 'version of the norm table')
    .requiredOption('--title-nl <text>', 'its title in Dutch')
    .requiredOption('--title-en <text>', 'its title in English')
    .requiredOption('--population-nl <text>', 'who was measured, in Dutch')
    .requiredOption('--population-en <text>', 'who was measured, in English')
    .requiredOption('--year <year>', 'year of the norm', parseYear)
    .option('--source <text>', 'where the figures were published; not needed when every row has its source', '')
    .requiredOption('--bands <id@version>', 'the band set by which standard scores are named')
    .option('--out <dir>', 'the folder with your definitions; DEFINITIONS_DIR unless given')
    .option('--json', 'print the result as JSON')
    .action(importNorms)
}

function importNorms(file: string, options: Options): void {
  const own = readSettings([]).DEFINITIONS_DIR
  const out = options.out ?? own
  if (out === undefined) throw new BadCall('Say where the tables go: --out DIR, or the setting DEFINITIONS_DIR.')
  const made = normsFromFile(headerOf(options), { path: file, bytes: readWhole(file) }, own === undefined ? [out] : [own, out])
  if ('problems' in made) {
    if (options.json) process.stdout.write(`${JSON.stringify(made)}\n`)
    const list = made.problems.map(
      ({ line, column, reason }) => `${line === 0 ? '' : `${file}, line ${line}${column && ', '}`}${column}: ${reason}`,
    )
    throw new Failure(`${list.join('\n')}\nNothing was written.`)
  }
  const files = made.tables.map((table) => ({
    path: join(out, 'norms', table.id, `${table.version}.json`),
    text: `${JSON.stringify(table, undefined, 2)}\n`,
  }))
  writeAll(files)
  process.stdout.write(options.json ? `${JSON.stringify(resultOf(made, files))}\n` : summary(made, files))
}

const headerOf = ({ titleNl, titleEn, populationNl, populationEn, versions, ...rest }: Options): NormHeader => ({
  id: rest.id,
  version: rest.version,
  instrument: rest.instrument,
  instrumentVersions: versions,
  title: { nl: titleNl, en: titleEn },
  population: { nl: populationNl, en: populationEn },
  year: rest.year,
  source: rest.source,
  bands: rest.bands,
})

interface NewFile {
  path: string
  text: string
}

/** All files under their names, or none: each is written whole under another name first. Never over what is there. */
function writeAll(files: NewFile[]): void {
  const there = files.filter(({ path }) => existsSync(path))
  if (there.length > 0)
    throw new Failure(
      `${there.map(({ path }) => path).join(', ')}: there already. Give the new table a version of its own. Nothing was written.`,
    )
  const made: string[] = []
  try {
    const whole = files.map(({ path, text }) => {
      const from = join(dirname(path), `.partial-${newId()}`)
      makeFolders(dirname(path))
      writeFileSync(from, text, { flag: 'wx', flush: true })
      made.push(from)
      return { from, path }
    })
    for (const { from, path } of whole) {
      renameSync(from, path)
      made.push(path)
    }
  } catch (cause) {
    for (const path of made) rmSync(path, { force: true })
    throw new Failure(`The tables cannot be written: ${(cause as Error).message}. Nothing was written.`)
  }
}

const resultOf = ({ tables, delimiter, mark }: MadeNorms, files: NewFile[]) => ({
  tables: tables.map(formatReference),
  files: files.map(({ path }) => path),
  delimiter,
  decimalMark: mark,
})

const delimiterWords = { ',': 'commas between cells', ';': 'semicolons between cells', '\t': 'tabs between cells' }
const markWords = { '.': 'decimal points', ',': 'decimal commas' }

function summary({ tables, delimiter, mark }: MadeNorms, files: NewFile[]): string {
  const strata = tables.reduce((sum, table) => sum + table.strata.length, 0)
  return [
    `Read ${strata} strata, with ${delimiterWords[delimiter]} and ${mark === null ? 'whole numbers' : markWords[mark]}.`,
    ...tables.map((table, index) => `${formatReference(table)}  ${files[index]?.path}`),
    'Name them under `norms` of your protocol, or let a study that runs go over to them: nameting rescore --help.',
    '',
  ].join('\n')
}

function parseYear(text: string): number {
  if (!/^\d{4}$/.test(text)) throw new InvalidArgumentError('Write a year of four digits.')
  return Number(text)
}
