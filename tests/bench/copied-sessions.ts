/** Sessions of people in copied cases, so that their lists can be submitted as well: see copy-cases.ts. */
import { createHash, randomBytes } from 'node:crypto'
import type { Store } from '../../server/db/open.ts'
import { insertSession } from '../../server/queries/sessions.ts'
import type { OpenList } from '../harness/many-sessions.ts'

const hashOf = (session: string): string => createHash('sha256').update(session).digest('hex')

/** So many lists that are open, of copies 1, 2, ... of the people of `lists`; fewer where there are no more than `copies`. */
export async function listsOfCopies(store: Store, lists: readonly OpenList[], many: number, copies: number): Promise<OpenList[]> {
  const found = store.read.all<{ token: string; participant: string }>(
    'SELECT token_hash AS token, participant_id AS participant FROM sessions',
  )
  const participants = new Map(found.map(({ token, participant }) => [token, participant]))
  const times = { createdAt: new Date().toISOString(), expiresAt: new Date(Date.now() + 6 * 3_600_000).toISOString() }
  const open: OpenList[] = []
  for (let copy = 1; copy <= copies && open.length < many; copy++) {
    const own = new Map(
      [...new Set(lists.map(({ session }) => session))].map((session) => [session, randomBytes(32).toString('base64url')]),
    )
    await store.withTx(async (tx) => {
      for (const [session, token] of own)
        await insertSession(tx, { tokenHash: hashOf(token), participantId: `${participants.get(hashOf(session))}-${copy}`, ...times })
    })
    open.push(...lists.map((list) => ({ ...list, assignmentId: `${list.assignmentId}-${copy}`, session: own.get(list.session) ?? '' })))
  }
  return open.slice(0, many)
}
