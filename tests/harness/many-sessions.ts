/** A data folder with many families and open sessions, made through the workflows, for load and faults. */
import { createHash, randomBytes } from 'node:crypto'
import { systemClock } from '../../server/clock.ts'
import { closeContext, openContext } from '../../server/open-context.ts'
import { findParticipant } from '../../server/queries/participants.ts'
import { insertSession } from '../../server/queries/sessions.ts'
import { giveConsent } from '../../server/workflow/give-consent.ts'
import { openStudy } from '../../server/workflow/open-study.ts'
import { registerCases } from '../../server/workflow/register-cases.ts'
import { answersTo, family } from './family.ts'
import { freePort, studyEntry } from './study-server.ts'

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
}

/**
 * `families` parents who agreed and have their four lists of T0 open. Their invitations wait for the mail server at
 * `smtpUrl`; without one nothing is to be sent.
 */
export async function manySessions(folder: string, families: number, smtpUrl?: string): Promise<ManySessions> {
  const key = randomBytes(32)
  const origin = `http://127.0.0.1:${await freePort()}`
  const context = openContext({ DATA_DIR: folder, BASE_URL: origin, IDENTITY_KEY: key, DEFINITIONS_DIR: undefined })
  const { withTx, read } = context.stores.study
  const study = await openStudy(context, studyEntry)
  const today = systemClock.now().slice(0, 10)
  const entries = Array.from({ length: families }, (_, n) => ({
    ...family(`L-${n}`, { referral: today, conference: today }),
    participants: family(`L-${n}`).participants.slice(0, 1),
  }))
  const { problems } = await registerCases(context, study, entries)
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  // The protocol sends mail at a certain hour; here it goes now, or not at all.
  const now = systemClock.now()
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
      await withTx((tx) => insertSession(tx, { tokenHash, participantId: id, createdAt: systemClock.now(), expiresAt }))
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
  await closeContext(context)
  const environment = {
    DATA_DIR: folder,
    BASE_URL: origin,
    IDENTITY_KEY: key.toString('hex'),
    SMTP_URL: smtpUrl ?? 'smtp://127.0.0.1:9',
    MAIL_FROM: 'onderzoek@voorbeeld.example',
  }
  return { environment, lists }
}

/** The request that submits a list. */
export const submission = ({ assignmentId, session, answers }: OpenList) => ({
  method: 'POST' as const,
  path: `/api/assignments/${assignmentId}/submit`,
  headers: { Cookie: `nameting=${session}`, 'Content-Type': 'application/json' },
  body: JSON.stringify({ answers, skipped: [], language: 'nl' }),
})
