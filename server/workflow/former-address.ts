/** Mail that is in hand while the address to which it goes is corrected: what becomes of it says nothing about the new one. */
import type { Sealer } from '../access/sealing.ts'
import type { Db } from '../db/tx.ts'
import { parseAddress } from '../mail/address.ts'
import { type Message, noteInHand } from '../queries/messages.ts'
import { findPerson } from '../queries/people.ts'

/** Of a mail: it cannot be taken for one that reached somebody where they are now. */
export const formerAddress = 'went to an address that was corrected since'

/** Why a message waits that certainly did not reach the address before. */
export const correctedAddress = 'has yet to go to the corrected address'

/** Notes at what is in hand to somebody that their address is corrected, in the transaction that does so. */
export async function noteFormerAddress(tx: Db, participantId: string): Promise<void> {
  await noteInHand(tx, participantId, formerAddress)
}

/**
 * Whether a mail was on its way to another address than the one that is there now. The note tells of a correction since the message was
 * taken in hand, also at the moment in which the new address is not readable yet; the address itself of one that came just before.
 */
export async function wentToFormerAddress(identity: Db, sealer: Sealer, message: Message, to: string): Promise<boolean> {
  if (message.detail === formerAddress) return true
  const person = await findPerson(identity, sealer, message.participantId)
  const now = parseAddress(person?.email ?? '')
  return 'address' in now && now.address !== to
}
