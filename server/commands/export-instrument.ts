/** `nameting export-instrument`: an instrument for other tools. */
import { writeFileSync } from 'node:fs'
import { type Command, Option } from 'commander'
import { exportQuestionnaire } from '../../instruments/fhir/export.ts'
import type { Instrument } from '../../instruments/schema.ts'
import { loadDefinitions } from '../definitions/load.ts'
import { readSettings } from '../env.ts'
import { BadCall, Failure } from '../failure.ts'

interface Options {
  format: 'fhir' | 'surveyjs'
  out?: string
  scales?: string
}

export const register = (program: Command): void => {
  program
    .command('export-instrument')
    .description('Writes an instrument as a FHIR R4 Questionnaire or as SurveyJS JSON (see docs/import-instrument.md)')
    .argument('<id@version>', 'the instrument')
    .addOption(new Option('--format <format>', 'what to write').choices(['fhir', 'surveyjs']).makeOptionMandatory())
    .option('--out <file>', 'where to write it; on standard output unless given')
    .option('--scales <file>', 'with surveyjs: where to write what SurveyJS does not say, for import-instrument --scales')
    .action(run)
}

function run(reference: string, { format, out, scales }: Options): void {
  if (scales !== undefined && format !== 'surveyjs')
    throw new BadCall('--scales goes with --format surveyjs: a Questionnaire holds everything itself.')
  const { instruments } = loadDefinitions(readSettings([]).DEFINITIONS_DIR)
  const instrument = instruments.get(reference)
  if (!instrument)
    throw new Failure(
      `There is no instrument ${reference}; there is: ${instruments
        .all()
        .map(({ id, version }) => `${id}@${version}`)
        .join(', ')}.`,
    )
  const { questionnaire, notes } = format === 'fhir' ? exportQuestionnaire(instrument) : { questionnaire: undefined, notes: [] }
  const text = `${JSON.stringify(questionnaire ?? instrument.survey, undefined, 2)}\n`
  if (scales !== undefined) writeNew(scales, sideOf(instrument))
  if (out === undefined) process.stdout.write(text)
  else writeNew(out, text)
  for (const { item, what } of notes) process.stderr.write(`${item}: ${what}\n`)
}

function sideOf(instrument: Instrument): string {
  const { $schema: _, kind: _kind, uses: _uses, survey: _survey, ...side } = instrument
  return `${JSON.stringify(side, undefined, 2)}\n`
}

function writeNew(path: string, text: string): void {
  try {
    // A file that is there may be somebody's work.
    writeFileSync(path, text, { flag: 'wx' })
  } catch (cause) {
    throw new Failure(`${path} cannot be written: ${(cause as Error).message}.`)
  }
}
