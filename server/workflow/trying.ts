/** Tries a change out: the very same work is done, seen, and undone. What a preview says is what would happen. */
import type { Context } from '../context.ts'
import type { Store } from '../db/open.ts'

class Undone extends Error {
  readonly value: unknown

  constructor(value: unknown) {
    super('tried out')
    this.value = value
  }
}

/** A context in which every transaction gives its result and is then rolled back. */
export const trying = (context: Context): Context => ({
  ...context,
  isTrial: true,
  stores: { study: rollingBack(context.stores.study), identity: rollingBack(context.stores.identity) },
})

function rollingBack(store: Store): Store {
  return {
    ...store,
    async withTx(work) {
      try {
        return await store.withTx(async (tx) => {
          throw new Undone(await work(tx))
        })
      } catch (reason) {
        if (reason instanceof Undone) return reason.value as Awaited<ReturnType<typeof work>>
        throw reason
      }
    },
  }
}
