/** Consent that was given or refused on paper or by telephone, as staff record it. */
import type { Changes } from '../../protocols/changes.ts'
import type { Protocol } from '../../protocols/schema.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { Failure } from '../failure.ts'
import { consentsOf, insertConsent } from '../queries/consents.ts'
import { recordEvent } from '../queries/events.ts'
import { type Participant, participantsOfCase } from '../queries/participants.ts'
import type { Study } from '../queries/studies.ts'
import type { CaseKey } from './add-participant.ts'
import { asksForConsent, consentsFor } from './give-consent.ts'
import { needCase } from './need-case.ts'
import { type ParticipantKey, pickParticipant } from './pick-participant.ts'
import { replanCase } from './replan-case.ts'
import { stopParticipant } from './stop-participant.ts'
import type { Told } from './told.ts'

export interface ConsentEntry {
  purpose: string
  given: boolean
}

export interface RecordedConsent {
  role: string
  number: number
  /** Their state afterwards. */
  state: Participant['state']
  changes: Changes | null
}

/**
 * Records one answer to the statement as it is now. Of whoever takes part, refusing what is required ends the participation,
 * as it does on the page: they declined, or withdrew when they had agreed before. The word of somebody who stopped or handed
 * over counts, too, since an interview with them or the study of a file may depend on it; it does not bring them back.
 *
 * Throws a Failure, and changes nothing, for an unknown participant, or a purpose that their role is not asked about.
 */
export async function recordConsent(
  context: Context,
  { study: studyId, code }: CaseKey,
  who: ParticipantKey,
  { purpose, given }: ConsentEntry,
  told?: Told,
): Promise<RecordedConsent> {
  const { found, ...around } = await needCase(context, studyId, code)
  return await context.stores.study.withTx((tx) =>
    recordConsentWithin(tx, context, { ...around, caseId: found.id, code }, who, { purpose, given }, told),
  )
}

interface CaseAt {
  study: Study
  protocol: Protocol
  caseId: string
  code: string
}

/** The same within a transaction: of a case that is registered in it, too. */
export async function recordConsentWithin(
  tx: Db,
  context: Context,
  { study, protocol, caseId, code }: CaseAt,
  who: ParticipantKey,
  { purpose, given }: ConsentEntry,
  told?: Told & { atRegistration?: true },
): Promise<RecordedConsent> {
  const participant = pickParticipant(await participantsOfCase(tx, caseId), code, who)
  const { id, role, number, language } = participant
  const asked = consentsFor(protocol, role)
  const statement = asked.find((one) => one.purpose === purpose)
  if (!statement) {
    const purposes = asked.map((one) => one.purpose).join(', ') || 'none'
    throw new Failure(
      `The role ${role} is not asked for consent to "${purpose}"; its purposes are: ${purposes}. Nothing was changed.`,
      'no-purpose',
    )
  }
  const before = (await consentsOf(tx, id)).get(purpose)
  const at = context.clock.now()
  await insertConsent(tx, { participantId: id, purpose, version: statement.version, given, language, at, recordedBy: 'staff' })
  await recordEvent(tx, {
    at,
    studyId: study.id,
    caseId,
    participantId: id,
    kind: 'consent',
    detail: { [purpose]: given, recordedBy: 'staff', ...told },
  })
  if (participant.state === 'active' && statement.required && !given) {
    const state = before?.given ? 'withdrawn' : 'declined'
    return { role, number, state, changes: await stopParticipant(tx, context, { study, participant, state, told }) }
  }
  const changes = asksForConsent(protocol) ? await replanCase(tx, context, caseId) : null
  return { role, number, state: participant.state, changes }
}
