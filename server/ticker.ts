/** Runs a pass at start and at every minute, inside `serve`. */
import { Cron } from 'croner'
import type { Logger } from 'pino'
import type { Context } from './context.ts'
import type { Transport } from './mail/transport.ts'
import { newId } from './new-id.ts'
import { plainReason } from './plain-reason.ts'
import { type TickReport, tick } from './workflow/tick.ts'

export interface Ticker {
  /** A pass of its own, after the one under way: for whoever has moved the clock. */
  pass(): Promise<TickReport>
  /** Takes nothing further in hand, waits until the mail in hand is settled, and closes the transport. */
  stop(): Promise<void>
  /** Milliseconds since a pass came to its end, or since the start. */
  idleFor(): number
}

/** A pass that is over; `report` is null where it failed. */
export interface Pass {
  ms: number
  report: TickReport | null
}

/** Starts ticking. The ticker closes `transport` when it stops. Only counts are logged. `onPass` hears of each pass. */
export function startTicker(
  context: Context,
  transport: Transport,
  log: Pick<Logger, 'info' | 'error'>,
  onPass: (pass: Pass) => void = () => {},
): Ticker {
  const processId = newId()
  const stopping = new AbortController()
  const signal = AbortSignal.any([stopping.signal, context.stores.study.outdated])
  let last: Promise<unknown> = Promise.resolve()
  let idleSince = performance.now()

  /** One after the other: two passes of a process would gain nothing, and a moved clock must not outdate a claim in hand. */
  const pass = (): Promise<TickReport> => {
    const next = last.then(async () => {
      const began = performance.now()
      let report: TickReport | null = null
      try {
        report = await tick(context, { transport, processId, signal })
        idleSince = performance.now()
        return report
      } finally {
        onPass({ ms: performance.now() - began, report })
      }
    })
    last = next.then(logReport(log), logFailure(log))
    return next
  }
  const passUnlessBusy = async () => {
    if (signal.aborted) return
    await pass().catch(() => {})
  }
  const job = new Cron('* * * * *', { protect: true }, passUnlessBusy)
  void job.trigger()

  return {
    pass,
    idleFor: () => performance.now() - idleSince,
    async stop() {
      job.stop()
      stopping.abort()
      await last
      transport.close()
    },
  }
}

const logReport = (log: Pick<Logger, 'info' | 'error'>) => (report: TickReport) => {
  const { problems, cutShort, ...counts } = report
  for (const problem of problems) log.error({ problem }, 'tick problem')
  if (cutShort !== null) log.error({ problem: cutShort }, 'mail server trouble')
  if (Object.values(counts).some((count) => count > 0)) log.info(counts, 'tick')
}

const logFailure = (log: Pick<Logger, 'error'>) => (reason: unknown) => {
  log.error({ problem: plainReason(reason).message }, 'tick failed')
}
