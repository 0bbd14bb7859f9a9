/** `nameting rescore`: scores by norm tables that came after the answers. */
import type { Command } from 'commander'
import { readSettings } from '../env.ts'
import { closeContext, openContext } from '../open-context.ts'
import { doNow, leftUndone } from '../workflow/do-job.ts'
import { needStudy } from '../workflow/open-study.ts'
import { previewRescore, type RescorePreview } from '../workflow/rescore.ts'
import { agreed } from './agreed.ts'
import { aligned } from './aligned.ts'
import { progressOf } from './job-progress.ts'

interface Options {
  study: string
  norms: string[]
  dryRun?: true
  yes?: true
  json?: true
}

export function register(program: Command): void {
  program
    .command('rescore')
    .description(
      'Lets a study go over to new norm tables: shows what changes, asks, and adds new scores to the old ones (see docs/bring-your-own-instruments.md)',
    )
    .requiredOption('--study <id>', 'the study')
    .requiredOption('--norms <id@version...>', 'the norm tables that it goes over to')
    .option('--dry-run', 'show what would change, and stop there')
    .option('--yes', 'do not ask')
    .option('--json', 'print what changes as JSON')
    .action(run)
}

async function run(options: Options): Promise<void> {
  const context = await openContext(readSettings(['IDENTITY_KEY']))
  try {
    const { study } = await needStudy(context, options.study)
    const entry = { norms: options.norms }
    const preview = await previewRescore(context, study, entry)
    const nothing = preview.scores === 0 && preview.adopts.length === 0
    if (!options.json) process.stdout.write(asText(preview))
    // Of one that was killed after its last score only the end is missing.
    const isLeft = nothing && (await leftUndone(context.stores.study.read, study.id, 'rescore', entry)) !== undefined
    const isAgreed = async () => options.yes || (await agreed('Add these scores, and score new answers by these tables?'))
    const goOn = !options.dryRun && (isLeft || (!nothing && (await isAgreed())))
    const doing = { onProgress: progressOf('scores') }
    const scores = goOn ? (await doNow(context, study.id, 'rescore', entry, doing)).changed : 0
    if (options.json) process.stdout.write(`${JSON.stringify({ ...preview, done: goOn === true, added: scores }, undefined, 2)}\n`)
    else if (goOn) process.stdout.write(done(preview, scores))
    else if (!nothing) process.stdout.write('Nothing was changed.\n')
  } finally {
    await closeContext(context)
  }
}

function asText({ study, adopts, responses, scores, bands, lines }: RescorePreview): string {
  const adopting =
    adopts.length > 0 ? `Study ${study} goes over to ${adopts.join(', ')}.` : `In study ${study} these tables are in force already.`
  if (scores === 0) return `${adopting} No score changes.\n`
  const rows = lines.map((line) => [
    line.instrument,
    line.scale,
    line.wave,
    line.from ?? 'none',
    line.to ?? 'none',
    String(line.scores),
    String(line.z),
    String(line.bands),
  ])
  return [
    adopting,
    `${responses} responses get ${scores} new scores; ${bands} of them have another band than now. The old scores stay.`,
    '',
    ...aligned([['instrument', 'scale', 'wave', 'from', 'to', 'scores', 'other z', 'other band'], ...rows]),
    '',
  ].join('\n')
}

function done({ adopts, study }: RescorePreview, scores: number): string {
  return [
    `Added ${scores} scores.`,
    ...(adopts.length > 0
      ? [
          `A server that is running since before these tables were there does not know them: restart it, then repeat this command for ${study}.`,
        ]
      : []),
    '',
  ].join('\n')
}
