/** A FHIR R4 Questionnaire becomes an instrument, with a report of everything that could not come along. */
import { idSchema, versionSchema } from '../definition.ts'
import { describeIssue } from '../issue.ts'
import { safeParse } from '../safe-parse.ts'
import { extensionOf, urls } from './extension.ts'
import { overlay, readItem, readRest, takeDescription } from './import-item.ts'
import { makeNames, ungroupedPage } from './names.ts'
import { noteUnknown } from './note-unknown.ts'
import { type Questionnaire, type QuestionnaireItem, questionnaireSchema } from './questionnaire.ts'
import { type Draft, isRecords, type Reading } from './reading.ts'
import { type Fault, type Imported, ImportFaults, type Note, pathOf } from './report.ts'
import { checkStructure, placedItems } from './structure.ts'
import { languageTag, readText } from './texts.ts'

export interface Named {
  id?: string | undefined
  version?: string | undefined
}

const keys = [
  'resourceType',
  'id',
  'url',
  'version',
  'name',
  'title',
  '_title',
  'description',
  '_description',
  'language',
  'status',
  'publisher',
  'copyright',
  'item',
]

/** `value` is parsed JSON; `named` goes before what the resource says. Throws ImportFaults when it is no sound Questionnaire. */
export function importQuestionnaire(value: unknown, named: Named = {}): Imported {
  const questionnaire = readQuestionnaire(value)
  const notes: Note[] = []
  const language = languageTag(questionnaire.language ?? 'en')
  if (questionnaire.language === undefined) notes.push({ kind: 'guess', path: 'language', what: 'its texts are taken for English' })
  const linkIds = placedItems(questionnaire.item).map(({ item }) => item.linkId)
  const taken = new Set<string>()
  const reading: Reading = {
    language,
    names: makeNames(linkIds, taken),
    taken,
    targets: new Map(),
    mappings: [],
    notes,
    weighted: [],
    within: undefined,
  }
  noteUnknown(questionnaire, keys, [urls.instrument, urls.scale], '', notes)

  const { description, items } = takeDescription(questionnaire.item, '', reading)
  const pages = readPages(items, reading)
  if (pages.length === 0) throw new ImportFaults([{ path: 'item', reason: 'none of its items has a place in an instrument' }])
  const header = readHeader(questionnaire, named, language, notes)
  const survey = { title: header.title, ...(description ? { description } : {}) }
  const ours = extensionOf(questionnaire, urls.instrument)?.valueString
  if (ours === undefined) {
    const scales = guessScales(reading)
    return { instrument: { ...header, survey: { ...survey, pages }, scales }, mappings: reading.mappings, notes }
  }
  const { survey: surveyRest, ...rest } = readRest(ours, 'extension')
  const scales = questionnaire.extension
    ?.filter(({ url }) => url === urls.scale)
    .map(({ valueString }) => readRest(valueString ?? '', 'extension'))
  const instrument = {
    ...overlay(header, { ...rest, ...Object.fromEntries(Object.entries(named).filter(([, name]) => name !== undefined)) }),
    survey: { ...overlay(survey, (surveyRest ?? {}) as Record<string, unknown>), pages },
    scales,
  }
  return { instrument, mappings: reading.mappings, notes: notes.filter(({ kind, path }) => kind !== 'guess' || !Object.hasOwn(rest, path)) }
}

function readQuestionnaire(value: unknown): Questionnaire {
  const type = typeof value === 'object' && value !== null && 'resourceType' in value ? value.resourceType : undefined
  if (type !== 'Questionnaire')
    throw new ImportFaults([
      { path: 'resourceType', reason: `this must be "Questionnaire"${type === undefined ? '' : `, not ${JSON.stringify(type)}`}` },
    ])
  const parsed = safeParse(questionnaireSchema, value)
  const faults: Fault[] = parsed.success
    ? checkStructure(parsed.data)
    : parsed.error.issues.map((issue) => ({ path: pathOf(issue.path), reason: describeIssue(issue) }))
  if (faults.length > 0) throw new ImportFaults(faults)
  return parsed.data as Questionnaire
}

