/** Life events (table 3.7): how many in each of five categories, and in how many of the five, of the same people. */
import { type Attainable, attainableAt, numbersWith, numbersWithin, type Printed } from './attainable.ts'

export interface PrintedEvents {
  /** How many events of each category; somebody has none. */
  categories: Record<string, Printed>
  /** In how many categories there is an event. */
  together: Printed
}

/** Per person the number of events in each category. Throws a RangeError when there are none such. */
export function lifeEventsWith({ categories, together }: PrintedEvents): Record<string, number>[] {
  const names = Object.keys(categories)
  const choices = Object.values(categories).map((printed) =>
    attainableAt(printed, printed.n).flatMap((totals) => eventsOf(totals, printed)),
  )
  for (const totals of attainableAt(together, together.n)) {
    const people = numbersWith(totals, together.range)?.reverse() ?? []
    for (const events of chosen(choices, totals.sum)) {
      const dealt = dealOut(events, people)
      if (dealt) return dealt.map((counts) => Object.fromEntries(names.map((name, index) => [name, counts[index] ?? 0])))
    }
  }
  throw new RangeError('No life events give these lines')
}

/** The numbers of those who have an event, one list for each number of people who have none. */
function eventsOf({ n, sum, squares }: Attainable, { range: [, most] }: Printed): number[][] {
  return Array.from({ length: n - 1 }, (_, index) => index + 1).flatMap((have) => {
    const others = numbersWithin({ n: have - 1, sum: sum - most, squares: squares - most ** 2 }, [1, most])
    return others ? [[...others, most]] : []
  })
}

/** One list of each category, so that they have so many events with people. */
function* chosen(choices: number[][][], left: number): Generator<number[][]> {
  const [first, ...rest] = choices
  if (!first) {
    if (left === 0) yield []
    return
  }
  for (const events of first) for (const others of chosen(rest, left - events.length)) yield [events, ...others]
}

/**
 * Deals the events out to people of whom is known in how many categories they have any, most first: each in those categories of which most
 * are left. Arrives whenever anything does (Gale 1957, Ryser 1957, on matrices of zeros and ones); else undefined.
 */
function dealOut(categories: number[][], people: readonly number[]): number[][] | undefined {
  const left = categories.map((events, index) => ({ index, events: [...events] }))
  const dealt = people.map((many) => {
    const own = categories.map(() => 0)
    const most = left.toSorted((a, b) => b.events.length - a.events.length).slice(0, many)
    // From the middle of what is left, so that whoever has events of many kinds does not have most of each kind, too.
    for (const { index, events } of most) own[index] = events.splice(events.length >> 1, 1)[0] ?? 0
    return own
  })
  const isDealt = dealt.every((own, person) => own.filter((events) => events > 0).length === people[person])
  return isDealt && left.every(({ events }) => events.length === 0) ? dealt : undefined
}
