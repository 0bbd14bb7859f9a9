/**
 * The tests of faults in full (`npm run test:faults`): a thousand kills, six hundred cuts of the power, a hundred thousand requests, each time
 * others. Three files at once, since each waits for a mail server or a process now and then, and those that take longest first; those that
 * need PostgreSQL beside them, one after the other, on a server of their own. Figures go to scripts/figures.json and from there to
 * docs/reliability.md. Whatever was drawn can be drawn again: each test prints its SEED, and `SEED=... KILLS=... node --test FILE` has that
 * one file again.
 */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync } from 'node:fs'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import keepFigures, { keep } from './figures-reporter.ts'

/** Fewer by the environment, to see whether it runs at all. */
const numbers = { REQUESTS: 100_000, FILES: 20_000, KILLS: 1_000, CUTS: 600, SEQUENCES: 1_000, SEQUENCES_ON_POSTGRES: 30, SECONDS_AWAY: 60 }
for (const [name, number] of Object.entries(numbers)) process.env[name] ??= String(number)

const slow = ['kill-mail', 'kill', 'routes', 'interleavings', 'kill-jobs', 'kill-upgrade', 'kill-commands', 'network', 'kill-backup']
const rank = (path: string): number => {
  const place = slow.findIndex((name) => path.endsWith(`/${name}.test.ts`))
  return place === -1 ? slow.length : place
}
const files = globSync('tests/{faults,fuzz}/*.test.ts').sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
const onPostgres = ['tests/postgres/away.test.ts', 'tests/postgres/kill-move.test.ts', 'tests/faults/interleavings.test.ts']
const starting = ['--import', './scripts/untraced.ts', '--import', './server/fast-start.ts']

// Whoever is killed keeps nothing of what was compiled for it: once everything is loaded by somebody who ends, a start takes two thirds.
execFileSync(process.execPath, ['server/nameting.mjs', '--help'], { stdio: 'ignore' })

const began = performance.now()
const minutes = (): string => `${((performance.now() - began) / 60_000).toFixed(1)} minutes`

const reporting = ['spec', './scripts/figures-reporter.ts'].flatMap((name, place) => [
  `--test-reporter=${name}`,
  `--test-reporter-destination=${place === 0 ? 'stdout' : 'stderr'}`,
])
const beside = spawn(
  process.execPath,
  ['scripts/on-postgres.ts', ...starting, '--test', '--test-concurrency=1', ...reporting, ...onPostgres],
  { stdio: 'inherit' },
)
const besideEnded = once(beside, 'exit') as Promise<[number | null]>

let isRight = true
const tests = run({ files, concurrency: 3, execArgv: starting })
tests.on('test:summary', ({ success, file }) => {
  if (file) console.log(`${minutes()}: ${file} ${success ? 'passed' : 'FAILED'}`)
  else if (!success) isRight = false
})
const figures = (async () => {
  for await (const said of keepFigures(
    tests.compose(async function* (events) {
      yield* events
    }),
  ))
    console.log(said)
})()
tests.compose(spec).pipe(process.stdout)
await figures
const [code] = await besideEnded
if (code !== 0) isRight = false
if (isRight) keep([{ name: 'minutes that all of it took', value: minutes().replace(' minutes', ''), file: 'scripts/fault-tests.ts' }])
console.log(`${isRight ? 'All of it passed' : 'Something failed'}, in ${minutes()}.`)
process.exitCode = isRight ? 0 : 1
