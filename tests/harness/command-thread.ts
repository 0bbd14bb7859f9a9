/** The thread in which command.ts runs calls: what a process has of its own (environment, stdout, stderr) is that of one call here. */
import { inspect } from 'node:util'
import { parentPort } from 'node:worker_threads'
import { runCommand } from '../../server/cli.ts'
import type { Call, Ran } from './command.ts'

/** What the call prints until it ends. */
let printed = { stdout: '', stderr: '' }

for (const name of ['stdout', 'stderr'] as const)
  process[name].write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    printed[name] += typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk)
    const done = rest.find((argument) => typeof argument === 'function')
    if (done) process.nextTick(done)
    return true
  }

parentPort?.on('message', async ({ environment, args }: Call) => {
  const own = { PATH: process.env.PATH, ...environment }
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, own)
  printed = { stdout: '', stderr: '' }
  const code = await runCommand(args).catch((error: unknown) => {
    printed.stderr += `${inspect(error)}\n`
    return 1
  })
  const ran: Ran = { code, ...printed }
  parentPort?.postMessage(ran)
})
