/** A data folder with many families and open sessions, made through the workflows, for load and faults. */
import { createHash, randomBytes } from 'node:crypto'
import { systemClock } from '../../server/clock.ts'
import { findParticipant } from '../../server/queries/participants.ts'
import { insertSession } from '../../server/queries/sessions.ts'
import { giveConsent } from '../../server/workflow/give-consent.ts'
import { answersTo, family } from './family.ts'
import { freePort } from './free-port.ts'
import { type StaffClient, staffAt } from './staff.ts'
import { openTestStudy } from './test-study.ts'

/** One list that can be submitted: by whom, and with which answers. */
export interface OpenList {
  assignmentId: string
  session: string
  instrument: string
  answers: Record<string, unknown>
}

export interface ManySessions {
  environment: Record<string, string>
  lists: OpenList[]
  /** Somebody at the desk who may do whatever is done with cases, signed in. */
  manager: StaffClient
}

/**
 * `families` parents who agreed and have their four lists of T0 open. Their invitations wait for the mail server at
 * `smtpUrl`; without one nothing is to be sent.
 */
export async function manySessions(folder: string, families: number, smtpUrl?: string): Promise<ManySessions> {
  const now = systemClock.now()
  const today = now.slice(0, 10)
  const baseUrl = `http://127.0.0.1:${await freePort()}`
  const { context, environment, register, close } = await openTestStudy({ folder, now, baseUrl, smtpUrl })
  const { withTx, read } = context.stores.study
  const entries = Array.from({ length: families }, (_, n) => ({
    ...family(`L-${n}`, { referral: today, conference: today }),
    participants: family(`L-${n}`).participants.slice(0, 1),
  }))
  await register(...entries)
  // The protocol sends mail at a certain hour; here it goes now, or not at all.
  await withTx(
    async (tx) =>
      void tx.run(
        smtpUrl
          ? `UPDATE messages SET next_at = '${now}' WHERE kind = 'invitation' AND wave = 'T0'`
          : "UPDATE messages SET state = 'cancelled'",
      ),
  )
  const sessions = new Map<string, string>()
  const expiresAt = new Date(Date.now() + 6 * 3_600_000).toISOString()
  await Promise.all(
    read.all<{ id: string }>('SELECT id FROM participants').map(async ({ id }) => {
      const participant = await findParticipant(read, id)
      if (participant) await giveConsent(context, participant, { research: true, 'contact-later': false }, 'nl')
      const session = randomBytes(32).toString('base64url')
      sessions.set(id, session)
      const tokenHash = createHash('sha256').update(session).digest('hex')
      await withTx((tx) => insertSession(tx, { tokenHash, participantId: id, createdAt: now, expiresAt }))
    }),
  )
  const rows = read.all<{ id: string; participant_id: string; instrument_id: string; instrument_version: string }>(
    "SELECT id, participant_id, instrument_id, instrument_version FROM assignments WHERE wave = 'T0' ORDER BY instrument_id, id",
  )
  const lists = rows.map((row, n) => ({
    assignmentId: row.id,
    session: sessions.get(row.participant_id) ?? '',
    instrument: row.instrument_id,
    answers: answersTo(context.definitions.instruments.need(`${row.instrument_id}@${row.instrument_version}`), n % 4),
  }))
  const manager = await staffAt({ context, origin: baseUrl }, 'data manager')
  await close()
  return { environment, lists, manager }
}

/** The request that submits a list. */
export const submission = ({ assignmentId, session, answers }: OpenList) => ({
  method: 'POST' as const,
  path: `/api/assignments/${assignmentId}/submit`,
  headers: { Cookie: `nameting=${session}`, 'Content-Type': 'application/json' },
  body: JSON.stringify({ answers, skipped: [], language: 'nl' }),
})
