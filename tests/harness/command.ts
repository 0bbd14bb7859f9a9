/** Runs `nameting COMMAND`: in a thread of this process, where a call takes 0.05 s and not 0.5, or in a process of its own. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { withDatabase } from './database.ts'

export const cliPath = fileURLToPath(new URL('../../server/cli.ts', import.meta.url))

export interface Ran {
  code: number | null
  stdout: string
  stderr: string
}

export interface Call {
  environment: Record<string, string>
  args: string[]
}

let worker: Worker | undefined
let last: Promise<unknown> = Promise.resolve()

/**
 * A call with these settings and no others, and what it printed. Runs what the program runs, from the words of the call to the
 * exit code; calls of one test file run one after the other. tests/long/command.test.ts compares it with a process.
 */
export function nameting(environment: Record<string, string>, ...args: string[]): Promise<Ran> {
  const ran = last.then(() => callInThread({ environment, args }))
  last = ran.catch(() => {})
  return ran
}

async function callInThread({ environment, args }: Call): Promise<Ran> {
  worker ??= new Worker(new URL('command-thread.ts', import.meta.url))
  worker.ref()
  worker.postMessage({ environment: await withDatabase(environment), args })
  try {
    const [ran] = (await once(worker, 'message')) as [Ran]
    // Between calls it keeps nobody from ending.
    worker.unref()
    return ran
  } catch (mistake) {
    // What nobody caught there has ended it.
    worker = undefined
    throw mistake
  }
}

/** The same as people do it: for what takes a process of its own, such as several at once, a signal, or `serve`. */
export async function namingProcess(environment: Record<string, string>, ...args: string[]): Promise<Ran> {
  const child = spawn(process.execPath, [cliPath, ...args], {
    env: { PATH: process.env.PATH, ...(await withDatabase(environment)) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ran: Ran = { code: null, stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    ran.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    ran.stderr += text
  })
  return await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ ...ran, code }))
  })
}
