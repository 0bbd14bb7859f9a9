/** Checks conditions (`visibleIf`): each can be read, and looks only at items that were asked before what it shows or hides. */
import { itemsInCondition, readCondition } from './condition.ts'
import type { Mistake } from './definition.ts'
import { type Placed, standsIn } from './placed-elements.ts'

/** SurveyJS reads and runs conditions recursively: much longer ones overflow its stack. */
const longest = 1000

/** Mistakes in the conditions of one instrument's elements, `placed` in the order in which they are met. */
export function checkConditions(placed: Placed[]): Mistake[] {
  const questions = placed.filter(({ question, records }) => question ?? records)
  // Inside records an item is called {panel.NAME}, and only there.
  const order = new Map(questions.map((item, index) => [nameOf(item), { index, within: item.within }]))
  const needs = itemsNeeded(placed)
  return placed.flatMap((here) => {
    const { visibleIf } = here.element
    if (visibleIf === undefined) return []
    const refuse = (reason: string): Mistake => ({ path: `${here.path}/visibleIf`, reason })
    const items = readItems(visibleIf)
    if (typeof items === 'string') return [refuse(items)]
    if (items.length === 0)
      return [
        refuse(`"${visibleIf}" looks at no item: write its name in braces, as in {${questions[0] ? nameOf(questions[0]) : 'item'}} = 1`),
      ]
    return items.flatMap((item) => {
      const at = order.get(item) ?? order.get(keyOf(item, here))
      if (at === undefined || (at.within !== undefined && at.within !== here.within)) {
        const inner = questions.find(({ element, within }) => within !== undefined && element.name === item)
        if (inner?.within === undefined) return [refuse(`there is no item ${item}`)]
        return [
          refuse(`${item} is asked once per record of ${inner.within}: within a record it is {panel.${item}}, elsewhere it cannot be used`),
        ]
      }
      if (at.index < here.itemsBefore && item !== here.within) return []
      const circle = circleThrough(here, item, placed, needs)
      return [refuse(circle ? `the condition goes in a circle: ${circle.join(' > ')}` : `the item ${item} is asked later, not before this`)]
    })
  })
}

const nameOf = ({ element, within }: Placed): string => (within === undefined ? element.name : `${within}/panel.${element.name}`)

/** The name by which `item`, as a condition at `here` calls it, is known: `panel` is the record around it. */
const keyOf = (item: string, here: Placed): string => (here.within === undefined ? item : `${here.within}/${item}`)

/** The items that a condition looks at, or what is wrong with it. */
function readItems(visibleIf: string): string[] | string {
  if (visibleIf.length > longest) return `the condition has ${visibleIf.length} characters; it can have ${longest}`
  try {
    readCondition(visibleIf)
    return itemsInCondition(visibleIf)
  } catch (error) {
    return (error as Error).message
  }
}

/** For each item what must be known before it is asked: the items in its condition, and in those of its panels and page. */
function itemsNeeded(placed: Placed[]): Map<string, string[]> {
  const own = new Map(placed.map(({ path, element: { visibleIf } }) => [path, visibleIf === undefined ? [] : readItems(visibleIf)]))
  return new Map(
    placed
      .filter(({ question, records }) => question ?? records)
      .map((item) => {
        const around = placed.filter((outer) => standsIn(item, outer)).map(({ path }) => own.get(path) ?? [])
        return [item.element.name, around.flatMap((items) => (typeof items === 'string' ? [] : items))]
      }),
  )
}

/** The way from what a condition hides, over the item it looks at, back to something that it hides; undefined when there is none. */
function circleThrough(hidden: Placed, item: string, placed: Placed[], needs: Map<string, string[]>): string[] | undefined {
  const { name } = hidden.element
  const goals = new Set(placed.filter((inner) => standsIn(inner, hidden)).map(({ element }) => element.name))
  const ways = [[name, item]]
  const seen = new Set<string>()
  for (const way of ways) {
    const here = way.at(-1) as string
    if (goals.has(here)) return here === name ? way : [...way, name]
    if (seen.has(here)) continue
    seen.add(here)
    for (const next of needs.get(here) ?? []) ways.push([...way, next])
  }
  return undefined
}
