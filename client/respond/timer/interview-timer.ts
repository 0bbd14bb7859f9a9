/** A timer that somebody starts and pauses by hand. It knows no clock of its own, and counts no time in which it stands. */

export interface InterviewTimer {
  /** Called when it starts or pauses. */
  subscribe(listener: () => void): () => void
  /** Whole seconds that it ran, now. */
  seconds(): number
  isRunning(): boolean
  start(): void
  pause(): void
}

/** `before`: seconds that it ran on an earlier visit. `now`: milliseconds since whenever, which never go back. */
export function createTimer(before: number, now: () => number = () => performance.now()): InterviewTimer {
  const listeners = new Set<() => void>()
  let elapsed = before * 1000
  let since: number | null = null

  const change = (next: number | null): void => {
    if ((since === null) === (next === null)) return
    if (since !== null) elapsed += Math.max(0, now() - since)
    since = next
    for (const listener of listeners) listener()
  }
  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    seconds: () => Math.floor((elapsed + (since === null ? 0 : Math.max(0, now() - since))) / 1000),
    isRunning: () => since !== null,
    start: () => change(now()),
    pause: () => change(null),
  }
}

/** "1:02:05", or "2:05" within the first hour. */
export function clockTime(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const two = (part: number) => String(part).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}
