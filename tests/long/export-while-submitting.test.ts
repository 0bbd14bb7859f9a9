/** Sixteen people send lists, each one after the other, while an export is taken: it has all of what was there at one moment, and nothing else. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { openStudyStore } from '../../server/db/open.ts'
import { exportInThread } from '../../server/export/export-in-thread.ts'
import { rowsOf } from '../export/read-export.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { databasePlace } from '../harness/database.ts'
import { manySessions, submission } from '../harness/many-sessions.ts'
import { serve } from '../harness/serving.ts'

const clients = 16

test('an export taken while 16 clients submit is a consistent moment of the database', async (t) => {
  const folder = temporaryFolder(t)
  const data = join(folder, 'data')
  const { environment, lists } = await manySessions(data, 300)
  const server = await serve(environment)
  t.after(() => server.stop())

  /** What each client was told is kept, in the order in which it was told. */
  const told: { id: string; before: boolean }[][] = Array.from({ length: clients }, () => [])
  const total = () => told.reduce((sum, { length }) => sum + length, 0)
  let stage: 'before' | 'during' | 'after' = 'before'
  const enough = Promise.withResolvers<void>()
  const sending = told.map(async (ofClient) => {
    for (let next = lists.shift(); next && stage !== 'after'; next = lists.shift()) {
      const { path, ...request } = submission(next)
      const { status } = await fetch(`${server.origin}${path}`, request)
      assert.equal(status, 200)
      ofClient.push({ id: next.assignmentId, before: stage === 'before' })
      if (total() >= 4 * clients) enough.resolve()
    }
  })
  await enough.promise
  stage = 'during'
  const began = total()
  const manifest = await exportInThread(await databasePlace(data), {
    study: 's1',
    directory: join(folder, 'out'),
    layouts: ['long', 'wide'],
    formats: ['csv'],
    now: new Date().toISOString(),
  })
  stage = 'after'
  await Promise.all(sending)
  assert.ok(total() > began + clients, `${total() - began} were sent meanwhile`)
  await server.stop()

  const out = join(folder, 'out')
  const exported = rowsOf(out, 'assignments.csv').filter(({ state }) => state === 'completed')
  const key = (participant = '', instrument = '') => `${participant} ${instrument}`
  const kept = new Set(exported.map(({ participant, instrument }) => key(participant, instrument)))
  const store = await openStudyStore(await databasePlace(data))
  t.after(() => store.close())
  const places = store.read.all<{ id: string; participant_id: string; instrument_id: string }>(
    "SELECT id, participant_id, instrument_id FROM assignments WHERE wave = 'T0'",
  )
  const placeOf = new Map(places.map(({ id, participant_id, instrument_id }) => [id, key(participant_id, instrument_id)]))
  const isIn = (id: string) => kept.has(placeOf.get(id) ?? '')

  for (const ofClient of told) {
    const within = ofClient.map(({ id }) => isIn(id))
    assert.deepEqual(
      within,
      within.toSorted((a, b) => Number(b) - Number(a)),
      'what somebody sent later is not in it without what they sent before',
    )
    for (const { id, before } of ofClient) if (before) assert.ok(isIn(id), 'what was acknowledged before it began is in it')
  }
  assert.ok(kept.size >= began && kept.size < total())

  // Each file is of the same moment: a list that is completed has its answers, its scores and its place in the wide file, and no other has.
  assert.equal(manifest.counts.responses, kept.size)
  const instruments = new Set(exported.map(({ instrument = '' }) => instrument))
  let answered = 0
  let scores = 0
  for (const instrument of instruments)
    for (const row of rowsOf(out, `long_${instrument.replaceAll('-', '_')}.csv`)) {
      assert.equal(row.submitted_at !== '', kept.has(key(row.participant, row.instrument)))
      const missing = Object.entries(row).filter(([name, value]) => /(^|_)missing$/.test(name) && value !== '').length
      if (row.submitted_at === '') assert.equal(missing, 0)
      if (row.submitted_at !== '') answered += 1
      scores += missing
    }
  assert.equal(answered, kept.size)
  assert.equal(scores, manifest.counts.scores)
  const wide = rowsOf(out, 'wide.csv').flatMap((row) =>
    Object.entries(row).filter(([name, value]) => name.endsWith('_state') && value === 'completed'),
  )
  assert.equal(wide.length, kept.size)
})
