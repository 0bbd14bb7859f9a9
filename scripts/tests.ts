/**
 * Runs kinds of tests: `node scripts/tests.ts quick long`. The folder of a test says its kind. Quick tests, those of the server and those in
 * a browser share a few processes, each of the others has one for each file; all processes of all kinds go through one queue, so that what
 * computes fills the time in which a browser, a mail server or a password is waited for.
 */
import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { text } from 'node:stream/consumers'
import { inMemory } from './memory-folder.ts'

interface Part {
  name: string
  command: string
  words: string[]
}

interface Ended extends Part {
  isRight: boolean
  seconds: number
  said: string
}

/** Half of them wait at any moment. */
const atOnce = 2 * Math.min(availableParallelism(), 4)

/** What takes longest begins first, or all would wait for it in the end. */
const slow = [
  'simulated-studies',
  'starting-engine',
  'bring-your-own',
  'long/demonstration',
  'simulated-trial',
  'fuzz/routes',
  'long/command',
]
const rank = (path: string): number => {
  const place = slow.findIndex((name) => path.includes(`${name}.test.ts`))
  return place === -1 ? slow.length : place
}

/** New space for what is soon gone: with the usual 16 MB a tenth of the time goes into moving it about. */
const roomy = '--max-semi-space-size=64'

const words = [roomy, '--import', './server/fast-start.ts', 'scripts/test-share.ts']

function alone(pattern: string): Part[] {
  const files = globSync(pattern).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
  return files.map((file) => ({ name: file, command: process.execPath, words: [...words, file] }))
}

function share(kind: string, patterns: string[], parts: number): Part[] {
  const files = globSync(patterns).sort()
  return Array.from({ length: parts }, (_, part) => ({
    name: `${kind} tests, part ${part + 1} of ${parts}`,
    command: process.execPath,
    words: [...words, ...files.filter((_file, index) => index % parts === part)],
  }))
}

/** In the order in which they begin: what takes long first. */
const kinds: Record<string, () => Part[]> = {
  long: () => alone('tests/{fuzz,long}/*.test.ts'),
  browser: () => share('browser', ['tests/e2e/*.test.ts'], 6),
  postgres: () => [{ name: 'PostgreSQL', command: process.execPath, words: ['scripts/postgres-tests.ts', '--chosen'] }],
  server: () => share('server', ['tests/{backup,export,server}/**/*.test.ts'], 3),
  quick: () => [
    { name: 'types, lint and unused code', command: 'npm', words: ['run', '--silent', 'check'] },
    // Pure code, mail, and `tests/slice`: through each door of the server once. Together a minute on two cores.
    ...share('quick', ['tests/*.test.ts', 'tests/!(backup|e2e|export|faults|fuzz|long|postgres|server)/**/*.test.ts'], 3),
  ],
  // Short, and many: they fill the end.
  faults: () => alone('tests/faults/*.test.ts'),
}

/** With what it said and, behind that, what it complained of. */
async function run(part: Part): Promise<Ended> {
  const begin = performance.now()
  const child = spawn(part.command, part.words, { stdio: ['ignore', 'pipe', 'pipe'], env: inMemory(process.env) })
  const code = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
  const [said, complained, ended] = await Promise.all([text(child.stdout), text(child.stderr), code])
  return { ...part, isRight: ended === 0, seconds: (performance.now() - begin) / 1000, said: `${said}${complained}` }
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((kind) => !Object.hasOwn(kinds, kind))
if (wanted.length === 0 || unknown.length > 0) {
  console.error(`Which tests? ${Object.keys(kinds).join(', ')}, one or more.`)
  process.exit(2)
}

const queue = Object.entries(kinds).flatMap(([kind, parts]) => (wanted.includes(kind) ? parts() : []))
const total = queue.length
const all: Ended[] = []
const work = async (): Promise<void> => {
  for (let part = queue.shift(); part; part = queue.shift()) {
    const ended = await run(part)
    all.push(ended)
    console.log(`\n${ended.said}\n${outcome(ended)} (${all.length} of ${total})`)
  }
}
const outcome = ({ name, isRight, seconds }: Ended): string => `${isRight ? '✔' : '✖'} ${name}, ${Math.round(seconds)} s`

/** Of a part that failed: from where it tells which tests did, or all of it. */
const complaint = ({ said }: Ended): string => said.slice(Math.max(0, said.indexOf('✖ failing tests:')))

await Promise.all(Array.from({ length: atOnce }, work))
console.log(`\n${all.map(outcome).join('\n')}`)
// Once more, last: of a long log the end is what is looked at, and sometimes all that is kept.
for (const part of all.filter(({ isRight }) => !isRight)) console.log(`\n${outcome(part)}\n${complaint(part)}`)
if (all.some(({ isRight }) => !isRight)) process.exitCode = 1
