import { type Command, InvalidArgumentError } from 'commander'
import { readSettings } from '../env.ts'
import { BadCall, Failure } from '../failure.ts'
import { closeContext, openContext } from '../open-context.ts'
import { allStudies, openStudy } from '../workflow/open-study.ts'
import { addFlow } from './study-flow.ts'
import { addLots } from './study-lots.ts'
import { addSample } from './study-sample.ts'

interface Options {
  protocol: string
  title: string
  organisation: string
  contact: string
  helpLine?: string
  regions?: string[]
  demonstration?: true
  acceptStandIns?: string
  acceptDrafts?: string[]
  allocationSeed?: Buffer
  json?: true
}

export const register = (program: Command): void => {
  const study = program.command('study').description('Opens studies and lists them')
  study
    .command('add')
    .description('Opens a study: one running instance of a protocol')
    .argument('<id>', 'its short name, in lower-case letters, digits and hyphens')
    .requiredOption('--protocol <id@version>', 'the protocol that it runs')
    .requiredOption('--title <text>', 'its name, as participants see it')
    .requiredOption('--organisation <text>', 'who asks, as participants see it')
    .requiredOption('--contact <text>', 'where participants can ask questions: a mail address or telephone number')
    .option(
      '--help-line <text>',
      'where participants can get help at once, at the foot of every page of theirs (default: 112 and Veilig Thuis)',
    )
    .option('--regions <names>', 'the regions that cases can be in, with commas between them', listed)
    .option('--demonstration', 'a study to practise in, with invented people: every page and mail of it says so, and it may use stand-ins')
    .option('--accept-stand-ins <name>', 'name of the owner who accepts that the protocol uses stand-in wording or norms')
    .option(
      '--accept-drafts <languages>',
      'languages, with commas between them, in which people may be asked although the translation was made by machine and nobody has read it over',
      listed,
    )
    .option('--allocation-seed <hex>', 'for a protocol that allocates by lot: its seed, where somebody outside the study drew it', seed)
    .option('--json', 'print the result as JSON')
    .action(add)
  study.command('list').description('Lists the studies').option('--json', 'print them as JSON').action(list)
  addLots(study)
  addSample(study)
  addFlow(study)
}

const listed = (written: string): string[] => [
  ...new Set(
    written
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean),
  ),
]

/** What a caller can do about a study that is refused. */
const remedies: Partial<Record<string, string>> = {
  'stand-ins': 'Bring the real ones (DEFINITIONS_DIR), or let the study\'s owner accept them with --accept-stand-ins "Name of the owner".',
}

function seed(hex: string): Buffer {
  if (!/^[0-9a-f]{64}$/i.test(hex))
    throw new InvalidArgumentError('write 32 random bytes as 64 hexadecimal digits; `openssl rand -hex 32` makes them')
  return Buffer.from(hex, 'hex')
}

async function add(id: string, { acceptStandIns, acceptDrafts, json, demonstration, ...options }: Options): Promise<void> {
  const { title, organisation, contact, helpLine = 'usual', regions = [] } = options
  const lines = Object.entries({ title, organisation, contact, 'help-line': helpLine })
  for (const [name, text] of [...lines, ...regions.map((one) => ['regions', one] as const)])
    if (!/^\P{Cc}{1,200}$/u.test(text)) throw new BadCall(`--${name} is one line of 1 to 200 characters.`)
  const context = await openContext(readSettings(['IDENTITY_KEY']))
  try {
    const accepted = { standInsAcceptedBy: acceptStandIns ?? null, draftsAccepted: acceptDrafts }
    const entry = { id, ...options, ...accepted, demonstration: demonstration === true }
    const study = await openStudy(context, entry, { staffId: null, via: 'command' }).catch((reason: unknown) => {
      const remedy = reason instanceof Failure && reason.code !== undefined ? remedies[reason.code] : undefined
      throw remedy === undefined ? reason : new Failure(`${(reason as Failure).message} ${remedy}`)
    })
    process.stdout.write(json ? `${JSON.stringify(study)}\n` : said(study, options.protocol))
  } finally {
    await closeContext(context)
  }
}

const said = ({ id, allocationCommitment }: { id: string; allocationCommitment: string | null }, protocol: string): string =>
  [
    `Opened study ${id} with protocol ${protocol}.`,
    ...(allocationCommitment === null
      ? []
      : [
          'Arms are drawn by lot. Write this down outside this machine, for example in the trial register: by it anybody can check',
          `later that the lots were drawn with the seed of today. sha256 of the seed: ${allocationCommitment}`,
        ]),
    '',
  ].join('\n')

async function list({ json }: { json?: true }): Promise<void> {
  const context = await openContext(readSettings(['IDENTITY_KEY']))
  try {
    const studies = await allStudies(context)
    if (json) process.stdout.write(`${JSON.stringify(studies)}\n`)
    else
      for (const { id, title, protocolId, protocolVersion } of studies)
        process.stdout.write(`${id}\t${protocolId}@${protocolVersion}\t${title}\n`)
  } finally {
    await closeContext(context)
  }
}
