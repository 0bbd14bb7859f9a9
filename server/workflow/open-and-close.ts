/** Opens and ends assignments when their window does. What somebody had typed in an assignment that ends is kept. */
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { expireAssignments, openAssignments, type Turned } from '../queries/assignment-windows.ts'
import { recordEvent } from '../queries/events.ts'
import { listInEvent } from './about-whom.ts'

/** So many at most in one transaction, so that nobody who is answering waits long for theirs. */
const perTransaction = 500

/** Returns how many were opened and how many ended. */
export async function openAndClose(context: Context): Promise<{ opened: number; expired: number }> {
  const expired = await turnAll(context, expireAssignments, 'expired')
  const opened = await turnAll(context, openAssignments, 'opened')
  return { opened, expired }
}

type Turn = (tx: Db, now: string, limit: number) => Promise<Turned[]>

async function turnAll({ stores, clock }: Context, turn: Turn, kind: string): Promise<number> {
  const now = clock.now()
  let count = 0
  for (;;) {
    const turned = await stores.study.withTx(async (tx) => {
      const some = await turn(tx, now, perTransaction)
      for (const one of some) {
        const { studyId, caseId, participantId, wave } = one
        await recordEvent(tx, { at: now, studyId, caseId, participantId, wave, kind, detail: listInEvent(one) })
      }
      return some.length
    })
    count += turned
    if (turned < perTransaction) return count
  }
}
