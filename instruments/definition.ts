/**
 * What all three kinds of definition share: a header, texts in several languages, and the way a mistake is reported.
 *
 * Norms and protocols import this file too; it knows nothing of either.
 */
import { z } from 'zod'

/** Languages that every shipped definition must have; any other key is a further translation. */
export const requiredLanguages = ['nl', 'en'] as const

/** A text per language, keyed by BCP 47 tag, as SurveyJS keeps its localised strings. */
export const localizedSchema = z
  .object({ nl: z.string().min(1), en: z.string().min(1) })
  .catchall(z.string().min(1))
  .meta({ id: 'localized', description: 'A text in each language, at least Dutch (nl) and English (en)' })
export type Localized = z.infer<typeof localizedSchema>

/** An id: lower-case words joined by hyphens. It is a folder name, and a column prefix once hyphens become underscores. */
export const idSchema = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'an id has lower-case letters and digits, words joined by hyphens')

/** Semantic version; a stand-in carries a pre-release tag, for example 0.3.0-standin. */
export const versionSchema = z.string().regex(/^\d+\.\d+\.\d+(-[0-9a-z.-]+)?$/, 'a version is semantic, for example 1.0.0 or 0.1.0-standin')

/** `id@version`, the full name of one frozen definition. */
export const referenceSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]*@\d+\.\d+\.\d+(-[0-9a-z.-]+)?$/, 'a reference is id@version, for example veo@0.1.0-standin')

/**
 * Names that survey-core takes for something else: keys of its own objects (`constructor`; `equals` within a record), and what a
 * condition on its page reads as a fact of the survey. tests/instruments/item-names.test.ts tries them, and other words of survey-core.
 */
export const takenNames: ReadonlySet<string> = new Set([
  'constructor',
  'equals',
  'self',
  'locale',
  'pageno',
  'pagecount',
  'questioncount',
  'correctanswers',
  'correctedanswers',
  'correctedanswercount',
  'incorrectanswers',
  'incorrectedanswers',
  'incorrectedanswercount',
])

/** An item name is the variable name of every export, so it must be one in SPSS, R and SQL alike. */
export const itemNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,31}$/, 'a name starts with a lower-case letter and has at most 32 letters, digits and underscores')
  .refine((name) => !takenNames.has(name), { error: ({ input }) => `SurveyJS takes the name ${input} for something else: choose another` })

/** A file with a definition as it was read, before anything is known about it. */
export interface DefinitionFile {
  /** Where it lies, as shown in messages. */
  path: string
  text: string
}

/** One mistake: which file, where in it (a JSON pointer-like path), and what to do about it. */
export interface Problem {
  file: string
  path: string
  reason: string
}

/** A mistake found in a definition by itself, before it is known in which file that lies. */
export type Mistake = Omit<Problem, 'file'>

export interface Reference {
  id: string
  version: string
}

export const formatReference = ({ id, version }: Reference): string => `${id}@${version}`

/** Splits `id@version`. Throws a RangeError for anything else. */
export function parseReference(reference: string): Reference {
  const parsed = referenceSchema.safeParse(reference)
  if (!parsed.success) throw new RangeError(`"${reference}" is not a reference: write id@version, for example veo@0.1.0-standin`)
  const at = reference.indexOf('@')
  return { id: reference.slice(0, at), version: reference.slice(at + 1) }
}

/** A stand-in was written for this project because the real wording or norm is licensed. It shows in the version. */
export const isStandIn = ({ version }: { version: string }): boolean => version.includes('-')

/** The text in `language`, or in Dutch where there is no such translation. */
export const textIn = (text: Localized, language: string): string => text[language] ?? text.nl
