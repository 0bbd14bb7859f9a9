/** How often the tests of faults kill. KILLS: all of them together, and as many of who sends mail; a few in `npm test`, 1,000 in `npm run test:faults`. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** What is killed, and how much of all kills it is. */
export const shares = {
  server: 0.32,
  backup: 0.1,
  restore: 0.1,
  upgrade: 0.14,
  import: 0.08,
  export: 0.08,
  'adoption by command': 0.05,
  'adoption at the desk': 0.03,
  're-scoring': 0.05,
  move: 0.05,
} as const

/** At least one. */
export const killsOf = (kind: keyof typeof shares | 'sending'): number =>
  Math.ceil(Number(process.env.KILLS ?? 10) * (kind === 'sending' ? 1 : shares[kind]))

/** As `npx nameting` begins: with less to read and compile than from the TypeScript. */
const program = fileURLToPath(new URL('../../server/nameting.mjs', import.meta.url))

export const spawned = (environment: Record<string, string>, ...args: string[]): ChildProcess =>
  spawn(process.execPath, [program, ...args], { env: { PATH: process.env.PATH, ...environment }, stdio: 'ignore' })

/**
 * Round after round until so many found a process alive: `round` tells whether it did. One that was faster than the kill is no kill.
 * Throws when it hardly ever finds one.
 */
export async function untilKilled(wanted: number, round: (number: number) => Promise<boolean>): Promise<void> {
  let made = 0
  for (let number = 0; made < wanted; number++) {
    assert.ok(number < 5 * wanted + 20, `${made} of ${number} processes were still there to be killed, and ${wanted} are wanted`)
    if (await round(number)) made++
  }
}

/** Resolves once something is to be seen, or the process is gone. */
export async function seen(child: ChildProcess, sight: () => boolean): Promise<void> {
  while (child.exitCode === null && child.signalCode === null && !sight()) await wait(1)
}

/** Kills it at that moment, unless it is done by then. Returns its exit code; null when it was killed. */
export async function killedAfter(child: ChildProcess, moment: Promise<unknown>): Promise<number | null> {
  const ended = once(child, 'exit')
  await Promise.race([moment, ended])
  child.kill('SIGKILL')
  await ended
  return child.exitCode
}
