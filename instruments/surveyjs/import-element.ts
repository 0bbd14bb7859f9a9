/** Pages, panels and questions of SurveyJS, one by one; what an instrument has no place for is noted. */
import type { Localized } from '../definition.ts'
import { bothHold } from '../fhir/both-hold.ts'
import { yesNo } from '../fhir/options.ts'
import type { Mapping, Note } from '../fhir/report.ts'
import { fillIn, languageTag } from '../fhir/texts.ts'
import { ownValue } from '../own-value.ts'
import { mostRecords } from '../schema.ts'
import type { SurveyElement } from './import.ts'
import { readVisibleIf } from './import-condition.ts'

export interface SurveyReading {
  language: string
  names: Map<string, string>
  /** Questions that were read so far, by their name in the original, with the numbers of their choices. */
  targets: Map<string, Mapping>
  mappings: Mapping[]
  notes: Note[]
  /** Name of the group whose records are being read. */
  within: string | undefined
}

type Draft = Record<string, unknown>

/** What each type is read from, beside type, name, title, description, visibleIf and isRequired. */
const ownKeys: Record<string, string[]> = {
  page: ['elements'],
  panel: ['elements'],
  html: ['html'],
  paneldynamic: ['templateElements', 'minPanelCount', 'maxPanelCount', 'templateTitle', 'addPanelText', 'removePanelText', 'noEntriesText'],
  radiogroup: ['choices', 'choicesFromQuestion'],
  dropdown: ['choices', 'choicesFromQuestion'],
  checkbox: ['choices', 'choicesFromQuestion'],
  boolean: ['labelTrue', 'labelFalse'],
  rating: ['rateMin', 'rateMax', 'rateStep', 'rateValues'],
  text: ['inputType', 'min', 'max', 'step', 'maxLength'],
  comment: ['maxLength'],
}

/** The element, or nothing where it has no place. */
export function readElement(element: SurveyElement, path: string, reading: SurveyReading): Draft[] {
  const { notes, names } = reading
  const leaveOut = (what: string): [] => {
    notes.push({ kind: 'left-out', path, what: `"${element.name}": ${what}` })
    return []
  }
  const keys = ownValue(ownKeys, element.type)
  if (!keys) return leaveOut(`there is no question of type ${element.type}`)
  const shared = [
    'type',
    'name',
    'visibleIf',
    ...(element.type === 'html' ? [] : ['title', 'description']),
    ...(isGroup(element) ? [] : ['isRequired']),
  ]
  for (const [key, value] of Object.entries(element))
    if (!shared.includes(key) && !keys.includes(key))
      notes.push({ kind: 'left-out', path: `${path}.${key}`, what: JSON.stringify(value).slice(0, 120) })

  const { title, description } = readTexts(element, path, reading)
  const head: Draft = {
    type: element.type,
    name: names.get(element.name),
    ...(title ? { title } : {}),
    ...(description ? { description } : {}),
    ...readVisibleIf(element, path, reading),
  }
  if (isGroup(element)) {
    const elements = (element.elements ?? []).flatMap((inner, index) => readElement(inner, `${path}.elements[${index}]`, reading))
    if (elements.length === 0) return leaveOut('nothing is left in it')
    return reading.within === undefined ? [{ ...head, elements }] : oneByOne(element, head, elements, path, reading)
  }
  if (element.type === 'html' && reading.within !== undefined) return leaveOut('between the questions of a record stands no text')
  if (element.type === 'paneldynamic' && reading.within !== undefined) return leaveOut('there are no records in records')
  if (element.type === 'html') {
    const { html } = readTexts({ html: element.html }, path, reading)
    return html ? [{ ...head, html }] : leaveOut('it has no text')
  }
  const mapping: Mapping = { path, linkId: element.name, name: names.get(element.name) as string, values: [] }
  const body = readBody(element, path, mapping, reading)
  if (typeof body === 'string') return leaveOut(body)
  if (!title) notes.push({ kind: 'changed', path, what: `"${element.name}": its name is its title, as SurveyJS shows it` })
  reading.mappings.push(mapping)
  // Within a record SurveyJS calls an item {panel.NAME}.
  if (reading.within === undefined) reading.targets.set(element.name, mapping)
  else reading.targets.set(`panel.${element.name}`, { ...mapping, name: `panel.${mapping.name}` })
  return [
    {
      ...head,
      title: title ?? { nl: element.name, en: element.name },
      ...(element.isRequired === true ? { isRequired: true } : {}),
      ...body,
    },
  ]
}

