import { type Command, InvalidArgumentError } from 'commander'
import { BadCall, Failure } from '../failure.ts'
import { Refusal } from '../refusal.ts'
import { correctCase } from '../workflow/correct-case.ts'
import { trying } from '../workflow/trying.ts'
import { inDataFolder } from './in-data-folder.ts'

interface Options {
  study: string
  why: string
  region?: string
  child: Record<string, string>
  dryRun?: true
  json?: true
}

export const addCorrect = (ofCase: Command): void => {
  ofCase
    .command('correct')
    .description('Corrects what was registered wrongly of a case; what was scored by it is scored anew, and the old value is kept')
    .argument('<code>', 'the case code, which stays')
    .requiredOption('--study <id>', 'the study that the case belongs to')
    .requiredOption('--why <text>', 'why, for whoever reads the log of the case; never a name')
    .option('--region <name>', 'its region; an empty text for none')
    .option('--child <number=month>', 'the month of birth of a child, YYYY-MM, by its number; may be given several times', child, {})
    .option('--dry-run', 'only say what would change')
    .option('--json', 'print the result as JSON')
    .action(correct)
}

function child(text: string, earlier: Record<string, string>): Record<string, string> {
  const [, number = '', month = ''] = /^([1-9]\d?)=(.*)$/.exec(text) ?? []
  if (number === '') throw new InvalidArgumentError('Write 2=2016-05: the number of the child and its month of birth.')
  return { ...earlier, [number]: month }
}

async function correct(code: string, { study, why, region, child, dryRun, json }: Options): Promise<void> {
  await inDataFolder(['BASE_URL'], async (context) => {
    if (region === undefined && Object.keys(child).length === 0) throw new BadCall('Say what is corrected: --region, --child, or both.')
    const here = dryRun ? trying(context) : context
    const { scores } = await correctCase(here, { study, code }, { region, children: child }, 'everywhere', { why }).catch(inWords)
    const text = `${dryRun ? 'Would correct' : 'Corrected'} ${code}. Scores: ${scores.scores} in ${scores.responses} responses.`
    process.stdout.write(`${json ? JSON.stringify({ code, ...scores }) : text}\n`)
  })
}

/** What the desk shows beside a field a command says in one line each. */
function inWords(reason: unknown): never {
  if (!(reason instanceof Refusal) || reason.code !== 'entry-invalid') throw reason
  const problems = reason.details.problems as { field: string; reason: string }[]
  throw new Failure([...problems.map((one) => `${one.field}: ${one.reason}`), 'Nothing was changed.'].join('\n'))
}
