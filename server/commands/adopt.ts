/** `nameting adopt`: another version of the protocol or of an instrument, from a day on. */
import type { Command } from 'commander'
import { reasonsOf } from '../../instruments/phrase.ts'
import { sayFault } from '../../protocols/check-mail.ts'
import { readSettings } from '../env.ts'
import { closeContext, openContext } from '../open-context.ts'
import { type AdoptionPreview, previewAdoption } from '../workflow/adopt-version.ts'
import { doNow } from '../workflow/do-job.ts'
import { needStudy } from '../workflow/open-study.ts'
import { agreed } from './agreed.ts'
import { aligned } from './aligned.ts'
import { progressOf } from './job-progress.ts'

interface Options {
  study: string
  from: string
  dryRun?: true
  yes?: true
  json?: true
}

export const register = (program: Command): void => {
  program
    .command('adopt')
    .description(
      'Lets a study go over to another version of its protocol or of an instrument from a day on: shows what changes, asks, and plans anew (see docs/planning.md)',
    )
    .argument('<id@version>', 'the version that it goes over to')
    .requiredOption('--study <id>', 'the study')
    .requiredOption('--from <date>', 'waves that open on this day or later are asked by it: YYYY-MM-DD, from today on')
    .option('--dry-run', 'show what would change, and stop there')
    .option('--yes', 'do not ask')
    .option('--json', 'print what changes as JSON')
    .action(run)
}

async function run(reference: string, options: Options): Promise<void> {
  const context = await openContext(readSettings(['IDENTITY_KEY', 'BASE_URL']))
  try {
    const { study } = await needStudy(context, options.study)
    const entry = { reference, from: options.from }
    const preview = await previewAdoption(context, study, entry)
    if (!options.json) process.stdout.write(asText(preview))
    const goOn = !options.dryRun && (options.yes || (await agreed('Adopt this version, and plan the cases by it?')))
    const doing = { onProgress: progressOf('cases') }
    const replanned = goOn ? (await doNow(context, study.id, 'adopt', entry, doing)).changed : 0
    if (options.json) process.stdout.write(`${JSON.stringify({ ...preview, done: goOn === true, replanned }, undefined, 2)}\n`)
    else
      process.stdout.write(
        goOn
          ? `Done: the plan of ${replanned} of ${preview.cases} cases changed. A server that is running since before this version was there does not know it: restart it.\n`
          : 'Nothing was changed.\n',
      )
  } finally {
    await closeContext(context)
  }
}

function asText(preview: AdoptionPreview): string {
  const { study, reference, from, isNew, changes, cases, lines, kept, protocol, mails, askedAnew, ownMailTexts } = preview
  return [
    isNew
      ? `Study ${study} goes over to ${reference} from ${from} on; waves that opened before keep the version they have.`
      : `Study ${study} adopted ${reference} from ${from} on already.`,
    ...changes.flatMap(asLines),
    '',
    ...(lines.length === 0
      ? [`In none of the ${cases} cases does an assignment change.`]
      : [
          `Of ${cases} cases:`,
          ...aligned([
            ['assignments', 'what', 'wave', 'from', 'to', 'open now'],
            ...lines.map(({ assignments, what, wave, from: was, to, open }) => [
              String(assignments),
              what,
              wave,
              was ?? '',
              to ?? '',
              String(open),
            ]),
          ]),
        ]),
    ...(kept > 0 ? [`${kept} assignments that are open now keep their version.`] : []),
    ...mails.map(({ what, kind, mails }) => `${mails} mails (${kind}): ${what}`),
    ...(protocol.length > 0 ? ['', 'The protocol says otherwise:', ...protocol.map(asLine)] : []),
    ...(askedAnew > 0 ? [`${askedAnew} people are shown a statement of consent anew before their next list.`] : []),
    ...ownMailTexts.flatMap(({ template, language, roles, hasMoved, problems }) => [
      ...(roles.length === 0
        ? [`The study's own text of ${template} (${language}) does not go out any more: the protocol has no such mail.`]
        : []),
      ...(hasMoved
        ? [
            `The study's own text of ${template} (${language}) still goes out, although the protocol says something else: look at it at the desk.`,
          ]
        : []),
      ...problems.map((fault) => `The study's own text of ${template} (${language}) does not fit: ${sayFault(fault)}.`),
    ]),
    '',
  ].join('\n')
}

const asLine = ({ part, id, what, traits }: AdoptionPreview['protocol'][number]): string =>
  [
    `  ${part} ${id} is ${what}`,
    ...traits.map(({ trait, was, is }) =>
      was === null && is === null ? `other ${trait}` : `${trait}: ${is ?? 'none'} (was ${was ?? 'none'})`,
    ),
  ].join(', ')

const asLines = ({ from, to, differences, comparable, notComparable, withoutNorm }: AdoptionPreview['changes'][number]): string[] => [
  '',
  `${from} -> ${to}`,
  ...(differences.length === 0 ? ['  asks and scores the same; only words differ'] : differences.map(({ reason }) => `  ${reason}`)),
  ...(comparable.length > 0 ? [`  scales that stay comparable: ${comparable.join(', ')}`] : []),
  ...notComparable.map(({ id, reasons }) => `  scale that does not: ${id} (${reasonsOf(reasons).join(', ')})`),
  ...(withoutNorm.length > 0 ? [`  scales without a norm for the new version: ${withoutNorm.join(', ')}`] : []),
]
