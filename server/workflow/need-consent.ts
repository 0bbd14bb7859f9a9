import type { Protocol } from '../../protocols/schema.ts'
import type { Db } from '../db/tx.ts'
import { consentsOf } from '../queries/consents.ts'
import type { Participant } from '../queries/participants.ts'
import { Refusal } from '../refusal.ts'
import { consentsFor } from './give-consent.ts'

/** Refuses as long as a required consent, in its present version, is not given. */
export async function needConsent(db: Db, protocol: Protocol, participant: Pick<Participant, 'id' | 'role'>): Promise<void> {
  const given = await consentsOf(db, participant.id)
  const missing = consentsFor(protocol, participant.role).filter(
    ({ purpose, version, required }) => required && !(given.get(purpose)?.given && given.get(purpose)?.version === version),
  )
  if (missing.length > 0) throw new Refusal('consent-missing', { purposes: missing.map(({ purpose }) => purpose) })
}
