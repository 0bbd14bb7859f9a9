/** Slips of the finger in what is known of a participant: sex, by which norms are chosen, language, and role. */
import type { Protocol } from '../../protocols/schema.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { Failure } from '../failure.ts'
import { recordEvent } from '../queries/events.ts'
import { type Participant, participantsOfCase, setParticipantFacts } from '../queries/participants.ts'
import { findPerson } from '../queries/people.ts'
import { type CaseKey, refuseKnown } from './add-participant.ts'
import { assertKey } from './assert-key.ts'
import type { Corrected } from './correct-case.ts'
import { inBoth } from './in-both.ts'
import { mailboxKeyOf } from './mailbox-key.ts'
import { needCase } from './need-case.ts'
import { refuseEntry } from './person-of-case.ts'
import { replanCase } from './replan-case.ts'
import { rescoreCase } from './rescore-case.ts'
import { languagesOfStudy } from './study-languages.ts'
import type { Told } from './told.ts'
import { isUntouched } from './untouched.ts'

export const sexes = ['female', 'male', 'other'] as const

/** What is left out stays as it is. */
export interface PersonCorrection {
  /** Null: not known. */
  sex?: (typeof sexes)[number] | null | undefined
  /** Of mails and pages from now on; what was answered keeps the language in which it was. */
  language?: string | undefined
  role?: string | undefined
}

/**
 * Throws a Failure, and changes nothing, when nothing is another than it was, and for a role of somebody to whom anything was sent or
 * who said anything: lists, mails and answers belong to the role; so it does for a role that this person has in the case already. Refuses with `entry-invalid` an unknown role or language.
 */
export async function correctPerson(
  context: Context,
  { study: studyId, code }: CaseKey,
  pseudonym: string,
  correction: PersonCorrection,
  told: Told,
): Promise<Corrected> {
  const { found, study, protocol } = await needCase(context, studyId, code)
  refuseEntry([
    ...unknown('language', correction.language, languagesOfStudy(context.definitions, study, protocol)),
    ...unknown('role', correction.role, Object.keys(protocol.roles)),
  ])
  if (correction.role !== undefined) await assertKey(context)
  const correct = async (tx: Db): Promise<Corrected> => {
    const all = await participantsOfCase(tx, found.id)
    const person = all.find(({ id }) => id === pseudonym)
    if (!person) throw new Failure(`${code} has no such participant. Nothing was changed.`, 'no-participant')
    const { before, after } = difference(person, correction)
    if (Object.keys(after).length === 0) throw new Failure('This is how it is already. Nothing was changed.', 'nothing-changed')
    const place = after.role === undefined ? undefined : await placeFor(context, protocol, studyId, person, after.role)
    if (after.role !== undefined) {
      await refuseRole(tx, found.id, person, all)
      if (place?.person) await refuseKnown(context, code, { ...place.person, role: after.role }, all)
    }
    const moved = after.role !== undefined && { number: nextNumber(all, after.role), mailboxKey: place?.mailboxKey ?? null }
    await setParticipantFacts(tx, person.id, { ...after, ...moved })
    const scores = await rescoreCase(tx, context, found, person.id)
    await recordEvent(tx, {
      at: context.clock.now(),
      studyId: found.studyId,
      caseId: found.id,
      participantId: person.id,
      kind: 'person corrected',
      detail: { before, after, scores: scores.scores, ...told },
    })
    return { changes: after.role === undefined ? null : await replanCase(tx, context, found.id), scores }
  }
  // The key of the mailbox follows from role and address: in turn with whoever corrects the address.
  return correction.role === undefined ? await context.stores.study.withTx(correct) : await inBoth(context, async () => {}, correct)
}

const unknown = (field: string, value: string | undefined, known: readonly string[]) =>
  value === undefined || known.includes(value) ? [] : [{ field, reason: `"${value}" is not one of ${known.join(', ')}` }]

type Facts = Partial<Pick<Participant, 'sex' | 'language' | 'role'>>

function difference(person: Participant, { sex, language, role }: PersonCorrection): { before: Facts; after: Facts } {
  const after: Facts = {
    ...(sex !== undefined && sex !== person.sex && { sex }),
    ...(language !== undefined && language !== person.language && { language }),
    ...(role !== undefined && role !== person.role && { role }),
  }
  const before = Object.fromEntries((Object.keys(after) as (keyof Facts)[]).map((name) => [name, person[name]]))
  return { before, after }
}

const nextNumber = (all: Participant[], role: string): number =>
  1 + Math.max(0, ...all.filter((one) => one.role === role).map(({ number }) => number))

/** Who they are, and by what their cases are found in the new role. Throws a Failure where that role gets mail and there is no address. */
async function placeFor(context: Context, protocol: Protocol, studyId: string, { id, withoutMailAt }: Participant, role: string) {
  const person = await findPerson(context.stores.identity.read, context.sealer, id)
  if (protocol.roles[role]?.mail && withoutMailAt === null && !person?.email)
    throw new Failure(`Mail goes to the role ${role}, and there is no address. Nothing was changed.`, 'role-needs-address')
  return {
    person: person && { name: person.name, email: person.email ?? undefined, telephone: person.telephone ?? undefined },
    mailboxKey: mailboxKeyOf(context, protocol, studyId, { role, email: person?.email }),
  }
}

/** Whatever was sent to somebody, or said by or about them, was so in their role. */
async function refuseRole(tx: Db, caseId: string, person: Participant, all: Participant[]): Promise<void> {
  if (!(await isUntouched(tx, caseId, person, all, { ticksCount: true })))
    throw new Failure(
      'Something was sent to this person already, or said by or about them, in the role they have. Record that they stop, and add them in the other role.',
      'role-in-use',
    )
}
