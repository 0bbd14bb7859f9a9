/** Opening a study at the desk: what there is to choose from, a preview, and the opening. */
import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import { choicesForStudy, openAtDesk, previewStudy } from '../../workflow/new-study.ts'
import { body } from '../validate.ts'
import type { DeskEnv } from './authorise.ts'
import { facts } from './study-facts.ts'
import type { DeskWays } from './ways.ts'

const { title, organisation, contact, helpLine, regions } = facts
const draftSchema = z.strictObject({
  id: z.string().max(60),
  protocol: z.string().max(120),
  title,
  organisation,
  contact,
  helpLine,
  regions,
  demonstration: z.boolean(),
  standInsAcceptedBy: z
    .string()
    .trim()
    .max(200)
    .regex(/^\P{Cc}*$/u)
    .transform((name) => name || null),
  draftsAccepted: z.array(z.string().max(10)).max(50),
  allocationSeed: z.string().max(200),
})

export const newStudyRoutes = (context: Context, { sender, isDemonstration }: Pick<DeskWays, 'sender' | 'isDemonstration'>) =>
  new Hono<DeskEnv>()
    .get('/', (request) =>
      request.json({
        protocols: choicesForStudy(context),
        /** The address from which mail goes out; null on a server that sends none. */
        sender: sender ?? null,
        isDemonstration,
      }),
    )
    .post('/preview', body(draftSchema), async (request) => request.json(await previewStudy(context, request.req.valid('json'))))
    .post('/', body(draftSchema), async (request) => {
      const draft = request.req.valid('json')
      // In a demonstration nobody is real, whatever is asked: next to a real study it would not start again.
      const demonstration = isDemonstration || draft.demonstration
      return request.json(await openAtDesk(context, request.get('staff').member.id, { ...draft, demonstration }), 201)
    })
