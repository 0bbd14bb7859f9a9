/** A newer version brings the files of a data folder up to date while this one is at work: in SQLite each commit looks first. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import Database from 'better-sqlite3'
import { migrateTogether } from '../../server/db/migrate.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { manySessions, submission } from '../harness/many-sessions.ts'
import { nextVersion } from '../harness/next-version.ts'
import { tablesOf } from '../harness/older-database.ts'
import { serve } from '../harness/serving.ts'

/** A step that has the database note whatever is written in any table of it, by somebody who knows nothing of that. */
const noting = (tables: string[]): string =>
  [
    'CREATE TABLE later (what text NOT NULL);',
    ...tables.flatMap((table) =>
      ['INSERT', 'UPDATE', 'DELETE'].map(
        (how) => `CREATE TRIGGER later_${table}_${how} AFTER ${how} ON ${table} BEGIN INSERT INTO later VALUES ('${how} ${table}'); END;`,
      ),
    ),
  ].join('--> statement-breakpoint\n')

test('while lists come in, a newer version brings both files up to date: what was acknowledged is there, and nothing was written after', async (t) => {
  const folder = temporaryFolder(t)
  const { environment, lists } = await manySessions(folder, 20)
  const server = await serve({ ...environment, DRAIN_SECONDS: '1' })
  t.after(() => server.kill())
  const exit = once(server.process, 'exit')
  const acknowledged: string[] = []
  const refused: string[] = []
  const sending = Array.from({ length: 4 }, async () => {
    for (let list = lists.pop(); list; list = lists.pop()) {
      const { path, ...request } = submission(list)
      const answer = await fetch(`${server.origin}${path}`, request).catch(() => undefined)
      if (answer === undefined) return
      if (answer.status === 200) acknowledged.push(list.assignmentId)
      else refused.push(`${answer.status} ${((await answer.json()) as { error: { code: string } }).error.code}`)
    }
  })
  while (acknowledged.length < 10) await new Promise((resolve) => setImmediate(resolve))
  const databases = (['identity', 'study'] as const).map((name) => ({ name, connection: new Database(join(folder, `${name}.sqlite`)) }))
  const [identity, study] = databases.map(({ connection }) => connection)
  assert.ok(identity && study)
  t.after(() => void [identity.close(), study.close()])
  migrateTogether(databases, nextVersion(t, { study: noting(tablesOf(study)) }))
  await Promise.all(sending)
  assert.ok(refused.length > 0, 'all lists were sent before')
  assert.deepEqual([...new Set(refused)], ['503 server-outdated'])
  assert.deepEqual(await exit, [1, null])
  assert.deepEqual(study.prepare('SELECT what FROM later').pluck().all(), [])
  const stored = study.prepare('SELECT assignment_id FROM responses').pluck().all()
  assert.deepEqual(
    acknowledged.filter((id) => !stored.includes(id)),
    [],
  )
})
