/** An open list as a page to print, with its styles and the script of its button. */
import { Hono } from 'hono'
import type { Context } from '../context.ts'
import { quickExitBar, quickExitScript } from '../pages/page.ts'
import { textsIn } from '../pages/texts/languages.ts'
import { linkedHead, paper, paperStyles, printScript } from '../paper/paper.ts'
import { printButton } from '../paper/print-script.ts'
import { paperCss } from '../paper/styles.ts'
import { Refusal } from '../refusal.ts'
import { participantIn } from '../workflow/open-session.ts'
import { paperForVisitor } from '../workflow/paper-of.ts'
import type { SessionCookie } from './session-cookie.ts'

export const paperRoutes = (context: Context, cookie: SessionCookie) =>
  new Hono()
    .get(paperStyles, (request) => {
      request.header('Content-Type', 'text/css; charset=utf-8')
      return request.body(paperCss)
    })
    .get(printScript, (request) => {
      request.header('Content-Type', 'text/javascript; charset=utf-8')
      return request.body(printButton)
    })
    .get('/packet/lists/:id/print', async (request) => {
      try {
        const visitor = await participantIn(context, cookie.read(request))
        const { instrument, whose, language, quickExit } = await paperForVisitor(context, visitor, request.req.param('id'))
        const bar = quickExit === null ? '' : quickExitBar(quickExit, textsIn(language))
        return request.html(
          paper({ instrument, whose, language }, linkedHead(quickExit === null ? [] : [quickExitScript]), {
            back: '/packet',
            quickExit: bar,
          }),
        )
      } catch (error) {
        // What cannot be filled in cannot be printed: the packet says what there is, or that nobody is logged in.
        if (!(error instanceof Refusal)) throw error
        return request.redirect('/packet', 303)
      }
    })
