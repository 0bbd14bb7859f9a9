/** A report of a study in which a stand-in gives way to the release: only what means the same is put together. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { entry, parent } from '../export/study.ts'
import { writeVersionedDefinitions } from '../export/versioned-definitions.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { writeDefinition } from '../harness/definition-folder.ts'
import { openTestStudy } from '../harness/test-study.ts'
import { readReport } from './read-report.ts'

const both = (text: string) => ({ nl: text, en: text })
const ofList = { wave: 'T0', instruments: ['checkup'] }
const report = {
  groups: { everybody: { title: both('Everybody'), cohorts: ['now'] } },
  sections: [
    {
      id: 'all',
      title: both('All'),
      tables: ['sleep', 'strain'].map((scale) => ({
        id: scale,
        title: both(scale),
        of: ofList,
        columns: [{ of: { group: 'everybody' } }],
        statistics: ['n', 'mean'],
        rows: [{ describe: { scale } }],
      })),
    },
  ],
}

test('scores of versions that mean the same are put together, others are left out and named', async (t) => {
  const folder = temporaryFolder(t)
  const definitions = writeVersionedDefinitions(join(folder, 'definitions'))
  const protocol = JSON.parse(readFileSync(join(definitions, 'protocols', 'checkups', '1.0.0.json'), 'utf8'))
  writeDefinition(definitions, 'protocols', { ...protocol, version: '1.1.0', report })
  const study = await openTestStudy({ folder: join(folder, 'data'), definitions, entry: { protocol: 'checkups@1.1.0' } })
  t.after(study.close)
  for (const [code, arm] of Object.entries({ A: 'before', C: 'after' }))
    await study.register({ ...entry(code, [{ ...parent('Uitvinding'), email: `${code.toLowerCase()}@example.org` }]), arm })
  study.clock.set('2026-03-03T09:00:00Z')
  const answers = { tired: 1, awake: 2, worry: 3, pain: 3, grade: 10, help: [1] }
  for (const code of ['A', 'C'])
    await study.submit({ code, instrument: 'checkup' }, code === 'A' ? answers : { ...answers, tired: 3, fresh: 'tuin' })

  const { code, stderr } = await nameting(study.environment, 'report', '--study', 's1', '--out', join(folder, 'out'))
  assert.deepEqual([code, stderr], [0, ''])
  const made = readReport(join(folder, 'out'))
  const [sleep, strain] = made.sections[0]?.tables ?? []
  const numbers = (table = sleep) =>
    table?.rows.flatMap((row) => (row.kind === 'cells' ? row.cells.map((cell) => 'value' in cell && cell.value) : []))
  assert.deepEqual([numbers(sleep), sleep?.warnings], [[2, 4], []])
  assert.deepEqual(
    [numbers(strain), strain?.warnings],
    [[1, 6], [{ code: 'other-versions', instrument: 'checkup', left: ['checkup@0.1.0-standin'] }]],
  )
})
