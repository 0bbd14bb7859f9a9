import type { Command } from 'commander'
import { BadCall } from '../failure.ts'
import { previewAnchors, setAnchors } from '../workflow/set-anchors.ts'
import { inDataFolder } from './in-data-folder.ts'
import { changesAsText } from './print-changes.ts'

export const addAnchor = (ofCase: Command): void => {
  ofCase
    .command('anchor')
    .description('Sets or moves dates of a case, and plans anew what lies ahead; what happened stays')
    .argument('<code>', 'the case code')
    .argument('<name=date...>', 'anchors with their dates, for example conference=2026-05-12')
    .requiredOption('--study <id>', 'the study that the case belongs to')
    .option('--dry-run', 'only say what would change')
    .option('--json', 'print what changes as JSON')
    .action(anchor)
}

async function anchor(
  code: string,
  dates: string[],
  { study, dryRun, json }: { study: string; dryRun?: true; json?: true },
): Promise<void> {
  await inDataFolder(['BASE_URL'], async (context) => {
    const anchors = Object.fromEntries(dates.map(readDate))
    const changes = await (dryRun ? previewAnchors : setAnchors)(context, { study, code, anchors })
    process.stdout.write(`${json ? JSON.stringify(changes) : changesAsText(changes, dryRun === true)}\n`)
  })
}

function readDate(text: string): [name: string, date: string] {
  const [name, date, ...rest] = text.split('=')
  if (!name || !date || rest.length > 0) throw new BadCall(`"${text}" is not an anchor with a date: write conference=2026-05-12.`)
  return [name, date]
}
