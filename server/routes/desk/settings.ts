/** A study for whoever manages it: its facts, its mails, how long contact data stay, and its end. */
import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import { changeStudy } from '../../workflow/change-study.ts'
import { closeStudy, previewClosing, reopenStudy } from '../../workflow/close-study.ts'
import { changeMailText, mailTextOf } from '../../workflow/mail-texts.ts'
import { previewMail, sendTestMail } from '../../workflow/preview-mail.ts'
import { studySettings } from '../../workflow/study-settings.ts'
import { mailPolicy } from '../mail-policy.ts'
import { body, query } from '../validate.ts'
import type { DeskEnv } from './authorise.ts'
import { reasonSchema, toldBy } from './changing.ts'
import { facts } from './study-facts.ts'
import { studyOf } from './study-of.ts'
import type { DeskWays } from './ways.ts'

const reason = reasonSchema(false)

/** Each may be left out: then it stays as it is. */
const changeSchema = z
  .strictObject(facts)
  .partial()
  .extend({ contactMonths: z.int().min(1).max(240).nullable().optional(), reason })

const id = z.string().min(1).max(60)
const mailSchema = z.strictObject({ role: id, kind: id, language: z.string().max(10) })
/** What is wrong with them is told in full, so that lengths are those of the checks of mail, not of this. */
const wordsSchema = z.strictObject({ subject: z.string().max(2_000), body: z.string().max(50_000), readOver: z.boolean().default(false) })

/** Below a study. */
export const settingsRoutes = (context: Context, { outgoing, sender }: Pick<DeskWays, 'outgoing' | 'sender'>) =>
  new Hono<DeskEnv>()
    .get('/', async (request) =>
      request.json({
        ...(await studySettings(context, studyOf(request))),
        /** Whether this server can send mail, and where a test mail would go. */
        sendsMail: outgoing !== undefined,
        /** The address from which mail goes out. */
        sender: sender ?? null,
        ownAddress: request.get('staff').member.address,
      }),
    )
    .post('/', body(changeSchema), async (request) => {
      const { reason, ...wanted } = request.req.valid('json')
      const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined))
      return request.json({ changed: await changeStudy(context, studyOf(request), given, toldBy(request, reason)) })
    })
    .get('/mail', query(mailSchema), async (request) => {
      const { html: _, ...mail } = await previewMail(context, studyOf(request), request.req.valid('query'))
      return request.json(mail)
    })
    .get('/mail/html', query(mailSchema), async (request) => {
      const { html } = await previewMail(context, studyOf(request), request.req.valid('query'))
      request.header('Content-Security-Policy', mailPolicy)
      return request.html(html)
    })
    .get('/mail/text', query(mailSchema), async (request) =>
      request.json(await mailTextOf(context, studyOf(request), request.req.valid('query'))),
    )
    .post(
      '/mail/text',
      body(mailSchema.extend({ words: wordsSchema.nullable(), seen: z.int().positive().nullable(), reason })),
      async (request) => {
        const { words, seen, reason, ...choice } = request.req.valid('json')
        return request.json(await changeMailText(context, studyOf(request), choice, { words, seen }, toldBy(request, reason)))
      },
    )
    .post('/mail/preview', body(mailSchema.extend({ words: wordsSchema })), async (request) => {
      const { words, ...choice } = request.req.valid('json')
      const { html: _, ...mail } = await previewMail(context, studyOf(request), choice, words)
      return request.json(mail)
    })
    .post('/mail/test', body(mailSchema.extend({ words: wordsSchema.optional() })), async (request) => {
      const to = request.get('staff').member
      const { words: tried, ...choice } = request.req.valid('json')
      return request.json({ fate: await sendTestMail(context, outgoing, { studyId: studyOf(request), to, choice, tried }) })
    })
    .get('/closing', async (request) => request.json(await previewClosing(context, studyOf(request))))
    .post('/close', body(z.strictObject({ reason })), async (request) =>
      request.json(await closeStudy(context, studyOf(request), toldBy(request, request.req.valid('json').reason))),
    )
    .post('/reopen', body(z.strictObject({ reason })), async (request) =>
      request.json(await reopenStudy(context, studyOf(request), toldBy(request, request.req.valid('json').reason))),
    )
