/** Marks by which people are found, for those who were stored before there were any: filled in when the server starts. */
import { setImmediate as turn } from 'node:timers/promises'
import type { Context } from '../context.ts'
import { Failure } from '../failure.ts'
import { fillMarks, peopleWithoutMarks } from '../queries/people.ts'

const atOnce = 500

/** Returns how many were marked. Whoever cannot be read is left out: that is told where their contact data are asked for. */
export async function fillContactMarks({ stores: { identity }, sealer }: Pick<Context, 'stores' | 'sealer'>): Promise<number> {
  let filled = 0
  for (let last = ''; ; ) {
    const some = await peopleWithoutMarks(identity.read, last, atOnce)
    if (some.length === 0) return filled
    // Read within: a name that somebody corrects at this moment is not marked as it was.
    filled += await identity.withTx(async (tx) => {
      let marked = 0
      for (const pseudonym of some) if (await fillMarks(tx, sealer, pseudonym).catch(unreadable)) marked += 1
      return marked
    })
    last = some.at(-1) ?? ''
    await turn()
  }
}

function unreadable(reason: unknown): undefined {
  if (!(reason instanceof Failure)) throw reason
}
