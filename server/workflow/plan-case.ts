/** One case as planning sees it, from what is recorded of it. */
import type { Done, PlanCase, PlanParticipant } from '../../protocols/case.ts'
import type { Period } from '../../protocols/versions.ts'
import type { Db } from '../db/tx.ts'
import { type Assignment, assignmentsOfCase } from '../queries/assignments.ts'
import { anchorsOf, type Case } from '../queries/cases.ts'
import { consentsOf } from '../queries/consents.ts'
import { extensionsOfCase } from '../queries/extensions.ts'
import { type Participant, participantsOfCase } from '../queries/participants.ts'
import { answersOfCase } from '../queries/responses.ts'
import { samplesOfCase } from '../queries/samples.ts'

/** Consents, samples and answers are read only where a row of one of the protocols depends on them. */
export async function planCaseOf(db: Db, periods: readonly Period[], found: Case, now: string): Promise<PlanCase> {
  const conditions = periods.flatMap(({ protocol }) => protocol.schedule.flatMap(({ when }) => when ?? []))
  const instruments = [...new Set(conditions.flatMap(({ answers }) => answers?.instrument ?? []))]
  const [anchors, participants, assignments, extensions] = await Promise.all([
    anchorsOf(db, found.id),
    participantsOfCase(db, found.id),
    assignmentsOfCase(db, found.id),
    extensionsOfCase(db, found.id),
  ])
  const asksConsent = conditions.some(({ consent }) => consent !== undefined)
  return {
    arm: found.arm,
    cohort: found.cohort,
    registeredAt: found.registeredAt,
    anchors,
    participants: await Promise.all(
      participants.map(async (one) => ({ ...planParticipant(one), ...(asksConsent && { consents: await wordsOf(db, one.id) }) })),
    ),
    completed: assignments.filter(({ state }) => state === 'completed').map((one) => doneOf(one, now)),
    calledOff: assignments.filter(({ state, reason }) => state === 'cancelled' && reason !== null).map((one) => doneOf(one, now)),
    extensions: extensions.map(({ participantId, wave, closesAt }) => ({ participant: participantId, wave, closesAt })),
    samples: conditions.some(({ sample }) => sample !== undefined) ? await samplesOfCase(db, found.id) : [],
    answered: instruments.length > 0 ? await answersOfCase(db, found.id, instruments) : [],
  }
}

function planParticipant({
  id,
  role,
  state,
  stateAt,
  joinedAt,
  succeedsId,
  remindersStoppedAt,
  withoutMailAt,
}: Participant): PlanParticipant {
  return {
    id,
    role,
    ...(state !== 'active' && { stoppedAt: stateAt }),
    ...(state === 'handed over' && { handedOver: true as const }),
    ...(joinedAt !== null && { joinedAt }),
    ...(succeedsId !== null && { succeeds: succeedsId }),
    ...(remindersStoppedAt !== null && { withoutReminders: true as const }),
    ...(withoutMailAt !== null && { withoutMail: true as const }),
  }
}

const wordsOf = async (db: Db, participantId: string): Promise<Record<string, boolean>> =>
  Object.fromEntries([...(await consentsOf(db, participantId))].map(([purpose, { given }]) => [purpose, given]))

const doneOf = ({ participantId, wave, instrumentId, aboutId, endedAt }: Assignment, now: string): Done => ({
  participant: participantId,
  wave,
  instrument: instrumentId,
  about: aboutId,
  at: endedAt ?? now,
})
