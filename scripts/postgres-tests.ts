/**
 * Tests on PostgreSQL, the same files with the same assertions as on SQLite: all that concern the server (`npm run test:postgres`), or with
 * --chosen those that come closest to the database. What is about the files of SQLite by its nature is in `*.sqlite.test.ts`, and only that
 * is left out.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync } from 'node:fs'

const chosen = process.argv.includes('--chosen')

/** Over sooner than a process of their own would have started. */
const quick = 'tests/{server,slice,mail,export,report}/**/*.test.ts'
const long =
  'tests/{postgres/**/*,faults/interleavings,fuzz/routes,long/{at-once,canary,desk-canary,every-step,export-while-submitting,mail-processes}}.test.ts'
const few = 'tests/{postgres/**/*,server/{submit,packet,summaries},mail/{outbox,bundle}}.test.ts'

const filesOf = (pattern: string): string[] => globSync(pattern, { exclude: ['**/*.sqlite.test.ts'] }).sort()
const starting = ['--import', './server/fast-start.ts']

/** Each file in a process of its own, so many at the same moment. */
const alone = (pattern: string, atOnce: number): string[] => [
  ...['--import', './scripts/untraced.ts', ...starting, '--test', `--test-concurrency=${atOnce}`],
  ...filesOf(pattern),
]

/** Every so many-th file, all in one process. */
const share = (pattern: string, part: number, parts: number): string[] => [
  ...['--max-semi-space-size=64', ...starting, 'scripts/test-share.ts'],
  ...filesOf(pattern).filter((_file, index) => index % parts === part),
]

/** On a server of its own. */
async function run(words: string[]): Promise<boolean> {
  const child = spawn(process.execPath, ['scripts/on-postgres.ts', ...words], { stdio: 'inherit' })
  const [code] = (await once(child, 'exit')) as [number | null]
  return code === 0
}

const parts = chosen ? [alone(few, 2)] : [share(quick, 0, 2), share(quick, 1, 2), alone(long, 1)]
const ended = await Promise.all(parts.map(run))
if (ended.includes(false)) process.exitCode = 1
