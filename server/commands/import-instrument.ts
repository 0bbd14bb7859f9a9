/** `nameting import-instrument`: an instrument from a FHIR R4 Questionnaire or from plain SurveyJS JSON. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Command } from 'commander'
import { readInstruments } from '../../instruments/catalogue.ts'
import { checkInstruments, warnAboutInstruments } from '../../instruments/check.ts'
import { formatReference, idSchema, versionSchema } from '../../instruments/definition.ts'
import { importQuestionnaire } from '../../instruments/fhir/import.ts'
import { type Imported, ImportFaults, noteKinds } from '../../instruments/fhir/report.ts'
import { applySide } from '../../instruments/fhir/side-file.ts'
import { largestFile, parseSource } from '../../instruments/fhir/source.ts'
import { importSurvey } from '../../instruments/surveyjs/import.ts'
import { readDefinitions, shippedDirectory } from '../definitions/load.ts'
import { readSettings } from '../env.ts'
import { BadCall, Failure } from '../failure.ts'
import { makeFolders } from '../make-folders.ts'
import { writeWhole } from '../whole-file.ts'

interface Options {
  id?: string
  version?: string
  out?: string
  scales?: string
  json?: true
}

export const register = (program: Command): void => {
  program
    .command('import-instrument')
    .description(
      'Makes an instrument of a FHIR R4 Questionnaire or of SurveyJS JSON, and lists what does not come along (see docs/import-instrument.md)',
    )
    .argument('<file>', 'a .json file with a Questionnaire, or with a survey')
    .option('--id <id>', 'the id of the instrument; made of the title unless given')
    .option('--version <version>', 'its version; that of the Questionnaire, or 1.0.0, unless given')
    .option('--out <dir>', 'where instruments/ID/VERSION.json is written; DEFINITIONS_DIR, or ./definitions, unless given')
    .option('--scales <file>', 'a .json file with what the original does not say: scales, wording, minutes, respondents, ...')
    .option('--json', 'print the report as JSON')
    .action(run)
}

function run(file: string, { id, version, out, scales, json }: Options): void {
  if (id !== undefined && !idSchema.safeParse(id).success) throw new BadCall(`--id ${id}: ${reasonOf(idSchema.safeParse(id))}.`)
  if (version !== undefined && !versionSchema.safeParse(version).success)
    throw new BadCall(`--version ${version}: ${reasonOf(versionSchema.safeParse(version))}.`)
  const original = inFile(file, (value) =>
    isSurvey(value) ? importSurvey(value, { id, version }) : importQuestionnaire(value, { id, version }),
  )
  const imported = scales === undefined ? original : inFile(scales, (side) => applySide(original, side))
  const reference = formatReference(imported.instrument as { id: string; version: string })
  const path = `${join(out ?? readSettings([]).DEFINITIONS_DIR ?? 'definitions', 'instruments', reference.replace('@', '/'))}.json`
  const text = `${JSON.stringify(imported.instrument, undefined, 2)}\n`
  const warnings = checked(path, text, reference)
  try {
    makeFolders(dirname(path))
  } catch (cause) {
    throw new Failure(`${dirname(path)} cannot be made: ${(cause as Error).message}.`)
  }
  writeWhole(path, text)
  if (json)
    process.stdout.write(
      `${JSON.stringify({ instrument: reference, file: path, mappings: imported.mappings, notes: imported.notes, warnings }, undefined, 2)}\n`,
    )
  else process.stdout.write(describe(reference, path, imported, warnings))
}

const reasonOf = ({ error }: { error?: { issues: { message: string }[] } }): string => error?.issues[0]?.message ?? ''

const isSurvey = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !('resourceType' in value) &&
  ('pages' in value || 'elements' in value || 'questions' in value)

function inFile(file: string, read: (value: unknown) => Imported): Imported {
  try {
    return read(parseSource(readText(file)))
  } catch (error) {
    if (!(error instanceof ImportFaults)) throw error
    const list = error.faults.map(({ path, reason }) => `${file}${path === '' ? '' : ` ${path}`}: ${reason}`)
    throw new Failure(`${list.join('\n')}\nNothing was written.`)
  }
}

function readText(file: string): string {
  try {
    const { size } = statSync(file)
    if (size > largestFile) throw new Error(`it has ${size} bytes, and ${largestFile} is the most`)
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file))
  } catch (cause) {
    throw new Failure(`${file} cannot be read: ${(cause as Error).message}. Nothing was written.`)
  }
}

/** What `nameting check` has against it; returns the warnings. */
function checked(path: string, text: string, reference: string): string[] {
  const read = readInstruments([{ path, text }])
  const problems = [...read.problems, ...checkInstruments(read)]
  if (problems.length > 0)
    throw new Failure(
      `${reference} would not be valid:\n${problems.map(({ path: at, reason }) => `${at}: ${reason}`).join('\n')}\nNothing was written.`,
    )
  if (existsSync(path)) throw new Failure(`${path} is there already: give --version, or remove it first. Nothing was written.`)
  if (readDefinitions([shippedDirectory]).definitions.instruments.get(reference))
    throw new Failure(`${reference} is a shipped instrument: give --id or --version. Nothing was written.`)
  return warnAboutInstruments(read).map(({ path: at, reason }) => `${at}: ${reason}`)
}

const headings: Record<(typeof noteKinds)[number], string> = {
  'left-out': 'Left out',
  changed: 'Carried over in another way',
  'to-translate': 'To translate; another language stands in for it',
  guess: 'Guessed: please review',
}

function describe(reference: string, path: string, { mappings, notes }: Imported, warnings: string[]): string {
  const lines = [`${reference}: ${mappings.length} items, written to ${path}`, '', 'Items']
  for (const { linkId, name, values } of mappings)
    lines.push(
      `  ${linkId} -> ${name}${values.length > 0 ? ` (${values.map(({ option, value }) => `${option} -> ${value}`).join(', ')})` : ''}`,
    )
  for (const kind of noteKinds) {
    const some = notes.filter((note) => note.kind === kind)
    if (some.length > 0) lines.push('', headings[kind], ...some.map(({ path: at, what }) => `  ${at}: ${what}`))
  }
  if (warnings.length > 0) lines.push('', 'Warnings of nameting check', ...warnings.map((warning) => `  ${warning}`))
  return `${lines.join('\n')}\n`
}
