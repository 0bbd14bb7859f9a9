/** Somebody who comes into a case after it was registered: chosen at the conference, assigned to it, or taking somebody's place. */
import type { Changes } from '../../protocols/changes.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { Failure } from '../failure.ts'
import { newId } from '../new-id.ts'
import { recordEvent } from '../queries/events.ts'
import { insertParticipant, type Participant, participantsOfCase } from '../queries/participants.ts'
import { findPerson } from '../queries/people.ts'
import type { Study } from '../queries/studies.ts'
import { assertKey } from './assert-key.ts'
import { isSamePerson, type ParticipantEntry, participantProblems } from './check-case.ts'
import { arrived, storeContactData, takeBackContactData } from './contact-data.ts'
import { mailboxKeyOf } from './mailbox-key.ts'
import { needCase } from './need-case.ts'
import { nameOf } from './pick-participant.ts'
import { replanCase } from './replan-case.ts'
import { languagesOfStudy } from './study-languages.ts'
import type { Told } from './told.ts'

export interface CaseKey {
  study: string
  code: string
}

/** Somebody who came in, and what that changed in the plan. */
export interface Arrived {
  role: string
  number: number
  changes: Changes
}

/**
 * Registers somebody who comes in now and plans what they are asked from now on. Throws a Failure, and changes nothing, for
 * an unknown case and for whatever an import would not take.
 */
export async function addParticipant(context: Context, key: CaseKey, participant: ParticipantEntry, told?: Told): Promise<Arrived> {
  return await comeIn(context, key, participant, async (tx, { study, caseId, id, now, insert }) => {
    const { role, number } = await insert(null)
    const detail = { role, number, ...told }
    await recordEvent(tx, { at: now, studyId: study.id, caseId, participantId: id, kind: 'participant added', detail })
    return { role, number, changes: await replanCase(tx, context, caseId) }
  })
}

/** What is known within the transaction in which somebody comes in. */
export interface Arriving {
  study: Study
  caseId: string
  /** Everybody in the case so far. */
  all: Participant[]
  id: string
  now: string
  /** Writes the participant, with the next number in their role. */
  insert(succeedsId: string | null): Promise<Participant>
}

/**
 * Contact data first, as in a registration: somebody without them could not be written to, while contact data of nobody are
 * removed again right here, or at the next start.
 */
export async function comeIn<Result>(
  context: Context,
  { study: studyId, code }: CaseKey,
  participant: ParticipantEntry,
  work: (tx: Db, arriving: Arriving) => Promise<Result>,
): Promise<Result> {
  await assertKey(context)
  const { found, study, protocol } = await needCase(context, studyId, code)
  const problems = participantProblems(protocol, languagesOfStudy(context.definitions, study, protocol), participant)
  if (problems.length > 0)
    throw new Failure([...problems.map(({ field, reason }) => `${field}: ${reason}`), 'Nothing was changed.'].join('\n'))

  const id = newId()
  const now = context.clock.now()
  const arrival = await storeContactData(context, [{ id, participant }], now)
  try {
    return await context.stores.study.withTx(async (tx) => {
      const all = await participantsOfCase(tx, found.id)
      await refuseKnown(context, code, participant, all)
      const insert = async (succeedsId: string | null): Promise<Participant> => {
        const mailboxKey = mailboxKeyOf(context, protocol, study.id, participant)
        const row = rowOf(participant, { id, caseId: found.id, all, succeedsId, now, mailboxKey })
        await insertParticipant(tx, row)
        await arrived(tx, arrival)
        return row
      }
      return await work(tx, { study, caseId: found.id, all, id, now, insert })
    })
  } catch (reason) {
    // Where not even this can be written, the next start removes them; the reason that counts is the first one.
    await takeBackContactData(context, arrival).catch(() => {})
    throw reason
  }
}

type Place = Pick<Arriving, 'id' | 'caseId' | 'all' | 'now'> & Pick<Participant, 'succeedsId' | 'mailboxKey'>

const rowOf = (
  { role, language, sex, withoutMail }: ParticipantEntry,
  { id, caseId, all, succeedsId, now, mailboxKey }: Place,
): Participant => ({
  id,
  caseId,
  role,
  number: 1 + Math.max(0, ...all.filter((one) => one.role === role).map(({ number }) => number)),
  language,
  sex: sex ?? null,
  state: 'active',
  stateAt: now,
  stateReason: null,
  joinedAt: now,
  succeedsId,
  withoutMailAt: withoutMail ? now : null,
  addressRefusedAt: null,
  remindersStoppedAt: null,
  answersErasedAt: null,
  contactRemovedAt: null,
  mailboxKey,
})

/** The same person twice in one role would be asked everything twice. Whoever has left may come back. */
export async function refuseKnown(
  { stores, sealer }: Pick<Context, 'stores' | 'sealer'>,
  code: string,
  entry: Pick<ParticipantEntry, 'role' | 'name' | 'email' | 'telephone'>,
  all: Participant[],
): Promise<void> {
  for (const other of all.filter(({ role, state }) => role === entry.role && state === 'active')) {
    const person = await findPerson(stores.identity.read, sealer, other.id)
    const { name, email, telephone } = person ?? {}
    if (name !== undefined && isSamePerson({ role: other.role, name, email: email ?? undefined, telephone: telephone ?? undefined }, entry))
      throw new Failure(`This person is ${nameOf(other)} of ${code} already. Nothing was changed.`, 'known-person')
  }
}
