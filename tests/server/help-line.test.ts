/** The line that says where to get help now, as a study words it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'

const about = ['--protocol', 'familie-aan-zet@0.1.0-standin', '--title', 'Onderzoek', '--organisation', 'Groep', '--contact', '010']

test('a study is opened with a line of its own, or with none, and never with one that is no line', async (t) => {
  const environment = { DATA_DIR: temporaryFolder(t), IDENTITY_KEY: 'ab'.repeat(32) }
  const add = (id: string, ...more: string[]) =>
    nameting(environment, 'study', 'add', id, ...about, '--accept-stand-ins', 'Test', '--json', ...more)
  assert.equal(JSON.parse((await add('own', '--help-line', 'Bel 010, dag en nacht')).stdout).helpLine, 'Bel 010, dag en nacht')
  assert.equal(JSON.parse((await add('usual')).stdout).helpLine, null)
  for (const wrong of ['', 'two\nlines', 'x'.repeat(201)]) {
    const { code, stderr } = await add('wrong', '--help-line', wrong)
    assert.equal(code, 2)
    assert.match(stderr, /--help-line is one line of 1 to 200 characters/)
  }
})
