/** Small instruments for tests, made through the schema so that they are as valid as a file. */
import { type Instrument, instrumentSchema, type Scale, scaleSchema } from '../../instruments/schema.ts'

export const text = (words: string) => ({ nl: words, en: words })

/** `count` choices: `from`, `from + 1`, ... */
export const choices = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ value: from + index, text: text(`keuze ${from + index}`) }))

/** A radiogroup with choices 1 to 6. */
export const agreement = (name: string, more: Record<string, unknown> = {}) => ({
  type: 'radiogroup',
  name,
  title: text(`Vraag ${name}`),
  choices: choices(1, 6),
  ...more,
})

export const exampleScale = (more: Record<string, unknown>): Scale => scaleSchema.parse(scaleSource(more))

const scaleSource = (more: Record<string, unknown>) => ({
  id: 'total',
  title: text('Totaal'),
  method: 'sum',
  itemRange: [1, 6],
  missing: { allowed: 0, prorate: false },
  range: [0, 1000],
  worse: 'high',
  ...more,
})

/** One page per list of elements, called page_1, page_2, ... */
export const exampleInstrument = (pages: Record<string, unknown>[][], scales: Record<string, unknown>[] = []): Instrument =>
  instrumentSchema.parse({
    kind: 'instrument',
    id: 'example',
    version: '1.0.0',
    title: text('Voorbeeld'),
    measures: text('Niets'),
    minutes: 1,
    wording: { status: 'own', holder: 'Nameting', source: 'Made for a test' },
    respondents: ['parent'],
    survey: {
      title: text('Voorbeeld'),
      pages: pages.map((elements, index) => ({ name: `page_${index + 1}`, elements })),
    },
    scales: scales.map(scaleSource),
  })
