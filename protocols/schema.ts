/** The form of a protocol: a study as data. Table 2.1 of a report is its `schedule`. */
import { z } from 'zod'
import { idSchema, localizedSchema, referenceSchema, versionSchema } from '../instruments/definition.ts'
import { allocationSchema, matchingSchema, sampleSchema, weightSchema } from './design-schema.ts'
import { reportSchema } from './report-schema.ts'

const named = z.strictObject({ title: localizedSchema })

const offsetSchema = z.strictObject({ months: z.int().default(0), days: z.int().default(0) })

export const waveSchema = z.strictObject({
  id: z.string().regex(/^[A-Z]+[0-9]+$/, 'a wave is written as T0, FU3, FU9'),
  title: localizedSchema,
  /** Anchors from which the wave counts: the first of these that the case has. */
  anchors: z.array(idSchema).min(1),
  offset: offsetSchema,
  /** Days before (negative) or after the target date on which the wave opens and after which it is closed. */
  window: z.strictObject({ opens: z.int(), closes: z.int() }).refine(({ opens, closes }) => opens <= closes, 'closes lies before opens'),
})

/** Conditions of a row of the schedule; of several all must hold. */
const whenSchema = z.strictObject({
  arms: z.array(idSchema).optional(),
  cohorts: z.array(idSchema).optional(),
  sample: idSchema.optional().meta({ description: 'Only cases that were drawn into this sample' }),
  consent: z
    .strictObject({
      purpose: idSchema,
      of: idSchema.meta({
        description:
          'Whose consent: the role that answers, the role that the assignment is about, or another role of the case. Of another role somebody must have given it, and nobody refused',
      }),
    })
    .optional(),
  answers: z
    .strictObject({
      instrument: idSchema,
      wave: z.string().optional().meta({ description: 'Only an answer of this wave counts; of any wave unless given' }),
      condition: z.string().min(1).meta({ description: 'SurveyJS expression over the answers of that instrument' }),
    })
    .optional()
    .meta({ description: 'Only once an assignment of the case with this instrument is completed with such answers' }),
})

/** Lists that staff type in and that two people type in, each without seeing what the other typed. */
const doubleEntrySchema = z
  .strictObject({
    share: z.number().gt(0).max(1).meta({ description: 'Of the lists that staff type in this part, from 0 to 1; 1 for all of them' }),
    seed: z.string().min(8).optional().meta({ description: 'By which the lists of a share are drawn, each by itself' }),
  })
  .refine(({ share, seed }) => share < 1 === (seed !== undefined), 'a share below 1 is drawn by a seed, and all of them by none')

export const scheduleSchema = z.strictObject({
  instrument: referenceSchema,
  role: idSchema,
  about: idSchema.optional().meta({ description: 'Asked once about each participant in this role: an interview with each parent' }),
  waves: z.array(z.string()).min(1),
  when: whenSchema.optional().meta({ description: 'Only for cases of which this holds' }),
  doubleEntry: doubleEntrySchema.optional().meta({ description: 'What staff type in of these lists a second person types in too' }),
})

/** A mail in one language. Placeholders in braces: {name} {title} {case} {wave} {minutes} {lists} {closes} {link} {contact} {organisation}. */
const mailTextSchema = z.strictObject({ subject: localizedSchema, body: localizedSchema }).meta({ id: 'mail' })

export const reminderSchema = z.strictObject({ id: idSchema, days: z.int().positive(), text: mailTextSchema })

export const consentSchema = z.strictObject({
  purpose: idSchema,
  title: localizedSchema.optional().meta({ description: 'What staff call it' }),
  version: versionSchema,
  roles: z.array(idSchema).min(1),
  /** Without it nothing is asked of this participant. */
  required: z.boolean(),
  statement: localizedSchema,
})

/** Window of a role that works at its own pace: coding a file, an interview. It takes the place of the waves' windows. */
const roleWindowSchema = z
  .strictObject({
    opens: z.int(),
    closes: z.int(),
    fromRegistration: z
      .boolean()
      .default(false)
      .meta({ description: 'Count `closes` from the day the case came in, when that is later: for dates that lie in the past' }),
  })
  .refine(({ opens, closes }) => opens <= closes, 'closes lies before opens')

