import { statSync } from 'node:fs'
import type { Command } from 'commander'
import type { Comparison } from '../../instruments/compare-stand-ins.ts'
import { type CheckedTranslation, checkDefinitions, type DefinitionsCheck, type Finding } from '../definitions/check.ts'
import { shippedDirectory } from '../definitions/load.ts'
import { readSettings } from '../env.ts'
import { BadCall, Failure } from '../failure.ts'

export const register = (program: Command): void => {
  program
    .command('check')
    .description('Validates instruments, norms and protocols: every mistake with file, path and reason (see docs/definitions.md)')
    .argument('[dir]', "a study's own definitions, laid over the shipped ones; DEFINITIONS_DIR unless given")
    .option('--json', 'print what was checked and what was found as JSON')
    .action(check)
}

function check(directory: string | undefined, { json }: { json?: true }): void {
  const own = directory ?? readSettings([]).DEFINITIONS_DIR
  if (own !== undefined && !statSync(own, { throwIfNoEntry: false })?.isDirectory())
    throw new BadCall(`There is no folder ${own}; give the one that has instruments/, norms/ and protocols/ in it.`)

  const found = checkDefinitions(shippedDirectory, own)
  const { errors, warnings } = found
  if (json) process.stdout.write(`${JSON.stringify(found, undefined, 2)}\n`)
  else {
    for (const warning of warnings) process.stderr.write(`warning: ${describe(warning)}\n`)
    for (const error of errors) process.stderr.write(`${describe(error)}\n`)
  }
  if (errors.length > 0)
    throw new Failure(`${count(errors.length, 'mistake')} in ${count(new Set(errors.map(({ file }) => file)).size, 'file')}.`)
  if (!json) process.stdout.write(summary(found))
}

const describe = ({ file, line, path, reason }: Finding): string =>
  `${file}${line === undefined ? '' : `:${line}`}${path === '' ? '' : ` ${path}`}: ${reason}`

function summary({ checked, translations, warnings, comparisons }: DefinitionsCheck): string {
  const kinds = Object.entries(Object.groupBy(checked, ({ kind }) => kind)).map(([kind, definitions]) => count(definitions.length, kind))
  const standIns = checked.filter(({ standIn }) => standIn).map(({ reference }) => reference)
  return [
    `Checked ${kinds.join(', ')}: no mistakes${warnings.length > 0 ? `, ${count(warnings.length, 'warning')}` : ''}.`,
    standIns.length === 0
      ? 'None of them is a stand-in.'
      : `Stand-ins, in this project's own words and with invented norms: ${standIns.join(', ')}.`,
    ...Object.entries(Object.groupBy(translations, ({ language }) => language))
      .sort()
      .map(([language, files = []]) => translatedInto(language, files)),
    ...comparisons.flatMap(compared),
    '',
  ].join('\n')
}

function translatedInto(language: string, files: CheckedTranslation[]): string {
  const drafts = files.filter(({ status }) => status === 'machine-draft').length
  return `Translated into ${language}: ${count(files.length, 'file')}, ${drafts === 0 ? 'all of them reviewed' : `${drafts} of them made by machine and reviewed by nobody`}.`
}

/** How one of the study's own instruments differs from the stand-in: no mistake, but what a protocol and an analysis have to know. */
function compared({ reference, standIn, differences, comparable, scales }: Comparison): string[] {
  const scored = scales === 0 ? '' : ` Scales that stay comparable: ${comparable.join(', ') || 'none'}.`
  if (differences.length === 0) return [`${reference} asks and scores as the stand-in ${standIn} does.${scored}`]
  return [
    `${reference} beside the stand-in ${standIn}: ${count(differences.length, 'difference')}.${scored}`,
    ...differences.map(({ reason }) => `  ${reason}`),
  ]
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`
