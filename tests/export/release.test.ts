import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { appendFileSync, copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { nameting } from '../harness/command.ts'
import { manifestOf, rowsOf } from './read-export.ts'
import { entry, parent, referrer, startExportStudy } from './study.ts'

test('an export is told to be untouched, until a file of it is changed, taken away or added', async (t) => {
  const visits = await startExportStudy(t)
  await visits.register(entry('one'))
  await visits.submit({ code: 'one', instrument: 'visit' }, { moved: 1 })
  const { directory } = await visits.export('out', '--format', 'csv', 'sav')
  // It takes no data folder to know.
  const verify = (...options: string[]) => nameting({}, 'export', '--verify', directory, ...options)
  const untouched = await verify()
  assert.equal(untouched.code, 0, untouched.stderr)
  assert.match(untouched.stdout, /is as it was made: \d+ files\. Its manifest has the sha256 [0-9a-f]{64}\./)

  appendFileSync(join(directory, 'wide.csv'), ' ')
  rmSync(join(directory, 'scores.sav'))
  writeFileSync(join(directory, 'own.txt'), '')
  const touched = await verify()
  assert.equal(touched.code, 1)
  assert.match(
    touched.stderr,
    /is not as it was made:\n {2}scores\.sav is missing\n {2}wide\.csv was changed\n {2}own\.txt is not of this export\n$/,
  )
  const { missing, changed, extra } = JSON.parse((await verify('--json')).stdout)
  assert.deepEqual({ missing, changed, extra }, { missing: ['scores.sav'], changed: ['wide.csv'], extra: ['own.txt'] })

  writeFileSync(join(directory, 'manifest.json'), '{}')
  assert.match((await verify()).stderr, /has no manifest of an export/)
  assert.match((await nameting({}, 'export', '--verify', visits.folder)).stderr, /There is no manifest of an export in/)
})

test('what is no plain file is no file of the export, though it shows the same bytes', async (t) => {
  const visits = await startExportStudy(t)
  await visits.register(entry('one'))
  const { directory } = await visits.export('out')
  const outside = join(visits.folder, 'outside')
  mkdirSync(outside)
  for (const name of ['wide.csv', 'scores.csv', 'README.txt']) renameSync(join(directory, name), join(outside, name))
  symlinkSync(join(outside, 'wide.csv'), join(directory, 'wide.csv'))
  mkdirSync(join(directory, 'scores.csv'))
  // Whoever opens a pipe waits for somebody to write to it.
  execFileSync('mkfifo', [join(directory, 'README.txt')])
  symlinkSync('/nowhere', join(directory, 'more.csv'))
  const verify = () => nameting({}, 'export', '--verify', directory)
  const { code, stderr } = await verify()
  assert.equal(code, 1)
  assert.match(
    stderr,
    /made:\n {2}README\.txt is a link, or no file\n {2}scores\.csv is a link, or no file\n {2}wide\.csv is a link, or no file\n {2}more\.csv is not of this export\n$/,
  )
  copyFileSync(join(directory, 'manifest.json'), join(outside, 'manifest.json'))
  rmSync(join(directory, 'manifest.json'))
  symlinkSync(join(outside, 'manifest.json'), join(directory, 'manifest.json'))
  assert.match((await verify()).stderr, /There is no manifest of an export in .*manifest\.json is a link\./)
})

test('the same export is made again byte by byte, and not any more when an answer came in', async (t) => {
  const visits = await startExportStudy(t)
  await visits.register(entry('one'), entry('two'), { ...entry('three'), region: 'Elders' })
  await visits.submit({ code: 'one', instrument: 'visit' }, { moved: 1 })
  const first = await visits.export(
    'out',
    '--format',
    'csv',
    'sav',
    'xlsx',
    '--region',
    'Verzinstad',
    '--language',
    'en',
    '--purpose',
    'a paper',
  )
  assert.equal(first.code, 0, first.stderr)
  const again = (name: string, ...options: string[]) =>
    nameting(visits.environment, 'export', '--again', first.directory, '--out', join(visits.folder, name), ...options)
  assert.equal((await again('again')).code, 0)
  const names = readdirSync(first.directory).sort()
  assert.deepEqual(readdirSync(join(visits.folder, 'again')).sort(), names)
  for (const name of names)
    assert.ok(readFileSync(join(first.directory, name)).equals(readFileSync(join(visits.folder, 'again', name))), name)
  const rows = visits.context.stores.study.read.all<{ n: number; purpose: string }>(
    'SELECT count(*) AS n, min(purpose) AS purpose FROM exports',
  )
  assert.deepEqual(rows, [{ n: 1, purpose: 'a paper' }], 'it is the export that is registered')

  await visits.submit({ code: 'two', instrument: 'visit' }, { moved: 0 })
  const changed = await again('later')
  assert.equal(changed.code, 1)
  assert.match(changed.stderr, /cannot be made again: .* files: .*wide\.csv.*; in the manifest: counts\. Nothing was written\./)
  assert.equal(readdirSync(visits.folder).includes('later'), false)
  assert.equal((await again('later', '--study', 'visits')).code, 2)
})

test('an export holds what was chosen, and says what that was', async (t) => {
  const visits = await startExportStudy(t)
  await visits.register(
    entry('one', [parent('Ada'), referrer('Cor')]),
    { ...entry('two', [parent('Bea')]), region: 'Elders' },
    { ...entry('three', [parent('Dea')]), region: undefined },
  )
  await visits.submit({ code: 'one', instrument: 'visit' }, { moved: 1 })
  const { directory } = await visits.export('out', '--region', 'Verzinstad', '--wave', 'T0')
  const manifest = manifestOf(directory)
  assert.deepEqual(manifest.filter, { regions: ['Verzinstad'], waves: ['T0'] })
  assert.deepEqual([manifest.counts.cases, manifest.counts.responses], [1, 1])
  const [wide, ...others] = rowsOf(directory, 'wide.csv')
  assert.deepEqual([wide?.case_code, others.length], ['one', 0])
  assert.deepEqual(
    Object.keys(wide ?? {}).filter((name) => name.includes('_fu3_')),
    [],
  )
  assert.deepEqual(new Set(rowsOf(directory, 'assignments.csv').map(({ wave }) => wave)), new Set(['T0']))

  assert.match(readFileSync(join(directory, 'README.txt'), 'utf8'), /A part of the study only\n {2}regions: Verzinstad\n {2}waves: T0\n/)

  for (const [option, value, said] of [
    ['--region', 'Nergens', /has no region "Nergens"; there is: Elders, Verzinstad/],
    ['--arm', 'placebo', /has no arm "placebo"; there is: all/],
    ['--wave', 'T9', /has no wave "T9"; there is: T0/],
    ['--consent', 'commerce', /has no consent "commerce"/],
  ] as const) {
    const { code, stderr } = await visits.export('wrong', option, value)
    assert.equal(code, 1)
    assert.match(stderr, said)
  }
})
