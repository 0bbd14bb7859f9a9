/**
 * Who may call which route of the desk: one table, deny by default. A route that is not here answers that there is nothing.
 *
 * `anyone`: no account is needed. `half signed in`: the password was right, the second factor is still to come. `signed in`:
 * whoever has an account, whatever it may do. `mayAnywhere`: the permission that it takes in some study, for what belongs to no
 * study; how far it reaches, the route looks up. Else the permission that it takes in the study of the address, and what the
 * access log calls it, where the log tells of it. `whole`: it takes the permission in all regions of the study, or, for what
 * belongs to no study, in all studies there are and will be. What is refused is always logged.
 */
import type { Permission } from './roles.ts'

export interface StudyPolicy {
  may: Permission
  /** The action in the access log; not set for what shows no family. */
  logged?: string
  /** What is about the study as a whole is not for whoever sees only some of its regions. */
  whole?: true
  /** A GET by which something leaves the desk, to a file that the register of exports keeps or onto paper: each time in the log, and not for keys. */
  takesAway?: true
}
export interface AnywherePolicy {
  mayAnywhere: Permission
  whole?: true
}
export type Policy = 'anyone' | 'half signed in' | 'signed in' | AnywherePolicy | StudyPolicy

const study = '/api/desk/studies/:study'

/** Changes of a case, by which mail may come, move or go: whoever may do one may try it out first, which is no news about anybody. */
const caseChanges: Record<string, StudyPolicy> = {
  '/anchors': { may: 'change cases', logged: 'set dates' },
  '/taking-out': { may: 'change cases', logged: 'took case out' },
  '/putting-back': { may: 'change cases', logged: 'put case back' },
  '/place': { may: 'change cases', logged: 'moved case' },
  '/corrections': { may: 'change cases', logged: 'corrected case' },
  '/people/:person/corrections': { may: 'change cases', logged: 'corrected person' },
  '/people': { may: 'change cases', logged: 'added person' },
  '/people/:person/hand-over': { may: 'change cases', logged: 'handed over' },
  '/people/:person/stop': { may: 'change cases', logged: 'recorded stop' },
  '/people/:person/consent': { may: 'change cases', logged: 'recorded consent' },
  '/people/:person/window': { may: 'handle mail', logged: 'extended window' },
  '/people/:person/address': { may: 'handle mail', logged: 'corrected address' },
  '/people/:person/return': { may: 'change cases', logged: 'brought back' },
  '/people/:person/lists': { may: 'change cases', logged: 'called off list' },
}
const changesOfCase = Object.fromEntries(
  Object.entries(caseChanges).flatMap(([path, policy]) => [
    [`POST ${study}/cases/:case${path}`, policy],
    [`POST ${study}/cases/:case/preview${path}`, { may: policy.may }],
  ]),
)

