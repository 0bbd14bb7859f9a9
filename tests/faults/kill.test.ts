/**
 * kill -9 of the server at random moments, while participants submit and invitations go out. KILLS says how often:
 * a few times in `npm test`, 200 in `npm run test:faults`.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { temporaryFolder } from '../harness/data-folder.ts'
import { startMailServer } from '../harness/mail-server.ts'
import { manySessions, type OpenList, submission } from '../harness/many-sessions.ts'
import { serve } from '../harness/serving.ts'

const kills = Number(process.env.KILLS ?? 12)

test(`${kills} times kill -9: what was acknowledged is there, nothing is half there, no mail goes out twice`, async (t) => {
  const folder = temporaryFolder(t)
  const mail = await startMailServer()
  t.after(() => mail.close())
  const { environment, lists } = await manySessions(folder, kills * 12, mail.url)
  const acknowledged = new Set<string>()

  for (let round = 0; round < kills; round++) {
    const server = await serve(environment)
    t.after(() => server.kill())
    // Most kills fall while it is at work: a random moment after the first answer. Some fall right after the start.
    const atWork = Promise.withResolvers<void>()
    if (Math.random() < 0.15) atWork.resolve()
    const killed = atWork.promise.then(() => wait(Math.random() * 400)).then(() => server.kill())
    const acknowledge = (id: string): void => {
      acknowledged.add(id)
      atWork.resolve()
    }
    await Promise.all(Array.from({ length: 8 }, () => submitUntilGone(server.origin, lists, acknowledge)))
    atWork.resolve()
    await killed
  }
  // Once more, undisturbed: the mail that is left goes out, and none that had gone out goes again.
  const last = await serve(environment)
  t.after(() => last.kill())
  for (let waited = 0; mail.accepted.length === 0 && waited < 30_000; waited += 100) await wait(100)
  await last.stop()
  t.diagnostic(`${acknowledged.size} submissions acknowledged, ${mail.accepted.length} mails received`)
  assert.ok(acknowledged.size > kills, `only ${acknowledged.size} were acknowledged: the kills came too early to prove anything`)

  const study = new Database(`${folder}/study.sqlite`)
  t.after(() => study.close())
  assert.deepEqual(study.pragma('integrity_check'), [{ integrity_check: 'ok' }])
  assert.deepEqual(study.pragma('foreign_key_check'), [])
  const stored = study.prepare('SELECT assignment_id AS id FROM responses').pluck().all() as string[]
  assert.deepEqual(
    [...acknowledged].filter((id) => !stored.includes(id)),
    [],
  )

  const half = study
    .prepare(
      `SELECT a.id, a.state, r.id AS response,
         (SELECT count(*) FROM scores s WHERE s.response_id = r.id) AS scores,
         (SELECT count(*) FROM events e WHERE e.participant_id = a.participant_id AND e.kind = 'completed'
            AND json_extract(e.detail, '$.instrument') = a.instrument_id AND e.wave = a.wave) AS events
       FROM assignments a LEFT JOIN responses r ON r.assignment_id = a.id
       WHERE (a.state = 'completed') <> (r.id IS NOT NULL) OR (r.id IS NOT NULL AND (scores = 0 OR events <> 1))`,
    )
    .all()
  assert.deepEqual(half, [])

  const ids = mail.accepted.map(({ messageId }) => messageId)
  assert.ok(ids.length > 0)
  assert.equal(new Set(ids).size, ids.length, 'a Message-ID went out twice')
  const unsent = study.prepare("SELECT message_id FROM messages WHERE state IN ('planned', 'cancelled', 'refused')").pluck().all()
  assert.deepEqual(
    ids.filter((id) => unsent.includes(id)),
    [],
    'a mail that went out is recorded as not sent',
  )
})

/** Submits one list after another until the server is gone. */
async function submitUntilGone(origin: string, lists: OpenList[], acknowledge: (id: string) => void): Promise<void> {
  for (let list = lists.pop(); list; list = lists.pop()) {
    const { path, ...request } = submission(list)
    try {
      const answer = await fetch(`${origin}${path}`, request)
      assert.equal(answer.status, 200, await answer.text())
      acknowledge(list.assignmentId)
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error
      return
    }
  }
}
