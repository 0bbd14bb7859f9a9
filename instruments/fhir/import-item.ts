/** Items of a Questionnaire become elements of a survey, one by one; what has no place there is noted. */
import type { Localized } from '../definition.ts'
import { bothHold } from './both-hold.ts'
import { NotExpressible, toVisibleIf } from './enable-when.ts'
import { codeOf, extensionOf, urls } from './extension.ts'
import { noteIgnored, readBody } from './import-question.ts'
import { freeName } from './names.ts'
import { noteUnknown, noteUnknownWithin } from './note-unknown.ts'
import type { QuestionnaireItem } from './questionnaire.ts'
import { type Draft, isRecords, itemKeys, itemUrls, type Reading } from './reading.ts'
import { ImportFaults, type Note } from './report.ts'
import { parseSource } from './source.ts'
import { readText } from './texts.ts'

/** The elements that an item becomes: one; none where it has no place; or two, when questions stand in a question. */
export function readItem(item: QuestionnaireItem, path: string, reading: Reading): Draft[] {
  const { notes, names } = reading
  noteUnknown(item, itemKeys, itemUrls, path, notes)
  noteIgnored(item, path, notes)
  noteUnknownWithin(item.enableWhen, `${path}.enableWhen`, notes)
  const name = names.get(item.linkId) as string
  const element: Record<string, unknown> = withRest(item, path, {
    name,
    ...readBody(item, path, reading),
    ...readCondition(item, path, reading),
  })
  if (element.type === undefined) {
    const inner = item.item?.length ? `, nor are the ${item.item.length} items in it` : ''
    notes.push({ kind: 'left-out', path, what: `"${item.linkId}": ${String(element.reason)}${inner}` })
    return []
  }
  const draft = element as Draft
  if (item.type === 'group')
    return isRecords(item) && reading.within === undefined ? readRecords(item, path, draft, reading) : readGroup(item, path, draft, reading)
  if (item.type === 'display' && reading.within !== undefined) {
    notes.push({ kind: 'left-out', path, what: `"${item.text}": between the questions of a record stands no text` })
    return []
  }
  const { description, items } = takeDescription(item.item ?? [], path, reading)
  if (description && item.type !== 'display') draft.description ??= description
  if (items.length === 0) return [draft]
  const where = reading.within === undefined ? 'behind it, in a panel' : 'behind it'
  notes.push({ kind: 'changed', path: `${path}.item`, what: `the items in "${item.linkId}" stand ${where}` })
  const elements = items.flatMap(({ item: inner, path: at }) => readItem(inner, at, reading))
  if (elements.length === 0) return [draft]
  if (reading.within !== undefined) return [draft, ...withCondition(draft, elements, path, reading)]
  const around = draft.visibleIf === undefined ? {} : { visibleIf: draft.visibleIf }
  return [draft, { type: 'panel', name: freeName(`${draft.name.slice(0, 26)}_items`, reading.taken), ...around, elements }]
}

function readGroup(item: QuestionnaireItem, path: string, panel: Draft, reading: Reading): Draft[] {
  const { description, items } = takeDescription(item.item ?? [], path, reading)
  if (description) panel.description ??= description
  const elements = items.flatMap(({ item: inner, path: at }) => readItem(inner, at, reading))
  if (elements.length > 0 && reading.within === undefined) return [{ ...panel, elements }]
  const note = (kind: Note['kind'], at: string, what: string) => reading.notes.push({ kind, path: at, what })
  if (elements.length === 0) note('left-out', path, `the group "${item.linkId}": nothing is left in it`)
  else note('changed', path, `the group "${item.linkId}" is no group in a record: its items stand there one by one`)
  if (elements.length > 0 && item.text) note('left-out', `${path}.text`, `"${item.text}"`)
  if (elements.length > 0 && description) note('left-out', `${path}.item[0]`, `"${description.nl}"`)
  return withCondition(panel, elements, path, reading)
}