const isGroup = ({ type }: SurveyElement): boolean => type === 'page' || type === 'panel'

/** The texts among `values`, each in all its languages; SurveyJS calls the survey's own language default. */
export function readTexts<Key extends string>(
  values: Partial<Record<Key, unknown>>,
  path: string,
  { language, notes }: SurveyReading,
): Partial<Record<'title' | 'description' | Key, Localized>> {
  const read = (key: string, value: unknown): [string, Localized][] => {
    const known = Object.entries(typeof value === 'object' && value !== null ? value : { default: value }).flatMap(([tag, text]) =>
      typeof text === 'string' && text.trim() !== '' ? [[languageTag(tag === 'default' ? language : tag), text] as const] : [],
    )
    return known.length === 0 ? [] : [[key, fillIn(Object.fromEntries(known), `${path}${path && '.'}${key}`, notes)]]
  }
  const texts = Object.entries(values).filter(([key]) => ['title', 'description', 'html', 'text'].includes(key))
  return Object.fromEntries(texts.flatMap(([key, value]) => read(key, value))) as Partial<Record<'title' | 'description' | Key, Localized>>
}

function readBody(element: SurveyElement, path: string, mapping: Mapping, reading: SurveyReading): Draft | string {
  const { notes, targets } = reading
  switch (element.type) {
    case 'paneldynamic':
      return readRecords(element, path, reading)
    case 'boolean':
      mapping.values = [
        { option: 'true', value: 1 },
        { option: 'false', value: 0 },
      ]
      for (const key of ['labelTrue', 'labelFalse'])
        if (element[key] !== undefined)
          notes.push({ kind: 'changed', path: `${path}.${key}`, what: 'it is asked with Ja and Nee, Yes and No' })
      return { type: 'radiogroup', choices: structuredClone(yesNo) }
    case 'rating':
      notes.push({ kind: 'changed', path, what: `"${element.name}": a rating is asked as a choice` })
      return withChoices('radiogroup', element.rateValues ?? steps(element), path, mapping, reading)
    case 'text':
    case 'comment':
      return readTyped(element, path, notes)
    default: {
      const source = element.choicesFromQuestion
      if (source === undefined) return withChoices(element.type, element.choices, path, mapping, reading)
      const from = targets.get(said(source))
      if (!from) return `its choices come from "${said(source)}", which is not asked before it`
      mapping.values = from.values
      return { choicesFromQuestion: from.name }
    }
  }
}

/** The elements of a panel, which is none in a record. */
function oneByOne({ name }: SurveyElement, panel: Draft, elements: Draft[], path: string, { notes }: SurveyReading): Draft[] {
  notes.push({ kind: 'changed', path, what: `the panel "${name}" is no panel in a record: its questions stand there one by one` })
  return elements.map((element) => {
    try {
      const visibleIf = bothHold(panel.visibleIf, element.visibleIf)
      return { ...element, ...(visibleIf === undefined ? {} : { visibleIf }) }
    } catch (error) {
      const what = `${JSON.stringify(panel.visibleIf)}, for "${element.name}" in it: ${(error as Error).message}`
      notes.push({ kind: 'left-out', path: `${path}.visibleIf`, what })
      return element
    }
  })
}

