/** By what the cases of one professional are found: a mark of study, role and mail address, kept with the participant. */
import { ownValue } from '../../instruments/own-value.ts'
import type { Protocol } from '../../protocols/schema.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { protocolOf } from '../definitions/protocol-of-study.ts'
import { parseAddress } from '../mail/address.ts'
import { eventsOfKinds } from '../queries/events.ts'
import { passLinksOn } from '../queries/links.ts'
import {
  anotherOfMailbox,
  findParticipant,
  type Participant,
  participantsWithoutMailboxKey,
  setMailboxKey,
} from '../queries/participants.ts'
import { findPerson } from '../queries/people.ts'
import { passSessionsOn } from '../queries/sessions.ts'
import { allStudies } from './open-study.ts'

/**
 * The mark of a mailbox, or null where there is none: of somebody without an address, and of every role that does not see the
 * case code. Parents, youth and relatives are never put together, also when they share a mailbox.
 */
export function mailboxKeyOf(
  { sealer }: Pick<Context, 'sealer'>,
  { roles }: Pick<Protocol, 'roles'>,
  studyId: string,
  { role, email }: { role: string; email?: string | null | undefined },
): string | null {
  if (!ownValue(roles, role)?.seesCaseCode) return null
  const parsed = parseAddress(email ?? '')
  return 'address' in parsed ? sealer.mark('mailbox', studyId, role, parsed.address.toLowerCase()) : null
}

/**
 * Notes that a participant is behind another mailbox now. What was sent to the one before, and whoever has it open, keeps the other
 * cases of that one, and leads nowhere where there are none: with a link to one case somebody would otherwise have all of the next.
 */
export async function moveMailbox(tx: Db, participant: Pick<Participant, 'id' | 'mailboxKey'>, mailboxKey: string | null): Promise<void> {
  if (participant.mailboxKey === mailboxKey) return
  await setMailboxKey(tx, participant.id, mailboxKey)
  const { id, mailboxKey: before } = participant
  const other = before === null ? null : await anotherOfMailbox(tx, { id, mailboxKey: before })
  await passLinksOn(tx, id, other)
  await passSessionsOn(tx, id, other)
}

/** Fills in what came in before there were marks, or before the role saw the case code. Returns how many. */
export async function fillMailboxKeys(context: Context): Promise<number> {
  const { stores, sealer, definitions, clock } = context
  let filled = 0
  for (const study of await allStudies(context)) {
    const protocol = protocolOf(definitions, study, clock.now())
    const roles = Object.keys(protocol.roles).filter((role) => protocol.roles[role]?.seesCaseCode)
    const corrected = new Set(
      (await eventsOfKinds(stores.study.read, study.id, ['address corrected', 'address added'])).map((event) => event.participantId),
    )
    for (const { id, role } of await participantsWithoutMailboxKey(stores.study.read, study.id, roles)) {
      const isFilled = await stores.study.withTx(async (tx) => {
        // Where an address was corrected at this moment there is a key by now.
        if ((await findParticipant(tx, id))?.mailboxKey !== null) return false
        const person = await findPerson(stores.identity.read, sealer, id)
        const key = mailboxKeyOf(context, protocol, study.id, { role, email: person?.email })
        if (key === null) return false
        // Of somebody whose address was corrected nobody can say any more to which one their links went.
        await (corrected.has(id) ? moveMailbox(tx, { id, mailboxKey: null }, key) : setMailboxKey(tx, id, key))
        return true
      })
      if (isFilled) filled += 1
    }
  }
  return filled
}
