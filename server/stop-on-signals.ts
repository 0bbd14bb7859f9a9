/** What SIGINT (Ctrl-C) and SIGTERM (systemd, a container) do to whatever serves. */
import type { Logger } from 'pino'

/**
 * Takes both from now on; the function that it gives is told what there is to stop once there is something. The first of them stops it,
 * what comes after that changes nothing: whoever wants it gone at once has SIGKILL.
 *
 * Until then the process ends at once: nobody was served, and what a start has under way is whole or rolled back, as after a power cut.
 * Without this a process that is the first of its container would hear nothing before it serves.
 */
export function stopOnSignals(log: Pick<Logger, 'info'>): (serving: { stop(): Promise<void> }) => void {
  let serving: { stop(): Promise<void> } | undefined
  let isStopping = false
  const take = (signal: NodeJS.Signals): void => {
    log.info({ signal }, isStopping ? 'is being stopped already' : serving ? 'stopping' : 'stopped before it served')
    if (isStopping) return
    isStopping = true
    if (serving) void serving.stop()
    else process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, take)
  return (one) => {
    serving = one
  }
}
