/**
 * Writes the JSON Schema files beside the definitions, from the zod schemas, so that an editor completes a definition and
 * underlines mistakes while it is written: `npm run definitions:schemas`. They say less than `nameting check` does.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { identifyingSchema } from '../instruments/identifying.ts'
import { instrumentSchema, partSchema } from '../instruments/schema.ts'
import { translationSchema } from '../instruments/translation.ts'
import { bandSetSchema, normTableSchema, priceTableSchema } from '../norms/schema.ts'
import { protocolSchema } from '../protocols/schema.ts'

type JsonSchema = z.core.JSONSchema.BaseSchema

/** Where a piece of a part may stand in for what is written out: in instruments, and in protocols. */
const replaceable = ['page', 'element', 'choices', 'scale', 'localized', 'mail', 'reminders', 'role-mails', 'reason', 'report-section']

const use = {
  type: 'object',
  description: 'A piece that a part in "uses" defines under this name',
  properties: { $use: { type: 'string' } },
  required: ['$use'],
  additionalProperties: false,
} as const

/** The text of each schema file, by its path in the repository. */
export function jsonSchemaFiles(): Record<string, string> {
  const instrument = withUse(generate(instrumentSchema))
  const protocol = withUse(generate(protocolSchema))
  const schemas: Record<string, JsonSchema> = {
    'instruments/instrument.schema.json': instrument,
    'instruments/part.schema.json': partOf(generate(partSchema), instrument),
    'instruments/identifying.schema.json': generate(identifyingSchema),
    'instruments/translation.schema.json': generate(translationSchema),
    'norms/norm-table.schema.json': generate(normTableSchema),
    'norms/band-set.schema.json': generate(bandSetSchema),
    'norms/price-table.schema.json': generate(priceTableSchema),
    'protocols/protocol.schema.json': protocol,
    'protocols/part.schema.json': partOf(generate(partSchema), protocol),
    'protocols/translation.schema.json': generate(translationSchema),
  }
  return Object.fromEntries(Object.entries(schemas).map(([path, schema]) => [path, `${JSON.stringify(schema, undefined, 2)}\n`]))
}

/** Draft 7 is what editors know best. */
function generate(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-7',
    override: ({ jsonSchema }) => {
      // That a whole number fits a double says nothing to whoever writes one.
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
    },
  })
}

function withUse(schema: JsonSchema): JsonSchema {
  const definitions = Object.entries(schema.definitions ?? {}).flatMap(([name, definition]) =>
    replaceable.includes(name)
      ? [
          [name, { anyOf: [{ $ref: '#/definitions/use' }, { $ref: `#/definitions/${name}-itself` }] }],
          [`${name}-itself`, definition],
        ]
      : [[name, definition]],
  )
  return { ...schema, definitions: { ...Object.fromEntries(definitions), use } }
}

/** A part's pieces are anything that an instrument or a protocol can take in; the last schema lets the unforeseen pass. */
function partOf(part: JsonSchema, { definitions }: JsonSchema): JsonSchema {
  const pieces = replaceable.filter((name) => Object.hasOwn(definitions ?? {}, name))
  const define: JsonSchema = {
    type: 'object',
    description: 'Named pieces: pages, elements, choices, scales, mails, texts',
    additionalProperties: { anyOf: [...pieces.map((name) => ({ $ref: `#/definitions/${name}` })), {}] },
  }
  return { ...part, properties: { ...part.properties, define }, definitions }
}

if (import.meta.main)
  for (const [path, text] of Object.entries(jsonSchemaFiles())) writeFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), text)
