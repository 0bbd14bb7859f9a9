/** Checks the items of a Questionnaire as a whole: what the shape of a single item cannot say. */
import type { AnswerOption, Questionnaire, QuestionnaireItem } from './questionnaire.ts'
import type { Fault } from './report.ts'

/** Deepest level of items that is read; three are usual. */
const deepest = 20

interface PlacedItem {
  path: string
  item: QuestionnaireItem
  /** linkIds of the items around it, outermost first. */
  around: string[]
}

export function placedItems(items: QuestionnaireItem[], within = '', around: string[] = []): PlacedItem[] {
  return items.flatMap((item, index) => {
    const path = `${within}item[${index}]`
    return [{ path, item, around }, ...placedItems(item.item ?? [], `${path}.`, [...around, item.linkId])]
  })
}

export function checkStructure({ item }: Questionnaire): Fault[] {
  const placed = placedItems(item)
  const byLinkId = new Map<string, PlacedItem>()
  const faults: Fault[] = []
  for (const here of placed) {
    const { linkId } = here.item
    const other = byLinkId.get(linkId)
    if (other) faults.push({ path: `${here.path}.linkId`, reason: `"${linkId}" is the linkId of ${other.path} too` })
    else byLinkId.set(linkId, here)
  }
  faults.push(...placed.flatMap((here) => checkItem(here, byLinkId)))
  // A circle is looked for only where every question is known.
  return faults.length > 0 ? faults : findCircle(placed, byLinkId)
}

function checkItem({ path, item, around }: PlacedItem, known: Map<string, PlacedItem>): Fault[] {
  const faults: Fault[] = []
  if (around.length === deepest) faults.push({ path, reason: `it is nested deeper than ${deepest} items` })
  if (item.type !== 'group' && !item.text?.trim()) faults.push({ path: `${path}.text`, reason: 'this is missing: an item needs a text' })
  if (new Set((item.answerOption ?? []).map(optionKind)).size > 1)
    faults.push({
      path: `${path}.answerOption`,
      reason: 'options of different kinds: keep one of valueCoding, valueInteger and valueString',
    })
  const { enableWhen = [], enableBehavior } = item
  if (enableWhen.length > 1 && enableBehavior === undefined)
    faults.push({ path: `${path}.enableBehavior`, reason: `this is missing: ${enableWhen.length} conditions need all or any` })
  for (const [index, { question }] of enableWhen.entries())
    if (!known.has(question))
      faults.push({ path: `${path}.enableWhen[${index}].question`, reason: `there is no item with linkId "${question}"` })
  return faults
}

const optionKind = (option: AnswerOption): string => Object.keys(option).find((key) => key.startsWith('value')) ?? ''

/**
 * An item waits for the questions in its own condition and for the item around it. What waits for nothing is taken away until
 * nothing more can be (Kahn's algorithm): any way through what is left runs into a circle. Returns the first that is met.
 */
function findCircle(placed: PlacedItem[], known: Map<string, PlacedItem>): Fault[] {
  const needs = new Map(
    placed.map(({ item, around }) => [
      item.linkId,
      new Set([...(item.enableWhen ?? []).map(({ question }) => question), ...around.slice(-1)]),
    ]),
  )
  const waiting = new Map<string, string[]>(placed.map(({ item }) => [item.linkId, []]))
  for (const [linkId, questions] of needs) for (const question of questions) waiting.get(question)?.push(linkId)
  const free = [...needs].filter(([, questions]) => questions.size === 0).map(([linkId]) => linkId)
  for (const linkId of free) {
    needs.delete(linkId)
    for (const other of waiting.get(linkId) ?? []) {
      needs.get(other)?.delete(linkId)
      if (needs.get(other)?.size === 0) free.push(other)
    }
  }
  const way = new Set<string>()
  let here: string | undefined = needs.keys().next().value
  while (here !== undefined && !way.has(here)) {
    way.add(here)
    here = [...(needs.get(here) ?? [])].find((question) => needs.has(question))
  }
  if (here === undefined) return []
  const circle = [...way].slice([...way].indexOf(here))
  const first = circle.map((linkId) => known.get(linkId) as PlacedItem).find(({ item }) => item.enableWhen)
  return [{ path: `${first?.path}.enableWhen`, reason: `the condition goes in a circle: ${[...circle, here].join(' > ')}` }]
}
