import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { makeStaging, removeLeftBy, removeLeftCopies } from '../../server/workflow/left-copies.ts'
import { temporaryFolder } from '../harness/data-folder.ts'

/** A process that makes such copies and is killed once they are there. */
async function killedAtWork(t: TestContext, data: string): Promise<void> {
  const source = new URL('../../server/workflow/left-copies.ts', import.meta.url).href
  const script = `import { makeStaging } from '${source}'; makeStaging('${data}'); console.log('there'); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  t.after(() => child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  removeLeftCopies(data)
  assert.equal(readdirSync(data).length, 2, 'while somebody is at work on them they stay')
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

test('copies of a backup stay while it is made, and those that were left by a kill go, whatever runs under its number now', async (t) => {
  const data = temporaryFolder(t)
  await killedAtWork(t, data)
  // As earlier versions called them, with the number of a process that is there.
  mkdirSync(join(data, `.copying-${process.pid}-left`))
  writeFileSync(join(data, `.copying-${process.pid}-left`, 'study.sqlite'), 'answers')
  const own = makeStaging(data, 'own')
  writeFileSync(join(own.folder, 'study.sqlite'), 'answers')
  removeLeftCopies(data)
  assert.deepEqual(readdirSync(data).sort(), ['.copying-own', '.copying-own.lock'])
  own.remove()
  assert.deepEqual(readdirSync(data), [])
})

test('what a backup that was cut off has left in the data folder goes, whatever became of the folder of backups', (t) => {
  const data = temporaryFolder(t)
  const into = join(temporaryFolder(t), 'backups')
  writeFileSync(into, 'a file in the way')
  for (const id of ['cut', 'other']) {
    const { folder, remove } = makeStaging(data, id)
    t.after(remove)
    writeFileSync(join(folder, 'study.sqlite'), 'answers')
  }
  removeLeftBy({ data, into }, 'cut')
  assert.deepEqual(readdirSync(data).sort(), ['.copying-other', '.copying-other.lock'])
})
