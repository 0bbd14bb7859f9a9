/** Marks by which people are found, for those who were stored before there were any: filled in when the server starts. */
import { setImmediate as turn } from 'node:timers/promises'
import type { Context } from '../context.ts'
import { Failure } from '../failure.ts'
import { findPerson, type Person, peopleWithoutMarks, setMarks } from '../queries/people.ts'

const atOnce = 500

/** Returns how many were marked. Whoever cannot be read is left out: that is told where their contact data are asked for. */
export async function fillContactMarks({ stores: { identity }, sealer }: Pick<Context, 'stores' | 'sealer'>): Promise<number> {
  let filled = 0
  for (let last = ''; ; ) {
    const some = await peopleWithoutMarks(identity.read, last, atOnce)
    if (some.length === 0) return filled
    const people: [string, Person][] = []
    for (const pseudonym of some) {
      const person = await findPerson(identity.read, sealer, pseudonym).catch(unreadable)
      if (person) people.push([pseudonym, person])
    }
    await identity.withTx(async (tx) => {
      for (const [pseudonym, person] of people) await setMarks(tx, sealer, pseudonym, person)
    })
    filled += people.length
    last = some.at(-1) ?? ''
    await turn()
  }
}

function unreadable(reason: unknown): undefined {
  if (!(reason instanceof Failure)) throw reason
}
