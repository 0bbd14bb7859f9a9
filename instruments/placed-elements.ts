/** Everything in an instrument that has a name, with where it stands: pages, panels, html and questions. */
import { pointer } from './json.ts'
import type { Element, Instrument, Page, Question, Records } from './schema.ts'

export interface Placed {
  /** JSON pointer into the instrument. */
  path: string
  element: Page | Element
  /** The element itself where it is a question. */
  question: Question | undefined
  /** The element itself where it is a group of records. */
  records: Records | undefined
  /** Name of the group of records whose template it stands in. */
  within: string | undefined
  /** How many items are asked before it; for a page, panel or group of records, before its first. */
  itemsBefore: number
}

/** In the order in which they are met: a page before its elements, a panel before what is in it. */
export function placedElements({ survey }: Pick<Instrument, 'survey'>): Placed[] {
  let items = 0
  const walk = (element: Page | Element, path: PropertyKey[], within?: string): Placed[] => {
    const records = 'type' in element && element.type === 'paneldynamic' ? element : undefined
    const question =
      'type' in element && element.type !== 'html' && element.type !== 'panel' && element.type !== 'paneldynamic' ? element : undefined
    const here = { path: pointer(path), element, question, records, within, itemsBefore: items }
    if (question || records) items++
    if (records)
      return [here, ...records.templateElements.flatMap((child, index) => walk(child, [...path, 'templateElements', index], records.name))]
    const inner = 'elements' in element ? element.elements : []
    return [here, ...inner.flatMap((child, index) => walk(child, [...path, 'elements', index], within))]
  }
  return survey.pages.flatMap((page, index) => walk(page, ['survey', 'pages', index]))
}

/** Whether `inner` is `outer` or stands in it. */
export const standsIn = (inner: Placed, outer: Placed): boolean => inner.path === outer.path || inner.path.startsWith(`${outer.path}/`)
