/** All cases of a study one after the other, without keeping others waiting. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Context } from '../context.ts'
import { nextCases } from '../queries/waiting-cases.ts'

/** Milliseconds after which whoever goes through many cases lets others go first, for as long as it took. */
export const turnLength = 5

/** So many ids are read at once. */
export const casesAtOnce = 50

export interface Watch {
  /** Ends it: what was asked for throws. */
  signal?: AbortSignal | undefined
  /** Called now and then with the number of cases that were looked at. */
  onCases?: ((cases: number) => void) | undefined
}

/** Ids of the cases, in their order; nothing is written meanwhile, and whoever answers a list is served between two of them. */
export async function* casesInTurn(
  { stores }: Pick<Context, 'stores'>,
  studyId: string,
  { signal, onCases }: Watch = {},
): AsyncGenerator<string> {
  let began = performance.now()
  let [last, cases] = ['', 0]
  for (;;) {
    const some = await nextCases(stores.study.read, studyId, last, casesAtOnce)
    for (const id of some) {
      yield id
      cases++
      const took = performance.now() - began
      if (took < turnLength) continue
      onCases?.(cases)
      await pause(took)
      signal?.throwIfAborted()
      began = performance.now()
    }
    const end = some.at(-1)
    if (end === undefined) return
    last = end
  }
}
