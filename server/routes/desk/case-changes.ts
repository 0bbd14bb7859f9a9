/**
 * Changes of a case after which it is planned anew: lists and mails come, move and go. Each is a route by which it is done, and the same
 * below `/preview`, where it is done and undone: what that answers is what would happen.
 */
import { Hono } from 'hono'
import { z } from 'zod'
import type { Changes } from '../../../protocols/changes.ts'
import type { Context } from '../../context.ts'
import { addParticipant } from '../../workflow/add-participant.ts'
import { callOff, undoCallOff } from '../../workflow/call-off.ts'
import { isDate } from '../../workflow/check-case.ts'
import { type Corrected, correctCase } from '../../workflow/correct-case.ts'
import { correctPerson, sexes } from '../../workflow/correct-person.ts'
import { describeChanges } from '../../workflow/describe-changes.ts'
import { extendWindow } from '../../workflow/extend-window.ts'
import { handOver } from '../../workflow/hand-over.ts'
import { mistakeReasons, putCaseBack, takeCaseOut } from '../../workflow/mistaken-case.ts'
import { moveCase } from '../../workflow/move-case.ts'
import { personOfCase, refuseEntry, refusePerson } from '../../workflow/person-of-case.ts'
import { recordConsent } from '../../workflow/record-consent.ts'
import { recordStop } from '../../workflow/record-stop.ts'
import { setAnchors } from '../../workflow/set-anchors.ts'
import { trying } from '../../workflow/trying.ts'
import { body } from '../validate.ts'
import type { DeskEnv } from './authorise.ts'
import { changing, keyOf, personIn, reasonSchema, toldBy } from './changing.ts'

const id = z.string().min(1).max(60)
const text = z.string().max(320)
const contact = { name: text, email: text.optional(), withoutMail: z.boolean().optional(), telephone: text.optional(), sex: id.optional() }

