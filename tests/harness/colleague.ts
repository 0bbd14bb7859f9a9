/** A colleague with a browser, who came in by an invitation: a password, and an app with codes. */
import assert from 'node:assert/strict'
import { codeAt } from '../../server/access/one-time-codes.ts'
import { inviteStaff } from '../../server/workflow/staff-accounts.ts'
import type { StudyServer } from './study-server.ts'

export const password = 'zeven koeien lopen langzaam'

// biome-ignore lint/suspicious/noExplicitAny: each route answers in its own shape, and a test that misreads one fails.
export type DeskBrowser = (route: string, body?: unknown) => Promise<{ status: number; body: any; set: string }>

/** A browser: keeps the cookie that it was given last. `from`: the network address that a proxy of ours heard it from. */
export function deskBrowser(server: StudyServer, from?: string): DeskBrowser {
  let cookie = ''
  return async (route, body) => {
    const [method = 'GET', path = ''] = route.split(' ')
    const answer = await fetch(`${server.origin}/api/desk${path}`, {
      method,
      headers: {
        Cookie: cookie,
        Origin: server.origin,
        ...(from && { 'X-Forwarded-For': from }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const set = answer.headers.getSetCookie().at(-1)
    if (set) cookie = set.split(';')[0] ?? ''
    const text = await answer.text()
    return { status: answer.status, body: text === '' ? null : JSON.parse(text), set: set ?? '' }
  }
}

export const later = ({ clock }: StudyServer, seconds: number): void =>
  clock.set(Temporal.Instant.from(clock.now()).add({ seconds }).toString())

export interface ComeIn {
  call: DeskBrowser
  id: string
  address: string
  /** What the app shows at this moment; each call goes a minute ahead, so that no code comes twice. */
  code(): string
  recoveryCodes: string[]
  /** The password and a code, in another browser. */
  signIn(call: DeskBrowser, given?: string): Promise<void>
}

/** Somebody who took up an invitation and is signed in. */
export async function colleagueAt(server: StudyServer, address: string): Promise<ComeIn> {
  const { id, link } = await inviteStaff(server.context, {
    name: 'Carla Collega',
    address,
    language: 'nl',
    grants: [{ studyId: 's1', role: 'data manager', region: '*' }],
  })
  const call = deskBrowser(server)
  await call('POST /welcome/password', { token: new URL(link ?? '').hash.slice(1), password })
  const { body: factor } = await call('POST /sign-in/one-time-codes', {})
  const { body } = await call(`POST /sign-in/one-time-codes/${factor.id}`, { code: codeAt(factor.secret, server.clock.now()) })
  const code = () => {
    later(server, 60)
    return codeAt(factor.secret, server.clock.now())
  }
  return {
    call,
    id,
    address,
    code,
    recoveryCodes: body.recoveryCodes,
    async signIn(other, given = password) {
      assert.equal((await other('POST /sign-in', { address, password: given })).status, 200)
      assert.equal((await other('POST /sign-in/code', { code: code() })).status, 200)
    },
  }
}
