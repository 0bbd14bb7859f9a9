/**
 * The quick tests, in as many processes as there are processors. Each process takes its share of the files and reads modules and
 * definitions once: most of these tests are over sooner than a process of their own would have started.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'

const files = ['tests/*.test.ts', 'tests/!(e2e|faults|long)/**/*.test.ts']
const shares = Math.min(availableParallelism(), 4)

const codes = await Promise.all(
  Array.from({ length: shares }, async (_, index) => {
    const words = ['--import', './server/fast-start.ts', '--test', '--test-isolation=none', `--test-shard=${index + 1}/${shares}`]
    const child = spawn(process.execPath, [...words, '--test-reporter=spec', ...files], { stdio: ['ignore', 'pipe', 'inherit'] })
    // The first tells how it goes; the others when they end, so that each can be read as a whole.
    const kept: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => void (index === 0 ? process.stdout.write(chunk) : kept.push(chunk)))
    const [code] = (await once(child, 'close')) as [number | null]
    return { code, said: Buffer.concat(kept) }
  }),
)
for (const { said } of codes) process.stdout.write(said)
if (codes.some(({ code }) => code !== 0)) process.exitCode = 1