/** Below a case. `isTrial`: nothing of it stays. */
export function caseChangeRoutes(real: Context, { isTrial = false } = {}) {
  const context = isTrial ? trying(real) : real
  const reason = reasonSchema(isTrial)
  const told = { reason }
  const answer = async (caseId: string, work: Promise<{ changes: Changes | null }>) => {
    const { changes } = await changing(work)
    return { changes: await describeChanges(real, caseId, changes) }
  }
  const corrected = async (caseId: string, work: Promise<Corrected>) => {
    const { changes, scores } = await changing(work)
    return { changes: await describeChanges(real, caseId, changes), scores }
  }
  return new Hono<DeskEnv>()
    .post(
      '/corrections',
      body(
        z.strictObject({
          /** Empty: none. */
          region: z.string().max(200).optional(),
          /** Months of birth by the number of the child. */
          children: z.record(z.string().regex(/^[1-9]\d?$/), z.string().max(7)).optional(),
          ...told,
        }),
      ),
      async (request) => {
        const { reason, ...correction } = request.req.valid('json')
        const within = request.get('access').reach('change cases')
        const work = correctCase(context, keyOf(request), correction, within, toldBy(request, reason))
        return request.json(await corrected(request.get('case').id, work))
      },
    )
    .post(
      '/people/:person/corrections',
      body(z.strictObject({ sex: z.enum(sexes).nullable().optional(), language: id.optional(), role: id.optional(), ...told })),
      async (request) => {
        const { reason, ...correction } = request.req.valid('json')
        const person = await personIn(context, request)
        const work = correctPerson(context, keyOf(request), person.id, correction, toldBy(request, reason))
        return request.json(await corrected(request.get('case').id, work))
      },
    )
    .post('/anchors', body(z.strictObject({ anchors: z.record(id, z.string().max(10)), ...told })), async (request) => {
      const { anchors, reason } = request.req.valid('json')
      refuseEntry(
        Object.entries(anchors).flatMap(([name, date]) => (isDate(date) ? [] : [{ field: `anchors.${name}`, reason: 'not a date' }])),
      )
      const work = setAnchors(context, { ...keyOf(request), anchors }, toldBy(request, reason)).then((changes) => ({ changes }))
      return request.json(await answer(request.get('case').id, work))
    })
    .post('/place', body(z.strictObject({ arm: id.optional(), cohort: id.optional(), ...told })), async (request) => {
      const { reason, ...move } = request.req.valid('json')
      const within = request.get('access').reach('see cases')
      return request.json(await answer(request.get('case').id, moveCase(context, keyOf(request), move, toldBy(request, reason), within)))
    })
    .post(
      '/taking-out',
      body(
        z.strictObject({
          /** Why the family does not belong in the study. */
          code: z.enum(mistakeReasons),
          /** Code of the other case of a family that was registered twice. */
          sameAs: id.optional(),
          ...told,
        }),
      ),
      async (request) => {
        const { code, sameAs, reason } = request.req.valid('json')
        const within = request.get('access').reach('see cases')
        const work = takeCaseOut(context, keyOf(request), { reason: code, sameAs }, toldBy(request, reason), within)
        const { changes, notes } = await changing(work)
        return request.json({ changes: await describeChanges(real, request.get('case').id, changes), notes })
      },
    )
    .post('/putting-back', body(z.strictObject(told)), async (request) => {
      const work = putCaseBack(context, keyOf(request), toldBy(request, request.req.valid('json').reason))
      return request.json(await answer(request.get('case').id, work))
    })
    .post('/people', body(z.strictObject({ role: id, language: id, ...contact, ...told })), async (request) => {
      const { reason, ...entry } = request.req.valid('json')
      await refusePerson(context, keyOf(request).study, entry)
      return request.json(await answer(request.get('case').id, addParticipant(context, keyOf(request), entry, toldBy(request, reason))))
    })
    .post('/people/:person/hand-over', body(z.strictObject({ language: id.optional(), ...contact, ...told })), async (request) => {
      const { reason, ...successor } = request.req.valid('json')
      const { role, number, language } = await personIn(context, request)
      await refusePerson(context, keyOf(request).study, { language, ...successor, role })
      const work = handOver(context, keyOf(request), { role, number }, successor, { told: toldBy(request, reason) })
      return request.json(await answer(request.get('case').id, work))
    })
    .post(
      '/people/:person/stop',
      body(z.strictObject({ state: z.enum(['declined', 'withdrawn']), code: id.optional(), ...told })),
      async (request) => {
        const { state, code, reason } = request.req.valid('json')
        const { role, number } = await personIn(context, request)
        const work = recordStop(context, keyOf(request), { role, number }, { state, reason: code }, toldBy(request, reason))
        return request.json(await answer(request.get('case').id, work))
      },
    )
    .post('/people/:person/consent', body(z.strictObject({ purpose: id, given: z.boolean(), ...told })), async (request) => {
      const { purpose, given, reason } = request.req.valid('json')
      const { role, number } = await personIn(context, request)
      const work = recordConsent(context, keyOf(request), { role, number }, { purpose, given }, toldBy(request, reason))
      return request.json(await answer(request.get('case').id, work))
    })
    .post('/people/:person/window', body(z.strictObject({ wave: id, lastDay: z.string().max(10), ...told })), async (request) => {
      const { reason, ...entry } = request.req.valid('json')
      if (!isDate(entry.lastDay)) refuseEntry([{ field: 'lastDay', reason: 'not a date' }])
      const person = await personIn(context, request)
      const work = extendWindow(context, keyOf(request), person.id, entry, toldBy(request, reason)).then((changes) => ({ changes }))
      return request.json(await answer(request.get('case').id, work))
    })
    .post(
      '/people/:person/lists',
      body(
        z.strictObject({
          instrument: id,
          /** In every wave in which it has not come unless given. */
          wave: id.optional(),
          /** Pseudonym of the one whom it is about. */
          about: id.optional(),
          /** The coded reason of the protocol; null takes calling off back. */
          code: id.nullable(),
          ...told,
        }),
      ),
      async (request) => {
        const { instrument, wave, about, code, reason } = request.req.valid('json')
        const { role, number } = await personIn(context, request)
        const subject = about === undefined ? undefined : await personOfCase(context, request.get('case').id, about)
        const which = { instrument, wave, role, number, about: subject && { role: subject.role, number: subject.number } }
        const by = toldBy(request, reason)
        const work = code === null ? undoCallOff(context, keyOf(request), which, by) : callOff(context, keyOf(request), which, code, by)
        return request.json(await answer(request.get('case').id, work))
      },
    )
}
