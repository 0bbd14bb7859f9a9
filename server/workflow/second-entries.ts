/** Lists that are typed in twice and wait for somebody: for the second person, or for a decision between the two. No answers. */
import { entersFor } from '../access/entry-roles.ts'
import type { Reach } from '../access/roles.ts'
import type { Context } from '../context.ts'
import { waitingEntries } from '../queries/entries.ts'
import { needStudy } from './open-study.ts'
import type { SignedIn } from './sign-in.ts'
import { staffNames } from './staff-names.ts'

/** So many are looked at, and so many listed. */
const most = { found: 500, listed: 25 }

/** As far as somebody may type there; those that wait longest first. `isOwn`: somebody else has to type it the second time. */
export async function secondEntries(context: Context, staff: SignedIn, studyId: string, reach: Reach) {
  if (reach === null) return { total: 0, rows: [] }
  const { protocol } = await needStudy(context, studyId)
  const found = (await waitingEntries(context.stores.study.read, studyId, reach, most.found)).filter(({ role, region, second }) => {
    // What somebody is typing the second time waits for nobody.
    return second !== 'typing' && entersFor(studyId, staff.grants, region)(role)
  })
  const rows = found.slice(0, most.listed)
  const names = await staffNames(
    context,
    rows.map(({ enteredBy }) => enteredBy),
  )
  return {
    total: found.length,
    rows: rows.map(({ enteredBy, second, instrument, version, region: _, ...row }) => ({
      ...row,
      title: context.definitions.instruments.get(`${instrument}@${version}`)?.survey.title ?? { nl: instrument, en: instrument },
      roleTitle: protocol.roles[row.role]?.title ?? { nl: row.role, en: row.role },
      by: names(enteredBy),
      isOwn: enteredBy === staff.member.id,
      /** second: another person has to type it; decision: both are there, and differ. */
      waitsFor: second === null ? ('second' as const) : ('decision' as const),
    })),
  }
}
