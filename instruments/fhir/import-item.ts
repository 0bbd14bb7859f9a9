/** Items of a Questionnaire become elements of a survey, one by one; what has no place there is noted. */
import type { Localized } from '../definition.ts'
import type { Choice } from '../schema.ts'
import { NotExpressible, type Target, toVisibleIf } from './enable-when.ts'
import { codeOf, extensionOf, urls, weightUrls } from './extension.ts'
import { freeName } from './names.ts'
import { noteUnknown } from './note-unknown.ts'
import { readOptions, yesNo } from './options.ts'
import type { QuestionnaireItem } from './questionnaire.ts'
import { ImportFaults, type Mapping, type Note } from './report.ts'
import { parseSource } from './source.ts'
import { readText } from './texts.ts'

/** An element as in a file. */
export type Draft = Record<string, unknown> & { type: string; name: string }

/** What is known while items are read in order. */
export interface Reading {
  language: string
  /** Item names by linkId, made beforehand. */
  names: Map<string, string>
  taken: Set<string>
  /** Items that were read so far, by linkId. */
  targets: Map<string, Target>
  mappings: Mapping[]
  notes: Note[]
  /** Items whose values are weights of the original. */
  weighted: { name: string; values: number[] }[]
}

const itemKeys = [
  'linkId',
  'type',
  'text',
  '_text',
  'required',
  'repeats',
  'maxLength',
  'enableWhen',
  'enableBehavior',
  'answerOption',
  'item',
]
const itemUrls = [urls.element, urls.minValue, urls.maxValue, urls.itemControl, urls.displayCategory]

/** Types of FHIR that become a text of another kind. */
const asText: Record<string, string> = { dateTime: 'a line of text', time: 'a line of text', url: 'a line of text' }

/** The elements that an item becomes: one; none where it has no place; or two, when questions stand in a question. */
export function readItem(item: QuestionnaireItem, path: string, reading: Reading): Draft[] {
  const { notes, names } = reading
  noteUnknown(item, itemKeys, itemUrls, path, notes)
  noteIgnored(item, path, notes)
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
  if (item.type === 'group') return readGroup(item, path, draft, reading)
  const { description, items } = takeDescription(item.item ?? [], path, reading)
  if (description && item.type !== 'display') draft.description ??= description
  if (items.length === 0) return [draft]
  notes.push({ kind: 'changed', path: `${path}.item`, what: `the items in "${item.linkId}" stand behind it, in a panel` })
  const elements = items.flatMap(({ item: inner, path: at }) => readItem(inner, at, reading))
  if (elements.length === 0) return [draft]
  const around = draft.visibleIf === undefined ? {} : { visibleIf: draft.visibleIf }
  return [draft, { type: 'panel', name: freeName(`${draft.name.slice(0, 26)}_items`, reading.taken), ...around, elements }]
}

