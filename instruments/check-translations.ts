/** Checks translations beside the definitions that they are of, and lists what they leave untranslated. */
import type { ReadWithParts, TranslationFile } from './catalogue.ts'
import { formatReference, type Problem, parseReference, type Reference } from './definition.ts'
import { pointer } from './json.ts'
import type { Translation } from './translation.ts'
import { missingIn, placedTexts } from './translations.ts'

type WithTranslations<Definition extends Reference> = Pick<ReadWithParts<Definition>, 'catalogue' | 'files' | 'translations' | 'translated'>

/** What keeps translations from being used: of nothing, in the wrong place, of texts that are no longer there, with other placeholders. */
export const checkTranslations = ({ translations }: Pick<WithTranslations<Reference>, 'translations'>): Problem[] =>
  translations.flatMap(({ file, translation, source }) => [
    ...checkPlace(file, translation),
    ...(source === undefined
      ? [{ file, path: '/of', reason: `there is no ${translation.of} in this folder, or it has mistakes` }]
      : checkTexts({ file, translation, source })),
  ])

function checkPlace(file: string, { of, language }: Translation): Problem[] {
  const { id, version } = parseReference(of)
  const wanted = `${id}/${version}.${language}.json`
  const place = file.split(/[\\/]/).slice(-2).join('/')
  return place === wanted ? [] : [{ file, path: '/of', reason: `this is ${of} in ${language}, so the file has to be ${wanted}` }]
}

function checkTexts({ file, translation, source }: TranslationFile): Problem[] {
  const dutch = new Set(placedTexts(source).map(({ text }) => text.nl))
  return Object.entries(translation.texts).flatMap(([text, translated]) => {
    const path = pointer(['texts', text])
    if (!dutch.has(text)) return [{ file, path, reason: `${translation.of} has no such Dutch text: take it over exactly, or leave it out` }]
    const [wanted, found] = [blanksIn(text), blanksIn(translated)]
    if (wanted === found) return []
    return [
      { file, path, reason: `the Dutch text has ${wanted || 'nothing to fill in'}, the translation ${found || 'nothing to fill in'}` },
    ]
  })
}

/** What is filled in later: {{words}} of parts, {placeholders} of mails, answers in texts. Each once, in the order of the alphabet. */
export const blanksIn = (text: string): string => [...new Set(text.match(/\{\{[^{}]*\}\}|\{[^{}]*\}/g))].sort().join(' ')

/** Each text that lacks a language into which something of its definition is translated; it is shown in Dutch. */
export const warnAboutUntranslated = <Definition extends Reference>({
  catalogue,
  files,
  translated,
}: WithTranslations<Definition>): Problem[] =>
  catalogue.all().flatMap((definition) => {
    const reference = formatReference(definition)
    return translated.languagesOf(reference).flatMap((language) => {
      const lacking = new Map(translated.lacking(reference, language).map(({ path, reason }) => [path, reason]))
      return missingIn(translated.into(definition, language), language).map((path) => ({
        file: files.get(reference) ?? '',
        path,
        reason: lacking.get(`${path}/${language}`) ?? `there is no translation into ${language}`,
      }))
    })
  })
