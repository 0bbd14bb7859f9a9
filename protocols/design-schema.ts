/** The parts of a protocol that make a design: who is drawn, who is compared with whom, and what counts how much. */
import { z } from 'zod'
import { idSchema, localizedSchema } from '../instruments/definition.ts'

/** Allocation by lot in permuted blocks, see `allocation.ts`. */
export const allocationSchema = z.strictObject({
  ratio: z
    .record(idSchema, z.int().positive())
    .refine((ratio) => Object.keys(ratio).length > 1, 'a lot is drawn between two arms at least')
    .meta({ description: 'How many of each block go to each arm' }),
  blocks: z
    .array(z.int().positive())
    .min(1)
    .meta({ description: 'Sizes of blocks, as multiples of the ratio; drawn at random, so that the end of a block cannot be foreseen' }),
  strata: z
    .array(z.enum(['region', 'cohort']))
    .default([])
    .meta({ description: 'Facts of a case within which the arms are balanced' }),
})

/** A random sample of cases, drawn once and recorded. */
export const sampleSchema = z.strictObject({
  title: localizedSchema,
  size: z.int().positive(),
  arms: z.array(idSchema).min(1).optional(),
  cohorts: z.array(idSchema).min(1).optional(),
})

/** Cases that are compared with an index case one by one. */
export const matchingSchema = z.strictObject({
  cohort: idSchema.meta({ description: 'The cohort of the cases that are matched to an index case' }),
  criteria: z
    .record(idSchema, z.strictObject({ title: localizedSchema }))
    .refine((criteria) => Object.keys(criteria).length > 0, 'there is no criterion in it')
    .meta({ description: 'On what they are matched; staff record of each whether it is met' }),
})

/** Weights by which each case counts the same, however many opinions were collected in it, see `weights.ts`. */
export const weightSchema = z.strictObject({
  title: localizedSchema,
  instruments: z
    .array(idSchema)
    .min(1)
    .meta({ description: 'The instruments whose completed assignments are the opinions, those of each wave apart' }),
  condition: z
    .string()
    .min(1)
    .optional()
    .meta({ description: 'SurveyJS expression over the answers: only lists of which it holds count, such as interviews that were held' }),
})

export type Allocation = z.infer<typeof allocationSchema>
export type Sample = z.infer<typeof sampleSchema>
export type Weight = z.infer<typeof weightSchema>
