/** Apart from tests/demo/, since making a demonstration takes long. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CaseFile } from '../../server/workflow/case-file.ts'
import type { CaseList } from '../../server/workflow/list-cases.ts'
import { type DemoServer, startDemoServer } from '../demo/demo-server.ts'
import { temporaryFolder } from '../harness/data-folder.ts'

test('made a second time on the same day it has the same answers and the same scores', async (t) => {
  const made = await Promise.all(
    [temporaryFolder(t), temporaryFolder(t)].map((folder) => startDemoServer(folder, { now: () => '2026-11-21T15:00:00.000Z' })),
  )
  const [first, second] = await Promise.all(made.map(scoresOf))
  for (const demo of made) await demo.stop()
  assert.deepEqual(second, first)
})

/** All scores by family, role, wave and scale, without the pseudonyms, which are random. */
async function scoresOf(demo: DemoServer) {
  const { cases } = await demo.json<CaseList>('/api/desk/studies/demonstration/cases?limit=200')
  const files = await Promise.all(cases.map(({ code }) => demo.json<CaseFile>(`/api/desk/studies/demonstration/cases/${code}`)))
  return files.map((file) =>
    file.scores
      .map(({ wave, instrument, scale, raw, z, band, reason }) =>
        JSON.stringify([file.code, wave, instrument, scale, raw, z, band, reason]),
      )
      .sort(),
  )
}
