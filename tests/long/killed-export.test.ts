import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { entry, startExportStudy } from '../export/study.ts'

test('an export that is killed half-way leaves nothing under the name that it was to get', async (t) => {
  const visits = await startExportStudy(t)
  await visits.register(...Array.from({ length: 50 }, (_, index) => entry(`c${index}`)))
  const out = join(visits.folder, 'out')
  const child = spawn(process.execPath, [fileURLToPath(new URL('../export/killed-export.ts', import.meta.url)), out], {
    env: { PATH: process.env.PATH, ...visits.environment },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [code, signal] = await once(child, 'close')
  assert.deepEqual([code, signal], [null, 'SIGKILL'])
  assert.equal(existsSync(out), false)
  const partial = readdirSync(visits.folder).find((name) => name.startsWith('.out.partial-'))
  assert.ok(partial && existsSync(join(visits.folder, partial, 'wide.csv')), 'it was killed while it wrote')

  const { code: again } = await visits.export('out')
  assert.equal(again, 0, 'and does not stand in the way of the next')
})
