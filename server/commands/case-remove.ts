import { type Command, Option } from 'commander'
import { type MistakeNote, mistakeReasons, putCaseBack, takeCaseOut } from '../workflow/mistaken-case.ts'
import { nameOf } from '../workflow/pick-participant.ts'
import { trying } from '../workflow/trying.ts'
import { inDataFolder } from './in-data-folder.ts'
import { changesAsText } from './print-changes.ts'

interface Options {
  study: string
  why: string
  reason: (typeof mistakeReasons)[number]
  sameAs?: string
  dryRun?: true
  json?: true
}

export const addRemove = (ofCase: Command): void => {
  ofCase
    .command('remove')
    .description('Takes a case out of the study that does not belong in it: nothing is asked, and it is counted nowhere; the log keeps it')
    .argument('<code>', 'the case code, which stays in use')
    .requiredOption('--study <id>', 'the study that the case belongs to')
    .addOption(new Option('--reason <id>', 'why it does not belong there').choices(mistakeReasons).makeOptionMandatory())
    .option('--same-as <code>', 'of a family that was registered twice: the case that stays')
    .requiredOption('--why <text>', 'why, for whoever reads the log of the case; never a name')
    .option('--dry-run', 'only say what would change')
    .option('--json', 'print the result as JSON')
    .action(remove)
  ofCase
    .command('put-back')
    .description('Puts a case back that was taken out: what is still asked is asked again')
    .argument('<code>', 'the case code')
    .requiredOption('--study <id>', 'the study that the case belongs to')
    .requiredOption('--why <text>', 'why, for whoever reads the log of the case; never a name')
    .option('--json', 'print the result as JSON')
    .action(putBack)
}

async function remove(code: string, { study, why, reason, sameAs, dryRun, json }: Options): Promise<void> {
  await inDataFolder(['BASE_URL'], async (context) => {
    const here = dryRun ? trying(context) : context
    const { changes, notes } = await takeCaseOut(here, { study, code }, { reason, sameAs }, { why })
    const done = `${dryRun ? 'Would take' : 'Took'} ${code} out of ${study}${sameAs ? `: the same family as ${sameAs}` : ''}.`
    const text = [done, ...notes.map(inWords), changesAsText(changes)].join('\n')
    process.stdout.write(`${json ? JSON.stringify({ code, changes, notes }) : text}\n`)
  })
}

function inWords(note: MistakeNote): string {
  if ('who' in note) {
    const said = note.is === 'stopped' ? 'said there that they stop' : 'said no when asked by hand'
    return `${note.who.map(nameOf).join(' and ')} ${said}: see whether that holds in the other case.`
  }
  if (note.is === 'lot') return `The arm ${note.arm} was drawn for it. Lots are not given back: say so where families per arm are reported.`
  if (note.is === 'sent') return `Mails that went out: ${note.count}. Their links open nothing any more.`
  return note.is === 'tried'
    ? `Asked by hand: ${note.count} times. A list on paper that comes back is of nobody now.`
    : `Lists printed at the desk: ${note.count}. One that comes back is of nobody now.`
}

async function putBack(code: string, { study, why, json }: Pick<Options, 'study' | 'why' | 'json'>): Promise<void> {
  await inDataFolder(['BASE_URL'], async (context) => {
    const { changes } = await putCaseBack(context, { study, code }, { why })
    process.stdout.write(`${json ? JSON.stringify({ code, changes }) : `Put ${code} back.\n${changesAsText(changes)}`}\n`)
  })
}
