/** One pass of the ticker: plans anew what is left of a study, goes on with long work that was cut off, opens and ends what it is time for, gives lost claims to a person, sends what is due, forgets whom it must, counts anew, and removes exports and reports that were kept long enough. */
import type { Context } from '../context.ts'
import { newId } from '../new-id.ts'
import { goOnWithJobs } from './do-job.ts'
import { assertOwnVersion } from './examine-server.ts'
import { emptyLogOfErased, removeContactOfErased } from './forget-erased.ts'
import { removeKeptExports } from './kept-exports.ts'
import { removeKeptReports } from './kept-reports.ts'
import { listErasures } from './list-erasures.ts'
import { openAndClose } from './open-and-close.ts'
import { refreshSummaries } from './refresh-summaries.ts'
import { removeContactInTime } from './remove-contact-in-time.ts'
import { removeCutOff } from './remove-orphans.ts'
import { goOnReplanning } from './replan-study.ts'
import { type SendOptions, type SendReport, sendDueMessages } from './send-messages.ts'
import { settleLostClaims } from './settle-message.ts'

/** What a pass did, in numbers of assignments and messages. */
export interface TickReport {
  opened: number
  expired: number
  sent: number
  postponed: number
  held: number
  cancelled: number
  refused: number
  unknown: number
  /** Why sending ended before its time, in the mail server's words; what was left is for the next pass. */
  cutShort: SendReport['cutShort']
  /** What went wrong on our side, each once. */
  problems: SendReport['problems']
}

/** Milliseconds: the mail of the next minute does not wait longer until this pass has counted what became stale. */
const countingInAPass = 30_000

/** Passes may run in several processes at once: what one has taken in hand, no other touches. Rejects where a newer version has taken over. */
export async function tick(context: Context, options: Omit<SendOptions, 'processId'> & { processId?: string }): Promise<TickReport> {
  await assertOwnVersion(context)
  await goOnReplanning(context, options.signal)
  const left = await goOnWithJobs(context, options.signal)
  const turned = await openAndClose(context)
  const lost = await settleLostClaims(context)
  const { counts, cutShort, problems } = await sendDueMessages(context, { ...options, processId: options.processId ?? newId() })
  await emptyLogOfErased(context)
  await removeContactOfErased(context)
  await refreshSummaries(context, { within: countingInAPass, signal: options.signal })
  await removeContactInTime(context)
  await removeCutOff(context)
  await removeKeptExports(context)
  problems.push(...left)
  problems.push(...(await listErasures(context)))
  await removeKeptReports(context)
  return { ...turned, ...counts, unknown: counts.unknown + lost, cutShort, problems }
}
