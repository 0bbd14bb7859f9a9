/** What becomes of the mails of somebody whose address is corrected, beside what is planned anew. */

import { dayOf } from '../../protocols/local-time.ts'
import type { Context } from '../context.ts'
import { isConfirmation } from '../mail/confirmations.ts'
import { isRepeat } from '../mail/repeats.ts'
import { messagesOfCase } from '../queries/messages.ts'
import { findParticipant } from '../queries/participants.ts'
import type { AddressEntry } from './correct-address.ts'
import { standsRefused } from './said-no.ts'

export interface MailAfterCorrecting {
  kind: string
  wave: string
  /** goes now: it is due and waited; goes later: at `at`; is called off: there is no address any more. */
  what: 'goes now' | 'goes later' | 'is called off'
  at: string
  /** Due today or before: a reminder that is left out when the invitation is sent again. */
  isDue: boolean
}

/**
 * Mails that are planned as long as `entry` is not applied, in order of time. Empty where no address is given or taken away. Those of
 * somebody who had none before are no part of it, nor are those that a plan calls off: `correctAddress` returns these.
 */
export async function mailsAfterCorrecting(
  { stores, clock }: Pick<Context, 'stores' | 'clock'>,
  { studyId, caseId, participantId, timeZone }: { studyId: string; caseId: string; participantId: string; timeZone: string },
  { email, withoutMail }: Pick<AddressEntry, 'email' | 'withoutMail'>,
): Promise<MailAfterCorrecting[]> {
  const now = clock.now()
  const participant = await findParticipant(stores.study.read, participantId)
  if (participant?.withoutMailAt !== null || (email === undefined && !withoutMail)) return []
  const planned = (await messagesOfCase(stores.study.read, caseId)).filter(
    (message) => message.participantId === participantId && message.state === 'planned',
  )
  // What is planned is called off as the rest of the plan is; this is beside it.
  const told = ({ kind, wave, dueAt }: (typeof planned)[number], what: MailAfterCorrecting['what']): MailAfterCorrecting => ({
    ...{ kind, wave, what, at: dueAt },
    isDue: dayOf(dueAt, timeZone) <= dayOf(now, timeZone),
  })
  if (withoutMail)
    return planned.filter(({ kind }) => isRepeat(kind) || isConfirmation(kind)).map((message) => told(message, 'is called off'))
  // Of somebody who said no nothing goes out before that is decided, to whichever address.
  if (await standsRefused(stores.study.read, studyId, participantId)) return []
  return planned.map((message) => told(message, message.dueAt <= now ? 'goes now' : 'goes later'))
}
