/** A value of a response is changed: the old one is kept with who, when and why, and the response is scored anew. */
import { answerChecker } from '../../instruments/answers.ts'
import type { Answers, Instrument, SimpleAnswer } from '../../instruments/schema.ts'
import { dayOf } from '../../protocols/local-time.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { normsOfStudy, pricesOfStudy } from '../definitions/norms-of-study.ts'
import { protocolOf } from '../definitions/protocol-of-study.ts'
import type { Case } from '../queries/cases.ts'
import { recordEvent } from '../queries/events.ts'
import { findRespondent, type Respondent } from '../queries/participants.ts'
import { insertScores, type Response, type Score, scoresOf } from '../queries/responses.ts'
import { findStudy, type Study } from '../queries/studies.ts'
import { changeResponse } from '../queries/value-changes.ts'
import { Refusal } from '../refusal.ts'
import { listInEvent } from './about-whom.ts'
import { needResponse } from './need-response.ts'
import { replanCase } from './replan-case.ts'
import { type Changed, changedValues, groupsOf, type RecordChange, valuesOf, withRecord, withValue } from './response-values.ts'
import { factsOf, scoreRows } from './score-response.ts'
import type { SignedIn } from './sign-in.ts'
import { isAskedAfter } from './submit-response.ts'
import { noteChange } from './value-queries.ts'

export interface Change {
  assignment: string
  /** The item, or its place in a record; a repeated group where a record comes or goes. */
  item: string
  /** Null takes the answer back. */
  value?: SimpleAnswer | null | undefined
  /** Of a group, in place of a value. */
  record?: RecordChange | undefined
  reason: string
  /** Number of the question that led to it. */
  query?: number | undefined
}

type Shown = Pick<Score, 'raw' | 'z' | 'band'>

export interface ValueChanged {
  /** All values that are others now: a condition may hide or show what follows on the one that was changed. */
  items: Changed[]
  /** Scores that are others now. */
  scores: { scale: string; before: Shown | null; after: Shown }[]
  /** How many lists and mails of the case's plan change with it. */
  plan: Record<'add' | 'move' | 'cancel', { assignments: number; messages: number }> | null
}

/** Carries the outcome out of a transaction that is undone. */
class Tried extends Error {
  readonly outcome: ValueChanged
  constructor(outcome: ValueChanged) {
    super('tried')
    this.outcome = outcome
  }
}

/** What a change would do: it is done, looked at, and undone. Refuses like the change itself. */
export async function tryChange(context: Context, staff: SignedIn, found: Case, change: Change): Promise<ValueChanged> {
  try {
    return await context.stores.study.withTx(async (tx) => {
      throw new Tried(await changeWithin(tx, context, staff, found, change))
    })
  } catch (error) {
    if (error instanceof Tried) return error.outcome
    throw error
  }
}

/** Changes a value, or how many records a group has. Refuses what does not fit its question, an item that is not asked, and what leaves a required item open. */
export const changeValue = (context: Context, staff: SignedIn, found: Case, change: Change): Promise<ValueChanged> =>
  context.stores.study.withTx((tx) => changeWithin(tx, context, staff, found, change))

async function changeWithin(tx: Db, context: Context, staff: SignedIn, found: Case, change: Change): Promise<ValueChanged> {
  const { reason, query = null } = change
  const now = context.clock.now()
  const { assignment, response, instrument } = await needResponse(tx, context, found, change.assignment)
  const study = (await findStudy(tx, found.studyId)) as Study
  const protocol = protocolOf(context.definitions, study, now)

  const given = asked(instrument, response, change) ? changedAnswers(response, change) : undefined
  if (!given) throw new Refusal('item-unknown')
  if (change.record?.add && Object.keys(change.record.add).length === 0)
    throw new Refusal('answers-invalid', { problems: [{ item: change.item, reason: 'A record has at least one answer.' }] })
  const check = answerChecker(instrument)(given)
  if (check.problems.length > 0) throw new Refusal('answers-invalid', { problems: check.problems })
  const required = check.required.map(({ item, page }) => ({ item, page, required: true }))
  if (required.length > 0) throw new Refusal('answers-missing', { missing: required })
  const items = changedValues(instrument, response, check, change.record && change.item)
  if (items.length === 0) throw new Refusal('value-same')

  const by = staff.member.id
  const kept = items.map(({ item, before, after }) => ({ item, before, after, by, at: now, reason, queryId: query }))
  const to = { answers: check.answers, skipped: check.open.map(({ item }) => item), notApplicable: check.notApplicable }
  await changeResponse(tx, response.id, to, kept)

  const before = new Map((await scoresOf(tx, [response.id])).map((score) => [score.scale, score]))
  const respondent = (await findRespondent(tx, assignment.participantId)) as Respondent
  const yardstick = {
    instrument,
    tables: normsOfStudy(context.definitions, protocol, study.adoptedNorms),
    bandSets: context.definitions.norms.bandSets,
    priceTables: pricesOfStudy(context.definitions, protocol),
  }
  const { submittedAt, answeredOn } = response
  const days = { now, completedOn: answeredOn ?? dayOf(submittedAt, protocol.timeZone) }
  const rows = scoreRows(yardstick, check, factsOf(respondent, days.completedOn), response.id, days)
  const others = rows.filter(({ scale, inputHash }) => before.get(scale)?.inputHash !== inputHash)
  await insertScores(tx, others)

  await recordEvent(tx, {
    at: now,
    studyId: found.studyId,
    caseId: found.id,
    participantId: assignment.participantId,
    wave: assignment.wave,
    kind: 'value changed',
    detail: { ...listInEvent(assignment), items: items.map(({ item }) => item), scores: others.length, staff: by, why: reason },
  })
  if (query !== null) await noteChange(tx, { staff, found, query, assignment: assignment.id, text: reason, now })
  const changes = isAskedAfter(protocol, instrument.id) ? await replanCase(tx, context, found.id) : null
  return {
    items,
    scores: others.flatMap(({ scale, raw, z, band }) => {
      const was = before.get(scale)
      const isSame = was && was.raw === raw && was.z === z && was.band === band
      return isSame ? [] : [{ scale, before: was ? { raw: was.raw, z: was.z, band: was.band } : null, after: { raw, z, band } }]
    }),
    plan: changes && { add: counted(changes.add), move: counted(changes.move), cancel: counted(changes.cancel) },
  }
}

/** Whether the list asks what is to be changed. */
const asked = (instrument: Instrument, response: Response, { item, record }: Change): boolean =>
  record
    ? groupsOf(instrument, response).some((group) => group.item === item && group.isAsked)
    : valuesOf(instrument, response).some((value) => value.item === item && value.missing !== 'not asked')

const changedAnswers = ({ answers }: Response, { item, value = null, record }: Change): Answers | undefined =>
  record ? withRecord(answers, item, record) : withValue(answers, item, value)

const counted = ({ assignments, messages }: { assignments: unknown[]; messages: unknown[] }) => ({
  assignments: assignments.length,
  messages: messages.length,
})
