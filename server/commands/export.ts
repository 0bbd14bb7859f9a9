/** `nameting export`: the data of a study, as files for statistics. */
import { userInfo } from 'node:os'
import { isMainThread } from 'node:worker_threads'
import { type Command, Option } from 'commander'
import { systemClock } from '../clock.ts'
import type { Store } from '../db/open.ts'
import { placeOf, readSettings, type Settings } from '../env.ts'
import { formatNames, languages, layoutNames, type Tier, tiers } from '../export/choices.ts'
import { withoutConsentLines } from '../export/consent.ts'
import { exportInThread } from '../export/export-in-thread.ts'
import type { ExportMade, ExportRequest } from '../export/export-study.ts'
import type { ExportFilter } from '../export/filter.ts'
import type { FormatName, Language } from '../export/format.ts'
import type { Layout } from '../export/layouts.ts'
import type { Manifest } from '../export/manifest.ts'
import { BadCall, Failure } from '../failure.ts'

interface Options {
  study?: string
  out?: string
  layout: Layout[]
  format: FormatName[]
  language: Language
  tier: Tier
  ageBands?: boolean
  purpose?: string
  arm?: string[]
  cohort?: string[]
  region?: string[]
  wave?: string[]
  consent?: string[]
  again?: string
  verify?: string
  json?: boolean
}

export function register(program: Command): void {
  program
    .command('export')
    .description('Writes the answers and scores of a study, without contact data, with codebook and manifest (docs/export.md)')
    .option('--study <id>', 'the study')
    .option('--out <folder>', 'a new folder; an export never changes what is there')
    .addOption(
      new Option(
        '--layout <layout...>',
        'long: a row per assignment, a file per instrument; wide: a row per case; scores: a row per score; flow: a row per assignment, answered or not (always there)',
      )
        .choices(layoutNames)
        .default(layoutNames),
    )
    .addOption(new Option('--format <format...>', 'kind of file').choices(formatNames).default(['csv']))
    .addOption(new Option('--language <language>', 'of labels, in formats that have them').choices(languages).default('nl'))
    .addOption(new Option('--tier <tier>', 'how much of it can be recognised').choices(tiers).default('pseudonymous'))
    .option('--age-bands', 'with --tier shared: ages in bands, not in years')
    .option('--purpose <text>', 'what it is for; it stays in the manifest and in the register')
    .option('--arm <arm...>', 'only cases of these arms')
    .option('--cohort <cohort...>', 'only cases of these cohorts')
    .option('--region <region...>', 'only cases of these regions')
    .option('--wave <wave...>', 'only lists of these waves')
    .option('--consent <purpose...>', 'only families who consented to each of these, and of whoever is asked who consented themselves')
    .option('--again <manifest>', 'the same export once more, byte by byte; says what has changed when that is not possible')
    .option('--verify <folder>', 'says whether an export is as it was made')
    .option('--json', 'print the manifest, or what --verify found')
    .action(run)
}

async function run(options: Options): Promise<void> {
  if (options.verify !== undefined) return await verify(options.verify, options.json ?? false)
  const request = options.again === undefined ? asked(options) : await earlier(options.again, options)
  const settings = readSettings([])
  const stop = new AbortController()
  const onSignal = () => stop.abort()
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal)
  try {
    // In a thread memory is bounded; where this is a thread already, it is another's to bound.
    const begin = isMainThread ? exportInThread : (await import('../export/export-from.ts')).exportFrom
    if (request.tier === 'shared' && options.again === undefined) await makeKey(settings, request.study)
    const place = placeOf(settings)
    const made = await begin(place, {
      ...request,
      onProgress: process.stderr.isTTY ? ({ cases, of }) => void process.stderr.write(`\r${cases} of ${of} cases`) : undefined,
      signal: stop.signal,
      register: (entry) => writeDown(settings, entry, options.again !== undefined),
    })
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
    if (made.sharingWarning) process.stderr.write(`${made.sharingWarning}\n`)
    process.stdout.write(options.json ? `${JSON.stringify(made, null, 2)}\n` : summary(made, request.directory))
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
  }
}

async function writeDown(settings: Settings, entry: ExportMade, again: boolean): Promise<void> {
  const { recordExport } = await import('../workflow/record-export.ts')
  await withStore(settings, (store) => recordExport(store, { ...entry, again }, null))
}

