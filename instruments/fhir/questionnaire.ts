/**
 * The shape of a FHIR R4 Questionnaire as far as it is read and written here: https://hl7.org/fhir/R4/questionnaire.html
 *
 * Objects are loose: what stands in a resource beyond this is no mistake, it is listed as not carried over.
 */
import { z } from 'zod'

const extensionSchema = z.looseObject({
  url: z.string(),
  valueString: z.string().optional(),
  valueCode: z.string().optional(),
  valueInteger: z.int().optional(),
  valueDecimal: z.number().optional(),
  valueDate: z.string().optional(),
  valueCodeableConcept: z.looseObject({ coding: z.array(z.looseObject({ code: z.string().optional() })).optional() }).optional(),
  get extension() {
    return z.array(extensionSchema).optional()
  },
})

/** What stands beside a primitive value, under the same key with an underscore. */
const besideSchema = z.looseObject({ extension: z.array(extensionSchema).optional() })

const codingSchema = z.looseObject({
  extension: z.array(extensionSchema).optional(),
  system: z.string().optional(),
  code: z.string().optional(),
  display: z.string().optional(),
  _display: besideSchema.optional(),
})

const answerOptionSchema = z.looseObject({
  extension: z.array(extensionSchema).optional(),
  valueCoding: codingSchema.optional(),
  valueInteger: z.int().optional(),
  valueString: z.string().min(1).optional(),
  _valueString: besideSchema.optional(),
})

const enableWhenSchema = z.looseObject({
  question: z.string(),
  operator: z.enum(['exists', '=', '!=', '>', '<', '>=', '<=']),
  answerBoolean: z.boolean().optional(),
  answerInteger: z.int().optional(),
  answerDecimal: z.number().optional(),
  answerDate: z.string().optional(),
  answerString: z.string().optional(),
  answerCoding: codingSchema.optional(),
})

const questionnaireItemSchema = z.looseObject({
  linkId: z.string().min(1),
  type: z.string(),
  text: z.string().optional(),
  _text: besideSchema.optional(),
  required: z.boolean().optional(),
  repeats: z.boolean().optional(),
  maxLength: z.int().optional(),
  enableWhen: z.array(enableWhenSchema).optional(),
  enableBehavior: z.enum(['all', 'any']).optional(),
  answerOption: z.array(answerOptionSchema).optional(),
  extension: z.array(extensionSchema).optional(),
  get item() {
    return z.array(questionnaireItemSchema).optional()
  },
})

export const questionnaireSchema = z.looseObject({
  resourceType: z.literal('Questionnaire'),
  id: z.string().optional(),
  url: z.string().optional(),
  version: z.string().optional(),
  name: z.string().optional(),
  title: z.string().optional(),
  _title: besideSchema.optional(),
  description: z.string().optional(),
  _description: besideSchema.optional(),
  language: z.string().optional(),
  status: z.string().optional(),
  publisher: z.string().optional(),
  copyright: z.string().optional(),
  extension: z.array(extensionSchema).optional(),
  item: z.array(questionnaireItemSchema).min(1),
})

export type Extension = z.infer<typeof extensionSchema>
export type Beside = z.infer<typeof besideSchema>
export type AnswerOption = z.infer<typeof answerOptionSchema>
export type EnableWhen = z.infer<typeof enableWhenSchema>
export type QuestionnaireItem = z.infer<typeof questionnaireItemSchema>
export type Questionnaire = z.infer<typeof questionnaireSchema>
