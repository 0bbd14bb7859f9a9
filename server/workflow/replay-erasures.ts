/** What people wished after a backup was made is done once more in what was put back from it. */
import type { ErasureLine } from '../backup/erasure-list.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { protocolOf } from '../definitions/protocol-of-study.ts'
import { consentsOf, insertConsent } from '../queries/consents.ts'
import { recordEvent } from '../queries/events.ts'
import { findPlacedParticipant, type PlacedParticipant, setRemindersStopped } from '../queries/participants.ts'
import { eraseAnswers } from './erase-answers.ts'
import { emptyLogOfErased, removeContact } from './forget-erased.ts'
import { consentsFor } from './give-consent.ts'
import { replanCase } from './replan-case.ts'
import { stopParticipant } from './stop-participant.ts'

/** How many people it was done for, of each kind; `unknown`: who came after the backup, so that there is nothing of them. */
export interface Replayed {
  answers: number
  contact: number
  stopped: number
  reminders: number
  /** Refusals of consent: what was agreed to has to be asked again. */
  consents: number
  unknown: number
}

/** What somebody wished in the end. */
interface Wishes {
  answers: boolean
  contact: boolean
  stopped: 'withdrawn' | 'declined' | null
  reminders: boolean
  /** The last word on each purpose. */
  said: Map<string, boolean>
}

/** Does what is not done yet; twice is harmless. When it resolves, the bytes are gone from both databases. */
export async function replayErasures(context: Context, lines: readonly ErasureLine[]): Promise<Replayed> {
  const replayed: Replayed = { answers: 0, contact: 0, stopped: 0, reminders: 0, consents: 0, unknown: 0 }
  const forgotten: { id: string; caseId: string }[] = []
  for (const [id, wished] of wishesOf(lines)) {
    await context.stores.study.withTx(async (tx) => {
      const placed = await findPlacedParticipant(tx, id)
      if (!placed) {
        replayed.unknown += 1
        return
      }
      if (wished.contact && placed.participant.contactRemovedAt === null) forgotten.push({ id, caseId: placed.participant.caseId })
      await replay(tx, context, placed, wished, replayed)
    })
  }
  if (!(await removeContact(context, forgotten, { because: 'restored' })))
    throw new Error('the log of identity.sqlite could not be emptied')
  replayed.contact = forgotten.length
  await emptyLogOfErased(context)
  return replayed
}

async function replay(
  tx: Db,
  context: Context,
  { participant, study }: PlacedParticipant,
  wished: Wishes,
  replayed: Replayed,
): Promise<void> {
  if (wished.answers && participant.answersErasedAt === null) {
    await eraseAnswers(tx, context, { study, participant })
    replayed.answers += 1
  }
  const state = wished.answers ? (wished.stopped ?? 'withdrawn') : wished.stopped
  if (state !== null && participant.state === 'active') {
    await stopParticipant(tx, context, { study, participant, state })
    replayed.stopped += 1
  } else if (wished.answers) await replanCase(tx, context, participant.caseId)
  replayed.consents += await refuseAgain(tx, context, { participant, study }, wished)
  if (wished.reminders && participant.remindersStoppedAt === null) {
    await setRemindersStopped(tx, participant.id, context.clock.now())
    replayed.reminders += 1
  }
}

/** Records the refusals that are not there, and returns how many: answers of whoever took consent back must not be used for that purpose. */
async function refuseAgain(
  tx: Db,
  context: Context,
  { participant, study }: Pick<PlacedParticipant, 'participant' | 'study'>,
  { said }: Wishes,
): Promise<number> {
  const { id, caseId, language, role } = participant
  const now = context.clock.now()
  const known = await consentsOf(tx, id)
  const statements = consentsFor(protocolOf(context.definitions, study, now), role)
  let refused = 0
  for (const { purpose, version } of statements) {
    if (said.get(purpose) !== false || known.get(purpose)?.given === false) continue
    await insertConsent(tx, { participantId: id, purpose, version, given: false, language, at: now, recordedBy: 'staff' })
    const detail = { [purpose]: false, recordedBy: 'staff', why: 'restored' }
    await recordEvent(tx, { at: now, studyId: study.id, caseId, participantId: id, kind: 'consent', detail })
    refused += 1
  }
  if (refused > 0) await replanCase(tx, context, caseId)
  return refused
}

/** By pseudonym. The last word counts; what was erased stays erased. */
function wishesOf(lines: readonly ErasureLine[]): Map<string, Wishes> {
  const people = new Map<string, Wishes>()
  for (const { participant, what, said = {} } of lines) {
    if (participant === undefined) continue
    const wished = people.get(participant) ?? { answers: false, contact: false, stopped: null, reminders: false, said: new Map() }
    people.set(participant, wished)
    if (what === 'answers erased') wished.answers = true
    else if (what === 'contact data removed') wished.contact = true
    else if (what === 'withdrawn' || what === 'declined') wished.stopped = what
    else if (what === 'brought back') wished.stopped = null
    else if (what === 'reminders stopped') wished.reminders = true
    else if (what === 'reminders wanted') wished.reminders = false
    for (const [purpose, given] of Object.entries(said)) wished.said.set(purpose, given)
  }
  return people
}
