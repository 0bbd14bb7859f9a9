import { Argument, type Command } from 'commander'
import { recordConsent } from '../workflow/record-consent.ts'
import { inDataFolder } from './in-data-folder.ts'
import { changesAsText } from './print-changes.ts'
import { wholeNumber } from './whole-number.ts'

export const addConsent = (ofCase: Command): void => {
  ofCase
    .command('consent')
    .description('Records consent that a participant gave or refused on paper or by telephone')
    .argument('<code>', 'the case code')
    .argument('<role>', 'the role of the participant')
    .argument('<purpose>', 'the purpose, as the protocol calls it')
    .addArgument(new Argument('<answer>', 'what they said').choices(['yes', 'no']))
    .requiredOption('--study <id>', 'the study that the case belongs to')
    .option('--number <n>', 'which of several in this role', wholeNumber)
    .option('--json', 'print the result as JSON')
    .action(consent)
}

async function consent(
  code: string,
  role: string,
  purpose: string,
  answer: 'yes' | 'no',
  { study, number, json }: { study: string; number?: number; json?: true },
): Promise<void> {
  await inDataFolder(['BASE_URL'], async (context) => {
    const recorded = await recordConsent(context, { study, code }, { role, number }, { purpose, given: answer === 'yes' })
    const who = `${role} ${recorded.number} of ${code}`
    const lines = [
      `Recorded ${answer} of ${who} to ${purpose}.`,
      ...(recorded.state === 'active' ? [] : [`${who} has ${recorded.state}: nothing is asked of them.`]),
      ...(recorded.changes ? [changesAsText(recorded.changes)] : []),
    ]
    process.stdout.write(json ? `${JSON.stringify({ code, ...recorded })}\n` : `${lines.join('\n')}\n`)
  })
}
