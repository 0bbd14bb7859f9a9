/** Questions about values: a researcher asks, a data manager answers, changes the value or closes. */
import { formatReference } from '../../instruments/definition.ts'
import { itemsOf, questionsIn } from '../../instruments/items.ts'
import { placeInRecord } from '../../instruments/records.ts'
import type { Reach } from '../access/roles.ts'
import type { Context } from '../context.ts'
import type { QueryNoteKind, QueryState } from '../db/study-schema/values.ts'
import type { Db } from '../db/tx.ts'
import type { Case } from '../queries/cases.ts'
import {
  countQueries,
  findQuery,
  insertNote,
  insertQuery,
  notesOf,
  queriesOfCase,
  queriesOfStudy,
  setQueryState,
} from '../queries/value-queries.ts'
import { Refusal } from '../refusal.ts'
import { needResponse } from './need-response.ts'
import { needStudy } from './open-study.ts'
import { groupsOf, valuesOf } from './response-values.ts'
import type { SignedIn } from './sign-in.ts'
import { staffNames } from './staff-names.ts'

export { queryStates } from '../db/study-schema/values.ts'

/** So many questions are listed at a time. */
const pageSize = 50

interface Asking {
  assignment: string
  /** Null: about the list as a whole. */
  item: string | null
  text: string
}

/** Asks about a value of a list that came in. Returns the number of the question. */
export async function askAboutValue(context: Context, staff: SignedIn, found: Case, { assignment, item, text }: Asking) {
  return await context.stores.study.withTx(async (tx) => {
    const { response, instrument } = await needResponse(tx, context, found, assignment)
    if (item !== null && [...valuesOf(instrument, response), ...groupsOf(instrument, response)].every((one) => one.item !== item))
      throw new Refusal('item-unknown')
    const [now, by] = [context.clock.now(), staff.member.id]
    const [studyId, caseId] = [found.studyId, found.id]
    const row = { studyId, caseId, assignmentId: assignment, item, state: 'open' as const, askedBy: by, askedAt: now, changedAt: now }
    const id = await insertQuery(tx, row)
    await insertNote(tx, { queryId: id, kind: 'asked', by, at: now, text })
    return { id }
  })
}

const stateAfter = {
  answered: 'answered',
  'asked again': 'open',
  closed: 'closed',
} as const satisfies Partial<Record<QueryNoteKind, QueryState>>

/** Says something about a question that is not closed. A text may be left out at closing. */
export async function noteOnQuery(
  context: Context,
  staff: SignedIn,
  found: Case,
  { query, kind, text }: { query: number; kind: keyof typeof stateAfter; text: string | null },
): Promise<void> {
  await context.stores.study.withTx(async (tx) => {
    const now = context.clock.now()
    await needOpenQuery(tx, found, query)
    await insertNote(tx, { queryId: query, kind, by: staff.member.id, at: now, text })
    await setQueryState(tx, query, stateAfter[kind], now)
  })
}

/** Within the change of a value to which a question led: the question is answered by it. */
export async function noteChange(
  tx: Db,
  told: { staff: SignedIn; found: Case; query: number; assignment: string; text: string; now: string },
): Promise<void> {
  const { staff, found, query, assignment, text, now } = told
  const { assignmentId } = await needOpenQuery(tx, found, query)
  if (assignmentId !== assignment) throw new Refusal('query-unknown')
  await insertNote(tx, { queryId: query, kind: 'value changed', by: staff.member.id, at: now, text })
  await setQueryState(tx, query, 'answered', now)
}

async function needOpenQuery(tx: Db, found: Case, id: number) {
  const query = await findQuery(tx, found.id, id)
  if (!query) throw new Refusal('query-unknown')
  if (query.state === 'closed') throw new Refusal('query-closed')
  return query
}

/** How many questions wait: for an answer, and for whoever asked to read it. */
export async function howManyQueries({ stores }: Pick<Context, 'stores'>, studyId: string, reach: Reach) {
  const counted = reach === null ? [] : await countQueries(stores.study.read, studyId, reach)
  const of = (state: QueryState): number => counted.find((one) => one.state === state)?.total ?? 0
  return { open: of('open'), answered: of('answered') }
}

/** Questions of a study in one state, latest first; `next` is where the following ones begin, null after the last. */
export async function queriesIn(
  context: Context,
  studyId: string,
  { state, reach, before }: { state: QueryState; reach: Reach; before: number | null },
) {
  const rows = await queriesOfStudy(context.stores.study.read, { studyId, state, reach, before, limit: pageSize + 1 })
  const shown = rows.slice(0, pageSize)
  return {
    queries: await described(context, studyId, shown),
    next: rows.length > pageSize ? (shown.at(-1)?.query.id ?? null) : null,
  }
}

/** Questions of a case, latest first. */
export const queriesAbout = async (context: Context, found: Case) => ({
  queries: await described(context, found.studyId, await queriesOfCase(context.stores.study.read, found.id)),
})

type Row = Awaited<ReturnType<typeof queriesOfCase>>[number]

async function described(context: Context, studyId: string, rows: Row[]) {
  const { protocol } = await needStudy(context, studyId)
  const notes = await notesOf(
    context.stores.study.read,
    rows.map(({ query }) => query.id),
  )
  const names = await staffNames(
    context,
    notes.map(({ by }) => by),
  )
  return rows.map(({ query, caseCode, wave, instrument, version, role }) => ({
    id: query.id,
    caseCode,
    assignment: query.assignmentId,
    wave,
    instrument,
    role,
    roleTitle: protocol.roles[role]?.title ?? { nl: role, en: role },
    title: context.definitions.instruments.get(formatReference({ id: instrument, version }))?.survey.title ?? {
      nl: instrument,
      en: instrument,
    },
    item: query.item,
    itemTitle: query.item === null ? null : itemTitle(context, { id: instrument, version }, query.item),
    state: query.state,
    askedAt: query.askedAt,
    changedAt: query.changedAt,
    notes: notes.filter(({ queryId }) => queryId === query.id).map(({ kind, by, at, text }) => ({ kind, by: names(by), at, text })),
  }))
}

function itemTitle({ definitions }: Context, instrument: { id: string; version: string }, item: string) {
  const found = definitions.instruments.get(formatReference(instrument))
  const name = placeInRecord(item)?.item ?? item
  return (found && questionsIn(itemsOf(found)).find((one) => one.name === name)?.question.title) ?? { nl: item, en: item }
}
