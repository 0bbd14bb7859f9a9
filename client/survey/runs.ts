/**
 * Runs: statements that follow each other and are answered with the same choices. On a phone they come one at a time, on a wide
 * screen they are the rows of a grid; see docs/respondents-page.md.
 */
import type { ElementView, ItemView } from './view.ts'

export interface RunView {
  kind: 'run'
  /** The name of its first statement. */
  name: string
  /** At least `fewest`. */
  items: ItemView[]
}

/** What stands on a page: its elements, with statements that belong together taken together. */
export type Block = ElementView | RunView

/** Two alike may just be two questions; from three on it is a list. */
const fewest = 3

/** The elements in their order, each run in the place of its statements. Panels keep their own: see `runsIn`. */
export function blocksOf(elements: ElementView[]): Block[] {
  const groups: ElementView[][] = []
  for (const element of elements) {
    const last = groups.at(-1)
    const before = last?.[0]
    if (last && before && areAlike(before, element)) last.push(element)
    else groups.push([element])
  }
  return groups.flatMap((group): Block[] => {
    const items = group.filter((element) => element.kind === 'item')
    return items[0] && items.length >= fewest ? [{ kind: 'run', name: items[0].name, items }] : group
  })
}

/** All runs of a page, those in panels too, in order. */
export const runsIn = (elements: ElementView[]): RunView[] =>
  blocksOf(elements).flatMap((block) => (block.kind === 'run' ? [block] : block.kind === 'panel' ? runsIn(block.elements) : []))

const areAlike = (one: ElementView, other: ElementView): boolean =>
  one.kind === 'item' &&
  other.kind === 'item' &&
  one.type === 'radiogroup' &&
  other.type === 'radiogroup' &&
  one.choices.length === other.choices.length &&
  one.choices.every(({ value, text }, index) => {
    const beside = other.choices[index]
    return value === beside?.value && text.text === beside.text.text && text.language === beside.text.language
  })
