/**
 * The form of an instrument file: a SurveyJS definition under `survey`, wrapped with what scoring needs to know.
 *
 * Element names are variable names and choice values are integers. Several instruments may share a *part*: a file that
 * defines named pieces (pages, elements, scales, choices), which an instrument takes in with `{ "$use": "name" }`.
 */
import { z } from 'zod'
import { idSchema, itemNameSchema, localizedSchema, referenceSchema, versionSchema } from './definition.ts'

export const wordingSchema = z.strictObject({
  status: z.enum(['stand-in', 'own', 'licensed']),
  holder: z.string().min(1).meta({ description: 'Who holds the rights to this wording' }),
  source: z.string().min(1).meta({ description: 'Where the structure or the wording comes from' }),
})

const choiceSchema = z.strictObject({
  value: z.int().meta({ description: 'Choice values are integers: they are what is exported' }),
  text: localizedSchema,
})

const choicesSchema = z
  .array(choiceSchema)
  .min(2)
  .meta({ id: 'choices', description: 'The possible answers, in the order in which they are shown' })

/** Question types that the respondent's page draws and the server can check. */
export const questionTypes = ['radiogroup', 'dropdown', 'checkbox', 'text', 'comment'] as const

const questionSchema = z.strictObject({
  type: z.enum(questionTypes),
  name: itemNameSchema,
  title: localizedSchema,
  description: localizedSchema.optional(),
  isRequired: z.boolean().optional(),
  visibleIf: z.string().min(1).optional(),
  choices: choicesSchema.optional(),
  choicesFromQuestion: itemNameSchema.optional(),
  inputType: z.enum(['text', 'number', 'date']).optional(),
  min: z.union([z.number(), z.iso.date()]).optional(),
  max: z.union([z.number(), z.iso.date()]).optional(),
  step: z.number().positive().optional(),
  maxLength: z.int().positive().max(20_000).optional(),
})

const htmlSchema = z.strictObject({
  type: z.literal('html'),
  name: itemNameSchema,
  html: localizedSchema,
  visibleIf: z.string().optional(),
})

const panelSchema = z.strictObject({
  type: z.literal('panel'),
  name: itemNameSchema,
  title: localizedSchema.optional(),
  description: localizedSchema.optional(),
  visibleIf: z.string().min(1).optional(),
  get elements() {
    return z.array(elementSchema).min(1)
  },
})

const elementSchema = z.discriminatedUnion('type', [questionSchema, htmlSchema, panelSchema]).meta({ id: 'element' })

const pageSchema = z
  .strictObject({
    name: itemNameSchema,
    title: localizedSchema.optional(),
    description: localizedSchema.optional(),
    visibleIf: z.string().min(1).optional(),
    elements: z.array(elementSchema).min(1),
  })
  .meta({ id: 'page' })

export const surveySchema = z.strictObject({
  title: localizedSchema,
  description: localizedSchema.optional(),
  pages: z.array(pageSchema).min(1),
})

export const scaleSchema = z
  .strictObject({
    id: itemNameSchema,
    title: localizedSchema,
    /** What a bad score is called in a band label, for example "opvoedingsstress". */
    problem: localizedSchema.optional(),
    items: z.array(itemNameSchema).min(1),
    reverse: z.array(itemNameSchema).default([]),
    method: z.enum(['sum', 'mean', 'count', 'categories', 'value']),
    itemRange: z
      .tuple([z.int(), z.int()])
      .meta({ description: 'Lowest and highest answer of an item; a reversed item scores lowest + highest - answer' }),
    missing: z.strictObject({ allowed: z.int().min(0), prorate: z.boolean() }).meta({
      description: 'How many items may be unanswered; prorate: the sum is then the mean of the answered items times the number of items',
    }),
    counts: z.array(z.int()).min(1).optional().meta({ description: 'For count and categories: the answers that count as an event' }),
    groups: z
      .record(itemNameSchema, z.array(itemNameSchema).min(1))
      .optional()
      .meta({ description: 'For categories: the items of each category' }),
    range: z.tuple([z.number(), z.number()]),
    worse: z.enum(['high', 'low']).nullable(),
  })
  .meta({ id: 'scale' })

export const instrumentSchema = z.strictObject({
  $schema: z.string().optional(),
  kind: z.literal('instrument'),
  id: idSchema,
  version: versionSchema,
  title: localizedSchema,
  measures: localizedSchema.meta({ description: 'What it measures, in one sentence for staff; respondents do not see it' }),
  minutes: z.number().positive().meta({ description: 'About how long it takes, in minutes' }),
  wording: wordingSchema,
  respondents: z.array(idSchema).min(1).meta({ description: 'Roles that may answer it' }),
  uses: z.array(referenceSchema).default([]).meta({ description: 'Parts whose pieces are taken in with $use' }),
  survey: surveySchema,
  scales: z.array(scaleSchema),
})

export const partSchema = z.strictObject({
  $schema: z.string().optional(),
  kind: z.literal('part'),
  id: idSchema,
  version: versionSchema,
  title: localizedSchema,
  wording: wordingSchema,
  define: z.record(z.string(), z.unknown()).meta({ description: 'Named pieces: pages, elements, choices, scales' }),
})

export type Instrument = z.infer<typeof instrumentSchema>
export type Part = z.infer<typeof partSchema>
export type Scale = z.infer<typeof scaleSchema>
export type Survey = z.infer<typeof surveySchema>
export type Page = z.infer<typeof pageSchema>
export type Element = z.infer<typeof elementSchema>
export type Question = z.infer<typeof questionSchema>
export type Choice = z.infer<typeof choiceSchema>

/** An answer is an integer choice, several of them, a number, a text or a date; an unanswered item has no key. */
export type Answer = number | string | number[]
export type Answers = Record<string, Answer>
