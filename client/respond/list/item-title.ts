import type { Localized } from '../../../instruments/definition.ts'
import { placeInRecord } from '../../../instruments/records.ts'
import type { Element, Question, Records, Survey } from '../../../instruments/schema.ts'

/** The question of an item, wherever in the list it stands, in a record after the record's heading; its name when there is none. */
export function itemTitle(survey: Survey, name: string): Localized {
  const all = survey.pages.flatMap(({ elements }) => asked(elements))
  const place = placeInRecord(name)
  const found = all.find((element) => element.name === (place?.group ?? name))
  if (!found) return { nl: name, en: name }
  if (!place || found.type !== 'paneldynamic') return found.title
  const inner = found.templateElements.find((question) => question.name === place.item)
  return inner ? inRecordTitle(found, place.index, inner) : found.title
}

function inRecordTitle({ title, templateTitle }: Records, index: number, question: Question): Localized {
  const heading = (language: string) =>
    templateTitle?.[language]?.replaceAll('{panelIndex}', String(index + 1)) ?? `${title[language] ?? title.nl} ${index + 1}`
  return Object.fromEntries(
    Object.entries(question.title).map(([language, text]) => [language, `${heading(language)}: ${text}`]),
  ) as Localized
}

const asked = (elements: Element[]): (Question | Records)[] =>
  elements.flatMap((element) => (element.type === 'panel' ? asked(element.elements) : element.type === 'html' ? [] : [element]))
