/** `nameting serve` in a process of its own, to be killed, watched or loaded. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { cliPath } from './command.ts'
import { withDatabase } from './database.ts'

export interface Serving {
  origin: string
  process: ChildProcess
  /** What it wrote so far: its log. */
  said(): string
  /** Milliseconds from start to serving. */
  startedIn: number
  /** Asks it to stop, and waits until it has. */
  stop(): Promise<void>
  /** kill -9. */
  kill(): Promise<void>
}

/** One that is being started. */
export interface Starting extends Pick<Serving, 'process' | 'said'> {
  /** Rejects when it ends before it serves. */
  serving: Promise<void>
}

/** Resolves when the process is there. `wrapper`: a command to run it under, such as strace. */
export async function begin(environment: Record<string, string>, wrapper: string[] = []): Promise<Starting> {
  const port = new URL(environment.BASE_URL ?? '').port
  const [command = process.execPath, ...words] = [...wrapper, process.execPath, cliPath, 'serve']
  const child = spawn(command, words, {
    env: { PATH: process.env.PATH, ...(await withDatabase(environment)), PORT: port },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const serving = new Promise<void>((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (said.includes('"msg":"serving"')) resolve()
    })
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    child.once('exit', (code) => reject(new Error(`serve ended with ${code}: ${said}`)))
  })
  return { process: child, said: () => said, serving }
}

/** Resolves when it serves. */
export async function serve(environment: Record<string, string>, wrapper: string[] = []): Promise<Serving> {
  const beginning = performance.now()
  const { process: child, said, serving } = await begin(environment, wrapper)
  await serving
  const ended = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const exit = once(child, 'exit')
    process.kill(wrapper.length > 0 ? childOf(child.pid) : Number(child.pid), signal)
    await exit
  }
  return {
    origin: environment.BASE_URL ?? '',
    process: child,
    said,
    startedIn: performance.now() - beginning,
    stop: () => ended('SIGTERM'),
    kill: () => ended('SIGKILL'),
  }
}

/** The server itself, inside a wrapper that keeps signals to itself, as strace does. */
const childOf = (pid = 0): number => Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim())
