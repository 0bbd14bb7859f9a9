/** Values that a schema takes, made of words that the server itself has used where there are some. */
import { oneOf, type Random, wholeBetween } from '../../server/demo/random.ts'
import type { JsonSchema } from '../harness/sample-body.ts'

/** Values by the key that they stood at in an answer: `wave` has T0, `id` what lists and people are called. */
export type Words = Map<string, unknown[]>

const usual = ['abc', 'nl', '2026-03-02', '2026-03', '12', 'Verzonnen Persoon', 'iemand@voorbeeld.example', 'Afgesproken met het bureau']

/** Something that fits the schema, as far as one value at a time can; `name`: the key that it stands at. */
export function drawValue(schema: JsonSchema, random: Random, words: Words, name = ''): unknown {
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return drawValue(oneOf(random, choices), random, words, name)
  if ('const' in schema) return schema.const
  if (schema.enum) return oneOf(random, schema.enum)
  const type = Array.isArray(schema.type) ? oneOf(random, schema.type) : schema.type
  if (type === 'object') return drawObject(schema, random, words, name)
  if (type === 'array') {
    const { items } = schema
    return items ? Array.from({ length: wholeBetween(random, 0, 2) }, () => drawValue(items, random, words, name.replace(/s$/, ''))) : []
  }
  if (type === 'boolean') return random() < 0.5
  if (type === 'number' || type === 'integer') return (schema.minimum ?? 0) + wholeBetween(random, 0, 3)
  if (type === 'null') return null
  return drawText(schema, random, words, name)
}

function drawObject(schema: JsonSchema, random: Random, words: Words, name: string): Record<string, unknown> {
  const needed = schema.required ?? []
  const named = Object.entries(schema.properties ?? {}).filter(([name]) => needed.includes(name) || random() < 0.4)
  const free = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined
  const names = free
    ? Array.from({ length: wholeBetween(random, 0, 2) }, () =>
        String(known(words, `${name} names`, random) ?? known(words, 'name', random)),
      )
    : []
  return Object.fromEntries([
    ...named.map(([key, one]) => [key, drawValue(one, random, words, key)]),
    ...(free ? names.map((key) => [key, drawValue(free, random, words, key)]) : []),
  ])
}

function drawText({ pattern, minLength = 0 }: JsonSchema, random: Random, words: Words, name: string): unknown {
  const fits = (value: unknown): boolean =>
    typeof value === 'string' && value.length >= minLength && (pattern === undefined || new RegExp(pattern, 'u').test(value))
  const learnt = known(words, name, random)
  if (random() < 0.7 && (pattern === undefined ? learnt !== undefined : fits(learnt))) return learnt
  return usual.filter(fits).find(() => random() < 0.3) ?? usual.find(fits) ?? 'abc'
}

function known(words: Words, name: string, random: Random): unknown {
  const values = words.get(name)
  return values && oneOf(random, values)
}

const most = 40

/** What somebody who knows the study would fill in. */
export const usualWords = (): Words =>
  new Map<string, unknown[]>(
    Object.entries({
      ...{
        arm: ['conference', 'non-conference'],
        cohort: ['prospective', 'rest'],
        role: ['parent', 'referrer', 'informant', 'researcher'],
      },
      ...{ language: ['nl', 'en'], wave: ['T0', 'FU3', 'FU9'], sex: ['female', 'male'], region: ['Amsterdam', 'Overijssel', '*'] },
      ...{
        referral: ['2026-03-01'],
        conference: ['2026-04-15'],
        decision: ['2026-04-20'],
        answeredOn: ['2026-03-02'],
        until: ['2026-04-01'],
      },
      ...{ 'anchors names': ['referral', 'conference', 'decision'], 'consents names': ['research'], 'given names': ['research'] },
      ...{ birthMonth: ['2016-05'], childBirthMonth: ['2016-05'], otherChildBirthMonth: ['2018-01'], number: [1, 2], revision: [0, 1] },
      ...{ protocol: ['familie-aan-zet@0.1.0-standin'], study: ['s1'], telephone: ['06 12345678'], lastDay: ['2026-12-01'] },
      ...{
        email: ['iemand@voorbeeld.example', 'ander@voorbeeld.example'],
        address: ['iemand@bureau.example', 'coordinator@bureau.example'],
      },
      ...{
        item: ['veo01', 'veo02'],
        name: ['veo01', 'Verzonnen Persoon'],
        state: ['declined', 'withdrawn'],
        format: ['csv'],
        layout: ['wide'],
      },
      ...{ reason: ['Afgesproken met het bureau'], about: ['child'], instrument: ['veo', 'pul', 'nosik'], template: ['invitation'] },
    }),
  )

/** `queries` is a list of each `query`. */
const oneOfThese = (name: string): string => name.replace(/ies$/, 'y').replace(/s$/, '')

/** Keeps what an answer has at each key, the latest few dozen; of what is in a list, its id also by the name of the list. */
export function learn(words: Words, value: unknown, name = ''): void {
  if (Array.isArray(value))
    for (const one of value.slice(0, 10)) {
      learn(words, one, name)
      if (typeof one?.id === 'string' || typeof one?.id === 'number') learn(words, one.id, `${oneOfThese(name)} id`)
    }
  else if (typeof value === 'object' && value !== null) for (const [key, one] of Object.entries(value)) learn(words, one, key)
  else if (value !== null && name !== '' && String(value).length <= 64) {
    const known = words.get(name) ?? []
    if (known.includes(value)) return
    words.set(name, [...known.slice(-most), value])
  }
}
