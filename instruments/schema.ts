/**
 * The form of an instrument file: a SurveyJS definition under `survey`, wrapped with what scoring needs to know.
 *
 * Element names are variable names and choice values are integers. Several instruments may share a *part*: a file that
 * defines named pieces (pages, elements, scales, choices, texts), which an instrument takes in with `{ "$use": "name" }`, and words within
 * a text with `{{name}}`.
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

/** Most records that one repeated group takes. */
export const mostRecords = 50

/** Repeated records: the same questions once for each child, placement or action. SurveyJS's own dynamic panel. */
const recordsSchema = z.strictObject({
  type: z.literal('paneldynamic'),
  name: itemNameSchema,
  title: localizedSchema,
  description: localizedSchema.optional(),
  isRequired: z.boolean().optional().meta({ description: 'At least one record is needed' }),
  visibleIf: z.string().min(1).optional(),
  templateElements: z
    .array(questionSchema)
    .min(1)
    .meta({ description: 'The questions of each record; a condition may look at earlier ones of the same record as {panel.NAME}' }),
  templateTitle: localizedSchema.optional().meta({ description: 'Heading of a record; {panelIndex} is its number, from 1' }),
  minPanelCount: z.int().min(0).max(mostRecords).optional(),
  maxPanelCount: z.int().min(1).max(mostRecords),
  addPanelText: localizedSchema.optional(),
  removePanelText: localizedSchema.optional(),
  noEntriesText: localizedSchema.optional(),
})

const elementSchema = z.discriminatedUnion('type', [questionSchema, htmlSchema, panelSchema, recordsSchema]).meta({ id: 'element' })

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

const missingSchema = z
  .strictObject({
    allowed: z.int().min(0),
    prorate: z.boolean(),
    answers: z
      .array(z.int())
      .min(1)
      .optional()
      .meta({ description: 'Answers which say that it is not known, such as "file insufficient": they miss like an open question' }),
  })
  .meta({
    description: 'How many items may be unanswered; prorate: the sum is then the mean of the answered items times the number of items',
  })

/** Scales of answers: each item gives a number, or is an event. */
const answerScaleSchema = z.strictObject({
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
  missing: missingSchema,
  counts: z.array(z.int()).min(1).optional().meta({ description: 'For count and categories: the answers that count as an event' }),
  groups: z.record(itemNameSchema, z.array(itemNameSchema).min(1)).optional().meta({
    description:
      'For categories: the items of each category. For a sum: its parts; each is prorated by itself, and may miss as many as allowed',
  }),
  range: z.tuple([z.number(), z.number()]),
  worse: z.enum(['high', 'low']).nullable(),
})

const whereSchema = z
  .record(itemNameSchema, z.array(z.int()).min(1))
  .refine((where) => Object.keys(where).length > 0, 'there is no item in it')
  .meta({ description: 'By item the answers that fit; of several items all must fit' })

/** What the scales below have in common. `items` is one group of records, or the questions themselves. */
const factScale = {
  id: itemNameSchema,
  title: localizedSchema,
  problem: localizedSchema.optional(),
  items: z.array(itemNameSchema).min(1),
  none: whereSchema
    .optional()
    .meta({ description: 'Answers outside the records which say that there are none: then 0 records, although none were asked' }),
  missing: missingSchema.meta({ description: 'How many records or items may lack what the method needs; they are then left out' }),
  range: z.tuple([z.number(), z.number()]),
  worse: z.enum(['high', 'low']).nullable(),
}

const recordsScaleSchema = z.strictObject({
  ...factScale,
  method: z.literal('records'),
  where: whereSchema.optional(),
})

const durationScaleSchema = z.strictObject({
  ...factScale,
  method: z.literal('duration'),
  start: itemNameSchema,
  end: itemNameSchema,
  running: whereSchema
    .optional()
    .meta({ description: 'Answers which say that it still goes on: an empty end is then the day on which the list was completed' }),
  asOf: itemNameSchema
    .optional()
    .meta({ description: 'The question that says on which day it still went on, for what is not about the day of completion' }),
  unit: z.enum(['days', 'months']),
  over: z
    .enum(['sum', 'longest', 'union'])
    .optional()
    .meta({ description: 'For records: all durations added, the longest, or the time in which at least one went on' }),
  where: whereSchema.optional(),
})

const shareScaleSchema = z.strictObject({
  ...factScale,
  method: z.literal('share'),
  where: whereSchema.meta({ description: 'What the part has: by item the answers that fit' }),
})

const costScaleSchema = z.strictObject({
  ...factScale,
  method: z.literal('cost'),
  priceTable: idSchema.meta({ description: 'Id of the price table; the study says which version' }),
  unitPrices: z
    .record(z.string().min(1), itemNameSchema)
    .meta({ description: 'The key in the price table, by item; for records by the answer to `kind`' }),
  kind: itemNameSchema.optional().meta({ description: 'For records: the question that says what was used' }),
  amount: itemNameSchema.optional().meta({ description: 'For records: the question that says how much' }),
})

export const scaleSchema = z
  .discriminatedUnion('method', [answerScaleSchema, recordsScaleSchema, durationScaleSchema, shareScaleSchema, costScaleSchema])
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
  define: z.record(z.string(), z.unknown()).meta({ description: 'Named pieces: pages, elements, choices, scales, texts' }),
})

export type Instrument = z.infer<typeof instrumentSchema>
export type Part = z.infer<typeof partSchema>
export type Scale = z.infer<typeof scaleSchema>
/** A scale that makes a number of answers, item by item. */
export type AnswerScale = z.infer<typeof answerScaleSchema>
/** A scale that counts, times, compares or prices what was recorded. */
export type FactScale = Exclude<Scale, AnswerScale>
export type Where = z.infer<typeof whereSchema>
/** A group of questions that is answered once per record. */
export type Records = z.infer<typeof recordsSchema>
export type Survey = z.infer<typeof surveySchema>
export type Page = z.infer<typeof pageSchema>
export type Element = z.infer<typeof elementSchema>
export type Question = z.infer<typeof questionSchema>
export type Choice = z.infer<typeof choiceSchema>

/** An answer to one question is an integer choice, several of them, a number, a text or a date. */
export type SimpleAnswer = number | string | number[]
/** One record: answers by item; an unanswered item has no key. */
export type AnswerRecord = Record<string, SimpleAnswer>
/** The answer of an item: that of a question, or the records of a repeated group in their order. */
export type Answer = SimpleAnswer | AnswerRecord[]
/** An unanswered item has no key. */
export type Answers = Record<string, Answer>
