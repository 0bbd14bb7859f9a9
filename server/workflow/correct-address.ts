/** A corrected mail address: what waited for it goes out at the next tick. */
import type { Context } from '../context.ts'
import { Failure } from '../failure.ts'
import { parseAddress } from '../mail/address.ts'
import { recordEvent } from '../queries/events.ts'
import { hastenMessages } from '../queries/messages.ts'
import { clearAddressRefused, participantsOfCase } from '../queries/participants.ts'
import { findPerson, replacePerson } from '../queries/people.ts'
import { closeAddressTasks } from '../queries/tasks.ts'
import { assertKey } from './assert-key.ts'
import { mailboxKeyOf, moveMailbox } from './mailbox-key.ts'
import { needCase } from './need-case.ts'
import { pickParticipant } from './pick-participant.ts'
import type { Told } from './told.ts'

export interface AddressEntry {
  study: string
  code: string
  role: string
  /** Which of several in this role. */
  number: number
  email: string
  /** As the mail greets them; what it was unless given. */
  name?: string | undefined
}

/** Throws a Failure for an address that is not one, and when there is no such participant or no contact data of theirs. */
export async function correctAddress(
  context: Context,
  { study, code, role, number, email, name }: AddressEntry,
  told?: Told,
): Promise<void> {
  const { stores, sealer, clock } = context
  const address = parseAddress(email)
  if ('reason' in address) throw new Failure(`This is not an address: ${address.reason}.`, 'no-address')
  await assertKey(context)
  const { found, protocol } = await needCase(context, study, code)
  const all = await participantsOfCase(stores.study.read, found.id)
  const participant = pickParticipant(all, code, { role, number })
  const person = await findPerson(stores.identity.read, sealer, participant.id)
  if (!person) throw new Failure(`There are no contact data of ${role} ${number} of ${code} any more.`, 'no-contact-data')

  const now = clock.now()
  await stores.identity.withTx((tx) =>
    replacePerson(tx, sealer, participant.id, { name: name?.trim() || person.name, email: address.address }, now),
  )
  await stores.study.withTx(async (tx) => {
    await clearAddressRefused(tx, participant.id)
    await moveMailbox(tx, participant, mailboxKeyOf(context, protocol, found.studyId, { role, email: address.address }))
    await hastenMessages(tx, participant.id)
    await closeAddressTasks(tx, participant.id, now)
    // That it was corrected is part of the case; what it was and is stays with the contact data.
    const about = { studyId: found.studyId, caseId: found.id, participantId: participant.id }
    await recordEvent(tx, { at: now, ...about, kind: 'address corrected', detail: { ...told } })
  })
}
