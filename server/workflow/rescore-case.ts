/** The responses of one case scored anew within a transaction, after a fact by which norms are chosen was corrected. */
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { scorableResponses } from '../queries/rescoring.ts'
import { insertScores } from '../queries/responses.ts'
import { findStudy, type Study } from '../queries/studies.ts'
import { newScores } from './rescore.ts'
import { countChanges, RescoreTotals } from './rescore-counts.ts'

/** How many, and not which: whoever changes cases need not be allowed to see answers. */
export interface ScoreChanges {
  /** Responses of which at least one scale gets a new score. */
  responses: number
  scores: number
  /** Of these, how many get another z, and another band. */
  z: number
  bands: number
}

/** `of`: only the responses of this participant. Old scores stay; the new ones are added and count. Throws a Failure like `rescore`. */
export async function rescoreCase(
  tx: Db,
  context: Pick<Context, 'definitions' | 'clock'>,
  { id, studyId }: { id: string; studyId: string },
  of?: string,
): Promise<ScoreChanges> {
  const study = (await findStudy(tx, studyId)) as Study
  const totals = new RescoreTotals()
  for (const scorable of await scorableResponses(tx, [id])) {
    if (of !== undefined && scorable.participantId !== of) continue
    const rows = newScores(context, study, study.adoptedNorms, scorable)
    countChanges(totals, scorable, rows)
    await insertScores(tx, rows)
  }
  const { responses, scores, bands, lines } = totals.sum()
  return { responses, scores, z: lines.reduce((sum, line) => sum + line.z, 0), bands }
}
