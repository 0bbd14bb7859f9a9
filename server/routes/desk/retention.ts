/** What would go if contact data were kept for so many months. */
import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import { previewRetention } from '../../workflow/remove-contact-in-time.ts'
import { query } from '../validate.ts'
import type { DeskEnv } from './authorise.ts'
import { studyOf } from './study-of.ts'

/** Below a study. */
export const retentionRoutes = (context: Context) =>
  new Hono<DeskEnv>().get('/', query(z.strictObject({ months: z.coerce.number().int().min(1).max(240) })), async (request) =>
    request.json(await previewRetention(context, studyOf(request), request.req.valid('query').months)),
  )
