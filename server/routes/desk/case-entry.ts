/** A case as the desk sends it. Whether it fits the protocol, `registerCases` says, field by field. */
import { z } from 'zod'

const text = z.string().max(200)

const person = z.strictObject({
  role: text,
  name: text,
  email: text.optional(),
  /** Has no mail address: nothing is mailed, and their lists are asked by hand. */
  withoutMail: z.boolean().optional(),
  telephone: text.optional(),
  language: text,
  sex: text.optional(),
  /** What they said on paper to each purpose of the protocol. */
  consents: z.record(z.string().max(60), z.boolean()).optional(),
})

export const entrySchema = z.strictObject({
  code: text,
  arm: text.default(''),
  cohort: text,
  region: text.optional(),
  childBirthMonth: text.optional(),
  otherChildBirthMonths: z.array(text).max(20).optional(),
  anchors: z.record(z.string().max(60), text),
  participants: z.array(person).max(40),
})
