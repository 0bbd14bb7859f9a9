/**
 * The address in the head of a mail by which reminders are stopped (List-Unsubscribe, RFC 8058). A GET changes nothing and shows a
 * button; a POST stops them, from a browser or from the mail provider, which sends no cookie and comes from elsewhere: the token
 * is all that counts here, and this is all that it can do.
 */
import { Hono } from 'hono'
import type { Context } from '../context.ts'
import { reminders, stopped } from '../pages/door.ts'
import { Refusal } from '../refusal.ts'
import { isIncluded } from '../workflow/caseload.ts'
import { answersKeptOf } from '../workflow/packet.ts'
import { lookUpReminderLink, wantReminders } from '../workflow/want-reminders.ts'
import { doorOf } from './door-of.ts'
import type { DeadLink } from './links.ts'
import type { Site } from './site.ts'

export const reminderRoutes = (context: Context, site: Site, dead: DeadLink) =>
  new Hono()
    .get('/:token', async (request) => {
      try {
        const participant = await lookUpReminderLink(context, request.req.param('token'))
        const about = await doorOf(context, participant, request, site)
        if (!(await isIncluded(context.stores.study.read, context, participant)))
          return request.html(stopped(about, 'notAsked', 'none'), 410)
        if (participant.state === 'active')
          return request.html(reminders(about, participant.remindersStoppedAt === null ? 'asks' : 'stopped'))
        const why = participant.state === 'handed over' ? 'handedOver' : 'stopped'
        return request.html(stopped(about, why, answersToErase(await answersKeptOf(context, participant))))
      } catch (error) {
        return await dead(request, error)
      }
    })
    .post('/:token', async (request) => {
      try {
        const participant = await lookUpReminderLink(context, request.req.param('token'))
        const about = await doorOf(context, participant, request, site)
        const again = (await formOf(request.req.raw)).get('reminders') === 'again'
        await wantReminders(context, participant, again)
        return request.html(reminders(about, again ? 'wanted' : 'stopped'))
      } catch (error) {
        // Whoever does not take part any more gets no mail at all: what was asked for is so.
        if (error instanceof Refusal && error.code === 'participant-stopped') return request.body(null, 204)
        return await dead(request, error)
      }
    })

/** This address cannot erase anything: there is no button for it here. */
const answersToErase = (answers: 'kept' | 'erased' | 'none') => (answers === 'kept' ? 'none' : answers)

/** What was sent, in either of the ways in which a form can be; of anything else nothing. */
async function formOf(request: Request): Promise<FormData> {
  try {
    return await request.formData()
  } catch {
    return new FormData()
  }
}
