/** `nameting report`: the tables and figures of a study, as its protocol describes them. */
import { type Command, Option } from 'commander'
import { systemClock } from '../clock.ts'
import { openStudyStore } from '../db/open.ts'
import { openStudyReader } from '../db/study-reader.ts'
import { loadDefinitions } from '../definitions/load.ts'
import { placeOf, readSettings } from '../env.ts'
import type { ReportManifest } from '../report/report-manifest.ts'
import { type ReportLanguage, reportLanguages } from '../report/words.ts'
import { writeReport } from '../report/write-report.ts'
import { recordExport } from '../workflow/record-export.ts'

interface Options {
  study: string
  out: string
  language: ReportLanguage
  percentages: 'plain' | 'adds-to-100'
  maskSmallCells?: boolean
  json?: boolean
}

/** Numbers below this are small. */
const small = 5

export function register(program: Command): void {
  program
    .command('report')
    .description('Writes the tables and figures of a study as its protocol describes them: a page, CSV and JSON (docs/report.md)')
    .requiredOption('--study <id>', 'the study')
    .requiredOption('--out <folder>', 'a new folder; a report never changes what is there')
    .addOption(new Option('--language <tag>', 'of the page and the CSV').choices(reportLanguages).default('nl'))
    .addOption(
      new Option('--percentages <rounding>', 'plain: each by itself; adds-to-100: so that those of a column are 100 together')
        .choices(['plain', 'adds-to-100'])
        .default('plain'),
    )
    .option('--mask-small-cells', `leave out numbers of fewer than ${small} families, and those by which they could be worked out`)
    .option('--json', 'print the manifest')
    .action(run)
}

async function run({ study, out, language, percentages, maskSmallCells, json }: Options): Promise<void> {
  const settings = readSettings([])
  const definitions = loadDefinitions(settings.DEFINITIONS_DIR)
  const reader = await openStudyReader(placeOf(settings))
  const stop = new AbortController()
  const onSignal = () => stop.abort()
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal)
  try {
    const manifest = await writeReport(reader, definitions, {
      study,
      directory: out,
      language,
      options: { percentages, maskBelow: maskSmallCells ? small : null },
      now: systemClock.now(),
      onProgress: process.stderr.isTTY ? (cases) => void process.stderr.write(`\r${cases} cases`) : undefined,
      signal: stop.signal,
      async register(made) {
        const store = await openStudyStore(placeOf(settings))
        try {
          await recordExport(store, made, null)
        } finally {
          await store.close()
        }
      },
    })
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
    process.stdout.write(json ? `${JSON.stringify(manifest, null, 2)}\n` : summary(manifest, out))
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
    await reader.close()
  }
}

const summary = ({ counts, tables, warning }: ReportManifest, out: string): string =>
  [
    `${out}: ${tables.length} tables and figures of ${counts.cases} cases, ${counts.responses} responses`,
    ...(warning ? [warning] : []),
    '',
  ].join('\n')
