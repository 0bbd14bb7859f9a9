/**
 * How long an export of 100,000 responses of 200 variables takes in each format, and how much memory: of `nameting export` as it is run,
 * process and thread together. Beside it what merely reading the rows takes. Arguments: the number of responses, and the formats.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { formatNames } from '../../server/export/choices.ts'
import type { FormatName } from '../../server/export/format.ts'
import { wideStudy } from './wide-study.ts'

const [wanted = '100000', ...chosen] = process.argv.slice(2)
const target = 250
/** What `npx nameting` runs. */
const program = fileURLToPath(new URL('../../server/nameting.mjs', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'nameting-bench-'))
try {
  const environment = await wideStudy(folder, Number(wanted))
  const size = statSync(join(environment.DATA_DIR, 'study.sqlite')).size
  console.log(`${wanted} responses, ${megabytes(size)} MB of database`)
  // For nothing: the first run after an installation strips types, and later ones take what it made from the cache.
  await run([program, 'export', '--study', 'not-there', '--out', join(folder, 'none')], environment, 1)
  const reading = await run([fileURLToPath(new URL('read-rows.ts', import.meta.url))], environment)
  console.log(`${'reading the rows'.padEnd(16)} ${reading.seconds.toFixed(1).padStart(6)} s ${reading.peak.toFixed(0).padStart(5)} MB`)
  for (const format of formatNames.filter((name) => chosen.length === 0 || chosen.includes(name))) {
    const out = join(folder, format)
    const options = ['export', '--study', 'lists', '--layout', 'long', '--format', format, '--out', out, '--json']
    const { seconds, peak, printed } = await run([program, ...options], environment)
    rmSync(out, { recursive: true })
    console.log(
      [
        format.padEnd(16),
        `${seconds.toFixed(1).padStart(6)} s`,
        `${peak.toFixed(0).padStart(5)} MB`,
        `${(seconds / reading.seconds).toFixed(2).padStart(5)} x reading`,
        `${megabytes(bytesOf(format, printed)).padStart(5)} MB of files`,
        ...(peak > target ? ['MORE THAN THE TARGET'] : []),
      ].join(' '),
    )
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** Runs a script; `peak` is the most memory that the process had at any moment, in megabytes, as the kernel counted it. */
async function run(
  words: string[],
  environment: Record<string, string>,
  expected = 0,
): Promise<{ seconds: number; peak: number; printed: string }> {
  const begin = performance.now()
  const child = spawn(process.execPath, words, {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', expected === 0 ? 'inherit' : 'ignore'],
  })
  let printed = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text
  })
  let peak = 0
  const looking = setInterval(() => {
    peak = peakOf(child.pid) ?? peak
  }, 50)
  const [code] = await once(child, 'close')
  clearInterval(looking)
  if (code !== expected) throw new Error(`${words.join(' ')} ended with ${code}`)
  return { seconds: (performance.now() - begin) / 1000, peak, printed }
}

/** VmHWM, which only goes up; nothing when the process has just ended. */
function peakOf(pid = 0): number | undefined {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return kilobytes === undefined ? undefined : (Number(kilobytes) * 1024) / 1e6
  } catch {
    return undefined
  }
}

function bytesOf(format: FormatName, manifest: string): number {
  const { files } = JSON.parse(manifest) as { files: { name: string; bytes: number; rows: number | null }[] }
  const isData = (name: string) => (format === 'fhir' ? name.endsWith('.fhir.json') : /^(long|assignments)/.test(name))
  return files.filter(({ name }) => isData(name)).reduce((sum, { bytes }) => sum + bytes, 0)
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0)
}
