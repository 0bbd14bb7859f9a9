import assert from 'node:assert/strict'
import { test } from 'node:test'
import { namingProcess } from '../harness/command.ts'
import { family } from '../harness/family.ts'
import { startStudyServer } from '../harness/study-server.ts'

test('of three processes that send at the same moment none sends what another has in hand', async (t) => {
  const server = await startStudyServer(t)
  const cases = Array.from({ length: 15 }, (_, index) => family(`A-${String(index + 1).padStart(3, '0')}`))
  await server.register(...cases)
  const due =
    server.rows<{ n: number }>(`SELECT count(*) AS n FROM messages WHERE state = 'planned' AND next_at <= '${server.clock.now()}'`)[0]?.n ??
    0
  assert.ok(due >= 15)
  const now = ['--now', server.clock.now(), '--json']
  const passes = await Promise.all([1, 2, 3].map(() => namingProcess(server.environment, 'tick', ...now)))
  const reports = passes.map(({ code, stdout, stderr }) => {
    assert.equal(code, 0, stderr)
    return JSON.parse(stdout) as { sent: number; opened: number; problems: string[] }
  })
  assert.deepEqual(
    reports.flatMap(({ problems }) => problems),
    [],
  )
  t.diagnostic(`sent by each: ${reports.map(({ sent }) => sent).join(', ')}`)
  const ids = server.mail.accepted.map(({ messageId }) => messageId)
  assert.equal(new Set(ids).size, ids.length, 'no Message-ID twice')
  assert.equal(
    reports.reduce((sum, { sent }) => sum + sent, 0),
    server.rows<{ n: number }>("SELECT count(*) AS n FROM messages WHERE state = 'sent'")[0]?.n,
  )
  assert.deepEqual(server.rows("SELECT * FROM messages WHERE state IN ('claimed', 'unknown')"), [])
  const opened = server.rows<{ n: number }>("SELECT count(*) AS n FROM events WHERE kind = 'opened'")[0]?.n
  assert.equal(
    reports.reduce((sum, one) => sum + one.opened, 0),
    opened,
  )
  const twice = "SELECT participant_id FROM events WHERE kind = 'opened' GROUP BY participant_id, wave, detail HAVING count(*) > 1"
  assert.deepEqual(server.rows(twice), [])
})
