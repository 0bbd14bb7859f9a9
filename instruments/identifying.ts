/**
 * Which questions ask what an outsider could know of a family: `instruments/ID/identifying.json`, for all versions of an instrument.
 *
 * It lies beside the definitions and not in them: how well a family can be recognised is a judgement on answers that were given long
 * ago, too, and changes nothing of what was asked. docs/definitions.md tells how it is written.
 */
import { z } from 'zod'
import { idSchema, itemNameSchema } from './definition.ts'
import { type Item, itemsOf, type QuestionItem } from './items.ts'
import type { Instrument } from './schema.ts'

/** What a question asks; `none`: nothing by which a family is known, whatever its words look like. */
const identifyingKinds = ['birth-date', 'birth-year', 'age', 'trait', 'none'] as const
export type IdentifyingKind = (typeof identifyingKinds)[number]

/** A question, or one of a repeated group behind the name of the group. */
const pathSchema = z
  .string()
  .refine((path) => /^[^.]+(\.[^.]+)?$/.test(path) && path.split('.').every((name) => itemNameSchema.safeParse(name).success), {
    error: 'write the name of an item, or group.item for a question of a repeated group',
  })

export const identifyingSchema = z.strictObject({
  $schema: z.string().optional(),
  kind: z.literal('identifying'),
  instrument: idSchema,
  items: z.record(pathSchema, z.enum(identifyingKinds)).meta({
    description:
      'By item, or group.item: a day of birth, a year of birth, an age in years, another trait (sex, origin, residence); none: not one of these',
  }),
})

export type Identifying = z.infer<typeof identifyingSchema>

export const isIdentifyingFile = (path: string): boolean => /(^|[/\\])identifying\.json$/.test(path)

/** The questions of an instrument by their paths; those of a repeated group as `group.item`. */
export const pathsOf = (instrument: Instrument): [path: string, item: QuestionItem][] =>
  itemsOf(instrument).flatMap((item: Item): [string, QuestionItem][] =>
    item.kind === 'records' ? item.items.map((inner) => [`${item.name}.${inner.name}`, inner]) : [[item.name, item]],
  )

/** A question that takes words. */
export const isFreeText = ({ question: { type, inputType } }: QuestionItem): boolean =>
  (type === 'text' || type === 'comment') && inputType !== 'number' && inputType !== 'date'

const ofBirth = /geboren|geboorte|\bborn\b|\bbirth/i
const ofAge = /\bhoe oud\b|\bleeftijd\b|\bhow old\b|\bage\b/i
const ofTrait =
  /\bgeslacht\b|\bjongen of\b|\betnisch|\bafkomst\b|\bherkomst\b|nationalite?it|\bpostcode\b|\bgemeente\b|\bwoonplaats\b|\bgeloof\b|\breligie\b|\bsex\b|\bgender\b|\bboy or\b|\bethnic|\bzip code\b|\bpostal code\b|\breligion\b|\bmother tongue\b|\bmoedertaal\b/i

/** The lowest number that can be no number of years or children. */
const firstYear = 1800

/** What a question seems to ask, by its name and its words: for instruments of which nobody said it. */
export function seemsToAsk(item: QuestionItem): IdentifyingKind {
  const { type, inputType, title, min } = item.question
  const says = (words: RegExp): boolean => [item.name.replaceAll('_', ' '), title.nl, title.en].some((text) => words.test(text))
  if (isFreeText(item)) return 'none'
  if (inputType === 'date') return says(ofBirth) ? 'birth-date' : 'none'
  if (type === 'text') {
    if (says(ofBirth) && typeof min === 'number' && min >= firstYear) return 'birth-year'
    return says(ofAge) ? 'age' : says(ofTrait) ? 'trait' : 'none'
  }
  return says(ofTrait) || says(ofAge) || says(ofBirth) ? 'trait' : 'none'
}

/** Of each question in versions of one instrument. What is not marked goes by its words, in any version. */
export function kindsOf(versions: readonly Instrument[], marks: Identifying | undefined): Map<QuestionItem, IdentifyingKind> {
  const all = versions.flatMap(pathsOf)
  const seeming = new Map<string, IdentifyingKind>()
  for (const [path, item] of all) if ((seeming.get(path) ?? 'none') === 'none') seeming.set(path, seemsToAsk(item))
  return new Map(all.map(([path, item]) => [item, marks?.items[path] ?? seeming.get(path) ?? 'none']))
}
