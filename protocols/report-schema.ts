/**
 * The report of a study as data: which tables and figures, of whom, with which statistic and which test. What each word means:
 * docs/report.md. What a definition can't say by itself is checked in `check-report.ts`.
 */
import { z } from 'zod'
import { idSchema, itemNameSchema, localizedSchema } from '../instruments/definition.ts'

const waveId = z.string().regex(/^[A-Z]+[0-9]+$/, 'a wave is written as T0, FU3, FU9')

/** Cases that are looked at together. All that is given must hold. */
const groupSchema = z
  .strictObject({
    title: localizedSchema,
    arms: z.array(idSchema).min(1).optional(),
    cohorts: z.array(idSchema).min(1).optional(),
    answers: z
      .strictObject({ instrument: idSchema, wave: waveId.optional(), condition: z.string().min(1) })
      .optional()
      .meta({ description: 'Only cases with a completed list of this instrument of which the SurveyJS expression holds' }),
    list: z
      .strictObject({ instrument: idSchema, wave: waveId, role: idSchema.optional(), came: z.boolean() })
      .optional()
      .meta({ description: 'Only cases that were asked this list in this wave, and from whom one came (true) or none did (false)' }),
    consent: idSchema.optional().meta({
      description: 'Only cases of which the family consented to this purpose: somebody who speaks for it said yes, and nobody no',
    }),
    together: z
      .array(idSchema)
      .min(2)
      .optional()
      .meta({ description: 'The cases of these other groups, which share none: what is counted in them adds up to this one' }),
  })
  .meta({ id: 'report-group' })

/** Of whom, when and by which list. A table, its columns and its rows each add to it: groups narrow, the rest replaces. */
const placeSchema = z
  .strictObject({
    group: idSchema.optional(),
    wave: waveId.optional(),
    role: idSchema.optional().meta({ description: 'Only lists that somebody in this role filled in' }),
    instruments: z
      .array(idSchema)
      .min(1)
      .optional()
      .meta({ description: 'Lists that are counted together, such as interviews of all roles' }),
    answeredIn: z.array(waveId).min(2).optional().meta({ description: 'Only people with a valid value in each of these waves' }),
    weight: idSchema.optional().meta({ description: 'A weight of the protocol: lists count as much as it says' }),
  })
  .meta({ id: 'report-place' })

/** What is counted: a score, an answer, a fact of the case, or whether a list came. */
const measureSchema = z
  .union([
    z.strictObject({
      scale: z.string().min(1),
      part: z.enum(['raw', 'z', 'band']).default('raw'),
      since: waveId.optional().meta({ description: 'The change since this wave, of the same people' }),
      reliable: z.literal(true).optional().meta({
        description:
          'Of the change whether it is more than chance (Jacobson and Truax, 1991): recovered, improved, unchanged, deteriorated',
      }),
    }),
    z.strictObject({
      item: itemNameSchema,
      within: itemNameSchema.optional().meta({ description: 'A repeated group: then each of its records is counted' }),
      since: waveId.optional().meta({ description: 'The change since this wave, of the same people' }),
    }),
    z.strictObject({ fact: z.enum(['arm', 'cohort', 'region']) }),
    z.strictObject({ list: z.literal('came') }).meta({ description: 'Of each list that was asked whether it came' }),
  ])
  .meta({ id: 'report-measure' })

/** `mean-sd` is both in one cell; intervals are of the mean, 95%; alpha (Cronbach) and omega (McDonald) are of the items of a scale. */
export const statistics = [
  'n',
  'mean',
  'sd',
  'mean-sd',
  'range',
  'median',
  'sum',
  'interval',
  'bootstrap-interval',
  'alpha',
  'omega',
] as const
const statisticsSchema = z.array(z.enum(statistics)).min(1)

/** Some of the answers, or all numbers from one to another. */
const categorySchema = z.union([
  z.strictObject({ title: localizedSchema, values: z.array(z.union([z.int(), z.string().min(1)])).min(1) }),
  z
    .strictObject({
      title: localizedSchema,
      from: z.number().optional().meta({ description: 'The lowest number in it; as low as can be unless given' }),
      to: z.number().optional().meta({ description: 'The highest number in it; as high as can be unless given' }),
    })
    .refine(({ from, to }) => from !== undefined || to !== undefined, 'give values, or from which number to which it goes')
    .refine(({ from = -Infinity, to = Infinity }) => from <= to, 'to lies below from'),
])

/** How often each category was chosen, with per cent: a row each. */
const countSchema = {
  count: measureSchema,
  categories: z.array(categorySchema).min(1).optional().meta({ description: 'Those of the list itself unless given' }),
  unknown: z.array(z.int()).optional().meta({ description: 'Answers that count as missing, such as "I do not know"' }),
}

const describeRow = z.strictObject({
  title: localizedSchema.optional(),
  of: placeSchema.optional(),
  describe: measureSchema,
  statistics: statisticsSchema.optional().meta({ description: 'A row each; not where the table has its statistics in columns' }),
})

