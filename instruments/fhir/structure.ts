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
  return faults.length > 0 ? faults : findCircles(placed, byLinkId)
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

/** An item waits for the questions in its conditions and in those around it; what stands in an item cannot decide about it. */
function findCircles(placed: PlacedItem[], known: Map<string, PlacedItem>): Fault[] {
  const questions = ({ item }: PlacedItem): string[] => (item.enableWhen ?? []).map(({ question }) => question)
  const needs = (linkId: string): string[] => {
    const here = known.get(linkId) as PlacedItem
    return [...here.around.map((outer) => known.get(outer) as PlacedItem), here].flatMap(questions)
  }
  return placed.flatMap((here) => {
    const own = questions(here)
    const ways = own.map((question) => [here.item.linkId, question])
    const seen = new Set<string>()
    for (const way of ways) {
      const last = way.at(-1) as string
      if (last === here.item.linkId || known.get(last)?.around.includes(here.item.linkId))
        return [{ path: `${here.path}.enableWhen`, reason: `the condition goes in a circle: ${way.join(' > ')}` }]
      if (seen.has(last)) continue
      seen.add(last)
      for (const next of needs(last)) ways.push([...way, next])
    }
    return []
  })
}
