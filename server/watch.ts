/** Watches whether this server can do its work: asked by /readyz, told in the log when it changes. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Context } from './context.ts'
import type { Transport } from './mail/transport.ts'
import type { Ticker } from './ticker.ts'
import { examineClock } from './workflow/examine-clock.ts'
import { type Check, examineBackup, examineDatabase, examineDisk } from './workflow/examine-server.ts'

export interface Watch {
  /** All that is looked at, as it is now; mail and backups as they were within the last minute. */
  look(): Promise<Check[]>
  /** From now on this server wants no further requests. */
  drain(): void
  stop(): Promise<void>
}

export interface Watched {
  transport: Pick<Transport, 'reach'>
  /** Undefined until it ticks. */
  ticker: () => Pick<Ticker, 'idleFor'> | undefined
  log: Pick<Logger, 'info' | 'error'>
  limits?: Limits
}

interface Limits {
  /** Milliseconds without a pass of the ticker that came to its end. One with thousands of mails to send takes minutes. */
  tickerIdle: number
  /** Milliseconds until the mail server is asked again: when it could not be reached, and when it could. To ask it means to log in. */
  mail: { bad: number; good: number }
  /** Milliseconds between two looks at everything. */
  pause: number
  /** Milliseconds for which an answer is good for the next one who asks. */
  fresh: number
}

const usualLimits: Limits = { tickerIdle: 15 * 60_000, mail: { bad: 60_000, good: 300_000 }, pause: 60_000, fresh: 1_000 }

/** Of a mail server that has not answered since the start; that is nothing to be told in the log. */
const pending = 'it was not asked yet'

/** Begins to watch; nothing of it keeps the process alive. */
export function startWatch(context: Context, { transport, ticker, log, limits = usualLimits }: Watched): Watch {
  const over = new AbortController()
  let isDraining = false
  let mail: Check = { name: 'mail', reason: pending }
  let backup: Check | null = null
  let told: ReadonlySet<string> = new Set()
  let latest: { at: number; checks: Promise<Check[]> } | undefined

  /** Again and again until this stops, with a pause that `work` resolves with. */
  const repeat = async (work: () => Promise<number>): Promise<void> => {
    while (!over.signal.aborted) await wait(await work(), undefined, { signal: over.signal, ref: false }).catch(() => {})
  }
  void repeat(async () => {
    mail = { name: 'mail', reason: await transport.reach() }
    return mail.reason === null ? limits.mail.good : limits.mail.bad
  })
  const looking = repeat(async () => {
    backup = await examineBackup(context)
    await look()
    return limits.pause
  })

  async function examine(): Promise<Check[]> {
    const [database, clock, disk] = await Promise.all([examineDatabase(context), examineClock(context), examineDisk(context)])
    const stopping: Check = { name: 'stopping', reason: isDraining ? 'this server is being stopped' : null }
    const checks = [database, ...(clock ? [clock] : []), tickerCheck(), mail, disk, ...(backup ? [backup] : []), stopping]
    tell(checks)
    return checks
  }

  function tickerCheck(): Check {
    const idle = ticker()?.idleFor() ?? 0
    const reason = idle > limits.tickerIdle ? `no pass has come to its end for ${Math.floor(idle / 1000)} s` : null
    return { name: 'ticker', reason }
  }

  /** What changed, a line each. */
  function tell(checks: Check[]): void {
    const bad = new Set(
      checks.filter(({ name, reason }) => reason !== null && reason !== pending && name !== 'stopping').map(({ name }) => name),
    )
    for (const { name, reason } of checks) {
      if (bad.has(name) && !told.has(name)) log.error({ check: name, problem: reason }, 'not ready')
      if (!bad.has(name) && told.has(name)) log.info({ check: name }, 'ready again')
    }
    told = bad
  }

  function look(): Promise<Check[]> {
    const now = performance.now()
    if (latest === undefined || now - latest.at > limits.fresh) latest = { at: now, checks: examine() }
    return latest.checks
  }

  return {
    look,
    drain() {
      isDraining = true
      latest = undefined
    },
    async stop() {
      over.abort()
      // A mail server that hangs is not waited for.
      await looking
    },
  }
}
