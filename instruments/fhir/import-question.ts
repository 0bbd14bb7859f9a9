/** What an item of a Questionnaire asks: type, texts, options and limits of one element; what has no place there is noted. */
import { type Choice, mostRecords } from '../schema.ts'
import type { Target } from './enable-when.ts'
import { codeOf, extensionOf, urls, weightUrls } from './extension.ts'
import { noteUnknown } from './note-unknown.ts'
import { readOptions, yesNo } from './options.ts'
import type { QuestionnaireItem } from './questionnaire.ts'
import { isRecords, type Reading } from './reading.ts'
import type { Mapping, Note } from './report.ts'
import { readText } from './texts.ts'

/** Types of FHIR that become a text of another kind. */
const asText: Record<string, string> = { dateTime: 'a line of text', time: 'a line of text', url: 'a line of text' }

/** Type, texts and limits; or the reason why there is no such element. */
export function readBody(item: QuestionnaireItem, path: string, reading: Reading): Record<string, unknown> {
  const { linkId } = item
  const type = isChoice(item) ? 'choice' : item.type
  const { language, notes, targets, names, within } = reading
  const name = names.get(linkId) as string
  const text = () => readText(item.text as string, item._text, language, `${path}.text`, notes)
  const title = () => {
    if (item.text) return text()
    notes.push({ kind: 'changed', path: `${path}.text`, what: `there is none, so its linkId is its title: "${linkId}"` })
    return { nl: linkId, en: linkId }
  }
  const mapping: Mapping = { path, linkId, name, values: [] }
  const question = (kind: Target['kind'], body: Record<string, unknown>): Record<string, unknown> => {
    reading.mappings.push(mapping)
    targets.set(linkId, { name, kind, within, values: valuesOf(mapping) })
    if (item.repeats && kind !== 'choices') notes.push({ kind: 'changed', path: `${path}.repeats`, what: 'it is answered once' })
    return { title: text(), ...(item.required ? { isRequired: true } : {}), ...body }
  }
  switch (type) {
    case 'group':
      if (isRecords(item) && within === undefined) {
        reading.mappings.push(mapping)
        return {
          type: 'paneldynamic',
          title: title(),
          ...(item.required ? { isRequired: true } : {}),
          ...numberOfRecords(item, path, notes),
        }
      }
      if (item.repeats)
        notes.push({ kind: 'changed', path: `${path}.repeats`, what: 'there are no records in records: it is asked once in each' })
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

/** The value of each option that can be told from the others: two of different systems may have one code. */
function valuesOf({ values }: Mapping): Map<string, number> {
  const options = values.map(({ option }) => option)
  const distinct = values.filter(({ option }) => options.indexOf(option) === options.lastIndexOf(option))
  return new Map(distinct.map(({ option, value }) => [option, value]))
}

/** Whole numbers and texts may have options too. */
const isChoice = ({ type, answerOption }: QuestionnaireItem): boolean =>
  ['choice', 'coding', 'open-choice'].includes(type) || (['integer', 'string'].includes(type) && answerOption !== undefined)

/** Notes what an item of its type has no use for. */
export function noteIgnored(item: QuestionnaireItem, path: string, notes: Note[]): void {
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
  for (const url of [urls.minOccurs, urls.maxOccurs]) if (extensionOf(item, url) && !isRecords(item)) ignore('extension', url)
  if (item.required && !isRecords(item) && (item.type === 'group' || item.type === 'display'))
    ignore('required', 'only a question can be required')
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
  if (weighted && reading.within === undefined)
    reading.weighted.push({ name: mapping.name, values: (choices as Choice[]).map(({ value }) => value) })
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

/** How many records there may be, as far as the original says so and we take as many. */
function numberOfRecords(item: QuestionnaireItem, path: string, notes: Note[]): { minPanelCount?: number; maxPanelCount: number } {
  const [fewest, most] = [urls.minOccurs, urls.maxOccurs].map((url) => extensionOf(item, url)?.valueInteger)
  if (fewest !== undefined && (fewest < 0 || fewest > mostRecords))
    notes.push({ kind: 'left-out', path: `${path}.extension`, what: `minOccurs ${fewest}: records are 0 to ${mostRecords}` })
  if (most === undefined || most < 1 || most > mostRecords)
    notes.push({
      kind: 'changed',
      path: `${path}.repeats`,
      what: `maxOccurs ${most ?? 'is not given'}: at most ${mostRecords} records are taken`,
    })
  return {
    ...(fewest === undefined || fewest < 0 || fewest > mostRecords ? {} : { minPanelCount: fewest }),
    maxPanelCount: most === undefined || most < 1 || most > mostRecords ? mostRecords : most,
  }
}

/** The schema's most. */
const longestAnswer = 20_000

function maxLength({ maxLength: length }: QuestionnaireItem, path: string, notes: Note[]): { maxLength?: number } {
  if (length === undefined) return {}
  if (length <= longestAnswer) return { maxLength: length }
  notes.push({ kind: 'changed', path: `${path}.maxLength`, what: `${length} characters become ${longestAnswer}` })
  return { maxLength: longestAnswer }
}

const escapeHtml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
