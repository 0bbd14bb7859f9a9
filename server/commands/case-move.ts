import type { Command } from 'commander'
import { BadCall } from '../failure.ts'
import { moveCase, type Place, previewMove } from '../workflow/move-case.ts'
import { inDataFolder } from './in-data-folder.ts'
import { changesAsText } from './print-changes.ts'

interface Options {
  study: string
  arm?: string
  cohort?: string
  dryRun?: true
  json?: true
}

export const addMove = (ofCase: Command): void => {
  ofCase
    .command('move')
    .description('Moves a case to another arm or cohort, and plans anew what lies ahead; what happened stays')
    .argument('<code>', 'the case code')
    .requiredOption('--study <id>', 'the study that the case belongs to')
    .option('--arm <arm>', 'the arm in which it is from now on')
    .option('--cohort <cohort>', 'the cohort in which it is from now on')
    .option('--dry-run', 'only say what would change')
    .option('--json', 'print the result as JSON')
    .action(move)
}

async function move(code: string, { study, arm, cohort, dryRun, json }: Options): Promise<void> {
  await inDataFolder(['BASE_URL'], async (context) => {
    if (arm === undefined && cohort === undefined) throw new BadCall('Say where the case goes: --arm, --cohort, or both.')
    const { from, to, changes } = await (dryRun ? previewMove : moveCase)(context, { study, code }, { arm, cohort })
    const what = `${code} ${dryRun ? 'would go' : 'went'} from ${named(from)} to ${named(to)}.`
    process.stdout.write(`${json ? JSON.stringify({ code, from, to, changes }) : `${what}\n${changesAsText(changes, dryRun === true)}`}\n`)
  })
}

const named = ({ arm, cohort }: Place): string => `${arm} (${cohort})`
