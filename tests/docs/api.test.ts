import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { colleagueAt, password } from '../harness/colleague.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { family } from '../harness/family.ts'
import { startStudyServer } from '../harness/study-server.ts'
import { codeBlock, readPage } from './pages.ts'

const page = readPage('docs/api.md')

test('the example with curl reads the response with a key', async (t) => {
  const server = await startStudyServer(t, '2026-03-02T09:00:00Z')
  await server.register(family('A-001'))
  const { call } = await colleagueAt(server, 'rekenaar@bureau.example')
  const wanted = { password, name: 'curl', study: 's1', role: 'data manager', until: '2026-06-30' }
  const { body } = await call('POST /account/keys', wanted)
  const folder = temporaryFolder(t)
  const run = (key: string) =>
    promisify(execFile)('sh', ['-ec', codeBlock(page, 'sh', 0)], {
      cwd: folder,
      env: { ...process.env, KEY: key, SERVER: server.origin, STUDY: 's1' },
    })
  await run(body.key)
  assert.equal(JSON.parse(readFileSync(join(folder, 'response.json'), 'utf8')).cases, 1)
  await assert.rejects(run('nmt_wrong'), /401/)
})

test('the example with R is R, and asks for the families that have lists to answer', async (t) => {
  const server = await startStudyServer(t, '2026-03-02T09:00:00Z')
  await server.register(family('A-001'))
  await server.tick()
  const { call } = await colleagueAt(server, 'onderzoeker@bureau.example')
  const example = codeBlock(page, 'r', 0)
  const script = join(temporaryFolder(t), 'example.R')
  writeFileSync(script, example)
  await promisify(execFile)('Rscript', ['--vanilla', '-e', 'invisible(parse(commandArgs(TRUE)))', script])
  const [, path = ''] = /req_url_path_append\((.*)\)/.exec(example) ?? []
  const [, asked = ''] = /req_url_query\((.*), after = after\)/.exec(example) ?? []
  const place = path
    .replaceAll(/[" ]/g, '')
    .replace(/^api,desk/, '')
    .replaceAll(',', '/')
    .replace('ekc-vervolg', 's1')
  const { status, body } = await call(`GET ${place}?${asked.replaceAll(/["\s]/g, '').replaceAll(',', '&')}`)
  assert.equal(status, 200, JSON.stringify(body))
  const [, columns = ''] = /\[, c\((.*)\)\]/.exec(example) ?? []
  for (const column of columns.split(', ')) assert.ok(JSON.parse(column) in body.cases[0], column)
  assert.deepEqual(
    body.cases.map(({ code, state }: { code: string; state: string }) => [code, state]),
    [['A-001', 'answering']],
  )
  assert.equal(body.next, null)
})
