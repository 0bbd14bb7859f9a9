/** Takes a mail in hand that confirms what somebody did: it goes out whatever their state is, and has no link in it. */
import { after } from '../../protocols/local-time.ts'
import type { Db } from '../db/tx.ts'
import { ownDrafts } from '../languages.ts'
import { parseAddress } from '../mail/address.ts'
import { composeNote, oneLine } from '../mail/compose.ts'
import { type ConfirmationKind, confirmationTexts } from '../mail/confirmations.ts'
import { wordingFrom } from '../mail/wording.ts'
import { cancelMessage, claimMessage, type Message, settleMessage } from '../queries/messages.ts'
import type { Participant } from '../queries/participants.ts'
import type { Person } from '../queries/people.ts'
import type { Study } from '../queries/studies.ts'
import type { Claim } from './claim-message.ts'
import { addMailTask, recordMessage } from './message-records.ts'

/** After so long, and an attempt at least, it is given up: whoever wants to be forgotten must not wait for ever. */
const patience = 7 * 24 * 60 * 60 * 1000

interface Confirming {
  processId: string
  study: Study
  message: Message & { kind: ConfirmationKind }
  participant: Participant
  person: Person | undefined
  now: string
}

export async function claimConfirmation(tx: Db, { processId, study, message, participant, person, now }: Confirming): Promise<Claim> {
  const address = parseAddress(person?.email ?? '')
  // Who has no good address hears of nothing; a task about the address is there already, or of no use any more.
  if (!person || 'reason' in address || participant.addressRefusedAt !== null) {
    await cancelMessage(tx, message.id, 'no address', now)
    await recordMessage(tx, message, 'cancelled', 'no address', now)
    return { outcome: 'cancelled' }
  }
  const { detail } = message
  if (detail !== null && after(message.dueAt, patience) <= now) {
    await settleMessage(tx, message, { ...message, state: 'refused', settledAt: now, detail })
    await recordMessage(tx, message, 'refused', detail, now)
    await addMailTask(tx, message, 'message refused', detail, now)
    return { outcome: 'refused' }
  }
  const { title, organisation, contact, demonstration } = study
  const wording = wordingFrom('server/mail', message.kind, confirmationTexts[message.kind], participant.language)
  const content = composeNote({
    text: wording.text,
    language: participant.language,
    name: person.name,
    organisation,
    contact,
    title,
    isDraft: ownDrafts.includes(participant.language),
    notice: demonstration ? 'demonstration' : undefined,
  })
  const words = { text: wording.name, textSha256: wording.sha256 }
  await claimMessage(tx, message.id, { claimedBy: processId, now, ...words })
  const names = { toName: oneLine(person.name), fromName: oneLine(organisation) }
  return {
    outcome: 'claimed',
    messages: [{ ...message, ...words, state: 'claimed', claimedAt: now, claimedBy: processId }],
    mail: { ...content, ...names, to: address.address, messageId: message.messageId, date: now },
  }
}
