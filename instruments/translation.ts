/**
 * A translation: a file beside a published definition, which itself never changes, with its Dutch texts in one more language.
 *
 * `texts` has each Dutch text as it stands in the definition's own file, with its {{words}} and {placeholders}; the pieces of a part
 * are translated beside the part.
 */
import { z } from 'zod'
import { referenceSchema, requiredLanguages } from './definition.ts'
import { ownValue } from './own-value.ts'
import { isLocalized } from './translations.ts'

export const translationSchema = z.strictObject({
  $schema: z.string().optional(),
  kind: z.literal('translation'),
  of: referenceSchema,
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/, 'a language is written as tr, ar or pl')
    .refine((language) => !(requiredLanguages as readonly string[]).includes(language), 'a definition itself has this language'),
  status: z.enum(['machine-draft', 'reviewed']).meta({ description: 'Whether a person who speaks the language has read it over' }),
  source: z.string().min(1).meta({ description: 'Who made it out of what, and who read it over' }),
  texts: z.record(z.string().min(1), z.string().min(1)).meta({ description: 'The translation of each Dutch text of the definition' }),
})

export type Translation = z.infer<typeof translationSchema>

/** The texts of a definition's own file in another language, by the Dutch text. */
export type Texts = Readonly<Record<string, string>>

/** A copy of `value` that has, beside each text that is in `texts`, its translation. What a definition says itself stands. */
export function withTexts(value: unknown, language: string, texts: Texts): unknown {
  if (Array.isArray(value)) return value.map((element) => withTexts(element, language, texts))
  if (typeof value !== 'object' || value === null) return value
  if (isLocalized(value)) {
    const text = ownValue(texts, value.nl)
    return text === undefined || Object.hasOwn(value, language) ? value : { ...value, [language]: text }
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withTexts(inner, language, texts)]))
}

/** A copy of `value` whose texts have one language only: `language`, or Dutch where they lack it. */
export function onlyIn(value: unknown, language: string): unknown {
  if (Array.isArray(value)) return value.map((element) => onlyIn(element, language))
  if (typeof value !== 'object' || value === null) return value
  if (isLocalized(value)) {
    const text = ownValue(value, language)
    return text === undefined ? { nl: value.nl } : { [language]: text }
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, onlyIn(inner, language)]))
}
