/** Finding a family by what is known of one of its people. By POST: what is typed stands in no address and in no log. */
import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import { findByContact, recordSlowedSearch } from '../../workflow/find-by-contact.ts'
import { limitSearches } from '../../workflow/limit-searches.ts'
import { body } from '../validate.ts'
import type { DeskEnv } from './authorise.ts'
import { reasonSchema } from './changing.ts'
import { studyOf } from './study-of.ts'

const search = z.strictObject({
  /** A mail address, a telephone number, a name or a part of one: which one is seen from how it is written. */
  text: z.string().trim().min(1).max(320),
  reason: reasonSchema(false),
})

/** So many people may be behind a name that somebody knows. */
const few = 10

export function findRoutes(context: Context) {
  const limit = limitSearches(context)
  return new Hono<DeskEnv>().post('/', body(search), async (request) => {
    const wanted = {
      ...request.req.valid('json'),
      studyId: studyOf(request),
      staffId: request.get('staff').member.id,
      within: request.get('access').reach('see contact'),
    }
    const found = await limit.searching(wanted.staffId, {
      work: () => findByContact(context, wanted),
      // A common name finds many, and is as good as a guess.
      hasFound: ({ people }) => people.length > 0 && people.length <= few,
      slowed: () => recordSlowedSearch(context, wanted),
    })
    return request.json(found)
  })
}
