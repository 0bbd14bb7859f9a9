/**
 * The checks and the quick tests, at the same time. Each process of tests takes its share of the files and reads modules and definitions
 * once: most of these tests are over sooner than a process of their own would have started. A test waits as often as it works, for a
 * mail server that hangs or a password, so there is a process more than there are processors.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { inMemory } from './memory-folder.ts'

const files = ['tests/*.test.ts', 'tests/!(e2e|faults|long|postgres)/**/*.test.ts']
const shares = Math.min(availableParallelism(), 4) + 1

interface Ended {
  code: number | null
  said: Buffer
}

/** Runs a command; one that is shown tells how it goes, the others when they end, so that each can be read as a whole. */
async function run(command: string, words: string[], isShown: boolean): Promise<Ended> {
  const child = spawn(command, words, { stdio: ['ignore', 'pipe', isShown ? 'inherit' : 'pipe'], env: inMemory(process.env) })
  const kept: Buffer[] = []
  child.stdout?.on('data', (chunk: Buffer) => void (isShown ? process.stdout.write(chunk) : kept.push(chunk)))
  child.stderr?.on('data', (chunk: Buffer) => void kept.push(chunk))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, said: Buffer.concat(kept) }
}

const ended = await Promise.all([
  ...Array.from({ length: shares }, (_, index) => {
    const words = ['--import', './server/fast-start.ts', '--test', '--test-isolation=none', `--test-shard=${index + 1}/${shares}`]
    return run(process.execPath, [...words, '--test-reporter=spec', ...files], index === 0)
  }),
  run('npm', ['run', '--silent', 'check'], false),
])
for (const { said } of ended) process.stdout.write(said)
if (ended.some(({ code }) => code !== 0)) process.exitCode = 1
