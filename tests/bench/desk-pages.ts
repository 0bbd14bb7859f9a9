/** Every list and page of the desk whose time is measured, in a study of many cases. */

import { type Case, findCaseByCode } from '../../server/queries/cases.ts'
import { participantsOfCase } from '../../server/queries/participants.ts'
import type { Group } from '../../server/queries/response-counts.ts'
import { compareOfStudy, definitionsOf, instrumentOfStudy } from '../../server/workflow/browse-definitions.ts'
import { calendarOfStudy, protocolOfStudy } from '../../server/workflow/browse-protocol.ts'
import { flowOfFamilies } from '../../server/workflow/flow-of-families.ts'
import { importJobs } from '../../server/workflow/import-jobs.ts'
import { leavingOf } from '../../server/workflow/leaving.ts'
import { type CasePage, listCases } from '../../server/workflow/list-cases.ts'
import { listToType } from '../../server/workflow/list-to-type.ts'
import { listsToEnter, workToEnter } from '../../server/workflow/lists-to-enter.ts'
import { readAccessLog } from '../../server/workflow/read-access-log.ts'
import { listExports } from '../../server/workflow/record-export.ts'
import { previewRetention } from '../../server/workflow/remove-contact-in-time.ts'
import { responseTable } from '../../server/workflow/response-table.ts'
import { secondEntries } from '../../server/workflow/second-entries.ts'
import type { SignedIn } from '../../server/workflow/sign-in.ts'
import { whatNeedsSomebody } from '../../server/workflow/today.ts'
import { queriesAbout, queriesIn } from '../../server/workflow/value-queries.ts'
import type { TestStudy } from '../harness/test-study.ts'

export type Pages = Record<string, () => Promise<unknown>>
type Opened = Pick<TestStudy, 'context' | 'study' | 'rows'>

const page: CasePage = { sort: 'registered', turned: false, limit: 60 }

/** Lists of cases, and what is counted from them. */
export async function pagesOfCases({ context, study }: Opened): Promise<Pages> {
  const here: Group = { studyId: study.id, within: 'everywhere' }
  const list =
    (filter: object = {}, more: Partial<CasePage> = {}) =>
    () =>
      listCases(context, { ...here, ...filter }, { ...page, ...more })
  const { next } = await list({}, { sort: 'code', limit: 200 })()
  return {
    'cases, newest first': list(),
    'cases by code': list({}, { sort: 'code' }),
    'cases by next date': list({}, { sort: 'next' }),
    'cases by latest event': list({}, { sort: 'last' }),
    'a later page by code': list({}, { sort: 'code', after: next ?? undefined }),
    'search for a code': list({ search: 'f-123' }),
    'search that finds nothing': list({ search: 'nowhere' }),
    'one region': list({ region: 'Drenthe' }),
    'one state': list({ state: 'answering' }),
    'a region of two within reach': list({ within: ['Drenthe', 'Utrecht'] }),
    'a date is missing': list({ undated: true }),
    'open in a wave': list({ list: { wave: 'FU3', figure: 'open' } }),
    'behind a figure: completed': list({ list: { wave: 'T0', role: 'parent', instrument: 'nosik', figure: 'completed' } }),
    'behind a figure: missed': list({ list: { wave: 'FU9', role: 'informant', instrument: 'succint-informant', figure: 'missed' } }),
    'behind a figure, by next date': list({ list: { wave: 'FU3', role: 'parent', instrument: 'veo', figure: 'sent' } }, { sort: 'next' }),
    today: () => whatNeedsSomebody(context, here.studyId, () => 'everywhere'),
    'today in one region': () => whatNeedsSomebody(context, here.studyId, () => ['Drenthe']),
    response: () => responseTable(context, here),
    'response of an arm and region': () => responseTable(context, { ...here, arm: 'conference', region: 'Drenthe' }),
    'flow of families': () => flowOfFamilies(context, here),
  }
}

/** What staff do beside: typing in, asking, looking things up, managing. `cases`: how many there are. */
export async function pagesOfWork({ context, study: { id }, rows }: Opened): Promise<Pages> {
  const db = context.stores.study.read
  const as = (role: SignedIn['grants'][number]['role'], region = '*'): SignedIn => ({
    member: { id: 'manager' } as SignedIn['member'],
    grants: [{ studyId: '*', role, region }],
    session: '',
    since: '',
    expiresAt: '',
  })
  const manager = as('data manager')
  const found = (await findCaseByCode(db, id, 'F-0')) as Case
  const [parent] = await participantsOfCase(db, found.id)
  const [list] = rows<{ id: string }>(`SELECT id FROM assignments WHERE case_id = '${found.id}' LIMIT 1`)
  const { instruments, protocols } = await definitionsOf(context, id)
  const [instrument] = instruments.filter(({ versions }) => versions.length > 0).toSorted((a, b) => b.items - a.items)
  const [version] = protocols
  const log =
    (filter: object = {}) =>
    () =>
      readAccessLog(context, { studyId: id, ...filter })
  return {
    'work to type in': () => workToEnter(context, manager, id, 'everywhere'),
    'work of a coordinator of one region': () => workToEnter(context, as('coordinator', 'Drenthe'), id, ['Drenthe']),
    'waiting for a second typing': () => secondEntries(context, manager, id, 'everywhere'),
    'lists of a case to type in': () => listsToEnter(context, manager, found),
    'a list to type in': () => listToType(context, { staff: manager, found, assignment: list?.id ?? '' }),
    'questions about values': () => queriesIn(context, id, { state: 'open', reach: 'everywhere', before: null }),
    'questions of one region': () => queriesIn(context, id, { state: 'closed', reach: ['Drenthe'], before: null }),
    'questions of a case': () => queriesAbout(context, found),
    definitions: () => definitionsOf(context, id),
    'the longest instrument': () => instrumentOfStudy(context, id, instrument?.reference ?? ''),
    'two versions beside each other': () => compareOfStudy(context, id, instrument?.versions[0] ?? '', instrument?.versions.at(-1) ?? ''),
    'the protocol': () => protocolOfStudy(context, id, version?.reference),
    'a calendar': () => calendarOfStudy(context, id, { cohort: 'prospective', arm: 'conference', day: '2026-03-02', reference: undefined }),
    'access log': log(),
    'access log, far back': log({ before: 1_000 }),
    'access log of a case': log({ caseId: found.id }),
    'access log of a person': log({ staffId: 'staff-7' }),
    'access log: an action that is rare': log({ action: 'rare' }),
    'access log: refused': log({ outcome: 'refused' }),
    'access log: a person and an action': log({ staffId: 'staff-7', action: 'rare' }),
    'access log: nothing is found': log({ staffId: 'nobody', action: 'saw case', outcome: 'refused' }),
    exports: () => listExports(context, id),
    'what is kept of somebody': () => leavingOf(context, { id: parent?.id ?? '' }, 'everywhere'),
    'what a time for contact data removes': () => previewRetention(context, id, 6),
    'what the longest time removes': () => previewRetention(context, id, 240),
    imports: () => importJobs(context).list(id),
  }
}
