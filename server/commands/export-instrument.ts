/** `nameting export-instrument`: an instrument for other tools. */
import { writeFileSync } from 'node:fs'
import { type Command, Option } from 'commander'
import { exportQuestionnaire } from '../../instruments/fhir/export.ts'
import { loadDefinitions } from '../definitions/load.ts'
import { readSettings } from '../env.ts'
import { Failure } from '../failure.ts'

interface Options {
  format: 'fhir' | 'surveyjs'
  out?: string
}

export const register = (program: Command): void => {
  program
    .command('export-instrument')
    .description('Writes an instrument as a FHIR R4 Questionnaire or as SurveyJS JSON (see docs/import-instrument.md)')
    .argument('<id@version>', 'the instrument')
    .addOption(new Option('--format <format>', 'what to write').choices(['fhir', 'surveyjs']).makeOptionMandatory())
    .option('--out <file>', 'where to write it; on standard output unless given')
    .action(run)
}

function run(reference: string, { format, out }: Options): void {
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
  if (out === undefined) process.stdout.write(text)
  else
    try {
      // A file that is there may be somebody's work.
      writeFileSync(out, text, { flag: 'wx' })
    } catch (cause) {
      throw new Failure(`${out} cannot be written: ${(cause as Error).message}.`)
    }
  for (const { item, what } of notes) process.stderr.write(`${item}: ${what}\n`)
}
