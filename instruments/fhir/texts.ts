/** Texts in several languages: ours by language tag, FHIR's in the resource's language with translations beside them. */
import { type Localized, requiredLanguages } from '../definition.ts'
import { extensionOf, urls } from './extension.ts'
import type { Beside, Extension } from './questionnaire.ts'
import type { Note } from './report.ts'

/** Our tag for a language of FHIR: nl-NL and nl are the same text to us. */
export const languageTag = (tag: string): string => {
  const [language = '', ...rest] = tag.split('-')
  return (requiredLanguages as readonly string[]).includes(language.toLowerCase())
    ? language.toLowerCase()
    : [language.toLowerCase(), ...rest].join('-')
}

/** All languages of a text. A missing Dutch or English one is the other, or the first there is, and gets a note. */
export function readText(text: string, beside: Beside | undefined, language: string, path: string, notes: Note[]): Localized {
  const known: Record<string, string> = { [language]: text }
  for (const { url, extension = [] } of beside?.extension ?? []) {
    if (url !== urls.translation) continue
    const lang = extensionOf({ extension }, 'lang')
    const content = extensionOf({ extension }, 'content')
    const tag = lang?.valueCode ?? lang?.valueString
    if (tag && content?.valueString) known[languageTag(tag)] = content.valueString
  }
  return fillIn(known, path, notes)
}

/** `known` has at least one text. */
export function fillIn(known: Record<string, string>, path: string, notes: Note[]): Localized {
  const instead = known.nl ?? known.en ?? (Object.values(known)[0] as string)
  for (const language of requiredLanguages)
    if (known[language] === undefined) notes.push({ kind: 'to-translate', path, what: `${language}: "${instead}"` })
  const { nl = instead, en = instead, ...others } = known
  return { nl, en, ...others }
}

/** The Dutch text, and beside it every other language. */
export function writeText<Key extends string>(key: Key, { nl, ...others }: Localized): Record<string, unknown> {
  const extension: Extension[] = Object.entries(others).map(([lang, content]) => ({
    url: urls.translation,
    extension: [
      { url: 'lang', valueCode: lang },
      { url: 'content', valueString: content },
    ],
  }))
  return { [key]: nl, [`_${key}`]: { extension } }
}
