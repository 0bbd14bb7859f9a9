/** The form of a protocol: a study as data. Table 2.1 of a report is its `schedule`. */
import { z } from 'zod'
import { idSchema, localizedSchema, referenceSchema, versionSchema } from '../instruments/definition.ts'

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

export const scheduleSchema = z.strictObject({
  instrument: referenceSchema,
  role: idSchema,
  waves: z.array(z.string()).min(1),
  when: z
    .strictObject({ arms: z.array(idSchema).optional(), cohorts: z.array(idSchema).optional() })
    .optional()
    .meta({ description: 'Only for cases in these arms and cohorts' }),
})

/** A mail in one language. Placeholders in braces: {name} {title} {minutes} {lists} {closes} {link} {contact} {organisation}. */
const mailTextSchema = z.strictObject({ subject: localizedSchema, body: localizedSchema })

export const reminderSchema = z.strictObject({ id: idSchema, days: z.int().positive(), text: mailTextSchema })

export const consentSchema = z.strictObject({
  purpose: idSchema,
  version: versionSchema,
  roles: z.array(idSchema).min(1),
  /** Without it nothing is asked of this participant. */
  required: z.boolean(),
  statement: localizedSchema,
})

export const protocolSchema = z.strictObject({
  $schema: z.string().optional(),
  kind: z.literal('protocol'),
  id: idSchema,
  version: versionSchema,
  title: localizedSchema,
  source: z.string().min(1),
  timeZone: z.string().min(1),
  languages: z.array(z.string().regex(/^[a-z]{2,3}$/)).min(1),
  arms: z.record(idSchema, named),
  cohorts: z.record(idSchema, named),
  roles: z.record(
    idSchema,
    z.strictObject({
      title: localizedSchema,
      /** What the page says to somebody in this role: why we ask, and what happens with the answers. */
      introduction: localizedSchema,
      /** Staff who answer about several families see the case code; parents do not need it. */
      seesCaseCode: z.boolean().default(false),
    }),
  ),
  anchors: z.record(idSchema, named),
  waves: z.array(waveSchema).min(1),
  schedule: z.array(scheduleSchema).min(1),
  norms: z.array(referenceSchema).meta({ description: 'Norm tables against which scores are standardised' }),
  prices: z.array(referenceSchema).optional().meta({ description: 'Price tables by which costs are counted: one version of each' }),
  consents: z.array(consentSchema),
  messages: z.strictObject({
    /** Local time of day at which mail goes out, in the study's time zone. */
    hour: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day is written as 09:00'),
    invitation: mailTextSchema,
    reminders: z.array(reminderSchema),
  }),
})

export type Protocol = z.infer<typeof protocolSchema>
export type Wave = z.infer<typeof waveSchema>
export type ScheduleRow = z.infer<typeof scheduleSchema>
export type MailText = z.infer<typeof mailTextSchema>
