/** `nameting study sample`: draws a random sample of cases, shows it, and calls up reserves. */
import { type Command, InvalidArgumentError } from 'commander'
import type { Context } from '../context.ts'
import { BadCall } from '../failure.ts'
import { drawSample, type Eligible, previewSample } from '../workflow/draw-sample.ts'
import { type Replaced, replaceSampled } from '../workflow/replace-sampled.ts'
import { type SampleRecord, sampleRecord } from '../workflow/sample-record.ts'
import { aligned } from './aligned.ts'
import { inDataFolder } from './in-data-folder.ts'

interface Options {
  study: string
  name: string
  seed?: string
  fewer?: true
  dryRun?: true
  list?: true
  replace?: string
  reason?: string
  json?: true
}

export const addSample = (study: Command): void => {
  study
    .command('sample')
    .description('Draws a random sample of cases that the protocol asks for, once; shows it; calls up a reserve')
    .requiredOption('--study <id>', 'the study')
    .requiredOption('--name <sample>', 'the sample, as the protocol calls it')
    .option('--seed <text>', 'the text from which the draw follows; made at random unless given', seedText)
    .option('--fewer', 'draw although there are fewer cases than the sample asks for')
    .option('--dry-run', 'only say which cases can be drawn')
    .option('--list', 'show the sample that was drawn, with its reserves')
    .option('--replace <code>', 'a case of the sample that cannot be interviewed: the next reserve comes in')
    .option('--reason <id>', 'why, with --replace: a coded reason of the protocol')
    .option('--json', 'print the result as JSON')
    .action(run)
}

async function run(options: Options): Promise<void> {
  const { study, name, seed, fewer, dryRun, list, replace, reason, json } = options
  if ([dryRun, list, replace].filter(Boolean).length > 1) throw new BadCall('Give one of --dry-run, --list and --replace.')
  if ((replace === undefined) !== (reason === undefined)) throw new BadCall('Give --replace CODE and --reason ID together.')
  if ((seed !== undefined || fewer) && (dryRun || list || replace !== undefined)) throw new BadCall('--seed and --fewer are for drawing.')
  await inDataFolder(['BASE_URL'], async (context) => {
    const key = { study, name }
    const print = <Result>(result: Result, asText: (result: Result) => string): void =>
      void process.stdout.write(json ? `${JSON.stringify(result)}\n` : asText(result))
    if (dryRun) print(await previewSample(context, key), eligibleAsText)
    else if (list) print(await sampleRecord(context, key), recordAsText)
    else if (replace !== undefined && reason !== undefined) print(await replaceSampled(context, key, replace, reason), replacedAsText)
    else print(await draw(context, options), recordAsText)
  })
}

const draw = (context: Context, { study, name, seed, fewer }: Options): Promise<SampleRecord> =>
  drawSample(context, { study, name }, { seed, fewer })

function seedText(text: string): string {
  if (!/^\P{Cc}{1,200}$/u.test(text)) throw new InvalidArgumentError('write one line of 1 to 200 characters')
  return text
}

function eligibleAsText({ study, name, size, cases }: Eligible): string {
  const enough =
    cases.length >= size
      ? 'Nothing was drawn.'
      : 'That is too early, or there will be no more: --fewer draws all the same. Nothing was drawn.'
  return [`${cases.length} cases of ${study} can be drawn for ${name}, which is of ${size}. ${enough}`, ...cases, ''].join('\n')
}

function recordAsText({ study, name, seed, drawnAt, cases }: SampleRecord): string {
  const rows = cases.map(({ position, code, state }) => [String(position), code, state])
  const count = cases.filter(({ state }) => state === 'in').length
  return [
    `Sample ${name} of ${study}: ${count} of ${cases.length} cases, drawn on ${drawnAt.slice(0, 10)} with the seed ${seed}`,
    ...aligned(rows),
    '',
  ].join('\n')
}

const replacedAsText = ({ name, code, reason, by, changes }: Replaced): string =>
  `${by} takes the place of ${code} (${reason}) in the sample ${name}: ${changes.out.cancel.assignments.length} assignments called off, ${changes.in.add.assignments.length} added.\n`
