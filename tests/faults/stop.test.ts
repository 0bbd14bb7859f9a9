import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import Database from 'better-sqlite3'
import { temporaryFolder } from '../harness/data-folder.ts'
import { startMailServer } from '../harness/mail-server.ts'
import { manySessions, submission } from '../harness/many-sessions.ts'
import { serve } from '../harness/serving.ts'

test('SIGTERM while participants submit: what is under way is answered and stored, and the server ends well', async (t) => {
  const { environment, lists } = await manySessions(temporaryFolder(t), 60)
  const server = await serve(environment)
  t.after(() => server.kill())
  const exit = once(server.process, 'exit')
  const acknowledged: string[] = []
  const submitUntilClosed = async (): Promise<void> => {
    for (let list = lists.pop(); list; list = lists.pop()) {
      const { path, ...request } = submission(list)
      const answer = await fetch(`${server.origin}${path}`, request).catch(() => undefined)
      if (!answer) return
      assert.equal(answer.status, 200, await answer.text())
      acknowledged.push(list.assignmentId)
      if (acknowledged.length === 40) server.process.kill('SIGTERM')
    }
  }
  await Promise.all(Array.from({ length: 8 }, submitUntilClosed))
  assert.deepEqual(await exit, [0, null])
  assert.ok(acknowledged.length >= 40)

  const study = new Database(`${environment.DATA_DIR}/study.sqlite`)
  t.after(() => study.close())
  assert.deepEqual(study.pragma('integrity_check'), [{ integrity_check: 'ok' }])
  const stored = study.prepare('SELECT assignment_id FROM responses').pluck().all() as string[]
  assert.deepEqual(stored.toSorted(), acknowledged.toSorted(), 'everything that was stored was acknowledged, and the other way around')
})

test('SIGTERM while a mail is in hand and staff import and export: the mail is settled, nothing is half there, and the next server says so', async (t) => {
  const folder = temporaryFolder(t)
  const mail = await startMailServer()
  t.after(() => mail.close())
  mail.mood = { at: 'end of text', does: 'waits' }
  const { environment, manager } = await manySessions(folder, 40, mail.url)
  const server = await serve(environment)
  t.after(() => server.kill())
  await mail.hasSeen(1)
  const begun = async (route: string, body: object): Promise<string> => {
    const answer = await manager.call(route, body)
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    return answer.body.id
  }
  const lines = Array.from({ length: 2_000 }, (_, n) => `I-${n},conference,prospective,2026-03-02,parent,Ouder,i-${n}@voorbeeld.example,nl`)
  const csv = ['case_code,arm,cohort,referral_date,role,name,email,language', ...lines].join('\n')
  const imported = await begun('POST /studies/s1/imports', { csv })
  const choices = { tier: 'pseudonymous', layouts: ['long', 'wide'], formats: ['csv', 'sav'], language: 'nl', filter: {}, purpose: '' }
  const exported = await begun('POST /studies/s1/exports', choices)
  const exit = once(server.process, 'exit')
  server.process.kill('SIGTERM')
  // It says no more to anybody from here on; the mail is still in its hands.
  await closed(server.origin)
  mail.release()
  assert.deepEqual(await exit, [0, null], server.said())

  const study = new Database(`${environment.DATA_DIR}/study.sqlite`)
  const states = study
    .prepare("SELECT state, count(*) AS many FROM messages WHERE state IN ('claimed', 'sent', 'unknown') GROUP BY state")
    .all()
  assert.deepEqual(states, [{ state: 'sent', many: 1 }])
  assert.equal(study.prepare("SELECT count(*) FROM cases WHERE code LIKE 'I-%'").pluck().get(), 0)
  const made = study.prepare("SELECT id FROM export_jobs WHERE state = 'done'").pluck().all() as string[]
  study.close()
  const exports = join(folder, 'exports')
  assert.deepEqual(existsSync(exports) ? readdirSync(exports) : [], made, 'no half of an export')

  mail.mood = undefined
  const next = await serve(environment)
  t.after(() => next.kill())
  assert.equal((await manager.call(`GET /studies/s1/imports/${imported}`)).body.state, 'interrupted')
  if (made.length === 0) assert.equal((await manager.call(`GET /studies/s1/exports/jobs/${exported}`)).body.state, 'interrupted')
  assert.equal(mail.seen.filter(({ messageId }) => messageId === mail.seen[0]?.messageId).length, 1, 'no mail twice')
  await next.stop()
})

/** Resolves when nobody can connect any more. */
async function closed(origin: string): Promise<void> {
  while (await fetch(`${origin}/healthz`).then(Boolean, () => false));
}
