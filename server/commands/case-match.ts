import { type Command, InvalidArgumentError } from 'commander'
import { BadCall } from '../failure.ts'
import { type Matched, matchCase, undoMatch } from '../workflow/match-case.ts'
import { aligned } from './aligned.ts'
import { inDataFolder } from './in-data-folder.ts'

interface Options {
  study: string
  index?: string
  met: string[]
  notMet: string[]
  note: Record<string, string>
  undo?: true
  json?: true
}

export const addMatch = (ofCase: Command): void => {
  ofCase
    .command('match')
    .description('Records with which index case a shadow case is compared, and which criteria for that are met')
    .argument('<code>', 'the code of the shadow case')
    .requiredOption('--study <id>', 'the study that both cases belong to')
    .option('--index <code>', 'the code of the index case. Needed, but with --undo')
    .option('--met <criterion...>', 'criteria of the protocol that are met', [])
    .option('--not-met <criterion...>', 'criteria that are not; each of the protocol is in one of the two', [])
    .option('--note <criterion=text>', 'what there is to say about a criterion, without names; once for each', readNote, {})
    .option('--undo', 'take it back: the case is compared with none')
    .option('--json', 'print the result as JSON')
    .action(match)
}

async function match(code: string, { study, index, met, notMet, note, undo, json }: Options): Promise<void> {
  const key = { study, code }
  await inDataFolder([], async (context) => {
    if ((index === undefined) !== (undo === true)) throw new BadCall('Give --index CODE, or --undo to take a match back.')
    const done = index === undefined ? await undoMatch(context, key) : await matchCase(context, key, { index, met, notMet, notes: note })
    process.stdout.write(`${json ? JSON.stringify({ code, ...done }) : asText(code, done)}\n`)
  })
}

function readNote(text: string, notes: Record<string, string>): Record<string, string> {
  const [, criterion, note] = /^([^=]+)=(.+)$/s.exec(text) ?? []
  if (criterion === undefined || note === undefined) throw new InvalidArgumentError('write CRITERION=TEXT')
  return { ...notes, [criterion]: note }
}

function asText(code: string, done: { index: string } | Matched): string {
  if (!('criteria' in done)) return `${code} is not compared with ${done.index} any more.`
  const lines = aligned(done.criteria.map(({ criterion, met, note }) => [`  ${criterion}`, met ? 'met' : 'not met', note ?? '']))
  return [`${code} is compared with ${done.index}.`, ...lines].join('\n')
}
