/** The people of a case and how they relate: who took whose place, and what they agreed to. No contact data. Pure. */
import type { Protocol } from '../../protocols/schema.ts'
import type { ConsentRow } from '../queries/consents.ts'
import type { Participant } from '../queries/participants.ts'
import { placeInRole } from './about-whom.ts'
import { roleOrder } from './schedule-order.ts'

export type SaidConsent = Pick<ConsentRow, 'participantId' | 'purpose' | 'given' | 'at' | 'recordedBy'>

/** In the order of the protocol's roles. `consents`: everything they said, in order. */
export function describePeople(protocol: Protocol, participants: Participant[], consents: SaidConsent[]) {
  return participants
    .toSorted((a, b) => roleOrder(protocol)(a, b) || a.number - b.number)
    .map((one) => describe(one, participants, consents))
}

function describe(participant: Participant, all: Participant[], consents: SaidConsent[]) {
  const { id, role, number, language, sex, state, stateAt, stateReason, joinedAt, succeedsId, withoutMailAt, addressRefusedAt } =
    participant
  return {
    /** The pseudonym. */
    id,
    role,
    number,
    /** Which of several in the same role; null when there is one. */
    place: placeInRole(participant, all),
    language,
    sex,
    state,
    stateAt,
    /** Coded reason of the protocol. */
    stateReason,
    /** When they came in, if later than the case. */
    joinedAt,
    /** Pseudonym of the one whose place they took. */
    succeeds: succeedsId,
    /** Pseudonym of the one who took their place. */
    succeededBy: all.find((other) => other.succeedsId === id)?.id ?? null,
    /** Since when they have no mail address, so that they are asked by hand; null where mail goes to them. */
    withoutMailAt,
    addressRefused: addressRefusedAt !== null,
    consents: consents
      .filter(({ participantId }) => participantId === id)
      .map(({ purpose, given, at, recordedBy }) => ({ purpose, given, at, recordedBy })),
  }
}
