/** Whether a family seems to be registered already. By POST, as with finding: what is typed stands in no address and in no log. */
import { Hono } from 'hono'
import type { Context } from '../../context.ts'
import { alikeFamilies, recordSlowedAlike } from '../../workflow/alike-families.ts'
import { doubles, limitSearches } from '../../workflow/limit-searches.ts'
import { body } from '../validate.ts'
import type { DeskEnv } from './authorise.ts'
import { entrySchema } from './case-entry.ts'
import { studyOf } from './study-of.ts'

export function alikeRoutes(context: Context) {
  const limit = limitSearches(context, doubles)
  return new Hono<DeskEnv>().post('/', body(entrySchema.pick({ region: true, participants: true })), async (request) => {
    const [staffId, access] = [request.get('staff').member.id, request.get('access')]
    const asking = { studyId: studyOf(request), staffId, within: access.reach('see contact') }
    const [alike] = await limit.searching(staffId, {
      work: () => alikeFamilies(context, [request.req.valid('json')], asking),
      // Whether there is one says something of people, either way.
      hasFound: () => false,
      slowed: () => recordSlowedAlike(context, asking),
    })
    return request.json({ cases: alike?.cases ?? [] })
  })
}