/** A group at the top is a page, and so are the items between two groups. A repeated group is an item. */
function readPages(items: { item: QuestionnaireItem; path: string }[], reading: Reading): Record<string, unknown>[] {
  const pages: Record<string, unknown>[] = []
  let ungrouped: { name: string; elements: Draft[] } | undefined
  for (const { item, path } of items) {
    const elements = readItem(item, path, reading)
    if (item.type === 'group' && !isRecords(item)) {
      for (const { type: _, ...page } of elements) pages.push(page)
      ungrouped = undefined
    } else if (ungrouped) ungrouped.elements.push(...elements)
    else if (elements.length > 0) {
      ungrouped = { name: ungroupedPage(pages.length), elements }
      pages.push(ungrouped)
    }
  }
  return pages
}

function readHeader(questionnaire: Questionnaire, named: Named, language: string, notes: Note[]): Record<string, unknown> {
  const { url, name, id, version, title, _title, description, _description, publisher, copyright, status } = questionnaire
  const isOurs = extensionOf(questionnaire, urls.instrument) !== undefined
  const words = title ?? name ?? id ?? 'Questionnaire'
  const localTitle = readText(words, _title, language, 'title', notes)
  const guess = (path: string, what: string) => notes.push({ kind: 'guess', path, what })
  if (status !== undefined && !isOurs) notes.push({ kind: 'left-out', path: 'status', what: status })
  if (description === undefined) guess('measures', 'there is no description, so the title says what it measures')
  const count = placedItems(questionnaire.item).filter(({ item }) => item.type !== 'group' && item.type !== 'display').length
  const minutes = Math.max(1, Math.ceil(count / 4))
  guess('minutes', `${minutes}: four questions a minute`)
  guess('respondents', 'parent: a Questionnaire does not say which role answers it')
  guess('wording', wordingNote(publisher))
  return {
    kind: 'instrument',
    id: named.id ?? makeId([url?.split(/[/:|]/).at(-1), name, title, id]),
    version: named.version ?? makeVersion(version, isOurs, notes),
    title: localTitle,
    measures: description ? readText(description, _description, language, 'description', notes) : localTitle,
    minutes,
    wording: {
      status: 'licensed',
      holder: publisher ?? 'unknown: fill in',
      source: [copyright, url, version].filter(Boolean).join('; ') || 'unknown: fill in',
    },
    respondents: ['parent'],
    uses: [],
  }
}

/** Whose words they are is for a person to find out: until then they are somebody else's, never ours. */
export const wordingNote = (holder: string | undefined): string =>
  `licensed by ${holder === undefined ? 'nobody that the file names: fill in who holds the rights' : `its publisher ${holder}`}; make sure that you may use it`

export function makeId(candidates: (string | undefined)[]): string {
  const ids = candidates.map((text = '') =>
    text
      .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^[-0-9]+|-+$/g, ''),
  )
  return ids.find((id) => idSchema.safeParse(id).success) ?? 'imported'
}

function makeVersion(version: string | undefined, isOurs: boolean, notes: Note[]): string {
  if (version !== undefined && versionSchema.safeParse(version).success && (isOurs || !version.includes('-'))) return version
  const made = version !== undefined && /^\d+(\.\d+)?$/.test(version) ? `${version}.0.0`.split('.').slice(0, 3).join('.') : '1.0.0'
  notes.push({ kind: 'changed', path: 'version', what: `${version === undefined ? 'none' : JSON.stringify(version)} becomes ${made}` })
  return made
}

/** Weights are there to be added up, yet a Questionnaire does not say how. */
function guessScales({ weighted, notes }: Reading): Record<string, unknown>[] {
  const values = weighted.flatMap((item) => item.values)
  const [lowest, highest] = [Math.min(...values), Math.max(...values)]
  if (weighted.length === 0 || lowest === highest) return []
  const items = weighted.map(({ name }) => name)
  const what = `the scale total adds up the items with weights (${items.join(', ')}), ${lowest} to ${highest} each, none may be missing, no direction is bad`
  notes.push({ kind: 'guess', path: 'scales', what })
  return [
    {
      id: 'total',
      title: { nl: 'Totaal', en: 'Total' },
      items,
      reverse: [],
      method: 'sum',
      itemRange: [lowest, highest],
      missing: { allowed: 0, prorate: false },
      range: [lowest * items.length, highest * items.length],
      worse: null,
    },
  ]
}
