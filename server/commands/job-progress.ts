/** How far long work is, on one line of a terminal; elsewhere nothing. */
import type { Doing } from '../workflow/do-job.ts'

/** `unit`: what is told of, cases that are done or scores that were added. */
export function progressOf(unit: 'cases' | 'scores'): Doing['onProgress'] {
  if (!process.stderr.isTTY) return undefined
  return ({ state, done, changed }) =>
    void process.stderr.write(state === 'doing' ? `\r${unit === 'cases' ? done : changed} ${unit}\x1b[K` : '\r\x1b[K')
}
