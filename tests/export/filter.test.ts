import assert from 'node:assert/strict'
import { test } from 'node:test'
import { manifestOf, rowsOf } from './read-export.ts'
import { entry, parent, referrer, startExportStudy } from './study.ts'

test('of chosen waves there are as many cases as have a list in them, in each file and in what is said', async (t) => {
  const visits = await startExportStudy(t)
  // A referrer is asked at the start only.
  await visits.register(entry('both', [parent('Uitvinding'), referrer('Verzonnen')]), entry('start', [referrer('Bedacht')]))
  const { directory, stdout } = await visits.export('later', '--wave', 'FU3')
  assert.match(stdout, /later: 1 cases, 0 responses of 1 assignments/)
  for (const file of ['assignments.csv', 'wide.csv'])
    assert.deepEqual(
      rowsOf(directory, file).map(({ case_code }) => case_code),
      ['both'],
      file,
    )
  assert.equal(manifestOf(directory).counts.cases, 1)
})
