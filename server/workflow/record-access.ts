/** Adds a line to the access log, in a transaction of its own: it stands before anything is shown. */
import type { Context } from '../context.ts'
import { type AccessEntry, logAccess } from '../queries/access-log.ts'

type Given = Pick<AccessEntry, 'staffId' | 'action' | 'outcome'> & Partial<Omit<AccessEntry, 'at'>>

export async function recordAccess({ stores, clock }: Pick<Context, 'stores' | 'clock'>, given: Given): Promise<void> {
  await stores.study.withTx((tx) => logAccess(tx, accessEntry(clock.now(), given)))
}

/** The line, for whoever writes it together with what it tells of. */
export const accessEntry = (at: string, given: Given): AccessEntry => ({
  at,
  via: 'desk',
  studyId: null,
  caseId: null,
  reason: null,
  detail: null,
  ...given,
})
