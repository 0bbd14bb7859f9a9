/** Somebody whom no mail reaches, as staff know: nothing is sent until the address is corrected, or until they are reachable again. */
import type { Context } from '../context.ts'
import { Failure } from '../failure.ts'
import { recordEvent } from '../queries/events.ts'
import { hastenMessages } from '../queries/messages.ts'
import { clearAddressRefused, findParticipant, markAddressRefused, type Participant } from '../queries/participants.ts'
import { closeAddressTasks } from '../queries/tasks.ts'
import { needInUse } from './need-case.ts'
import { nameOf } from './pick-participant.ts'
import type { Told } from './told.ts'

/**
 * Stops or resumes mail to a participant. Their lists stay open: whoever has the link can go on. What waited meanwhile goes out at the
 * next pass of the ticker, as far as it is still of use. Throws a Failure, and changes nothing, when it is so already, and in a case that does
 * not belong in the study.
 */
export async function setReachable(
  { stores, clock }: Context,
  studyId: string,
  participantId: string,
  reachable: boolean,
  told: Told,
): Promise<void> {
  await stores.study.withTx(async (tx) => {
    const now = clock.now()
    const participant = (await findParticipant(tx, participantId)) as Participant
    await needInUse(tx, participant.caseId)
    if (participant.withoutMailAt !== null) throw new Failure(`${nameOf(participant)} has no mail address. Nothing was changed.`, 'no-mail')
    if ((participant.addressRefusedAt === null) === reachable)
      throw new Failure(
        `${nameOf(participant)} is ${reachable ? '' : 'not '}reachable already. Nothing was changed.`,
        reachable ? 'reachable' : 'unreachable',
      )
    if (reachable) {
      await clearAddressRefused(tx, participantId)
      await hastenMessages(tx, participantId)
    } else await markAddressRefused(tx, participantId, now)
    await closeAddressTasks(tx, participantId, now)
    const kind = reachable ? 'reachable again' : 'not reachable'
    await recordEvent(tx, { at: now, studyId, caseId: participant.caseId, participantId, kind, detail: { ...told } })
  })
}