function readGroup(item: QuestionnaireItem, path: string, panel: Draft, reading: Reading): Draft[] {
  const { description, items } = takeDescription(item.item ?? [], path, reading)
  if (description) panel.description ??= description
  const elements = items.flatMap(({ item: inner, path: at }) => readItem(inner, at, reading))
  if (elements.length > 0) return [{ ...panel, elements }]
  reading.notes.push({ kind: 'left-out', path, what: `the group "${item.linkId}": nothing is left in it` })
  return []
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

/** Type, texts and limits; or the reason why there is no such element. */
function readBody(item: QuestionnaireItem, path: string, reading: Reading): Record<string, unknown> {
  const { linkId } = item
  const type = isChoice(item) ? 'choice' : item.type
  const { language, notes, targets, names } = reading
  const name = names.get(linkId) as string
  const text = () => readText(item.text as string, item._text, language, `${path}.text`, notes)
  const mapping: Mapping = { path, linkId, name, values: [] }
  const question = (kind: Target['kind'], body: Record<string, unknown>): Record<string, unknown> => {
    reading.mappings.push(mapping)
    targets.set(linkId, { name, kind, values: new Map(mapping.values.map(({ option, value }) => [option, value])) })
    if (item.repeats && kind !== 'choices') notes.push({ kind: 'changed', path: `${path}.repeats`, what: 'it is answered once' })
    return { title: text(), ...(item.required ? { isRequired: true } : {}), ...body }
  }
  switch (type) {
    case 'group':
      if (item.repeats) notes.push({ kind: 'changed', path: `${path}.repeats`, what: 'the group is asked once' })
      return { type: 'panel', ...(item.text ? { title: text() } : {}) }
    case 'display': {
      const html = Object.fromEntries(Object.entries(text()).map(([tag, words]) => [tag, escapeHtml(words)]))
      return { type: 'html', html }
    }
    case 'boolean':
      mapping.values = [
        { option: 'true', value: 1 },
        { option: 'false', value: 0 },
      ]
      return question('yes-no', { type: 'radiogroup', choices: structuredClone(yesNo) })
    case 'choice':
      return readChoice(item, path, reading, mapping, question)
    case 'integer':
    case 'decimal':
    case 'quantity':
      if (type === 'quantity') notes.push({ kind: 'changed', path, what: 'a quantity is asked as a number, without its unit' })
      return question('number', {
        type: 'text',
        inputType: 'number',
        ...(type === 'integer' ? { step: 1 } : {}),
        ...limits(item, path, notes),
      })
    case 'date':
      return question('date', { type: 'text', inputType: 'date', ...limits(item, path, notes) })
    case 'string':
    case 'text':
      return question('text', { type: type === 'text' ? 'comment' : 'text', ...maxLength(item, path, notes) })
    default:
      if (!Object.hasOwn(asText, type)) return { reason: `there is no question of type ${type}` }
      notes.push({ kind: 'changed', path: `${path}.type`, what: `${type} is asked as ${asText[type]}` })
      return question('other', { type: 'text', ...maxLength(item, path, notes) })
  }
}

/** Whole numbers and texts may have options too. */
const isChoice = ({ type, answerOption }: QuestionnaireItem): boolean =>
  ['choice', 'coding', 'open-choice'].includes(type) || (['integer', 'string'].includes(type) && answerOption !== undefined)

/** Notes what an item of its type has no use for. */
function noteIgnored(item: QuestionnaireItem, path: string, notes: Note[]): void {
  const ignore = (key: string, what: string) => notes.push({ kind: 'left-out', path: `${path}.${key}`, what })
  const takesText = Object.hasOwn(asText, item.type) || ['string', 'text'].includes(item.type)
  const takesNumber = ['integer', 'decimal', 'quantity', 'date'].includes(item.type)
  const control = codeOf(item, urls.itemControl)
  const category = codeOf(item, urls.displayCategory)
  const controls = isChoice(item) ? ['drop-down', 'autocomplete', 'radio-button', 'check-box'] : []
  if (control !== undefined && !controls.includes(control)) ignore('extension', `the item control ${control}`)
  if (category !== undefined && item.type !== 'display') ignore('extension', `the display category ${category}`)
  if (item.maxLength !== undefined && (!takesText || isChoice(item))) ignore('maxLength', String(item.maxLength))
  if (item.answerOption !== undefined && !isChoice(item))
    ignore('answerOption', `${item.answerOption.length} options of an item of type ${item.type}`)
  for (const url of [urls.minValue, urls.maxValue]) if (extensionOf(item, url) && (!takesNumber || isChoice(item))) ignore('extension', url)
  if (item.required && (item.type === 'group' || item.type === 'display')) ignore('required', 'only a question can be required')
}

function readChoice(
  item: QuestionnaireItem,
  path: string,
  reading: Reading,
  mapping: Mapping,
  question: (kind: Target['kind'], body: Record<string, unknown>) => Record<string, unknown>,
): Record<string, unknown> {
  const { notes, language } = reading
  const options = item.answerOption ?? []
  if (item.answerValueSet !== undefined) return { reason: 'its options stand in a value set elsewhere (answerValueSet)' }
  if (options.length < 2) return { reason: `${options.length} options (answerOption), and a choice needs at least two` }
  const kinds = ['valueCoding', 'valueInteger', 'valueString', '_valueString', 'extension']
  if (!options.every((option) => option.valueCoding || option.valueInteger !== undefined || option.valueString))
    return { reason: 'its options are no codes, whole numbers or texts' }
  for (const [index, option] of options.entries()) {
    noteUnknown(option, kinds, weightUrls, `${path}.answerOption[${index}]`, notes)
    if (option.valueCoding)
      noteUnknown(
        option.valueCoding,
        ['system', 'code', 'display', '_display'],
        weightUrls,
        `${path}.answerOption[${index}].valueCoding`,
        notes,
      )
  }
  const { choices, originals, weighted } = readOptions(options, language, `${path}.answerOption`, notes)
  mapping.values = choices.map(({ value }, index) => ({ option: originals[index] as string, value }))
  if (item.type === 'open-choice')
    notes.push({ kind: 'left-out', path: `${path}.type`, what: 'an answer in free words beside the options (open-choice)' })
  const control = codeOf(item, urls.itemControl)
  if (item.repeats) return question('choices', { type: 'checkbox', choices })
  if (weighted) reading.weighted.push({ name: mapping.name, values: (choices as Choice[]).map(({ value }) => value) })
  return question('choice', { type: control === 'drop-down' || control === 'autocomplete' ? 'dropdown' : 'radiogroup', choices })
}

function limits(item: QuestionnaireItem, path: string, notes: Note[]): Record<string, number | string> {
  const found: Record<string, number | string> = {}
  for (const [key, url] of [
    ['min', urls.minValue],
    ['max', urls.maxValue],
  ] as const) {
    const extension = extensionOf(item, url)
    if (!extension) continue
    const limit = item.type === 'date' ? extension.valueDate : (extension.valueInteger ?? extension.valueDecimal)
    if (limit === undefined) notes.push({ kind: 'left-out', path: `${path}.extension`, what: `${key}: ${JSON.stringify(extension)}` })
    else found[key] = limit
  }
  return found
}

/** The schema's most. */
const longestAnswer = 20_000

function maxLength({ maxLength: length }: QuestionnaireItem, path: string, notes: Note[]): { maxLength?: number } {
  if (length === undefined) return {}
  if (length <= longestAnswer) return { maxLength: length }
  notes.push({ kind: 'changed', path: `${path}.maxLength`, what: `${length} characters become ${longestAnswer}` })
  return { maxLength: longestAnswer }
}

function readCondition(item: QuestionnaireItem, path: string, { targets, notes }: Reading): { visibleIf?: string } {
  if (!item.enableWhen?.length) return {}
  for (const [index, condition] of item.enableWhen.entries())
    if (condition.answerString !== undefined && targets.get(condition.question)?.kind === 'text')
      notes.push({ kind: 'changed', path: `${path}.enableWhen[${index}]`, what: 'capitals and small letters count as equal' })
  try {
    return { visibleIf: toVisibleIf(item, targets) }
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

const escapeHtml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