/** A repeated group: each record has its questions, and nothing but questions. */
function readRecords(item: QuestionnaireItem, path: string, records: Draft, reading: Reading): Draft[] {
  const { description, items } = takeDescription(item.item ?? [], path, reading)
  if (description) records.description ??= description
  const inRecords = { ...reading, within: item.linkId }
  const templateElements = items.flatMap(({ item: inner, path: at }) => readItem(inner, at, inRecords))
  if (templateElements.length > 0) return [{ ...records, templateElements }]
  reading.mappings.splice(
    reading.mappings.findIndex(({ linkId }) => linkId === item.linkId),
    1,
  )
  reading.notes.push({ kind: 'left-out', path, what: `the group "${item.linkId}": nothing is left in it` })
  return []
}

/** What stood in `outer` stands by itself now: it is asked when its own condition and that of `outer` hold. */
function withCondition(outer: Draft, elements: Draft[], path: string, { notes }: Reading): Draft[] {
  if (outer.visibleIf === undefined) return elements
  return elements.map((element) => {
    try {
      return { ...element, visibleIf: bothHold(outer.visibleIf, element.visibleIf) }
    } catch (error) {
      const what = `the condition, for "${element.name}" in it: ${(error as Error).message}`
      notes.push({ kind: 'left-out', path: `${path}.enableWhen`, what })
      return element
    }
  })
}

/** A first display item that is marked as instructions explains what it stands in. */
export function takeDescription(
  items: QuestionnaireItem[],
  path: string,
  { language, notes }: Reading,
): { description: Localized | undefined; items: { item: QuestionnaireItem; path: string }[] } {
  const placed = items.map((item, index) => ({ item, path: `${path}${path && '.'}item[${index}]` }))
  const first = placed[0]
  if (first?.item.type !== 'display' || codeOf(first.item, urls.displayCategory) !== 'instructions' || first.item.enableWhen)
    return { description: undefined, items: placed }
  noteUnknown(first.item, itemKeys, itemUrls, first.path, notes)
  return {
    description: readText(first.item.text as string, first.item._text, language, `${first.path}.text`, notes),
    items: placed.slice(1),
  }
}

function readCondition(item: QuestionnaireItem, path: string, { targets, notes, within }: Reading): { visibleIf?: string } {
  if (!item.enableWhen?.length) return {}
  for (const [index, condition] of item.enableWhen.entries())
    if (condition.answerString !== undefined && targets.get(condition.question)?.kind === 'text')
      notes.push({ kind: 'changed', path: `${path}.enableWhen[${index}]`, what: 'capitals and small letters count as equal' })
  try {
    return { visibleIf: toVisibleIf(item, targets, within) }
  } catch (error) {
    if (!(error instanceof NotExpressible)) throw error
    notes.push({
      kind: 'left-out',
      path: `${path}.enableWhen`,
      what: `the condition, so "${item.linkId}" is always asked: ${error.message}`,
    })
    return {}
  }
}

/** Lays what our own export kept beside an item over what the item says by itself. */
export function withRest<Value extends Record<string, unknown>>(item: QuestionnaireItem, path: string, element: Value): Value {
  const rest = extensionOf(item, urls.element)?.valueString
  return rest === undefined ? element : overlay(element, readRest(rest, `${path}.extension`))
}

export function readRest(json: string, path: string): Record<string, unknown> {
  const rest = parseSource(json, path)
  if (typeof rest === 'object' && rest !== null && !Array.isArray(rest)) return rest as Record<string, unknown>
  throw new ImportFaults([{ path, reason: 'the text of an extension under urn:nameting is a JSON object' }])
}

/** `over` laid over `value`; null takes a key away. */
export const overlay = <Value extends Record<string, unknown>>(value: Value, over: Record<string, unknown>): Value =>
  Object.fromEntries(Object.entries({ ...value, ...over }).filter(([, inner]) => inner !== null)) as Value