const roleSchema = z.strictObject({
  title: localizedSchema,
  /** What the page says to somebody in this role: why we ask, and what happens with the answers. */
  introduction: localizedSchema,
  /** Staff who answer about several families see the case code; parents do not need it. */
  seesCaseCode: z.boolean().default(false),
  mail: z
    .boolean()
    .default(true)
    .meta({ description: 'Whether mail goes out to this role. Without it an address is not needed: a child who is interviewed' }),
  window: roleWindowSchema.optional(),
})

/** Why something that was asked did not come, as staff record it. */
const nonResponseSchema = z
  .strictObject({
    title: localizedSchema,
    of: z.enum(['assignment', 'participant']).meta({ description: 'One list that will not come, or a person who declines or withdraws' }),
  })
  .meta({ id: 'reason' })

/** Answers on which staff look at the case: they get a task as soon as one comes in. */
const alarmSchema = z.strictObject({
  title: localizedSchema,
  instrument: idSchema,
  item: z.string().min(1),
  answers: z.array(z.int()).min(1).meta({ description: 'Values that raise it; of ticked boxes any of them' }),
})

export const protocolSchema = z.strictObject({
  $schema: z.string().optional(),
  kind: z.literal('protocol'),
  id: idSchema,
  version: versionSchema,
  title: localizedSchema,
  source: z.string().min(1),
  uses: z
    .array(referenceSchema)
    .default([])
    .meta({ description: 'Parts whose pieces are taken in with $use: mails and texts that studies share' }),
  timeZone: z.string().min(1),
  languages: z.array(z.string().regex(/^[a-z]{2,3}$/)).min(1),
  assumptions: z
    .array(z.union([z.string().min(1), localizedSchema]))
    .default([])
    .meta({ description: 'What the source is silent about, and was decided here: in each language, or as plain text in English' }),
  arms: z.record(idSchema, named),
  cohorts: z.record(
    idSchema,
    z.strictObject({
      title: localizedSchema,
      arms: z.array(idSchema).min(1).optional().meta({ description: 'Arms that cases of it may be in; all unless given' }),
    }),
  ),
  roles: z.record(idSchema, roleSchema),
  familyRoles: z.array(idSchema).min(1).optional().meta({
    description: 'Roles that speak for the family: by their word it takes part, and of several who answer about it they come first',
  }),
  anchors: z.record(idSchema, named),
  waves: z.array(waveSchema).min(1),
  schedule: z.array(scheduleSchema).min(1),
  norms: z.array(referenceSchema).meta({ description: 'Norm tables against which scores are standardised' }),
  prices: z.array(referenceSchema).optional().meta({ description: 'Price tables by which costs are counted: one version of each' }),
  consents: z.array(consentSchema),
  allocation: allocationSchema.optional(),
  samples: z.record(idSchema, sampleSchema).default({}),
  matching: matchingSchema.optional(),
  weights: z.record(idSchema, weightSchema).default({}),
  nonResponse: z.record(idSchema, nonResponseSchema).default({}).meta({ description: 'Coded reasons' }),
  alarms: z.record(idSchema, alarmSchema).default({}).meta({ description: 'Answers on which staff look at the case' }),
  report: reportSchema.optional().meta({ description: 'Tables and figures; without it there is no report' }),
  messages: z.strictObject({
    /** Local time of day at which mail goes out, in the study's time zone. */
    hour: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day is written as 09:00'),
    invitation: mailTextSchema,
    reminders: z.array(reminderSchema).meta({ id: 'reminders' }),
    forRoles: z
      .record(idSchema, z.strictObject({ invitation: mailTextSchema, reminder: mailTextSchema }).meta({ id: 'role-mails' }))
      .default({})
      .meta({ description: 'Other texts for a role: staff are asked otherwise than families' }),
  }),
})

export type Protocol = z.infer<typeof protocolSchema>
export type Wave = z.infer<typeof waveSchema>
export type DoubleEntry = z.infer<typeof doubleEntrySchema>
export type ScheduleRow = z.infer<typeof scheduleSchema>
export type MailText = z.infer<typeof mailTextSchema>
