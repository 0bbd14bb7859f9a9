/** `nameting export`: the data of a study, as files for statistics. */
import { isMainThread } from 'node:worker_threads'
import { type Command, Option } from 'commander'
import { systemClock } from '../clock.ts'
import { readSettings } from '../env.ts'
import { formatNames, languages, layoutNames } from '../export/choices.ts'
import { exportInThread } from '../export/export-in-thread.ts'
import type { FormatName, Language } from '../export/format.ts'
import type { Layout } from '../export/layouts.ts'
import type { Manifest } from '../export/manifest.ts'

interface Options {
  study: string
  out: string
  layout: Layout[]
  format: FormatName[]
  language: Language
  json?: boolean
}

export function register(program: Command): void {
  program
    .command('export')
    .description('Writes the answers and scores of a study, without contact data, with codebook and manifest (docs/export.md)')
    .requiredOption('--study <id>', 'the study')
    .requiredOption('--out <folder>', 'a new folder; an export never changes what is there')
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
    .option('--json', 'print the manifest')
    .action(run)
}

async function run({ study, out, layout, format, language, json }: Options): Promise<void> {
  const settings = readSettings([])
  const stop = new AbortController()
  const onSignal = () => stop.abort()
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal)
  try {
    // In a thread memory is bounded; where this is a thread already, it is another's to bound.
    const begin = isMainThread ? exportInThread : (await import('../export/export-from.ts')).exportFrom
    const place = { data: settings.DATA_DIR, definitions: settings.DEFINITIONS_DIR }
    const made = await begin(place, {
      study,
      directory: out,
      layouts: layoutNames.filter((name) => layout.includes(name)),
      formats: formatNames.filter((name) => format.includes(name)),
      language,
      now: systemClock.now(),
      onProgress: process.stderr.isTTY ? ({ cases, of }) => void process.stderr.write(`\r${cases} of ${of} cases`) : undefined,
      signal: stop.signal,
      async register(entry) {
        // Only now: while the thread works, memory is for it.
        const { openStudyStore } = await import('../db/open.ts')
        const { recordExport } = await import('../workflow/record-export.ts')
        const store = openStudyStore(settings.DATA_DIR)
        try {
          await recordExport(store, entry, null)
        } finally {
          await store.close()
        }
      },
    })
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
    process.stdout.write(json ? `${JSON.stringify(made, null, 2)}\n` : summary(made, out))
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
  }
}

function summary({ files, counts, warning }: Manifest, out: string): string {
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
    ...(warning ? [warning] : []),
    '',
  ].join('\n')
}
