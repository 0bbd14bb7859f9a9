/** A list of somebody as a page to print, for whoever sends or brings it. */
import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import { linkedHead, paper } from '../../paper/paper.ts'
import { paperTextsIn } from '../../paper/texts/languages.ts'
import { paperForDesk } from '../../workflow/paper-of.ts'
import { query } from '../validate.ts'
import type { DeskEnv } from './authorise.ts'
import { studyOf } from './study-of.ts'

/** The language of the desk: the list is in that of whoever fills it in. */
const choice = z.object({ in: z.enum(['nl', 'en']).default('nl') })

/** It is a page below the address of data: it has the styles and the button of paper, and nothing else. */
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const words = {
  nl: {
    lead: 'Zo komt de lijst op papier: leeg, zonder naam, in de taal van wie hem invult. Afdrukken kan ook met Ctrl + P.',
    back: 'Terug naar het gezin',
  },
  en: {
    lead: 'This is the list on paper: empty, without a name, in the language of whoever fills it in. You can also print with Ctrl + P.',
    back: 'Back to the family',
  },
}

/** Below a person of a case. */
export const deskPaperRoutes = (context: Context) =>
  new Hono<DeskEnv>().get('/:assignment/html', query(choice), async (request) => {
    const [found, { in: language }] = [request.get('case'), request.req.valid('query')]
    const { person = '', assignment = '' } = request.req.param() as { person?: string; assignment?: string }
    const { quickExit: _, ...printed } = await paperForDesk(context, found, person, assignment)
    const back = `/desk/studies/${encodeURIComponent(studyOf(request))}/cases/${encodeURIComponent(found.code)}`
    request.header('Content-Security-Policy', policy)
    return request.html(
      paper(printed, linkedHead([]), { back, quickExit: '', words: { ...words[language], language, print: paperTextsIn(language).print } }),
    )
  })
