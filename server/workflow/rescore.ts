/**
 * Scores the responses of a study anew, by norm tables that came after them. Old scores stay; the new ones are added and count.
 *
 * First a preview, which writes nothing. Then the study adopts the tables, so that from there on new responses are scored by
 * them, and after that the cases get their new scores one after the other (do-job.ts). What has its scores is passed over.
 */
import { formatReference } from '../../instruments/definition.ts'
import type { NormTable, PriceTable } from '../../norms/schema.ts'
import { dayOf } from '../../protocols/local-time.ts'
import type { Context } from '../context.ts'
import { normsOfStudy, pricesOfStudy } from '../definitions/norms-of-study.ts'
import { protocolOf } from '../definitions/protocol-of-study.ts'
import { Failure } from '../failure.ts'
import { recordEvent } from '../queries/events.ts'
import { type Scorable, scorableResponses, setAdoptedNorms } from '../queries/rescoring.ts'
import { insertScores, type Score } from '../queries/responses.ts'
import type { Study } from '../queries/studies.ts'
import { adoption } from './adopt-norms.ts'
import { casesInTurn, type Watch } from './cases-in-turn.ts'
import type { LongWork } from './long-work.ts'
import { countChanges, type RescoreLine, RescoreTotals } from './rescore-counts.ts'
import { factsOf, scoreRows } from './score-response.ts'

type Needs = Pick<Context, 'stores' | 'definitions' | 'clock'>

export interface RescorePreview {
  study: string
  /** Norm tables that the study adopts with this; empty when they are in force already. */
  adopts: string[]
  /** Responses that there are. */
  looked: number
  /** Responses of which at least one scale gets a new score. */
  responses: number
  scores: number
  bands: number
  /** Per scale, wave, old table and new table. */
  lines: RescoreLine[]
}

export interface Rescoring {
  /** Norm tables as `id@version`; none to make up for what is lacking by those in force. */
  norms: string[]
}

/** Says what re-scoring would change. Throws a Failure when the tables are not for this study or answers would score otherwise. */
export async function previewRescore(context: Needs, study: Study, { norms }: Rescoring, watch?: Watch): Promise<RescorePreview> {
  const db = context.stores.study.read
  const { adopted, adopts } = await adoption(db, context.definitions, study, norms)
  const totals = new RescoreTotals()
  let looked = 0
  for await (const id of casesInTurn(context, study.id, watch))
    for (const scorable of await scorableResponses(db, [id])) {
      looked++
      countChanges(totals, scorable, newScores(context, study, adopted, scorable))
    }
  return { study: study.id, adopts, looked, ...totals.sum() }
}

/** Going over to other norm tables: for the study as a whole, and then case by case. */
export const rescoring: LongWork<Rescoring, RescorePreview> = {
  check: ({ stores, definitions }, study, { norms }) => adoption(stores.study.read, definitions, study, norms),
  look: previewRescore,
  async begin(tx, { definitions, clock }, study, { norms }, told) {
    const { adopted, adopts } = await adoption(tx, definitions, study, norms)
    if (adopts.length === 0) return
    await setAdoptedNorms(tx, study.id, adopted)
    const detail = { norms: adopts, before: study.adoptedNorms, ...told }
    await recordEvent(tx, { at: clock.now(), studyId: study.id, kind: 'norms adopted', detail })
  },
  /** Adds what is lacking, and writes down that it happened. */
  async doCase(tx, context, study, caseId) {
    const all = await scorableResponses(tx, [caseId])
    const rows = all.flatMap((scorable) => newScores(context, study, study.adoptedNorms, scorable))
    if (rows.length === 0) return 0
    await insertScores(tx, rows)
    const norms = [...new Set(rows.flatMap(({ normId, normVersion }) => (normId && normVersion ? [`${normId}@${normVersion}`] : [])))]
    const detail = { scores: rows.length, norms: norms.sort() }
    await recordEvent(tx, { at: context.clock.now(), studyId: study.id, caseId, kind: 'rescored', detail })
    return rows.length
  },
}

/** The scores of a response that are made of something else than those that count now. Throws a Failure when answers would score otherwise. */
export function newScores(
  { definitions, clock }: Pick<Needs, 'definitions' | 'clock'>,
  study: Study,
  adopted: string[],
  { response, scores, ...facts }: Scorable,
): Omit<Score, 'id'>[] {
  const reference = formatReference({ id: response.instrumentId, version: response.instrumentVersion })
  const protocol = protocolOf(definitions, study, clock.now())
  const tables: NormTable[] = normsOfStudy(definitions, protocol, adopted)
  const priceTables = [...pricesCounted(definitions, scores), ...pricesOfStudy(definitions, protocol)]
  const yardstick = { instrument: definitions.instruments.need(reference), tables, bandSets: definitions.norms.bandSets, priceTables }
  const { submittedAt, answeredOn } = response
  const days = { now: clock.now(), completedOn: answeredOn ?? dayOf(submittedAt, protocol.timeZone) }
  const rows = scoreRows(yardstick, response, factsOf(facts, days.completedOn), response.id, days)
  return rows.filter((row) => {
    const counting = scores.get(row.scale)
    if (counting?.inputHash === row.inputHash) return false
    // Norms say where a raw score stands, never what it is: another raw score means that the list is not the one that was answered.
    if (counting && (counting.raw !== row.raw || counting.missing !== row.missing))
      throw new Failure(
        `The answers of ${response.submittedAt} to ${reference} gave the raw score ${counting.raw} on ${row.scale} and would now give ${row.raw}: its definition is not the one that was answered. Put that one back and try again.`,
        'scores-otherwise',
      )
    return true
  })
}

/** What was counted by a price table stays counted by it: new norms say where a score stands, not what things cost. */
const pricesCounted = ({ norms }: Needs['definitions'], scores: Scorable['scores']): PriceTable[] =>
  [...scores.values()].flatMap(({ priceTableId: id, priceTableVersion: version }) =>
    id !== null && version !== null ? [norms.priceTables.need(formatReference({ id, version }))] : [],
  )
