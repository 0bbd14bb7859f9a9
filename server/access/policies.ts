/**
 * Who may call which route of the desk: one table, deny by default. A route that is not here answers that there is nothing.
 *
 * `anyone`: no account is needed. `half signed in`: the password was right, the second factor is still to come. `signed in`:
 * whoever has an account, whatever it may do. `mayAnywhere`: the permission that it takes in some study, for what belongs to no
 * study; how far it reaches, the route looks up. Else the permission that it takes in the study of the address, and what the
 * access log calls it, where the log tells of it. What is refused is always logged.
 */
import type { Permission } from './roles.ts'

export interface StudyPolicy {
  may: Permission
  /** The action in the access log; not set for what shows no family. */
  logged?: string
}
export interface AnywherePolicy {
  mayAnywhere: Permission
}
export type Policy = 'anyone' | 'half signed in' | 'signed in' | AnywherePolicy | StudyPolicy

const study = '/api/desk/studies/:study'

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
  'GET /api/desk/staff': { mayAnywhere: 'manage staff' },
  'POST /api/desk/staff': { mayAnywhere: 'manage staff' },
  'POST /api/desk/staff/:staff/roles': { mayAnywhere: 'manage staff' },
  'POST /api/desk/staff/:staff/roles/take': { mayAnywhere: 'manage staff' },
  'POST /api/desk/staff/:staff/disable': { mayAnywhere: 'manage staff' },
  'POST /api/desk/staff/:staff/enable': { mayAnywhere: 'manage staff' },
  'POST /api/desk/staff/:staff/link': { mayAnywhere: 'manage staff' },
  [`GET ${study}`]: { may: 'see response' },
  [`GET ${study}/response`]: { may: 'see response' },
  [`GET ${study}/flow`]: { may: 'see response' },
  [`GET ${study}/today`]: { may: 'see cases', logged: 'saw what is to be done' },
  [`GET ${study}/cases`]: { may: 'see cases', logged: 'searched cases' },
  [`POST ${study}/cases`]: { may: 'register cases' },
  [`POST ${study}/cases/:case/tasks/:task/done`]: { may: 'change cases', logged: 'finished task' },
  [`POST ${study}/imports/preview`]: { may: 'register cases' },
  [`POST ${study}/imports`]: { may: 'register cases', logged: 'imported cases' },
  [`GET ${study}/imports/:import`]: { may: 'register cases' },
  [`POST ${study}/imports/:import/cancel`]: { may: 'register cases', logged: 'stopped import' },
  'GET /api/desk/access': { mayAnywhere: 'manage staff' },
  [`GET ${study}/cases/:case`]: { may: 'see cases', logged: 'saw case' },
}

/** HEAD is a GET without its body. */
export function policyOf(method: string, path: string): Policy | undefined {
  const route = `${method === 'HEAD' ? 'GET' : method} ${path}`
  return Object.hasOwn(policies, route) ? policies[route] : undefined
}

/** What the access log calls it. */
export const policyName = ({ logged, may }: StudyPolicy): string => logged ?? may
  [`GET ${study}/access`]: { may: 'see access', logged: 'saw access log' },
  [`GET ${study}/cases/:case/access`]: { may: 'see access', logged: 'saw access log' },
