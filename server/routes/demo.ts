/** What only the demonstration has: its mailbox, its clock, and staff over whose shoulder one looks. */

import { Hono, type Context as Request } from 'hono'
import { z } from 'zod'
import { type StaffRole, staffRoleNames } from '../access/roles.ts'
import { type Demonstration, type Step, steps } from '../demo/demonstration.ts'
import type { Mail } from '../demo/mailbox.ts'
import { Refusal } from '../refusal.ts'
import { chooseRole, chosenRole, overTheShoulder } from './demo-staff.ts'
import type { StaffCookie } from './desk/staff-cookie.ts'
import { mailPolicy } from './mail-policy.ts'
import { builtDirectory, readPage } from './site.ts'
import { body, query } from './validate.ts'

const move = z.strictObject({ step: z.enum(Object.keys(steps) as [Step, ...Step[]]) })

const role = z.strictObject({ role: z.enum(staffRoleNames as [StaffRole, ...StaffRole[]]) })

const slice = z.object({
  search: z.string().max(100).optional(),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

const headers = ({ number, at, to, subject }: Mail) => ({ number, at, to, subject })

const has = (search: string) => {
  const wanted = search.trim().toLowerCase()
  return ({ to, subject }: Mail): boolean => to.toLowerCase().includes(wanted) || subject.toLowerCase().includes(wanted)
}

/** `/api/demo`: the clock and the mailbox. */
export const demoRoutes = (demonstration: Demonstration) =>
  new Hono()
    .get('/clock', (request) => request.json({ now: demonstration.context.clock.now() }))
    .post('/clock', body(move), async (request) => request.json(await demonstration.moveForward(request.req.valid('json').step)))
    .get('/role', (request) => request.json({ role: chosenRole(request), roles: staffRoleNames }))
    .post('/role', body(role), (request) => {
      chooseRole(request, request.req.valid('json').role)
      return request.json({ role: request.req.valid('json').role })
    })
    .get('/mails', query(slice), (request) => {
      const { search, offset, limit } = request.req.valid('query')
      const found = demonstration.mailbox.list().filter(has(search ?? ''))
      return request.json({ total: found.length, mails: found.slice(offset, offset + limit).map(headers) })
    })
    .get('/mail-to-try', async (request) => {
      const mail = await demonstration.mailToTry()
      return request.json({ mail: mail ? headers(mail) : null })
    })
    .get('/mails/:number', (request) => {
      const { html, ...mail } = needMail(demonstration, request)
      const text = toHere(mail.text, demonstration)
      return request.json({ ...mail, text, hasHtml: html !== null, link: text.match(/https?:\/\/\S+\/l\/[A-Za-z0-9_-]+/)?.[0] ?? null })
    })
    .get('/mails/:number/html', (request) => {
      const { html } = needMail(demonstration, request)
      if (html === null) throw new Refusal('not-found')
      request.header('Content-Security-Policy', mailPolicy)
      return request.html(toHere(html, demonstration))
    })

export type DemoRoutes = ReturnType<typeof demoRoutes>

function needMail(demonstration: Demonstration, request: Request): Mail {
  const mail = demonstration.mailbox.find(Number(request.req.param('number')))
  if (!mail) throw new Refusal('not-found')
  return mail
}

/** Mails keep the address at which the demonstration ran when it sent them; shown are links to where it runs now. */
const toHere = (text: string, { context }: Demonstration): string =>
  text.replaceAll(/http:\/\/(localhost|127\.0\.0\.1):\d+(?=\/)/g, context.baseUrl)

/** Everything that the demonstration adds to the server: its routes, and the pages that show them. */
export function demonstrationApp(demonstration: Demonstration, directory = builtDirectory): { app: Hono; cookie: StaffCookie } {
  const page = readPage(`${directory}/desk/index.html`)
  const app = new Hono().route('/api/demo', demoRoutes(demonstration))
  for (const path of ['/', '/mailbox', '/mailbox/*']) app.get(path, (request) => request.html(page))
  return { app, cookie: overTheShoulder(demonstration.context, demonstration.staff) }
}
