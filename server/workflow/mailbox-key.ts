/** By what the cases of one professional are found: a mark of study, role and mail address, kept with the participant. */
import { ownValue } from '../../instruments/own-value.ts'
import type { Protocol } from '../../protocols/schema.ts'
import type { Context } from '../context.ts'
import { protocolOf } from '../definitions/protocol-of-study.ts'
import { parseAddress } from '../mail/address.ts'
import { participantsWithoutMailboxKey, setMailboxKey } from '../queries/participants.ts'
import { findPerson } from '../queries/people.ts'
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

/** Fills in what came in before there were marks, or before the role saw the case code. Returns how many. */
export async function fillMailboxKeys(context: Context): Promise<number> {
  const { stores, sealer, definitions, clock } = context
  let filled = 0
  for (const study of await allStudies(context)) {
    const protocol = protocolOf(definitions, study, clock.now())
    const roles = Object.keys(protocol.roles).filter((role) => protocol.roles[role]?.seesCaseCode)
    for (const { id, role } of await participantsWithoutMailboxKey(stores.study.read, study.id, roles)) {
      const person = await findPerson(stores.identity.read, sealer, id)
      const key = mailboxKeyOf(context, protocol, study.id, { role, email: person?.email })
      if (key === null) continue
      await stores.study.withTx((tx) => setMailboxKey(tx, id, key))
      filled += 1
    }
  }
  return filled
}
