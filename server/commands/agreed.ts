import { createInterface } from 'node:readline/promises'
import { BadCall } from '../failure.ts'

/** Asks a question at the terminal. Where nobody can answer, that is a bad call: a script says --yes. */
export async function agreed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new BadCall('Nothing was changed: nobody can be asked here. Add --yes to go on, or --dry-run to stop at the preview.')
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return (await terminal.question(`${question} Type yes to go on: `)).trim() === 'yes'
  } finally {
    terminal.close()
  }
}
