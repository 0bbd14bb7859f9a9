import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordConsent } from '../../server/workflow/record-consent.ts'
import { recordStop } from '../../server/workflow/record-stop.ts'
import { refreshSummaries } from '../../server/workflow/refresh-summaries.ts'
import { setAnchors } from '../../server/workflow/set-anchors.ts'
import { answersTo, family } from '../harness/family.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

const summaries = ['case_summaries', 'case_lists', 'list_counts', 'week_counts']

const snapshot = (server: StudyServer) =>
  Object.fromEntries(
    summaries.map((table) => {
      const rows = server.rows<object>(`SELECT * FROM ${table}`)
      return [table, rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))]
    }),
  )

/** Throws every summary away, and makes them again. */
async function fromScratch(server: StudyServer): Promise<void> {
  const { study } = server.context.stores
  await study.withTx(async (tx) => {
    for (const table of summaries) tx.run(`DELETE FROM ${table}`)
    tx.run('INSERT INTO stale_cases SELECT id FROM cases WHERE true ON CONFLICT DO NOTHING')
  })
  await refreshSummaries(server.context)
}

test('after whatever happens, summaries brought up to date are those that are made from scratch', async (t) => {
  const server = await startStudyServer(t, '2026-03-02T09:00:00Z')
  const instrument = (id: string) => server.context.definitions.instruments.need(`${id}@0.1.0-standin`)
  const steps: [string, () => Promise<unknown>][] = [
    [
      'families come in',
      () =>
        server.register(
          family('A-1'),
          { ...family('A-2'), region: 'Amsterdam' },
          { ...family('A-3'), anchors: { referral: '2026-03-01' } },
        ),
    ],
    ['lists open and mail goes out', () => server.tick()],
    [
      'consent is given',
      () => recordConsent(server.context, { study: 's1', code: 'A-1' }, { role: 'parent' }, { purpose: 'research', given: true }),
    ],
    ['a list comes in', () => server.submit({ code: 'A-1', instrument: 'nosik' }, answersTo(instrument('nosik')))],
    ['a date becomes known', () => setAnchors(server.context, { study: 's1', code: 'A-3', anchors: { conference: '2026-04-20' } })],
    ['somebody stops', () => recordStop(server.context, { study: 's1', code: 'A-2' }, { role: 'parent' }, { state: 'withdrawn' })],
    [
      'half a year goes by',
      async () => {
        server.clock.set('2026-09-20T09:00:00Z')
        await server.tick()
      },
    ],
  ]
  for (const [step, happen] of steps) {
    await happen()
    await refreshSummaries(server.context)
    assert.deepEqual(server.rows('SELECT * FROM stale_cases'), [], step)
    const kept = snapshot(server)
    assert.ok(kept.case_summaries?.length, step)
    await fromScratch(server)
    assert.deepEqual(kept, snapshot(server), step)
  }
})

test('a server that is being stopped does not count first what became stale; whoever ticks next does', async (t) => {
  const server = await startStudyServer(t, '2026-03-02T09:00:00Z')
  await server.register(family('A-1'), family('A-2'))
  const stale = () => server.rows('SELECT * FROM stale_cases').length
  assert.equal(stale(), 2)
  await refreshSummaries(server.context, { signal: AbortSignal.abort() })
  await refreshSummaries(server.context, { within: 0 })
  assert.equal(stale(), 2)
  await refreshSummaries(server.context, { most: 1 })
  assert.equal(stale(), 1)
  await server.tick()
  assert.equal(stale(), 0)
})
