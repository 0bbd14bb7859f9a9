/** What staff do for a case by which nothing is planned anew: writing to its people, notes, children, comparisons. */
import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import { addChild } from '../../workflow/add-child.ts'
import { addNote } from '../../workflow/case-notes.ts'
import { isMonth } from '../../workflow/check-case.ts'
import { matchCase, undoMatch } from '../../workflow/match-case.ts'
import { refuseEntry } from '../../workflow/person-of-case.ts'
import { attemptMeans, attemptOutcomes, longestReaching, recordAttempt } from '../../workflow/record-attempt.ts'
import { removeChild, removeParticipant } from '../../workflow/remove-mistake.ts'
import { seeContact } from '../../workflow/see-contact.ts'
import { sendAgain } from '../../workflow/send-again.ts'
import { setReachable } from '../../workflow/set-reachable.ts'
import { body } from '../validate.ts'
import type { DeskEnv } from './authorise.ts'
import { changing, keyOf, personIn, reasonSchema, toldBy } from './changing.ts'

const id = z.string().min(1).max(60)
const reason = reasonSchema(false)
const note = z.string().trim().min(1).max(200)

/** Below a case. */
export const caseCareRoutes = (context: Context) =>
  new Hono<DeskEnv>()
    .post('/people/:person/contact', body(z.strictObject({ reason })), async (request) => {
      const person = await personIn(context, request)
      return request.json({ contact: await seeContact(context, person.id) })
    })
    .post(
      '/people/:person/attempts',
      body(
        z.strictObject({
          means: z.enum(attemptMeans),
          outcome: z.enum(attemptOutcomes),
          /** About all that they are asked unless given. */
          wave: id.optional(),
          /** The day on which it was tried; today unless given. */
          triedOn: z.string().max(10).optional(),
          /** Until this day nobody has to try again. */
          nextOn: z.string().max(10).optional(),
          /** How they are best reached, kept with the contact data; empty when that holds no more. */
          reaching: z.string().max(longestReaching).optional(),
        }),
      ),
      async (request) => {
        const person = await personIn(context, request)
        const staff = request.get('staff').member.id
        await changing(recordAttempt(context, keyOf(request), person.id, request.req.valid('json'), staff))
        return request.json({ done: true }, 201)
      },
    )
    .post('/people/:person/reachable', body(z.strictObject({ reachable: z.boolean(), reason })), async (request) => {
      const { reachable, reason } = request.req.valid('json')
      const person = await personIn(context, request)
      await changing(setReachable(context, keyOf(request).study, person.id, reachable, toldBy(request, reason)))
      return request.json({ done: true })
    })
    .post(
      '/people/:person/invitation',
      body(z.strictObject({ wave: id, closeLinks: z.boolean().default(false), reason })),
      async (request) => {
        const { reason, ...entry } = request.req.valid('json')
        const person = await personIn(context, request)
        await changing(sendAgain(context, keyOf(request), person.id, entry, toldBy(request, reason)))
        return request.json({ done: true })
      },
    )
    .post('/children', body(z.strictObject({ birthMonth: z.string().max(7), reason })), async (request) => {
      const { birthMonth, reason } = request.req.valid('json')
      if (!isMonth(birthMonth)) refuseEntry([{ field: 'birthMonth', reason: 'not a month' }])
      return request.json({ number: await changing(addChild(context, keyOf(request), birthMonth, toldBy(request, reason))) })
    })
    .post(
      '/children/removal',
      body(z.strictObject({ number: z.int().min(1).max(99), birthMonth: z.string().max(7), reason })),
      async (request) => {
        const { reason, ...child } = request.req.valid('json')
        await changing(removeChild(context, keyOf(request), child, toldBy(request, reason)))
        return request.json({ done: true })
      },
    )
    .post('/people/:person/removal', body(z.strictObject({ reason })), async (request) => {
      const { role, number } = await personIn(context, request)
      const told = toldBy(request, request.req.valid('json').reason)
      await changing(removeParticipant(context, keyOf(request), { role, number }, told))
      return request.json({ done: true })
    })
    .post(
      '/match',
      body(
        z.strictObject({
          /** Code of the index case; null takes the match back. */
          index: id.nullable(),
          met: z.array(id).max(50).default([]),
          notMet: z.array(id).max(50).default([]),
          notes: z.record(id, note).default({}),
          reason,
        }),
      ),
      async (request) => {
        const { index, reason, ...entry } = request.req.valid('json')
        const by = toldBy(request, reason)
        if (index === null) await changing(undoMatch(context, keyOf(request), by))
        else await changing(matchCase(context, keyOf(request), { index, ...entry }, by, request.get('access').reach('see cases')))
        return request.json({ done: true })
      },
    )
    .post('/notes', body(z.strictObject({ text: z.string().trim().min(1).max(4000) })), async (request) => {
      await addNote(context, request.get('case').id, request.get('staff').member.id, request.req.valid('json').text)
      return request.json({ done: true }, 201)
    })
