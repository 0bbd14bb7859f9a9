/** Which languages the texts of a definition have, whatever kind of definition it is. */
import type { Localized, Mistake } from './definition.ts'
import { pointer } from './json.ts'

interface PlacedText {
  /** JSON pointer into the definition. */
  path: string
  text: Localized
}

/** All texts of a definition: every object with a Dutch and an English text. */
export function placedTexts(definition: unknown): PlacedText[] {
  const found: PlacedText[] = []
  const path: string[] = []
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    if (isLocalized(value)) return void found.push({ path: pointer(path), text: value })
    for (const [key, inner] of Object.entries(value)) {
      path.push(key)
      walk(inner)
      path.pop()
    }
  }
  walk(definition)
  return found
}

/** The languages of a definition, in the order in which they first occur. */
export const languagesOf = (value: unknown): string[] => [...new Set(placedTexts(value).flatMap(({ text }) => Object.keys(text)))]

/** Where a definition has no text in `language`, among what people who take part in a study read. */
export const missingIn = (value: unknown, language: string): string[] =>
  placedTexts(value)
    .filter(({ path, text }) => !Object.hasOwn(text, language) && !isForResearchers(path))
    .map(({ path }) => path)

/** The report of a protocol, and what it assumes, are read by researchers, who have them in Dutch or in English. */
const isForResearchers = (path: string): boolean => path.startsWith('/report/') || path.startsWith('/assumptions/')

/** A language tag (BCP 47) as we write them: `pl`, `zh-Hans`; not `default` or `PL`. */
const languageTag = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/

/** A mistake for each key of a text that is no language. */
export function checkLanguageTags(definition: unknown): Mistake[] {
  return placedTexts(definition).flatMap(({ path, text }) =>
    Object.keys(text)
      .filter((key) => !languageTag.test(key))
      .map((key) => ({ path: `${path}${pointer([key])}`, reason: `"${key}" is no language tag, such as pl or zh-Hans` })),
  )
}

/** A language beyond the required ones is the promise of a whole translation: each text that lacks it. */
export const warnAboutTranslations = (definition: unknown): Mistake[] =>
  languagesOf(definition).flatMap((language) =>
    missingIn(definition, language).map((path) => ({ path, reason: `there is no translation into ${language}` })),
  )

export function isLocalized(value: object): value is Localized {
  return 'nl' in value && 'en' in value && Object.values(value).every((text) => typeof text === 'string')
}
