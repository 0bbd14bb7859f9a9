/** Two typings of the same list beside each other, and the decision which counts where they differ. */
import { itemsOf } from '../../instruments/items.ts'
import type { Context } from '../context.ts'
import type { Side } from '../db/study-schema/entries.ts'
import type { Db } from '../db/tx.ts'
import { type Entry, entriesOf, updateEntry } from '../queries/entries.ts'
import { Refusal } from '../refusal.ts'
import { type Difference, differences, merged } from './compare-entries.ts'
import { type Entering, needEntering, type Typing, withEntering } from './need-entering.ts'
import { instrumentIn, instrumentOf } from './packet.ts'
import { staffNames } from './staff-names.ts'
import { takeBoth, tell } from './type-in.ts'

/** Where the two differ, in the order of the list. Refuses as long as not both are there. */
export async function compareEntries(context: Context, typing: Typing) {
  const db = context.stores.study.read
  const entering = await needEntering(db, context, typing)
  const { first, second } = await needBoth(db, typing)
  const instrument = instrumentIn(first.language, context, entering.assignment)
  const [names, items] = [await staffNames(context, [first.enteredBy, second.enteredBy]), itemsOf(instrument)]
  return {
    firstBy: names(first.enteredBy),
    secondBy: names(second.enteredBy),
    total: items.length,
    differences: differencesOf(context, entering, first, second).map((one) => {
      const item = items.find(({ name }) => name === one.item)
      return { ...one, title: item?.question.title ?? { nl: one.item, en: one.item }, choices: item?.choices ?? [] }
    }),
  }
}

/** Makes the response: for every item that differs `choices` says which typing counts. Returns the next list. */
export async function decideEntries(
  context: Context,
  typing: Typing,
  { choices, reason }: { choices: Record<string, Side>; reason: string },
): Promise<{ completed: true; next: string | null }> {
  return await withEntering(context, typing, async (tx, entering) => {
    const now = context.clock.now()
    const { first, second } = await needBoth(tx, typing)
    const differing = differencesOf(context, entering, first, second)
    const undecided = differing.filter(({ item }) => !Object.hasOwn(choices, item))
    const unasked = Object.keys(choices).filter((item) => differing.every((one) => one.item !== item))
    if (undecided.length > 0) throw new Refusal('entry-undecided', { items: undecided.map(({ item }) => item) })
    if (unasked.length > 0) throw new Refusal('item-unknown', { items: unasked })
    const decided = { decision: choices, decidedBy: typing.staff.member.id, decidedAt: now, decisionReason: reason }
    await updateEntry(tx, second.id, decided)
    const answers = merged(first.answers, second.answers, choices)
    const next = await takeBoth(tx, context, entering, { first, second, answers })
    await tell(tx, { typing, entering, now, kind: 'typings compared', detail: { differed: differing.length, why: reason } })
    return { completed: true, next }
  })
}

const differencesOf = (context: Context, { assignment }: Entering, first: Entry, second: Entry): Difference[] =>
  differences(
    first.answers,
    second.answers,
    itemsOf(instrumentOf(context, assignment)).map(({ name }) => name),
  )

async function needBoth(db: Db, { assignment }: Typing) {
  const [first, second] = await entriesOf(db, assignment)
  if (first?.state !== 'typed' || second?.state !== 'typed') throw new Refusal('entry-unknown')
  return { first, second }
}
