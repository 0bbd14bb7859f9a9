import { type Command, InvalidArgumentError } from 'commander'
import type { Changes } from '../../protocols/changes.ts'
import { readSettings } from '../env.ts'
import { BadCall } from '../failure.ts'
import { closeContext, openContext } from '../open-context.ts'
import { correctAddress } from '../workflow/correct-address.ts'
import { previewAnchors, setAnchors } from '../workflow/set-anchors.ts'

export const register = (program: Command): void => {
  const found = program.command('case').description('Changes what is known of a case')
  found
    .command('anchor')
    .description('Sets or moves dates of a case, and plans anew what lies ahead; what happened stays')
    .argument('<code>', 'the case code')
    .argument('<name=date...>', 'anchors with their dates, for example conference=2026-05-12')
    .requiredOption('--study <id>', 'the study that the case belongs to')
    .option('--dry-run', 'only say what would change')
    .option('--json', 'print what changes as JSON')
    .action(anchor)
  found
    .command('address')
    .description('Corrects the mail address of a participant; mail that waited for it goes out at the next tick')
    .argument('<code>', 'the case code')
    .argument('<role>', 'the role of the participant')
    .requiredOption('--study <id>', 'the study that the case belongs to')
    .requiredOption('--email <address>', 'the address')
    .option('--number <n>', 'which of several in this role', whole, 1)
    .action(address)
}

async function anchor(
  code: string,
  dates: string[],
  { study, dryRun, json }: { study: string; dryRun?: true; json?: true },
): Promise<void> {
  const context = openContext(readSettings(['IDENTITY_KEY', 'BASE_URL']))
  try {
    const anchors = Object.fromEntries(dates.map(readDate))
    const changes = await (dryRun ? previewAnchors : setAnchors)(context, { study, code, anchors })
    process.stdout.write(json ? `${JSON.stringify(changes)}\n` : `${said(changes, dryRun === true)}\n`)
  } finally {
    await closeContext(context)
  }
}

function readDate(text: string): [name: string, date: string] {
  const [name, date, ...rest] = text.split('=')
  if (!name || !date || rest.length > 0) throw new BadCall(`"${text}" is not an anchor with a date: write conference=2026-05-12.`)
  return [name, date]
}

function said({ add, move, cancel }: Changes, dryRun: boolean): string {
  const line = (what: string, { assignments, messages }: { assignments: unknown[]; messages: unknown[] }): string =>
    `${what} ${assignments.length} assignments and ${messages.length} messages`
  return [
    line(dryRun ? 'Would add' : 'Added', add),
    line(dryRun ? 'would move' : 'moved', move),
    line(dryRun ? 'would cancel' : 'cancelled', cancel),
  ]
    .join(', ')
    .concat('.')
}

async function address(code: string, role: string, options: { study: string; email: string; number: number }): Promise<void> {
  const context = openContext(readSettings(['IDENTITY_KEY']))
  try {
    await correctAddress(context, { code, role, ...options })
    process.stdout.write(`Corrected the address of ${role} ${options.number} of ${code}.\n`)
  } finally {
    await closeContext(context)
  }
}

function whole(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('write a whole number from 1 on')
  return Number(text)
}
