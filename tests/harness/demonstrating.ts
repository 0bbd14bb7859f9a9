/** `nameting demo` in a process of its own. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cliPath } from './command.ts'
import { freePort } from './free-port.ts'

export interface Demonstrating {
  origin: string
  /** Resolves when the demonstration is made and shown. */
  ready: Promise<void>
  /** What it wrote so far. */
  said(): { stdout: string; stderr: string }
  /** Asks it to stop, and resolves with its exit code. */
  stop(): Promise<number | null>
}

/** Starts it on a free port; it listens soon and is ready later. */
export async function demonstrate(directory: string): Promise<Demonstrating> {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const child = spawn(process.execPath, [cliPath, 'demo'], {
    env: { PATH: process.env.PATH, DATA_DIR: directory, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { stdout: '', stderr: '' }
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said.stdout += text
      if (said.stdout.includes(origin)) resolve()
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said.stderr += text
    })
    child.once('exit', (code) => reject(new Error(`demo ended with ${code}: ${said.stderr}`)))
  })
  ready.catch(() => {})
  return {
    origin,
    ready,
    said: () => said,
    async stop() {
      if (child.exitCode !== null) return child.exitCode
      const exit = once(child, 'exit')
      child.kill('SIGTERM')
      const [code] = await exit
      return code
    },
  }
}
