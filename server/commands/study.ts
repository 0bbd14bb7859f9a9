import { type Command, InvalidArgumentError } from 'commander'
import { readSettings } from '../env.ts'
import { BadCall } from '../failure.ts'
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
    .option('--accept-stand-ins <name>', 'name of the owner who accepts that the protocol uses stand-in wording or norms')
    .option(
      '--accept-drafts <languages>',
      'languages, with commas between them, in which people may be asked although the translation was made by machine and nobody has read it over',
      (written: string) => written.split(',').map((language) => language.trim()),
    )
    .option('--allocation-seed <hex>', 'for a protocol that allocates by lot: its seed, where somebody outside the study drew it', seed)
    .option('--json', 'print the result as JSON')
    .action(add)
  study.command('list').description('Lists the studies').option('--json', 'print them as JSON').action(list)
  addLots(study)
  addSample(study)
  addFlow(study)
}

function seed(hex: string): Buffer {
  if (!/^[0-9a-f]{64}$/i.test(hex))
    throw new InvalidArgumentError('write 32 random bytes as 64 hexadecimal digits; `openssl rand -hex 32` makes them')
  return Buffer.from(hex, 'hex')
}

async function add(id: string, { acceptStandIns, acceptDrafts, json, ...options }: Options): Promise<void> {
  const { title, organisation, contact, helpLine = 'usual' } = options
  for (const [name, text] of Object.entries({ title, organisation, contact, 'help-line': helpLine }))
    if (!/^\P{Cc}{1,200}$/u.test(text)) throw new BadCall(`--${name} is one line of 1 to 200 characters.`)
  const context = openContext(readSettings(['IDENTITY_KEY']))
  try {
    const study = await openStudy(context, {
      id,
      ...options,
      demonstration: false,
      standInsAcceptedBy: acceptStandIns ?? null,
      draftsAccepted: acceptDrafts,
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
  const context = openContext(readSettings(['IDENTITY_KEY']))
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
