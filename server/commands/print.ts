/** `nameting print`: a list as a file to print. */
import { writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { formatReference } from '../../instruments/definition.ts'
import { languagesOf } from '../../instruments/translations.ts'
import { loadDefinitions } from '../definitions/load.ts'
import { readSettings } from '../env.ts'
import { BadCall, Failure } from '../failure.ts'
import { ownHead, type Paper, paper } from '../paper/paper.ts'
import { paperCss } from '../paper/styles.ts'
import { paperForStaff } from '../workflow/paper-of.ts'
import type { ParticipantKey } from '../workflow/pick-participant.ts'
import { inDataFolder } from './in-data-folder.ts'
import { readParticipant } from './read-participant.ts'
import { wholeNumber } from './whole-number.ts'

interface Options {
  instrument: string
  out: string
  study?: string
  case?: string
  wave?: string
  role?: string
  number?: number
  about?: ParticipantKey
  language?: string
}

export const register = (program: Command): void => {
  program
    .command('print')
    .description('Writes a list as a page to print (HTML, A4), for a visit at home: of a case, or a blank one')
    .requiredOption('--instrument <id>', 'which list; of a case its id, for a blank one id@version')
    .requiredOption('--out <file>', 'the HTML file to write; it must not be there yet')
    .option('--study <id>', 'the study that the case belongs to')
    .option('--case <code>', 'the case; with it the header says whose list it is, by code and never by name')
    .option('--wave <wave>', 'in which wave, where several are still to come')
    .option('--role <role>', 'who fills it in, where several are asked it')
    .option('--number <n>', 'which of several in this role', wholeNumber)
    .option('--about <role:n>', 'whom it is about, where it is asked about several: parent:2', readParticipant)
    .option('--language <tag>', 'in which language; that of the participant unless given, Dutch for a blank one')
    .action(run)
}

async function run({ instrument, out, study, case: code, language, ...which }: Options): Promise<void> {
  if ((study === undefined) !== (code === undefined))
    throw new BadCall('--study and --case go together: give both, or neither for a blank list.')
  if (which.number !== undefined && which.role === undefined) throw new BadCall('Give --role with --number.')
  if (study === undefined || code === undefined) {
    if (which.wave ?? which.role ?? which.about) throw new BadCall('--wave, --role and --about go with --study and --case.')
    const { instruments, translated } = loadDefinitions(readSettings([]).DEFINITIONS_DIR)
    const found = instruments.get(instrument)
    if (!found) {
      const there = instruments
        .all()
        .map(formatReference)
        .filter((one) => one.startsWith(`${instrument.split('@')[0]}@`))
      throw new Failure(`There is no instrument ${instrument}${there.length > 0 ? `; there is: ${there.join(', ')}` : ''}.`)
    }
    const spoken = language ?? 'nl'
    return write(out, { instrument: translated.instruments.into(found, spoken), language: spoken, whose: null })
  }
  await inDataFolder([], async (context) => {
    const found = await paperForStaff(context, { study, code }, { instrument, language, ...which })
    write(out, found)
  })
}

function write(path: string, about: Paper): void {
  const spoken = languagesOf(about.instrument)
  if (!spoken.includes(about.language))
    throw new Failure(`${formatReference(about.instrument)} is not there in "${about.language}"; it is in ${spoken.join(', ')}.`)
  try {
    // A file that is there may be somebody's work.
    writeFileSync(path, String(paper(about, ownHead(paperCss), null)), { flag: 'wx' })
  } catch (cause) {
    throw new Failure(`${path} cannot be written: ${(cause as Error).message}.`)
  }
  process.stdout.write(`${formatReference(about.instrument)} in ${about.language}: ${path}\n`)
}
