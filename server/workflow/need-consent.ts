import type { Context } from '../context.ts'
import { consentsOf } from '../queries/consents.ts'
import type { Participant } from '../queries/participants.ts'
import { Refusal } from '../refusal.ts'
import { consentsFor } from './give-consent.ts'
import { studyOfParticipant } from './study-of-participant.ts'

/** Refuses as long as a required consent, in its present version, is not given. */
export async function needConsent(context: Context, participant: Participant): Promise<void> {
  const { protocol } = await studyOfParticipant(context, participant)
  const given = await consentsOf(context.stores.study.read, participant.id)
  const missing = consentsFor(protocol, participant.role).filter(
    ({ purpose, version, required }) => required && !(given.get(purpose)?.given && given.get(purpose)?.version === version),
  )
  if (missing.length > 0) throw new Refusal('consent-missing', { purposes: missing.map(({ purpose }) => purpose) })
}
