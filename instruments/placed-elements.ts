/** Everything in an instrument that has a name, with where it stands: pages, panels, html and questions. */
import { pointer } from './json.ts'
import type { Element, Instrument, Page, Question } from './schema.ts'

export interface Placed {
  /** JSON pointer into the instrument. */
  path: string
  element: Page | Element
  /** The element itself where it is a question. */
  question: Question | undefined
  /** How many items are asked before it; for a page or panel, before its first. */
  itemsBefore: number
}

/** In the order in which they are met: a page before its elements, a panel before what is in it. */
export function placedElements({ survey }: Pick<Instrument, 'survey'>): Placed[] {
  let items = 0
  const walk = (element: Page | Element, path: PropertyKey[]): Placed[] => {
    const question = 'type' in element && element.type !== 'html' && element.type !== 'panel' ? element : undefined
    const here = { path: pointer(path), element, question, itemsBefore: items }
    if (question) items++
    const inner = 'elements' in element ? element.elements : []
    return [here, ...inner.flatMap((child, index) => walk(child, [...path, 'elements', index]))]
  }
  return survey.pages.flatMap((page, index) => walk(page, ['survey', 'pages', index]))
}

/** Whether `inner` is `outer` or stands in it. */
export const standsIn = (inner: Placed, outer: Placed): boolean => inner.path === outer.path || inner.path.startsWith(`${outer.path}/`)
