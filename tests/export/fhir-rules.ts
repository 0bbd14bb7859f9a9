/**
 * A Bundle of QuestionnaireResponses by the rules of FHIR R4 (https://hl7.org/fhir/R4/questionnaireresponse.html and datatypes.html), for the
 * elements that an export writes. Anything else is refused, so that nothing comes in unread. It is no validator of HL7's.
 */
import assert from 'node:assert/strict'
import { z } from 'zod'
import { questionnaireSchema } from '../../instruments/fhir/questionnaire.ts'

const text = z.string().regex(/^[ \r\n\t\S]+$/)
const uri = z.string().regex(/^[a-z][a-z0-9+.-]*:\S+$/i)
const code = z.string().regex(/^\S+( \S+)*$/)
const id = z.string().regex(/^[A-Za-z0-9\-.]{1,64}$/)
const date = z.string().regex(/^\d{4}(-\d\d(-\d\d)?)?$/)
/** A time of day has its zone. */
const dateTime = z.string().regex(/^\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?)?)?$/)
const integer = z
  .int()
  .min(-(2 ** 31))
  .max(2 ** 31 - 1)

const extension = z.union([z.strictObject({ url: uri, valueString: text }), z.strictObject({ url: uri, valueCode: code })])
const coding = z.strictObject({ system: uri.optional(), code: code.optional(), display: text.optional() })
const reference = z.strictObject({ identifier: z.strictObject({ system: uri, value: text }) })

/** Exactly one value. */
const answer = z.union([
  z.strictObject({ valueBoolean: z.boolean() }),
  z.strictObject({ valueInteger: integer }),
  z.strictObject({ valueDecimal: z.number() }),
  z.strictObject({ valueDate: date }),
  z.strictObject({ valueString: text }),
  z.strictObject({ valueCoding: coding }),
])

const item = z.strictObject({
  linkId: text,
  extension: z.array(extension).min(1).optional(),
  answer: z.array(answer).min(1).optional(),
  get item() {
    return z.array(item).min(1).optional()
  },
})

const questionnaireResponse = z.strictObject({
  resourceType: z.literal('QuestionnaireResponse'),
  id,
  meta: z.strictObject({ tag: z.array(coding).min(1) }).optional(),
  language: code,
  extension: z.array(extension).min(1),
  identifier: z.strictObject({ system: uri, value: text }),
  questionnaire: uri,
  status: z.enum(['in-progress', 'completed', 'amended', 'entered-in-error', 'stopped']),
  subject: reference,
  authored: dateTime,
  author: reference.optional(),
  source: reference,
  item: z.array(item).min(1).optional(),
})

const bundle = z.strictObject({
  resourceType: z.literal('Bundle'),
  type: z.literal('collection'),
  entry: z.array(z.strictObject({ fullUrl: uri, resource: z.union([questionnaireResponse, questionnaireSchema]) })).min(1),
})

/** Throws with the place of what is against the rules. */
export function assertFhirBundle(content: string): void {
  // Of two shapes zod tells little of what is wrong with either.
  for (const { resource } of bundle.parse(JSON.parse(content)).entry)
    if (resource.resourceType === 'QuestionnaireResponse')
      for (const one of questionnaireResponse.parse(resource).item ?? []) assertOneOf(one)
}

type Item = z.infer<typeof item>

/** Beside an answer no items: those of an answer would stand in it. */
function assertOneOf({ linkId, answer, item: inner = [] }: Item): void {
  assert.ok(!(answer && inner.length > 0), linkId)
  for (const one of inner) assertOneOf(one)
}
