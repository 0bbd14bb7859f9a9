/** Colleagues with an account: who they are, what they may do, and their way in. */
import { Hono } from 'hono'
import { z } from 'zod'
import { mayGive, type StaffRole, staffRoleNames } from '../../access/roles.ts'
import type { Context } from '../../context.ts'
import type { Outgoing } from '../../workflow/mail-staff-link.ts'
import {
  colleaguesOf,
  disableColleague,
  enableColleague,
  giveRole,
  inviteColleague,
  resetColleague,
  sendColleagueLink,
  takeRole,
} from '../../workflow/manage-staff.ts'
import { allStudies } from '../../workflow/open-study.ts'
import { body } from '../validate.ts'
import type { DeskEnv } from './authorise.ts'

const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^\P{Cc}*$/u)
const given = z.strictObject({ study: line(60), role: z.enum(staffRoleNames as [StaffRole, ...StaffRole[]]), region: line(100) })
const invitation = z.strictObject({ name: line(200), address: z.string().max(320), language: z.enum(['nl', 'en']), ...given.shape })
const nothing = z.strictObject({})

export const staffRoutes = (context: Context, outgoing: Outgoing) =>
  new Hono<DeskEnv>()
    .get('/', async (request) => {
      const staff = request.get('staff')
      const studies = (await allStudies(context)).filter(({ id }) => staff.grants.some((one) => mayGive([one], { ...one, studyId: id })))
      return request.json({
        accounts: await colleaguesOf(context, staff),
        studies: studies.map(({ id, title }) => ({ id, title })),
        /** Whether they may give roles in all studies there are and will be. */
        managesAll: mayGive(staff.grants, { studyId: '*', region: '*' }),
      })
    })
    .post('/', body(invitation), async (request) =>
      request.json(await inviteColleague(context, outgoing, request.get('staff'), request.req.valid('json'))),
    )
    .post('/:staff/roles', body(given), async (request) => {
      const { study, ...rest } = request.req.valid('json')
      await giveRole(context, request.get('staff'), request.req.param('staff'), { studyId: study, ...rest })
      return request.body(null, 204)
    })
    .post('/:staff/roles/take', body(given), async (request) => {
      const { study, ...rest } = request.req.valid('json')
      await takeRole(context, request.get('staff'), request.req.param('staff'), { studyId: study, ...rest })
      return request.body(null, 204)
    })
    .post('/:staff/disable', body(nothing), async (request) => {
      await disableColleague(context, request.get('staff'), request.req.param('staff'))
      return request.body(null, 204)
    })
    .post('/:staff/enable', body(nothing), async (request) => {
      await enableColleague(context, request.get('staff'), request.req.param('staff'))
      return request.body(null, 204)
    })
    .post('/:staff/second-factor/reset', body(nothing), async (request) =>
      request.json(await resetColleague(context, outgoing, request.get('staff'), request.req.param('staff'))),
    )
    .post('/:staff/link', body(nothing), async (request) =>
      request.json(await sendColleagueLink(context, outgoing, request.get('staff'), request.req.param('staff'))),
    )