/** The questions of each record; in their conditions `panel` is the record. */
function readRecords(element: SurveyElement, path: string, reading: SurveyReading): Draft | string {
  const { notes } = reading
  const within = { ...reading, targets: new Map(reading.targets), within: element.name }
  const given = element.templateElements ?? []
  const templateElements = given.flatMap((inner, index) => readElement(inner, `${path}.templateElements[${index}]`, within))
  if (templateElements.length === 0) return 'nothing is left in it'
  const body: Draft = { templateElements }
  for (const key of ['templateTitle', 'addPanelText', 'removePanelText', 'noEntriesText']) {
    const { text } = readTexts({ text: element[key] }, `${path}.${key}`, reading)
    if (text) body[key] = text
  }
  const { minPanelCount: fewest, maxPanelCount: most } = element
  if (isNumberOfRecords(fewest, 0)) body.minPanelCount = fewest
  else if (fewest !== undefined) notes.push({ kind: 'left-out', path: `${path}.minPanelCount`, what: JSON.stringify(fewest) })
  if (isNumberOfRecords(most, 1)) return { ...body, maxPanelCount: most }
  const what = `${most === undefined ? 'it is not given' : JSON.stringify(most)}: at most ${mostRecords} records are taken`
  notes.push({ kind: 'changed', path: `${path}.maxPanelCount`, what })
  return { ...body, maxPanelCount: mostRecords }
}

const isNumberOfRecords = (value: unknown, least: number): value is number =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= mostRecords

function steps({ rateMin = 1, rateMax = 5, rateStep = 1 }: SurveyElement): number[] {
  const [from, to, step] = [Number(rateMin), Number(rateMax), Number(rateStep)]
  const count = Math.floor((to - from) / step) + 1
  return step > 0 && count >= 2 && count <= 100 ? Array.from({ length: count }, (_, index) => from + index * step) : []
}

/** A text as it is, and anything else as it stands in the file: not everything in JSON has a text of its own. */
const said = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value)))

/** Choice values stay where they are different whole numbers; else they become the positions from 0. */
function withChoices(type: string, choices: unknown, path: string, mapping: Mapping, reading: SurveyReading): Draft | string {
  const given = Array.isArray(choices) ? choices : []
  if (given.length < 2) return `${given.length} choices, and a choice needs at least two`
  const read = given.map((choice: unknown, index) => {
    const { value, text } = typeof choice === 'object' && choice !== null ? (choice as Draft) : { value: choice, text: undefined }
    for (const key of Object.keys(typeof choice === 'object' && choice !== null ? choice : {}))
      if (key !== 'value' && key !== 'text')
        reading.notes.push({ kind: 'left-out', path: `${path}.choices[${index}].${key}`, what: 'not known here' })
    const words = readTexts({ text }, `${path}.choices[${index}]`, reading).text
    return { value, text: words ?? { nl: said(value), en: said(value) } }
  })
  const areNumbers = read.every(({ value }) => Number.isSafeInteger(value)) && new Set(read.map(({ value }) => value)).size === read.length
  mapping.values = read.map(({ value }, index) => ({ option: said(value), value: areNumbers ? (value as number) : index }))
  return { type, choices: read.map(({ text }, index) => ({ value: mapping.values[index]?.value, text })) }
}

function readTyped(element: SurveyElement, path: string, notes: Note[]): Draft {
  const { type, inputType = 'text', min, max, step, maxLength } = element
  const kind = inputType === 'number' || inputType === 'date' ? inputType : 'text'
  const ignore = (key: string, value: unknown) => notes.push({ kind: 'left-out', path: `${path}.${key}`, what: JSON.stringify(value) })
  if (kind !== inputType) notes.push({ kind: 'changed', path: `${path}.inputType`, what: `${said(inputType)} is asked as text` })
  const body: Draft = kind === 'text' ? {} : { inputType: kind }
  for (const [key, limit] of Object.entries({ min, max })) {
    if (limit === undefined) continue
    if (kind === 'number' && typeof limit === 'number') body[key] = limit
    else if (kind === 'date' && typeof limit === 'string' && /^\d{4}-\d\d-\d\d$/.test(limit)) body[key] = limit
    else ignore(key, limit)
  }
  if (kind === 'number' && typeof step === 'number' && step > 0) body.step = step
  else if (step !== undefined) ignore('step', step)
  if (kind === 'text' && Number.isInteger(maxLength) && (maxLength as number) > 0 && (maxLength as number) <= 20_000)
    body.maxLength = maxLength
  else if (maxLength !== undefined) ignore('maxLength', maxLength)
  return { type, ...body }
}
