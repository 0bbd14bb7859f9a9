/** What holds for every answer, whatever was asked. */
import assert from 'node:assert/strict'
import { accessTo, type Grant, reaches } from '../../server/access/roles.ts'
import { type RefusalCode, refusals } from '../../server/refusal.ts'
import type { Fuzzed } from './draw-request.ts'
import type { Caller, FuzzedStudy } from './fuzzed-study.ts'
import type { Touched } from './watch-rows.ts'

export interface Judged {
  caller: Caller
  request: Fuzzed
  status: number
  type: string
  text: string
  /** Rows that were written until it was answered. */
  touched: Touched[]
  /** What the caller may do, as it was before. */
  grants: Grant[]
}

/** What the server tells of itself to nobody. */
const inside =
  /\n\s+at \S+ |node_modules|SQLITE_|SqliteError|SQLSTATE|violates \S+ constraint|invalid byte sequence|could not serialize|Drizzle|ZodError|\bselect "|insert into "|update "[a-z_]+" set|\.ts:\d+|file:\/\/\/(?!etc)|Cannot read prop|is not a function/i

/** Who asks, how often they try, and how long ago that was: written also of what is refused. */
const ofAsking = ['access_log', 'tries', 'staff_sessions', 'api_keys']

/** What a participant's own answers, consent and stopping are written in. */
const ofParticipants = [
  ...['drafts', 'responses', 'scores', 'assignments', 'messages', 'consents', 'participants', 'events', 'sessions', 'devices', 'tasks'],
  ...['links', 'reminder_links', 'people', 'entries', 'settings', 'anchors'],
  // What was said when somebody was called goes with the answers that are erased.
  'contact_attempts',
]

/** Counts that are worked out from the rest, by whoever needs them first. */
const workedOut = ['case_summaries', 'case_lists', 'list_counts', 'week_counts', 'stale_cases']

/** What a server says of the work that it has in hand, in its own time: also while somebody else asks. */
const ofWork = 'under_way'

/** Files of these are removed by whoever looks, once they are over or hold erased answers; then the row says when. */
const ofFiles = ['export_jobs', 'reports']

/** Throws an AssertionError that says what is wrong. */
export function judge(study: FuzzedStudy, judged: Judged): void {
  const { status, text, caller, request, touched } = judged
  assert.ok(status < 500, `answered ${status}`)
  if (status >= 400) {
    assertRefusal(judged)
    assert.doesNotMatch(text, inside, 'tells how it is made')
  }
  const logged = study.logged.join('')
  for (const secret of secretsOf(request)) assert.ok(!logged.includes(secret), `logged ${secret}`)
  const tables = [...new Set(touched.map(({ table }) => table))].filter(
    (table) => !mayWrite(judged, table) && !isRemoval(study, judged, table),
  )
  assert.deepEqual(tables, [], `wrote, answering ${status}`)
  const said = `${decodeURIComponent(request.url.replaceAll(/%(?![0-7][0-9a-f])/gi, '.'))} ${Buffer.from(request.body ?? []).toString()}`
  const told = new Set(text.match(named))
  for (const [id, place] of study.caseOf) {
    if (!told.has(id) && touched.length === 0) continue
    if (isWithin(study, judged, place)) continue
    assert.ok(
      !touched.some(({ table, ids }) => table !== 'access_log' && !workedOut.includes(table) && ids.includes(id)),
      `${caller.name} wrote about ${id}`,
    )
    assert.ok(!told.has(id) || said.includes(id), `${caller.name} was told of ${id}`)
  }
}

function assertRefusal({ request, status, type, text }: Judged): void {
  if (request.method === 'HEAD') return
  if (!new URL(request.url, 'http://any').pathname.startsWith('/api/')) {
    assert.match(type, /^text\/html/)
    return
  }
  const { error } = JSON.parse(text) as { error: { code: RefusalCode; message: string } }
  assert.deepEqual({ status, message: error.message }, { status: refusals[error.code].status, message: refusals[error.code].message })
}

function mayWrite({ caller, status, request }: Judged, table: string): boolean {
  if (table === ofWork) return true
  // Whoever signs out may be anybody; their session goes, if there still is one.
  if (caller.kind === 'nobody') return ['tries', 'access_log', 'staff_sessions'].includes(table)
  if (ofAsking.includes(table) || workedOut.includes(table)) return true
  if (status >= 400) return false
  const isReading = request.method === 'GET' || request.method === 'HEAD'
  if (isReading || caller.kind === 'key') return false
  if (caller.kind === 'participant') return ofParticipants.includes(table)
  return caller.kind === 'staff' || table === 'second_factors'
}

/** Whether all that was written there is that files were removed. */
function isRemoval({ rows }: FuzzedStudy, { caller, touched }: Judged, table: string): boolean {
  if (caller.kind !== 'staff' || !ofFiles.includes(table)) return false
  const kept = rows<{ id: string }>(`SELECT id FROM ${table} WHERE removed_at IS NULL`)
  return !touched.some((one) => one.table === table && kept.some(({ id }) => one.ids.split(' ').includes(id)))
}

/** What a case is called, and anything that may be an id. */
const named = /[A-Z]+-\d{3}|[0-9a-z]{16,26}/g

/** What opens somebody's session or has been typed, long enough to be told from chance. */
const secretsOf = ({ headers, url }: Fuzzed): string[] =>
  `${headers.Cookie} ${headers.Authorization} ${url}`.match(/[A-Za-z0-9_-]{40,}/g)?.filter((one) => !/^(.)\1+$/.test(one)) ?? []

type Place = FuzzedStudy['caseOf'] extends Map<string, infer P> ? P : never

/** Whether a case is somebody's business. */
function isWithin({ rows }: FuzzedStudy, { caller, grants }: Judged, { caseId, studyId, region }: Place): boolean {
  if (caller.kind === 'participant') return caseId === caller.caseId
  if (caller.kind !== 'staff' && caller.kind !== 'key') return false
  const reach = accessTo(studyId, grants).reach('see cases')
  if (reach === 'everywhere' || reaches(reach, region)) return true
  // It may have moved meanwhile.
  return (
    reach !== null && reaches(reach, rows<{ region: string | null }>(`SELECT region FROM cases WHERE id = '${caseId}'`)[0]?.region ?? null)
  )
}
