import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openStudyReader } from '../../server/db/study-reader.ts'
import { exportStudy } from '../../server/export/export-study.ts'
import { nameting } from '../harness/command.ts'
import { databasePlace } from '../harness/database.ts'
import { entry, startExportStudy, study } from './study.ts'

test('a folder that holds something is left alone; an empty one is used', async (t) => {
  const visits = await startExportStudy(t)
  mkdirSync(join(visits.folder, 'full'))
  writeFileSync(join(visits.folder, 'full', 'thesis.doc'), 'years of work')
  const refused = await visits.export('full')
  assert.equal(refused.code, 1)
  assert.match(refused.stderr, /full is not empty\. Give --out a new folder/)
  assert.deepEqual(readdirSync(refused.directory), ['thesis.doc'])
  assert.equal(readFileSync(join(refused.directory, 'thesis.doc'), 'utf8'), 'years of work')

  mkdirSync(join(visits.folder, 'empty'))
  const { code, directory } = await visits.export('empty')
  assert.equal(code, 0)
  assert.ok(existsSync(join(directory, 'manifest.json')))
})

test('a place that cannot be written is said, and nothing is left', async (t) => {
  const visits = await startExportStudy(t)
  writeFileSync(join(visits.folder, 'file'), '')
  for (const name of ['file', 'file/out']) {
    const { code, stderr } = await visits.export(name)
    assert.equal(code, 1)
    assert.match(stderr, /^The export could not be written to .*file.*: ENOTDIR/)
  }
  assert.deepEqual(readdirSync(visits.folder).sort(), ['data', 'definitions', 'file'])
  for (const directory of ['/proc/nowhere', '/proc/nowhere/out', '/sys/nowhere/deep/out']) {
    const { code, stderr } = await nameting(visits.environment, 'export', '--study', study, '--out', directory)
    assert.equal(code, 1)
    assert.match(stderr, /^The export could not be written to \/\w+\/nowhere.* Nothing of it was left behind\.$/m)
  }
})

test('an export that is stopped cleans up', async (t) => {
  const visits = await startExportStudy(t)
  await visits.register(...Array.from({ length: 50 }, (_, index) => entry(`c${index}`)))
  const reader = await openStudyReader(await databasePlace(visits.dataFolder))
  t.after(() => reader.close())
  const stop = new AbortController()
  const stopped = exportStudy(reader, visits.context.definitions, {
    study,
    directory: join(visits.folder, 'out'),
    layouts: ['long', 'wide'],
    formats: ['csv'],
    now: '2026-03-02T09:00:00.000Z',
    onProgress: () => stop.abort(),
    signal: stop.signal,
  })
  await assert.rejects(stopped, /^Error: The export was stopped\. Nothing of it was left behind\.$/)
  assert.deepEqual(readdirSync(visits.folder).sort(), ['data', 'definitions'])
})

test('an unknown study is named', async (t) => {
  const visits = await startExportStudy(t)
  const unknown = await nameting(visits.environment, 'export', '--study', 'bezoek', '--out', join(visits.folder, 'out'))
  assert.deepEqual([unknown.code, unknown.stderr], [1, 'There is no study bezoek; there is: visits.\n'])
})

test('definitions that are not at hand are named, with what to set', async (t) => {
  const visits = await startExportStudy(t)
  const { code, stderr } = await nameting(
    { DATA_DIR: visits.dataFolder },
    'export',
    '--study',
    'visits',
    '--out',
    join(visits.folder, 'out'),
  )
  assert.equal(code, 1)
  assert.match(stderr, /^This data folder uses the protocol visits@1\.0\.0, which the definitions do not have\. Set DEFINITIONS_DIR/)
})

test('a layout or format that there is not is a bad call', async (t) => {
  const visits = await startExportStudy(t)
  for (const options of [
    ['--layout', 'diagonal'],
    ['--format', 'docx'],
  ]) {
    const { code, stderr } = await visits.export('out', ...options)
    assert.equal(code, 2)
    assert.match(stderr, /Allowed choices are/)
  }
})
