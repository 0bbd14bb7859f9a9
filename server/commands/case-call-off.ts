import type { Command } from 'commander'
import { BadCall } from '../failure.ts'
import { type CalledOff, callOff, undoCallOff } from '../workflow/call-off.ts'
import type { ParticipantKey } from '../workflow/pick-participant.ts'
import { inDataFolder } from './in-data-folder.ts'
import { changesAsText } from './print-changes.ts'
import { readParticipant } from './read-participant.ts'
import { wholeNumber } from './whole-number.ts'

interface Options {
  study: string
  instrument: string
  wave?: string
  role?: string
  number?: number
  about?: ParticipantKey
  reason?: string
  undo?: true
  json?: true
}

export const addCallOff = (ofCase: Command): void => {
  ofCase
    .command('call-off')
    .description('Records that an assignment will not come, and why; no more mail goes out about it')
    .argument('<code>', 'the case code')
    .requiredOption('--study <id>', 'the study that the case belongs to')
    .requiredOption('--instrument <id>', 'what will not be filled in')
    .option('--wave <wave>', 'in which wave; in every wave in which it has not come unless given')
    .option('--role <role>', 'who would have answered, where several are asked it')
    .option('--number <n>', 'which of several in this role', wholeNumber)
    .option('--about <role:n>', 'whom it would have been about, where it is asked about several: parent:2', readParticipant)
    .option('--reason <id>', 'why: a coded reason of the protocol. Needed, but with --undo')
    .option('--undo', 'take it back: it is asked again')
    .option('--json', 'print the result as JSON')
    .action(run)
}

async function run(code: string, { study, reason, undo, json, ...which }: Options): Promise<void> {
  await inDataFolder(['BASE_URL'], async (context) => {
    if ((reason === undefined) !== (undo === true)) throw new BadCall('Give --reason ID, or --undo to take it back.')
    if (which.number !== undefined && which.role === undefined) throw new BadCall('Give --role with --number.')
    const key = { study, code }
    const done = reason === undefined ? await undoCallOff(context, key, which) : await callOff(context, key, which, reason)
    process.stdout.write(`${json ? JSON.stringify({ code, ...done }) : asText(code, done, reason)}\n`)
  })
}

function asText(code: string, { instrument, of, waves, left, changes }: CalledOff, reason: string | undefined): string {
  const what = `${instrument} at ${waves.join(', ')} of ${of} in ${code}`
  return [
    reason === undefined ? `No longer called off: ${what}.` : `Called off (${reason}): ${what}.`,
    ...left.map(({ wave, state }) => `Left as it is: ${wave}, ${state}.`),
    changesAsText(changes),
  ].join('\n')
}