export const policies: Readonly<Record<string, Policy>> = {
  'GET /api/desk/me': 'anyone',
  'POST /api/desk/sign-in': 'anyone',
  'POST /api/desk/sign-out': 'anyone',
  'POST /api/desk/welcome': 'anyone',
  'POST /api/desk/welcome/password': 'anyone',
  'POST /api/desk/sign-in/code': 'half signed in',
  'POST /api/desk/sign-in/passkey': 'half signed in',
  'POST /api/desk/sign-in/passkey/answer': 'half signed in',
  'POST /api/desk/sign-in/one-time-codes': 'half signed in',
  'POST /api/desk/sign-in/one-time-codes/:factor': 'half signed in',
  'GET /api/desk/account': 'signed in',
  'POST /api/desk/account/password': 'signed in',
  'POST /api/desk/account/one-time-codes': 'signed in',
  'POST /api/desk/account/one-time-codes/:factor': 'signed in',
  'POST /api/desk/account/passkeys': 'signed in',
  'POST /api/desk/account/passkeys/answer': 'signed in',
  'POST /api/desk/account/factors/:factor/remove': 'signed in',
  'POST /api/desk/account/recovery-codes': 'signed in',
  'POST /api/desk/account/language': 'signed in',
  'POST /api/desk/account/sign-out-everywhere': 'signed in',
  'GET /api/desk/account/keys': 'signed in',
  'POST /api/desk/account/keys': 'signed in',
  'POST /api/desk/account/keys/:key/revoke': 'signed in',
  'GET /api/desk/access': { mayAnywhere: 'manage staff', whole: true },
  'GET /api/desk/staff': { mayAnywhere: 'manage staff' },
  'POST /api/desk/staff': { mayAnywhere: 'manage staff' },
  'POST /api/desk/staff/:staff/roles': { mayAnywhere: 'manage staff' },
  'POST /api/desk/staff/:staff/roles/take': { mayAnywhere: 'manage staff' },
  'POST /api/desk/staff/:staff/disable': { mayAnywhere: 'manage staff' },
  'POST /api/desk/staff/:staff/enable': { mayAnywhere: 'manage staff' },
  'POST /api/desk/staff/:staff/second-factor/reset': { mayAnywhere: 'manage staff' },
  'POST /api/desk/staff/:staff/link': { mayAnywhere: 'manage staff' },
  'GET /api/desk/new-study': { mayAnywhere: 'open studies', whole: true },
  'POST /api/desk/new-study/preview': { mayAnywhere: 'open studies', whole: true },
  'POST /api/desk/new-study': { mayAnywhere: 'open studies', whole: true },
  [`GET ${study}`]: { may: 'see response' },
  [`GET ${study}/response`]: { may: 'see response' },
  [`GET ${study}/flow`]: { may: 'see response' },
  [`GET ${study}/today`]: { may: 'see cases', logged: 'saw what is to be done' },
  [`GET ${study}/access`]: { may: 'see access', logged: 'saw access log', whole: true },
  [`GET ${study}/cases/:case/access`]: { may: 'see access', logged: 'saw access log' },
  [`GET ${study}/cases`]: { may: 'see cases', logged: 'searched cases' },
  // Logged by itself, with each case that it found.
  [`POST ${study}/find`]: { may: 'see contact' },
  // Logged by itself, with each family that it found.
  [`POST ${study}/alike`]: { may: 'register cases' },
  [`POST ${study}/cases`]: { may: 'register cases' },
  [`POST ${study}/cases/:case/tasks/:task/done`]: { may: 'change cases', logged: 'finished task' },
  [`POST ${study}/imports/preview`]: { may: 'register cases' },
  // An import is logged by itself, with how many cases it has.
  [`POST ${study}/imports`]: { may: 'register cases' },
  [`GET ${study}/imports`]: { may: 'register cases' },
  [`GET ${study}/imports/:import`]: { may: 'register cases' },
  [`POST ${study}/imports/:import/cancel`]: { may: 'register cases' },
  [`GET ${study}/cases/:case`]: { may: 'see cases', logged: 'saw case' },
  [`GET ${study}/entry`]: { may: 'enter data', logged: 'searched cases' },
  [`GET ${study}/cases/:case/entry`]: { may: 'enter data', logged: 'saw case' },
  [`GET ${study}/cases/:case/entry/:assignment`]: { may: 'enter data', logged: 'opened entry' },
  [`POST ${study}/cases/:case/entry/:assignment`]: { may: 'enter data', logged: 'began entry' },
  // Every answer: that it was begun, and finished, is in the log.
  [`PUT ${study}/cases/:case/entry/:assignment`]: { may: 'enter data' },
  [`POST ${study}/cases/:case/entry/:assignment/finish`]: { may: 'enter data', logged: 'finished entry' },
  [`POST ${study}/cases/:case/entry/:assignment/discard`]: { may: 'enter data', logged: 'discarded entry' },
  // It shows what somebody else typed: whoever types in may not see that by itself.
  [`POST ${study}/cases/:case/entry/:assignment/take-over`]: { may: 'see answers', logged: 'took over entry' },
  [`GET ${study}/cases/:case/entry/:assignment/comparison`]: { may: 'enter data', logged: 'compared entries' },
  [`POST ${study}/cases/:case/entry/:assignment/decide`]: { may: 'enter data', logged: 'decided entries' },
  [`GET ${study}/queries`]: { may: 'see answers', logged: 'saw queries' },
  [`GET ${study}/cases/:case/answers/:assignment`]: { may: 'see answers', logged: 'saw answers' },
  [`GET ${study}/cases/:case/queries`]: { may: 'see answers', logged: 'saw queries' },
  [`POST ${study}/cases/:case/queries`]: { may: 'ask queries', logged: 'asked about value' },
  [`POST ${study}/cases/:case/queries/:query/ask-again`]: { may: 'ask queries', logged: 'asked about value' },
  [`POST ${study}/cases/:case/queries/:query/answer`]: { may: 'answer queries', logged: 'answered query' },
  [`POST ${study}/cases/:case/queries/:query/close`]: { may: 'answer queries', logged: 'closed query' },
  [`POST ${study}/cases/:case/values/preview`]: { may: 'answer queries', logged: 'tried value' },
  [`POST ${study}/cases/:case/values`]: { may: 'answer queries', logged: 'changed value' },
  [`POST ${study}/cases/:case/records/preview`]: { may: 'answer queries', logged: 'tried value' },
  [`POST ${study}/cases/:case/records`]: { may: 'answer queries', logged: 'changed value' },
  ...changesOfCase,
  [`GET ${study}/cases/:case/people/:person/leaving`]: { may: 'change cases', logged: 'saw what is kept' },
  [`POST ${study}/cases/:case/people/:person/erase`]: { may: 'remove answers', logged: 'erased answers' },
  [`GET ${study}/exports`]: { may: 'export', whole: true },
  [`POST ${study}/exports`]: { may: 'export', logged: 'made export', whole: true },
  [`GET ${study}/exports/jobs/:job`]: { may: 'export', whole: true },
  [`POST ${study}/exports/jobs/:job/cancel`]: { may: 'export', logged: 'stopped export', whole: true },
  [`GET ${study}/exports/jobs/:job/file`]: { may: 'export', logged: 'took export', whole: true, takesAway: true },
  [`POST ${study}/exports/:export/destroyed`]: { may: 'remove answers', logged: 'said export destroyed', whole: true },
  [`GET ${study}/reports`]: { may: 'export', whole: true },
  [`POST ${study}/reports`]: { may: 'export', logged: 'made report', whole: true },
  [`GET ${study}/reports/:report`]: { may: 'export', whole: true },
  [`POST ${study}/reports/:report/cancel`]: { may: 'export', logged: 'stopped report', whole: true },
  [`GET ${study}/reports/:report/tables`]: { may: 'export', logged: 'saw report', whole: true },
  [`GET ${study}/reports/:report/behind`]: { may: 'export', logged: 'saw cases of number', whole: true },
  [`GET ${study}/reports/:report/file`]: { may: 'export', logged: 'took report', whole: true, takesAway: true },
  [`GET ${study}/definitions`]: { may: 'see response' },
  [`GET ${study}/definitions/instruments/:reference`]: { may: 'see response' },
  [`GET ${study}/definitions/comparison`]: { may: 'see response' },
  [`GET ${study}/definitions/protocol`]: { may: 'see response' },
  [`GET ${study}/definitions/calendar`]: { may: 'see response' },
  [`POST ${study}/definitions/adoption/preview`]: { may: 'manage study', whole: true },
  [`POST ${study}/definitions/adoption`]: { may: 'manage study', logged: 'adopted version', whole: true },
  [`GET ${study}/definitions/norms`]: { may: 'manage study', whole: true },
  [`POST ${study}/definitions/rescoring/preview`]: { may: 'manage study', whole: true },
  [`POST ${study}/definitions/rescoring`]: { may: 'manage study', logged: 'adopted norms', whole: true },
  [`GET ${study}/jobs`]: { may: 'manage study', whole: true },
  [`GET ${study}/jobs/:job`]: { may: 'manage study', whole: true },
  [`POST ${study}/jobs/:job/cancel`]: { may: 'manage study', logged: 'stopped job', whole: true },
  [`POST ${study}/jobs/:job/go-on`]: { may: 'manage study', logged: 'went on with job', whole: true },
  [`GET ${study}/settings`]: { may: 'manage study', whole: true },
  [`POST ${study}/settings`]: { may: 'manage study', logged: 'changed study', whole: true },
  [`GET ${study}/settings/mail`]: { may: 'manage study', whole: true },
  [`GET ${study}/settings/mail/html`]: { may: 'manage study', whole: true },
  [`GET ${study}/settings/mail/text`]: { may: 'manage study', whole: true },
  [`POST ${study}/settings/mail/text`]: { may: 'manage study', logged: 'changed mail text', whole: true },
  [`POST ${study}/settings/mail/preview`]: { may: 'manage study', whole: true },
  [`POST ${study}/settings/mail/test`]: { may: 'manage study', logged: 'sent test mail', whole: true },
  [`GET ${study}/settings/closing`]: { may: 'manage study', whole: true },
  [`POST ${study}/settings/close`]: { may: 'manage study', logged: 'closed study', whole: true },
  [`POST ${study}/settings/reopen`]: { may: 'manage study', logged: 'opened study again', whole: true },
  [`GET ${study}/retention`]: { may: 'manage study', whole: true },
  [`POST ${study}/cases/:case/people/:person/contact`]: { may: 'see contact', logged: 'saw contact data' },
  [`POST ${study}/cases/:case/people/:person/attempts`]: { may: 'see contact', logged: 'recorded contact attempt' },
  [`GET ${study}/cases/:case/people/:person/paper/:assignment/html`]: { may: 'enter data', logged: 'printed list', takesAway: true },
  // Logged by itself, with each case that a mail is about.
  [`POST ${study}/returned`]: { may: 'handle mail' },
  [`POST ${study}/returned/preview`]: { may: 'handle mail' },
  [`POST ${study}/cases/:case/people/:person/reachable`]: { may: 'handle mail', logged: 'set reachable' },
  [`POST ${study}/cases/:case/people/:person/invitation`]: { may: 'handle mail', logged: 'sent again' },
  [`POST ${study}/cases/:case/children`]: { may: 'change cases', logged: 'added child' },
  [`POST ${study}/cases/:case/children/removal`]: { may: 'change cases', logged: 'removed child' },
  [`POST ${study}/cases/:case/people/:person/removal`]: { may: 'change cases', logged: 'removed person' },
  [`POST ${study}/cases/:case/match`]: { may: 'change cases', logged: 'matched case' },
  [`POST ${study}/cases/:case/notes`]: { may: 'enter data', logged: 'noted' },
}

/** HEAD is a GET without its body. */
export function policyOf(method: string, path: string): Policy | undefined {
  const route = `${method === 'HEAD' ? 'GET' : method} ${path}`
  return Object.hasOwn(policies, route) ? policies[route] : undefined
}

/** What the access log calls it. */
export const policyName = ({ logged, may }: StudyPolicy): string => logged ?? may
