/** Plain SurveyJS JSON becomes an instrument, with a report of everything that could not come along. */
import { z } from 'zod'
import { makeId, type Named, wordingNote } from '../fhir/import.ts'
import { makeNames } from '../fhir/names.ts'
import { type Imported, ImportFaults, type Note, pathOf } from '../fhir/report.ts'
import { describeIssue } from '../issue.ts'
import { safeParse } from '../safe-parse.ts'
import { readElement, readTexts, type SurveyReading } from './import-element.ts'

const elementSchema = z.looseObject({
  name: z.string().min(1),
  type: z.string(),
  get templateElements() {
    return z.array(elementSchema).optional()
  },
  get elements() {
    return z.array(elementSchema).optional()
  },
})
export type SurveyElement = z.infer<typeof elementSchema>

const pageSchema = z.looseObject({ name: z.string().optional(), elements: z.array(elementSchema).optional() })
const surveySchema = z.looseObject({ locale: z.string().optional(), pages: z.array(pageSchema) })

/** `value` is parsed JSON; `named` goes before what the survey says. Throws ImportFaults when it is no SurveyJS JSON. */
export function importSurvey(value: unknown, named: Named = {}): Imported {
  const survey = readSurvey(value)
  const language = survey.locale && survey.locale !== 'default' ? survey.locale : 'en'
  const notes: Note[] = []
  const names = makeNames(allNames(survey.pages))
  const reading: SurveyReading = { language, names, targets: new Map(), mappings: [], notes, within: undefined }
  const pages = survey.pages.flatMap((page, index) =>
    readElement({ ...page, type: 'page', name: page.name as string }, pathOf(['pages', index]), reading),
  )
  if (pages.length === 0) throw new ImportFaults([{ path: 'pages', reason: 'none of its elements has a place in an instrument' }])

  const { title, description, ...others } = survey
  for (const [key, inner] of Object.entries(others))
    if (key !== 'pages' && key !== 'locale') notes.push({ kind: 'left-out', path: key, what: JSON.stringify(inner).slice(0, 120) })
  const texts = readTexts({ title, description }, '', reading)
  const words = texts.title ?? { nl: 'Vragenlijst', en: 'Questionnaire' }
  const minutes = Math.max(1, Math.ceil(reading.mappings.length / 4))
  for (const [path, what] of Object.entries({
    ...(texts.title ? {} : { title: 'it has no title' }),
    measures: 'its title says what it measures',
    minutes: `${minutes}: four questions a minute`,
    respondents: 'parent: SurveyJS does not say which role answers it',
    wording: wordingNote(undefined),
    scales: 'none: give them in a side file',
  }))
    notes.push({ kind: 'guess', path, what })
  return {
    instrument: {
      kind: 'instrument',
      id: named.id ?? makeId([words.en]),
      version: named.version ?? '1.0.0',
      title: words,
      measures: words,
      minutes,
      wording: { status: 'licensed', holder: 'unknown: fill in', source: 'unknown: fill in' },
      respondents: ['parent'],
      uses: [],
      survey: {
        title: words,
        ...(texts.description ? { description: texts.description } : {}),
        pages: pages.map(({ type: _, ...page }) => page),
      },
      scales: [],
    },
    mappings: reading.mappings,
    notes,
  }
}

/** A survey without pages is one page. */
function readSurvey(value: unknown): z.infer<typeof surveySchema> & { title?: unknown; description?: unknown } {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ImportFaults([{ path: '', reason: 'a survey is a JSON object with pages or elements' }])
  const { elements, questions, ...rest } = value as Record<string, unknown>
  const loose = elements ?? questions
  const parsed = safeParse(
    surveySchema,
    loose !== undefined && !('pages' in rest) ? { ...rest, pages: [{ name: 'page1', elements: loose }] } : value,
  )
  if (!parsed.success)
    throw new ImportFaults(parsed.error.issues.map((issue) => ({ path: pathOf(issue.path), reason: describeIssue(issue) })))
  for (const [index, page] of parsed.data.pages.entries()) page.name ??= `page${index + 1}`
  return parsed.data
}

function allNames(pages: z.infer<typeof surveySchema>['pages']): string[] {
  const names: string[] = []
  const places = new Map<string, string>()
  type Named = Partial<Pick<SurveyElement, 'name' | 'elements' | 'templateElements'>>
  const walk = (element: Named, path: string): void => {
    const name = element.name as string
    const other = places.get(name)
    if (other !== undefined) throw new ImportFaults([{ path: `${path}.name`, reason: `"${name}" is the name of ${other} too` }])
    places.set(name, path)
    names.push(name)
    for (const key of ['elements', 'templateElements'] as const)
      for (const [index, inner] of (element[key] ?? []).entries()) walk(inner, `${path}.${key}[${index}]`)
  }
  for (const [index, page] of pages.entries()) walk(page, `pages[${index}]`)
  return names
}
