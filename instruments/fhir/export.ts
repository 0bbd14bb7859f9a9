/** An instrument becomes a FHIR R4 Questionnaire. What FHIR has no place for stands in extensions of ours, so that nothing is lost. */
import { canonicalJson } from '../canonical-json.ts'
import { isStandIn, type Localized } from '../definition.ts'
import { type Item, itemsOf, questionsIn, type RecordsItem } from '../items.ts'
import type { Element, Instrument, Page, Question, Records } from '../schema.ts'
import { isYesNo, toEnableWhen } from './enable-when.ts'
import { codeExtension, jsonExtension, urls } from './extension.ts'
import { importQuestionnaire } from './import.ts'
import { ungroupedPage } from './names.ts'
import { writeOptions } from './options.ts'
import type { Extension, Questionnaire, QuestionnaireItem } from './questionnaire.ts'
import { writeText } from './texts.ts'

export interface Exported {
  questionnaire: Questionnaire
  /** What other tools will not see: conditions and kinds of question that stand in our extensions only. */
  notes: { item: string; what: string }[]
}

interface Writing {
  items: Map<string, Item>
  /** The items that a condition can look at, as it calls them: in a record also {panel.NAME}. */
  seen: Map<string, Item>
  notes: Exported['notes']
  /** What each page and element became, by name. */
  written: Map<string, QuestionnaireItem>
}

/** `instrument` is valid and has its parts taken in. */
export function exportQuestionnaire(instrument: Instrument): Exported {
  const items = itemsOf(instrument)
  const outside = new Map(items.map((item) => [item.name, item]))
  const writing: Writing = {
    items: new Map([...outside, ...questionsIn(items).map((item) => [item.name, item] as const)]),
    seen: outside,
    notes: [],
    written: new Map(),
  }
  const { $schema: _, kind: _kind, id, version, title, measures, uses: _uses, survey, scales, ...rest } = instrument
  const { pages, description, ...surveyRest } = survey
  const extension = [
    jsonExtension(urls.instrument, { id, ...rest, survey: surveyRest }),
    ...scales.map((scale) => jsonExtension(urls.scale, scale)),
  ]
  const questionnaire: Questionnaire = {
    resourceType: 'Questionnaire',
    extension,
    url: `urn:nameting:instrument:${id}`,
    version,
    ...(writeText('title', title) as { title: string }),
    status: isStandIn(instrument) ? 'draft' : 'active',
    language: 'nl',
    publisher: instrument.wording.holder,
    ...writeText('description', measures),
    copyright: instrument.wording.source,
    item: [...writeDescription('survey', description), ...writePages(pages, writing)],
  }
  keepRest(pages, questionnaire, writing)
  return { questionnaire, notes: writing.notes }
}

/** A page that an import made for items outside any group is no group again. */
function writePages(pages: Page[], writing: Writing): QuestionnaireItem[] {
  let afterUngrouped = false
  return pages.flatMap((page, index) => {
    const isUngrouped =
      !afterUngrouped &&
      Object.keys(page).length === 2 &&
      page.name === ungroupedPage(index) &&
      // Panels are groups, and a group at the top is read as a page.
      page.elements.every(({ type }) => type !== 'panel')
    afterUngrouped = isUngrouped
    return isUngrouped ? page.elements.map((element) => writeElement(element, writing)) : [writeElement(page, writing)]
  })
}

function writeElement(element: Element | Page, writing: Writing): QuestionnaireItem {
  const written: QuestionnaireItem = { linkId: element.name, ...writeBody(element, writing), ...writeCondition(element, writing) }
  const inner = [
    ...('description' in element ? writeDescription(element.name, element.description) : []),
    ...('elements' in element ? element.elements.map((child) => writeElement(child, writing)) : []),
    ...('templateElements' in element ? writeRecords(element, writing) : []),
  ]
  if (inner.length > 0) written.item = inner
  writing.written.set(element.name, written)
  return written
}

function writeRecords({ name, templateElements }: Records, writing: Writing): QuestionnaireItem[] {
  const group = writing.items.get(name) as RecordsItem
  const seen = new Map([...writing.seen, ...group.items.map((item) => [`panel.${item.name}`, item] as const)])
  return templateElements.map((question) => writeElement(question, { ...writing, seen }))
}

function writeBody(element: Element | Page, writing: Writing): Omit<QuestionnaireItem, 'linkId'> & { type: string } {
  if (!('type' in element) || element.type === 'panel') return { type: 'group', ...(element.title ? writeText('text', element.title) : {}) }
  if (element.type === 'html') return { type: 'display', ...writeText('text', plainText(element.html, element.name)) }
  const required = element.isRequired ? { required: true } : {}
  return { ...writeKind(element, writing), ...writeText('text', element.title), ...required }
}

