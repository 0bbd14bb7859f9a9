/** What conditions hide of a list, given its answers: enough to show a page of it without running any condition. */
import { answerChecker } from './answers.ts'
import { type Condition, readCondition } from './condition.ts'
import { itemsOf } from './items.ts'
import { isRecords } from './records.ts'
import type { Answers, Element, Instrument } from './schema.ts'

interface Conditional {
  name: string
  isTrue: Condition
}

const known = new WeakMap<Instrument, Conditional[]>()

/** Names of the items (those of records as `placements[1].start`), texts, panels and pages that are not shown. */
export function hiddenElements(instrument: Instrument, given: Answers): string[] {
  const { answers, notApplicable } = answerChecker(instrument)(withLeastRecords(instrument, given))
  const hidden = containersOf(instrument).filter(({ isTrue }) => !isTrue(answers))
  return [...notApplicable, ...hidden.map(({ name }) => name)]
}

/** A group of which at least so many records are needed shows these from the start. */
function withLeastRecords(instrument: Instrument, answers: Answers): Answers {
  const filled = { ...answers }
  for (const item of itemsOf(instrument)) {
    if (item.kind !== 'records') continue
    const records = answers[item.name]
    const given = isRecords(records) ? records : []
    const missing = (item.question.minPanelCount ?? 0) - given.length
    if (missing > 0) filled[item.name] = [...given, ...Array.from({ length: missing }, () => ({}))]
  }
  return filled
}

/** Pages, panels and texts with a condition, compiled once per instrument object. */
function containersOf(instrument: Instrument): Conditional[] {
  const compiled = known.get(instrument)
  if (compiled) return compiled
  const { pages } = instrument.survey
  const found = [...pages, ...pages.flatMap(({ elements }) => containersIn(elements))].flatMap(({ name, visibleIf }) =>
    visibleIf === undefined ? [] : [{ name, isTrue: readCondition(visibleIf) }],
  )
  known.set(instrument, found)
  return found
}

const containersIn = (elements: Element[]): Element[] =>
  elements.flatMap((element) => {
    if (element.type === 'panel') return [element, ...containersIn(element.elements)]
    return element.type === 'html' ? [element] : []
  })
