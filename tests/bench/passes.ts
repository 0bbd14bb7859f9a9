/** Passes of the ticker of a server that runs, as it measures them itself. */
import { setTimeout as wait } from 'node:timers/promises'

export const metricsToken = 'aBcd'.repeat(8)

export interface Passes {
  many: number
  /** All of them together. */
  seconds: number
}

/** Those that have come to their end since the server began. */
export async function passesOf(origin: string): Promise<Passes> {
  const text = await (await fetch(`${origin}/metrics`, { headers: { Authorization: `Bearer ${metricsToken}` } })).text()
  const value = (name: string): number =>
    Number(new RegExp(`^nameting_tick_seconds_${name}\\{outcome="done"\\} (\\S+)$`, 'm').exec(text)?.[1] ?? 0)
  return { many: value('count'), seconds: value('sum') }
}

/** Waits for the second one: in the first a server warms up. Returns the seconds that it took. */
export async function secondPass(origin: string): Promise<number> {
  for (let first: Passes | undefined; ; await wait(500)) {
    const passes = await passesOf(origin)
    if (passes.many >= 2 && first) return (passes.seconds - first.seconds) / (passes.many - first.many)
    if (passes.many === 1) first = passes
  }
}