function writeKind(question: Question | Records, { items, notes }: Writing): Omit<QuestionnaireItem, 'linkId'> & { type: string } {
  const item = items.get(question.name) as Item
  if (question.type === 'paneldynamic') return { type: 'group', repeats: true, extension: numberOfRecords(question) }
  const { name, type, inputType, maxLength, step } = question
  switch (type) {
    case 'radiogroup':
      return isYesNo(item) ? { type: 'boolean' } : { type: 'choice', answerOption: writeOptions(item.choices) }
    case 'dropdown':
      return { type: 'choice', extension: [codeExtension(urls.itemControl, 'drop-down')], answerOption: writeOptions(item.choices) }
    case 'checkbox':
      return { type: 'choice', repeats: true, answerOption: writeOptions(item.choices) }
    case 'comment':
      return { type: 'text', ...(maxLength ? { maxLength } : {}) }
    case 'text':
      if (inputType === 'date') return { type: 'date', ...writeLimits(question, 'valueDate') }
      if (inputType !== 'number') return { type: 'string', ...(maxLength ? { maxLength } : {}) }
      return step === 1
        ? { type: 'integer', ...writeLimits(question, 'valueInteger') }
        : { type: 'decimal', ...writeLimits(question, 'valueDecimal') }
    default:
      notes.push({ item: name, what: `a question of type ${String(type)} is a line of text to other tools` })
      return { type: 'string' }
  }
}

const numberOfRecords = ({ minPanelCount, maxPanelCount }: Records): Extension[] => [
  ...(minPanelCount === undefined ? [] : [{ url: urls.minOccurs, valueInteger: minPanelCount }]),
  { url: urls.maxOccurs, valueInteger: maxPanelCount },
]

function writeLimits({ min, max }: Question, key: 'valueDate' | 'valueInteger' | 'valueDecimal'): { extension?: Extension[] } {
  const extension = [
    ...(min === undefined || !fits(min, key) ? [] : [{ url: urls.minValue, [key]: min }]),
    ...(max === undefined || !fits(max, key) ? [] : [{ url: urls.maxValue, [key]: max }]),
  ]
  return extension.length > 0 ? { extension } : {}
}

const fits = (limit: number | string, key: string): boolean => key !== 'valueInteger' || Number.isInteger(limit)

function writeCondition(element: Element | Page, { seen, notes }: Writing): Partial<QuestionnaireItem> {
  const { visibleIf } = element
  if (visibleIf === undefined) return {}
  const condition = toEnableWhen(visibleIf, seen)
  if (!condition) notes.push({ item: element.name, what: `other tools always ask it: enableWhen cannot say "${visibleIf}"` })
  return condition ?? {}
}

const writeDescription = (name: string, description: Localized | undefined): QuestionnaireItem[] =>
  description
    ? [
        {
          linkId: `${name}.description`,
          type: 'display',
          ...writeText('text', description),
          extension: [codeExtension(urls.displayCategory, 'instructions')],
        },
      ]
    : []

/** Plain words of each language, since a display item has no mark-up. */
const plainText = (html: Localized, name: string): Localized =>
  Object.fromEntries(
    Object.entries(html).map(([tag, text]) => {
      const plain = text
        .replace(/<[^>]*>/g, ' ')
        .replace(/[ \t]+/g, ' ')
        .trim()
      return [tag, plain.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&') || name]
    }),
  ) as Localized

/** Reads back what was written, and puts beside each item what differs from the instrument. */
function keepRest(pages: Page[], questionnaire: Questionnaire, { written }: Writing): void {
  const read = importQuestionnaire(questionnaire)
  const names = new Map(read.mappings.map(({ linkId, name }) => [linkId, name]))
  const found = byName((read.instrument.survey as { pages: Named[] }).pages)
  for (const [name, original] of byName(pages as unknown as Named[])) {
    const item = written.get(name)
    const rest = item && differences(original, found.get(names.get(name) ?? name) ?? {})
    if (rest && Object.keys(rest).length > 0) item.extension = [...(item.extension ?? []), jsonExtension(urls.element, rest)]
  }
}

type Named = Record<string, unknown> & { name: string; elements?: Named[]; templateElements?: Named[] }

const byName = (elements: Named[]): Map<string, Named> =>
  new Map(elements.flatMap((element) => [[element.name, element] as const, ...byName(element.elements ?? element.templateElements ?? [])]))

/** The keys of `original` that `found` does not have the same, and null for those that only `found` has. What stands in it is looked at by itself. */
function differences(original: Record<string, unknown>, found: Record<string, unknown>): Record<string, unknown> {
  const keys = new Set([...Object.keys(original), ...Object.keys(found)])
  const rest = [...keys].flatMap((key) => {
    if (
      key === 'elements' ||
      key === 'templateElements' ||
      (original[key] !== undefined && found[key] !== undefined && canonicalJson(original[key]) === canonicalJson(found[key]))
    )
      return []
    if (original[key] === undefined && found[key] === undefined) return []
    return [[key, original[key] ?? null] as const]
  })
  return Object.fromEntries(rest)
}
