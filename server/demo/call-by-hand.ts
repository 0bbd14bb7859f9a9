/** The one parent of the demonstration whom no mail reaches: an interviewer called in vain, and is to call again on the visitor's day. */
import { dayOf } from '../../protocols/local-time.ts'
import type { Context } from '../context.ts'
import { findCaseByCode } from '../queries/cases.ts'
import { participantsOfCase } from '../queries/participants.ts'
import type { Study } from '../queries/studies.ts'
import { recordAttempt } from '../workflow/record-attempt.ts'
import { askedByHand, type Family } from './families.ts'
import { inventStaff } from './staff.ts'

export async function callByHand(context: Context, study: Study, families: Family[], until: string, timeZone: string): Promise<void> {
  const code = families.find(({ number }) => number === askedByHand)?.entry.code ?? ''
  const found = await findCaseByCode(context.stores.study.read, study.id, code)
  const parent = (await participantsOfCase(context.stores.study.read, found?.id ?? '')).find(({ withoutMailAt }) => withoutMailAt !== null)
  if (!parent) throw new Error(`${code} has nobody without a mail address`)
  const { interviewer } = await inventStaff(context)
  await recordAttempt(
    context,
    { study: study.id, code },
    parent.id,
    {
      means: 'call',
      outcome: 'not reached',
      wave: 'T0',
      nextOn: dayOf(until, timeZone),
      reaching: 'Verzonnen: meestal thuis na vijf uur.',
    },
    interviewer,
  )
}
