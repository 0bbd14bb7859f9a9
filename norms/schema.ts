/** The form of a norm table (where a population stands on one scale) and of a band set (how a z score is called). */
import { z } from 'zod'
import { idSchema, itemNameSchema, localizedSchema, referenceSchema, versionSchema } from '../instruments/definition.ts'

/** Facts of a participant or a child by which norms differ: a text such as sex, or a whole number such as age in years. */
export type Facts = Record<string, string | number | undefined>

const conditionSchema = z.union([
  z.string().min(1),
  z.strictObject({ from: z.int(), to: z.int() }).refine(({ from, to }) => from <= to, 'from is above to'),
])

export const stratumSchema = z.strictObject({
  id: idSchema,
  when: z.record(itemNameSchema, conditionSchema).optional().meta({
    description:
      'Every fact must match: a text exactly, a range with both ends included. At most one stratum has no `when`: the one for everybody else',
  }),
  mean: z.number(),
  sd: z.number().positive(),
  n: z.int().positive().nullable(),
})

export const normTableSchema = z.strictObject({
  $schema: z.string().optional(),
  kind: z.literal('norm-table'),
  id: idSchema,
  version: versionSchema,
  title: localizedSchema,
  instrument: idSchema,
  instrumentVersions: z.string().min(1).meta({ description: 'A semver range, for example ">=0.1.0-standin <0.2.0"' }),
  scale: itemNameSchema,
  population: localizedSchema,
  year: z.int().min(1900).max(2100),
  status: z.enum(['published', 'stand-in']),
  source: z.string().min(1),
  bands: referenceSchema,
  strata: z.array(stratumSchema).min(1),
})

export const bandSchema = z.strictObject({
  id: itemNameSchema,
  label: localizedSchema,
  /** Lowest distance from 0 in the bad direction that still belongs to this band; the first band has none. */
  from: z.number().nullable(),
})

export const bandSetSchema = z.strictObject({
  $schema: z.string().optional(),
  kind: z.literal('band-set'),
  id: idSchema,
  version: versionSchema,
  title: localizedSchema,
  source: z.string().min(1),
  bands: z.array(bandSchema).min(2),
})

/** What one unit of something costs. */
export const priceTableSchema = z.strictObject({
  $schema: z.string().optional(),
  kind: z.literal('price-table'),
  id: idSchema,
  version: versionSchema,
  title: localizedSchema,
  currency: z.string().regex(/^[A-Z]{3}$/, 'a currency is written as EUR'),
  year: z.int().min(1900).max(2100).meta({ description: 'Year of the price level' }),
  status: z.enum(['published', 'stand-in']),
  source: z.string().min(1),
  prices: z
    .record(
      itemNameSchema,
      z
        .number()
        .min(0)
        .refine((price) => Number(price.toFixed(2)) === price, 'a price has at most two decimals'),
    )
    .refine((prices) => Object.keys(prices).length > 0, 'there is no price in it')
    .meta({ description: 'Price of one unit, by what it is' }),
})

export type PriceTable = z.infer<typeof priceTableSchema>
export type NormTable = z.infer<typeof normTableSchema>
export type Stratum = z.infer<typeof stratumSchema>
export type BandSet = z.infer<typeof bandSetSchema>
export type Band = z.infer<typeof bandSchema>
