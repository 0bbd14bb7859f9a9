/** Waits for a disk only so long: one that hangs must not hold up whoever is answered meanwhile. */
import { setTimeout as wait } from 'node:timers/promises'

/** What `work` resolves with; rejects when that takes more than `patience` milliseconds. The work itself goes on, and is not heard. */
export async function inTime<T>(work: Promise<T>, patience: number): Promise<T> {
  const over = new AbortController()
  work.catch(() => {})
  try {
    return await Promise.race([
      work,
      wait(patience, undefined, { signal: over.signal }).then(() =>
        Promise.reject(new Error(`it does not answer within ${patience / 1000} s`)),
      ),
    ])
  } finally {
    over.abort()
  }
}