const countRow = z.strictObject({
  title: localizedSchema.optional(),
  of: placeSchema.optional(),
  ...countSchema,
  missing: z
    .enum(['left-out', 'shown', 'counted'])
    .default('left-out')
    .meta({ description: 'Whether missing answers have a row, and whether per cent are of all with them' }),
})

const rowSchema = z.union([z.strictObject({ heading: localizedSchema }), describeRow, countRow]).meta({ id: 'report-row' })

const columnSchema = z
  .strictObject({
    title: localizedSchema.optional().meta({ description: 'That of its group, wave or list unless given' }),
    of: placeSchema,
  })
  .meta({ id: 'report-column' })

/** Which way a difference was expected, said beforehand: `greater` when the first is expected to be the greater. */
const sides = z.enum(['two', 'greater', 'less'])
const testBase = { title: localizedSchema.optional(), of: placeSchema.optional(), sides }

const testSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...testBase,
    kind: z.literal('t'),
    describe: measureSchema,
    groups: z.tuple([idSchema, idSchema]),
    variances: z.enum(['equal', 'unequal']).meta({ description: 'equal: Student; unequal: Welch' }),
  }),
  z
    .strictObject({ ...testBase, kind: z.literal('bootstrap-difference'), describe: measureSchema, groups: z.tuple([idSchema, idSchema]) })
    .meta({ description: 'The difference of two means with its interval by bootstrap, and no p: for skewed numbers, such as costs' }),
  z.strictObject({ ...testBase, kind: z.literal('paired-t'), describe: measureSchema, waves: z.tuple([waveId, waveId]) }),
  z.strictObject({ ...testBase, kind: z.literal('anova'), describe: measureSchema, groups: z.array(idSchema).min(2) }),
  z.strictObject({ ...testBase, kind: z.literal('repeated-anova'), describe: measureSchema, waves: z.array(waveId).min(2) }),
  z.strictObject({
    ...testBase,
    kind: z.literal('chi-square'),
    ...countSchema,
    groups: z.array(idSchema).min(2).optional(),
    waves: z.array(waveId).min(2).optional().meta({ description: 'Refused: counts of the same people are not independent' }),
  }),
])

const shared = {
  id: z.string().regex(/^[0-9a-z]+([.-][0-9a-z]+)*$/, 'a table or figure is called as in 6.1 or figure-1'),
  title: localizedSchema,
  note: localizedSchema.optional(),
  denominator: localizedSchema.optional().meta({ description: 'Who is counted, where the platform does not say it well enough' }),
  of: placeSchema.default({}),
  unit: z.enum(['list', 'case']).default('list').meta({
    description: 'What counts as one: each list (or record), or each case, by the list of the first participant with a valid value',
  }),
}

const tableSchema = z
  .strictObject({
    ...shared,
    columns: z.array(columnSchema).min(1),
    statistics: statisticsSchema.optional().meta({ description: 'A column each, under every column' }),
    rows: z.array(rowSchema).min(1),
    tests: z.array(testSchema).default([]),
  })
  .meta({ id: 'report-table' })

const figureSchema = z
  .strictObject({
    ...shared,
    kind: z.enum(['lines', 'bars', 'trajectories', 'transitions', 'intervals', 'agreement', 'response']).meta({
      description:
        'Means per wave, counts of categories, a line per person with the mean, from band to band between waves, means side by side with their intervals, two sources about the same case, how fast lists come in',
    }),
    interval: z.enum(['interval', 'bootstrap-interval']).optional().meta({ description: 'Of means; by the t distribution unless given' }),
    step: z.enum(['day', 'week']).optional().meta({ description: 'Of response: counted by the day, or by the week unless given' }),
    measure: measureSchema,
    series: z.array(columnSchema).min(1),
    waves: z.array(waveId).min(1),
  })
  .meta({ id: 'report-figure' })

const sectionSchema = z
  .strictObject({
    id: idSchema,
    title: localizedSchema,
    tables: z.array(tableSchema).default([]),
    figures: z.array(figureSchema).default([]),
  })
  .meta({ id: 'report-section' })

export const reportSchema = z.strictObject({
  alpha: z.number().gt(0).lt(0.5).default(0.05),
  groups: z.record(idSchema, groupSchema).default({}),
  sections: z.array(sectionSchema).min(1),
})

export type ReportDefinition = z.infer<typeof reportSchema>
export type ReportGroup = z.infer<typeof groupSchema>
export type ReportTable = z.infer<typeof tableSchema>
export type ReportFigure = z.infer<typeof figureSchema>
export type ReportRow = z.infer<typeof rowSchema>
export type ReportColumn = z.infer<typeof columnSchema>
export type ReportTest = z.infer<typeof testSchema>
export type ReportPlace = z.infer<typeof placeSchema>
export type Measure = z.infer<typeof measureSchema>
export type ScaleMeasure = Extract<Measure, { scale: unknown }>
export type ItemMeasure = Extract<Measure, { item: unknown }>
export type Category = z.infer<typeof categorySchema>
/** A category of values that are listed. */
export type ListedCategory = Extract<Category, { values: unknown }>
export type Statistic = (typeof statistics)[number]
