/** Participants and staff at work until the server is gone, and what they were told meanwhile. */
import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import { oneOf, type Random } from '../../server/demo/random.ts'
import { type ManySessions, type OpenList, submission } from '../harness/many-sessions.ts'

/** What was acknowledged, over all lives of a server. */
export interface Told {
  /** Ids of assignments. */
  submitted: Set<string>
  /** Codes of cases. */
  registered: Set<string>
  /** Beginnings of the codes of imported families: all that were sent, and those that were told to be registered. */
  imports: { sent: Set<string>; done: Set<string> }
  /** Ids of exports. */
  exported: Set<string>
  /** What was begun, and nobody heard the end of: ids of imports with the beginnings of their codes, and of exports. */
  begun: { imports: Map<string, string>; exports: Set<string> }
}

export const nothingTold = (): Told => ({
  submitted: new Set(),
  registered: new Set(),
  imports: { sent: new Set(), done: new Set() },
  exported: new Set(),
  begun: { imports: new Map(), exports: new Set() },
})

/** Of an import. */
export const familiesPerFile = 12

/** What those at work hear, from the server's own words. */
export type Heard = 'received' | 'import begun' | 'import done' | 'export begun' | 'export done'

export interface Crew {
  /** So many who submit. */
  submitting: number
  /** At most so many milliseconds everybody waits in between who submits or registers. */
  pause: number
  /** What somebody does again and again beside them. */
  staff?: 'importing' | 'exporting'
  /** Is told at once. */
  onHeard?: (what: Heard) => void
}

/** Thrown by nothing of ours: the server is gone. */
class Gone extends Error {}

/** Some who submit, one who registers, and perhaps one who imports or exports. Ends when the server is gone. */
export async function atWork({ lists, manager }: ManySessions, origin: string, told: Told, random: Random, crew: Crew): Promise<void> {
  const { onHeard = () => {} } = crew
  const everybody = [
    ...Array.from({ length: crew.submitting }, () => submit),
    register,
    ...(crew.staff ? [{ importing, exporting }[crew.staff]] : []),
  ]
  await Promise.all(
    everybody.map(async (work) => {
      try {
        while (await work());
      } catch (reason) {
        if (!(reason instanceof Gone)) throw reason
      }
    }),
  )

  async function submit(): Promise<boolean> {
    const list: OpenList | undefined = lists.pop()
    if (!list) return false
    const { path, ...request } = submission(list)
    const answer = await fetch(`${origin}${path}`, request).catch(gone)
    assert.equal(answer.status, 200, await answer.text().catch(gone))
    told.submitted.add(list.assignmentId)
    onHeard('received')
    return await pause()
  }

  async function register(): Promise<boolean> {
    const code = newCode('R')
    await call('POST /studies/s1/cases', { ...family, code, participants: [{ ...parent, email: `${code}@voorbeeld.example` }] }, 201)
    told.registered.add(code)
    return await pause()
  }

  async function importing(): Promise<boolean> {
    const code = newCode('I')
    told.imports.sent.add(code)
    const lines = Array.from(
      { length: familiesPerFile },
      (_, n) => `${code}-${n},conference,prospective,${today},parent,Ouder,${code}-${n}@voorbeeld.example,nl`,
    )
    const csv = ['case_code,arm,cohort,referral_date,role,name,email,language', ...lines].join('\n')
    const { id } = await call('POST /studies/s1/imports', { csv }, 200)
    told.begun.imports.set(id, code)
    onHeard('import begun')
    await settled(`GET /studies/s1/imports/${id}`, 'registering')
    told.begun.imports.delete(id)
    told.imports.done.add(code)
    onHeard('import done')
    return true
  }

  async function exporting(): Promise<boolean> {
    const layouts = [oneOf(random, ['scores', 'long', 'wide'])]
    const choices = { tier: 'pseudonymous', layouts, formats: ['csv'], language: 'nl', filter: {}, purpose: '' }
    const { id } = await call('POST /studies/s1/exports', choices, 200)
    told.begun.exports.add(id)
    onHeard('export begun')
    await settled(`GET /studies/s1/exports/jobs/${id}`, 'making')
    told.begun.exports.delete(id)
    told.exported.add(id)
    onHeard('export done')
    return true
  }

  async function pause(): Promise<true> {
    if (crew.pause > 0) await wait(random() * crew.pause)
    return true
  }

  async function settled(route: string, underWay: string): Promise<void> {
    for (;;) {
      const { state, ...more } = await call(route, undefined, 200)
      if (state !== underWay) return assert.ok(state === 'done' || state === 'counting', `${route}: ${JSON.stringify({ state, ...more })}`)
      await wait(5)
    }
  }

  async function call(route: string, body: unknown, expected: number) {
    const { status, body: said } = await manager.call(route, body).catch(gone)
    assert.equal(status, expected, `${route}: ${JSON.stringify(said)}`)
    return said
  }

  function newCode(kind: string): string {
    return `${kind}-${Math.floor(random() * 2 ** 40).toString(36)}`
  }
}

const today = new Date().toISOString().slice(0, 10)
const family = { arm: 'conference', cohort: 'prospective', anchors: { referral: today } }
const parent = { role: 'parent', name: 'Ouder Voorbeeld', language: 'nl' }

function gone(): never {
  throw new Gone()
}
