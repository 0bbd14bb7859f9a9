/** What a professional does about one of their cases, as pages that the server draws and the forms that come back. */
import type { Context as Request } from 'hono'
import { Hono } from 'hono'
import { leavingReasonIds } from '../../protocols/leaving.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import { handOverCase, leaveCase } from '../workflow/leave-case.ts'
import { participantIn } from '../workflow/open-session.ts'
import { packetOf } from '../workflow/packet.ts'
import type { DrawPage } from './draw-page.ts'
import type { Fields, Start } from './drawing.ts'

export function drawnCases(context: Context, { page, show, take }: DrawPage) {
  const draw = (request: Request) =>
    show(request, async (session) => {
      const start = await packetIn(session)
      if (!start.packet.cases.some(({ code }) => code === request.req.param('code'))) throw new Refusal('not-found')
      return start
    })
  const packetIn = async (session: string | undefined) => ({
    packet: await packetOf(context, await participantIn(context, session)),
    list: null,
  })

  return new Hono()
    .get('/:code', draw)
    .get('/:code/hand-over', draw)
    .post('/:code/hand-over', (request) =>
      take(request, async (session, fields) => {
        const colleague = { name: fieldOf(fields, 'name'), email: fieldOf(fields, 'email') }
        const again = async (told: Pick<NonNullable<Start['colleague']>, 'problems' | 'isChecking'>) =>
          await page(request, { ...(await packetIn(session)), colleague: { ...colleague, ...told } }, hasAny(told.problems) ? 422 : 200)

        const empty = Object.entries(colleague).filter(([, value]) => value.trim() === '')
        const problems = Object.fromEntries(empty.map(([field]) => [field, 'missing']))
        const pressed = fieldOf(fields, 'hand-over')
        if (pressed === 'change') return await again({ problems: {}, isChecking: false })
        if (pressed !== 'sure' || hasAny(problems)) return await again({ problems, isChecking: !hasAny(problems) })
        const code = request.req.param('code')
        try {
          await handOverCase(context, await participantIn(context, session), code, colleague)
        } catch (error) {
          if (!(error instanceof Refusal) || error.code !== 'colleague-invalid') throw error
          const found = error.details.problems as { field: string; reason: string }[]
          return await again({ problems: Object.fromEntries(found.map(({ field, reason }) => [field, reason])), isChecking: false })
        }
        return request.redirect(`/packet/cases/${encodeURIComponent(code)}`, 303)
      }),
    )
    .get('/:code/leave', draw)
    .post('/:code/leave', (request) =>
      take(request, async (session, fields) => {
        const reason = leavingReasonIds.find((id) => id === fieldOf(fields, 'reason'))
        if (!reason) return await page(request, { ...(await packetIn(session)), isIncomplete: true }, 422)
        const code = request.req.param('code')
        await leaveCase(context, await participantIn(context, session), code, reason)
        return request.redirect(`/packet/cases/${encodeURIComponent(code)}`, 303)
      }),
    )
}

/** No longer than the page lets anybody type. */
const fieldOf = (fields: Fields, name: string): string => (fields.find(([field]) => field === name)?.[1] ?? '').slice(0, 400)

const hasAny = (problems: Record<string, string>): boolean => Object.keys(problems).length > 0