/** By which families in data that are shared are disguised. */
async function makeKey(settings: Settings, study: string): Promise<void> {
  const [{ openStudyReader }, { assertSharingKey }] = await Promise.all([
    import('../db/study-reader.ts'),
    import('../workflow/sharing-key.ts'),
  ])
  // Throws where there is no database: none is made by reading.
  await (await openStudyReader(placeOf(settings))).close()
  await withStore(settings, (store) => assertSharingKey(store, study))
}

/** What writes is loaded only here, and closed at once: while the thread works, memory is for it. */
async function withStore(settings: Settings, work: (store: Store) => Promise<void>): Promise<void> {
  const { openStudyStore } = await import('../db/open.ts')
  const store = await openStudyStore(placeOf(settings))
  try {
    await work(store)
  } finally {
    await store.close()
  }
}

function asked({ study, out, layout, format, language, tier, ageBands = false, purpose, ...narrowed }: Options): ExportRequest {
  if (study === undefined || out === undefined) throw new BadCall('Give --study and --out, or --verify with the folder of an export.')
  const said = purpose?.trim() || null
  if (tier === 'shared' && said === null) throw new BadCall('Give --purpose: what data that are shared are for is written down.')
  if (ageBands && tier !== 'shared') throw new BadCall('--age-bands goes with --tier shared: other exports have months of birth.')
  return {
    study,
    directory: out,
    layouts: layoutNames.filter((name) => layout.includes(name)),
    formats: formatNames.filter((name) => format.includes(name)),
    language,
    tier,
    ageBands,
    purpose: said,
    filter: filterFrom(narrowed),
    takenBy: account(),
    now: systemClock.now(),
  }
}

function filterFrom({
  arm,
  cohort,
  region,
  wave,
  consent,
}: Pick<Options, 'arm' | 'cohort' | 'region' | 'wave' | 'consent'>): ExportFilter | null {
  const filter: ExportFilter = {
    ...(arm && { arms: arm }),
    ...(cohort && { cohorts: cohort }),
    ...(region && { regions: region }),
    ...(wave && { waves: wave }),
    ...(consent && { consents: consent }),
  }
  return Object.keys(filter).length === 0 ? null : filter
}

/** Who runs the command, by the name of their account on this computer; nobody has to have one. */
function account(): string | null {
  try {
    return userInfo().username
  } catch {
    return null
  }
}

/** All but the folder is taken from the manifest. */
async function earlier(path: string, { out, study }: Options): Promise<ExportRequest> {
  if (out === undefined || study !== undefined) throw new BadCall('Give --out with --again, and nothing else: the manifest has the rest.')
  const { readWholeManifest } = await import('../export/read-manifest.ts')
  const manifest = await readWholeManifest(path)
  const { madeAt, study: of, layouts, formats, language, tier, shared, filter, purpose, takenBy } = manifest
  const ageBands = shared?.ages === 'bands'
  return {
    study: of.id,
    directory: out,
    layouts,
    formats,
    language,
    tier,
    ageBands,
    filter,
    purpose,
    takenBy,
    now: madeAt,
    again: manifest,
  }
}

async function verify(directory: string, json: boolean): Promise<void> {
  const { verifyExport } = await import('../export/verify-export.ts')
  const found = await verifyExport(directory)
  const { manifestSha256, files, missing, changed, extra, notPlain } = found
  if (json) process.stdout.write(`${JSON.stringify(found, null, 2)}\n`)
  const wrong = [
    ...missing.map((name) => `${name} is missing`),
    ...changed.map((name) => `${name} was changed`),
    ...notPlain.map((name) => `${name} is a link, or no file`),
    ...extra.map((name) => `${name} is not of this export`),
  ]
  if (wrong.length > 0) throw new Failure(`${directory} is not as it was made:\n${wrong.map((line) => `  ${line}`).join('\n')}`)
  if (!json) process.stdout.write(`${directory} is as it was made: ${files} files. Its manifest has the sha256 ${manifestSha256}.\n`)
}

function summary({ files, counts, warning, withoutConsent }: Manifest, out: string): string {
  const widest = Math.max(...files.map(({ name }) => name.length))
  const lines = files
    .filter(({ rows }) => rows !== null)
    .map(
      ({ name, rows, columns }) =>
        `  ${name.padEnd(widest)}  ${columns === null ? `${rows} responses` : `${rows} rows, ${columns} columns`}`,
    )
  return [
    `${out}: ${counts.cases} cases, ${counts.responses} responses of ${counts.assignments} assignments`,
    ...lines,
    ...(withoutConsent ? withoutConsentLines(withoutConsent) : []),
    ...(warning ? [warning] : []),
    '',
  ].join('\n')
}
