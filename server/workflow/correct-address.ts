/** Corrected contact data: a mail address, that there is one or is none any more, a telephone number, a name. */
import type { Changes } from '../../protocols/changes.ts'
import { parseTelephone } from '../access/telephone.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { Failure } from '../failure.ts'
import { parseAddress } from '../mail/address.ts'
import { recordEvent } from '../queries/events.ts'
import { passLinksOn } from '../queries/links.ts'
import { cancelMessagesTo, hastenMessages } from '../queries/messages.ts'
import { clearAddressRefused, findParticipant, participantsOfCase, setWithoutMail } from '../queries/participants.ts'
import { correctContact, findPerson } from '../queries/people.ts'
import { passSessionsOn } from '../queries/sessions.ts'
import { closeAddressTasks } from '../queries/tasks.ts'
import { assertKey } from './assert-key.ts'
import { noteFormerAddress } from './former-address.ts'
import { inBoth } from './in-both.ts'
import { mailboxKeyOf, moveMailbox } from './mailbox-key.ts'
import { needCase } from './need-case.ts'
import { pickParticipant } from './pick-participant.ts'
import { replanCase } from './replan-case.ts'
import type { Told } from './told.ts'

export interface AddressEntry {
  study: string
  code: string
  role: string
  /** Which of several in this role. */
  number: number
  /** What it was unless given. */
  email?: string | undefined
  /** Has no mail address any more: what is planned for it is called off, and their lists are asked by hand. */
  withoutMail?: boolean | undefined
  /** With `withoutMail`: links that went to that address open nothing any more. */
  closeLinks?: boolean | undefined
  /** What it was unless given; empty when there is none any more. */
  telephone?: string | undefined
  /** As the mail greets them; what it was unless given. */
  name?: string | undefined
}

/**
 * What waits for a corrected address goes out at the next tick, and so does what is in hand at this moment, unless it is taken at the one
 * before; for somebody who had none, mails that are still ahead are planned.
 * Returns what changed in the plan. Throws a Failure, and changes nothing, for what is no address or number, when nothing is given, and
 * when there is no such participant or no contact data of theirs.
 */
export async function correctAddress(
  context: Context,
  { study, code, role, number, ...entry }: AddressEntry,
  told?: Told,
): Promise<Changes | null> {
  const { stores, sealer, clock } = context
  const [wanted, telephone, name] = [addressIn(entry), telephoneIn(entry), entry.name?.trim() || undefined]
  await assertKey(context)
  const { found, protocol } = await needCase(context, study, code)
  const { id, withoutMailAt } = pickParticipant(await participantsOfCase(stores.study.read, found.id), code, { role, number })
  // Who has none already keeps having none.
  const email = wanted === null && withoutMailAt !== null ? undefined : wanted
  if (email === undefined && telephone === undefined && name === undefined)
    throw new Failure('There is nothing to correct: give an address, a telephone number or a name. Nothing was changed.', 'nothing-changed')
  const correction = {
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email }),
    ...(telephone !== undefined && { telephone }),
  }
  const gone = (): Failure => new Failure(`There are no contact data of ${role} ${number} of ${code} any more.`, 'no-contact-data')
  let before: string | null = null
  const correct = async (tx: Db): Promise<void> => {
    before = (await findPerson(tx, sealer, id))?.email ?? null
    if (!(await correctContact(tx, sealer, id, correction, clock.now()))) throw gone()
  }
  return await inBoth(context, correct, async (tx) => {
    const participant = await findParticipant(tx, id)
    if (!participant) throw gone()
    // Here, so that it is later than the claim of whatever is in hand by now.
    const now = clock.now()
    // That it was corrected is part of the case; what it was and is stays with the contact data.
    const record = (kind: string, more = {}) =>
      recordEvent(tx, { at: now, studyId: found.studyId, caseId: found.id, participantId: id, kind, detail: { ...more, ...told } })
    if (email === undefined) {
      await record('contact data corrected')
      return null
    }
    await clearAddressRefused(tx, id)
    await moveMailbox(tx, participant, mailboxKeyOf(context, protocol, found.studyId, { role: participant.role, email }))
    await closeAddressTasks(tx, id, now)
    if (email === null) {
      await record('address removed', entry.closeLinks ? { closedLinks: true } : {})
      await setWithoutMail(tx, id, participant.withoutMailAt ?? now)
      const changes = await replanCase(tx, context, found.id)
      // What staff had sent again, and what confirms, is in no plan.
      await cancelMessagesTo(tx, id, 'no address', now)
      if (entry.closeLinks) await closeLinks(tx, id)
      return changes
    }
    if (email !== before) await noteFormerAddress(tx, id)
    if (participant.withoutMailAt === null) {
      await hastenMessages(tx, id)
      await record('address corrected')
      return null
    }
    await record('address added')
    await setWithoutMail(tx, id, null)
    return await replanCase(tx, context, found.id)
  })
}

/** The address as it is written; null where there is none any more, undefined where it stays what it was. */
function addressIn({ email, withoutMail }: Pick<AddressEntry, 'email' | 'withoutMail'>): string | null | undefined {
  if (withoutMail && email !== undefined)
    throw new Failure('There is an address of somebody who is said to have none: leave out one of the two.', 'no-address')
  if (email === undefined) return withoutMail ? null : undefined
  const parsed = parseAddress(email)
  if ('reason' in parsed) throw new Failure(`This is not an address: ${parsed.reason}.`, 'no-address')
  return parsed.address
}

function telephoneIn({ telephone }: Pick<AddressEntry, 'telephone'>): string | null | undefined {
  if (telephone === undefined) return undefined
  if (telephone.trim() === '') return null
  const parsed = parseTelephone(telephone)
  if ('reason' in parsed) throw new Failure(`This is not a telephone number: ${parsed.reason}.`, 'no-telephone')
  return parsed.telephone
}

async function closeLinks(tx: Db, participantId: string): Promise<void> {
  await passLinksOn(tx, participantId, null)
  await passSessionsOn(tx, participantId, null)
}
