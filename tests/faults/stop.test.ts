import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import Database from 'better-sqlite3'
import { temporaryFolder } from '../harness/data-folder.ts'
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
