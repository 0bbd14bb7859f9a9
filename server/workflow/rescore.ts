/**
 * Scores the responses of a study anew, by norm tables that came after them. Old scores stay; the new ones are added and count.
 *
 * First a preview, which writes nothing. Then the study adopts the tables, so that from there on new responses are scored by
 * them, and after that a few cases at a time get their new scores. Whoever is interrupted does it again: what has its scores
 * is passed over, and the end is the same.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { formatReference } from '../../instruments/definition.ts'
import type { NormTable, PriceTable } from '../../norms/schema.ts'
import { dayOf } from '../../protocols/local-time.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { normsOfStudy, pricesOfStudy } from '../definitions/norms-of-study.ts'
import { protocolOf } from '../definitions/protocol-of-study.ts'
import { Failure } from '../failure.ts'
import { recordEvent } from '../queries/events.ts'
import { nextCases, type Scorable, scorableResponses, setAdoptedNorms } from '../queries/rescoring.ts'
import { insertScores, type Score } from '../queries/responses.ts'
import { findStudy, type Study } from '../queries/studies.ts'
import { adoption } from './adopt-norms.ts'
import { countChanges, type RescoreLine, RescoreTotals } from './rescore-counts.ts'
import { factsOf, scoreRows } from './score-response.ts'

type Needs = Pick<Context, 'stores' | 'definitions' | 'clock'>

export interface RescorePreview {
  study: string
  /** Norm tables that the study adopts with this; empty when they are in force already. */
  adopts: string[]
  /** Responses of which at least one scale gets a new score. */
  responses: number
  scores: number
  bands: number
  /** Per scale, wave, old table and new table. */
  lines: RescoreLine[]
}

/** So many cases, or so many responses of them, at a time: tens of milliseconds in which nobody else can write. */
const casesAtOnce = 20
const responsesAtOnce = 300

/** Says what re-scoring would change. Throws a Failure when the tables are not for this study or answers would score otherwise. */
export async function previewRescore(context: Needs, study: Study, references: string[]): Promise<RescorePreview> {
  const db = context.stores.study.read
  const { adopted, adopts } = await adoption(db, context.definitions, study, references)
  const totals = new RescoreTotals()
  for await (const ids of caseBatches(db, study.id))
    for (const scorable of await scorableResponses(db, ids)) countChanges(totals, scorable, newScores(context, study, adopted, scorable))
  return { study: study.id, adopts, ...totals.sum() }
}

export interface Rescored {
  /** Scores that were added. */
  scores: number
}

/** Adopts the tables and adds the new scores. `onProgress`: called after each commit with the number of scores so far. */
export async function rescore(
  context: Needs,
  study: Study,
  references: string[],
  onProgress?: (scores: number) => void,
): Promise<Rescored> {
  const { withTx, read } = context.stores.study
  const adopted = await withTx((tx) => adopt(tx, context, study.id, references))
  let added = 0
  for await (const ids of caseBatches(read, study.id)) {
    const began = performance.now()
    added += await withTx((tx) => rescoreCases(tx, context, study, adopted, ids))
    onProgress?.(added)
    // The server writes to the same file: it gets as much time as we took.
    await pause(performance.now() - began)
  }
  return { scores: added }
}

async function adopt(tx: Db, { definitions, clock }: Needs, studyId: string, references: string[]): Promise<string[]> {
  const study = await findStudy(tx, studyId)
  if (!study) throw new Failure(`There is no study ${studyId} any more.`)
  const { adopted, adopts } = await adoption(tx, definitions, study, references)
  if (adopts.length === 0) return adopted
  await setAdoptedNorms(tx, studyId, adopted)
  await recordEvent(tx, { at: clock.now(), studyId, kind: 'norms adopted', detail: { norms: adopts, before: study.adoptedNorms } })
  return adopted
}

/** Adds what is lacking in these cases, and writes down in each that it happened. Read again here, within the transaction. */
async function rescoreCases(tx: Db, context: Needs, study: Study, adopted: string[], ids: string[]): Promise<number> {
  const byCase = Map.groupBy(await scorableResponses(tx, ids), ({ caseId }) => caseId)
  let added = 0
  for (const [caseId, ofCase] of byCase) {
    const rows = ofCase.flatMap((scorable) => newScores(context, study, adopted, scorable))
    if (rows.length === 0) continue
    await insertScores(tx, rows)
    const norms = [...new Set(rows.flatMap(({ normId, normVersion }) => (normId && normVersion ? [`${normId}@${normVersion}`] : [])))]
    const detail = { scores: rows.length, norms: norms.sort() }
    await recordEvent(tx, { at: context.clock.now(), studyId: study.id, caseId, kind: 'rescored', detail })
    added += rows.length
  }
  return added
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
  const rows = scoreRows(yardstick, response, factsOf(facts, answeredOn ?? submittedAt), response.id, days)
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

/** Ids of a few cases at a time; a case is never cut in two. */
async function* caseBatches(db: Db, studyId: string): AsyncGenerator<string[]> {
  for (let last = ''; ; ) {
    let responses = 0
    const found = await nextCases(db, studyId, last, casesAtOnce)
    // The sum only grows: what is taken stands at the beginning.
    const batch = found.filter((next, index) => {
      responses += next.responses
      return index === 0 || responses <= responsesAtOnce
    })
    const end = batch.at(-1)
    if (end === undefined) return
    yield batch.map(({ id }) => id)
    last = end.id
  }
}
