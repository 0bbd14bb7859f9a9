import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openStudyReader } from '../../server/db/study-reader.ts'
import { exportStudy } from '../../server/export/export-study.ts'
import { takeIdentityAway } from '../harness/behind.ts'
import { databasePlace } from '../harness/database.ts'
import { headerOf, manifestOf, rowsOf, rowWhere } from './read-export.ts'
import { entry, parent, referrer, startExportStudy, study } from './study.ts'

const files = [
  'README.txt',
  'assignments.csv',
  'codebook.csv',
  'codebook.json',
  'codebook.xml',
  'long_opinion.csv',
  'long_veo.csv',
  'long_visit.csv',
  'manifest.json',
  'read.R',
  'scores.csv',
  'wide.csv',
]

test('the manifest lists every file with its size, rows and sha256, and says what was made from what', async (t) => {
  const visits = await startExportStudy(t)
  await visits.register(entry('one'), entry('two', [parent('Ada'), referrer('Cor')]))
  await visits.submit({ code: 'one', instrument: 'visit' }, { moved: 0 })
  const { directory, stdout } = await visits.export('out', '--json')
  const manifest = manifestOf(directory)
  assert.deepEqual(JSON.parse(stdout), manifest)
  assert.deepEqual(readdirSync(directory).sort(), files)
  assert.deepEqual([...manifest.files.map(({ name }) => name), 'manifest.json'].sort(), files)
  for (const { name, bytes, sha256, rows, columns } of manifest.files) {
    const content = readFileSync(join(directory, name))
    assert.equal(content.length, bytes, name)
    assert.equal(createHash('sha256').update(content).digest('hex'), sha256, name)
    if (!name.endsWith('.csv')) assert.equal(rows, null)
    else assert.deepEqual([rowsOf(directory, name).length, headerOf(directory, name).length], [rows, columns], name)
    assert.equal(statSync(join(directory, name)).mode & 0o077, 0, 'answers are for this account only')
  }
  assert.deepEqual(manifest.counts, { cases: 2, participants: 3, assignments: 9, responses: 1, scores: 1 })
  assert.deepEqual(manifest.study, { id: study, title: 'Visits, "so to speak"', demonstration: false, standInsAcceptedBy: 'Test' })
  assert.equal(manifest.protocol.version, '1.0.0')
  assert.deepEqual(
    manifest.instruments.map(({ reference, wording }) => `${reference} ${wording.status}`),
    ['visit@1.0.0 own', 'opinion@1.0.0 own', 'veo@0.1.0-standin stand-in'],
  )
  assert.deepEqual(
    manifest.norms.map(({ reference, status, bandSet }) => [reference, status, bandSet]),
    [['veo-nl@0.1.0-standin', 'stand-in', 'bands-familie-aan-zet-2008@1.0.0']],
  )
  assert.match(manifest.warning ?? '', /STAND-IN wording, norms or prices \(veo@0\.1\.0-standin, veo-nl@0\.1\.0-standin\)/)
  assert.match(readFileSync(join(directory, 'README.txt'), 'utf8'), /STAND-IN/)
})

test('every column of every file is in the codebook, in order, with labels in both languages', async (t) => {
  const visits = await startExportStudy(t)
  await visits.register(entry('two', [parent('Ada'), parent('Ben')]))
  const { directory } = await visits.export('out')
  const codebook = rowsOf(directory, 'codebook.csv')
  for (const file of files.filter((name) => name.endsWith('.csv') && name !== 'codebook.csv')) {
    const entries = codebook.filter((row) => row.file === file)
    assert.deepEqual(
      entries.map(({ variable }) => variable),
      headerOf(directory, file),
    )
    for (const { variable, label_nl, label_en, type } of entries) assert.ok(label_nl && label_en && type, `${file} ${variable}`)
  }
  const variable = (name: string) => rowWhere(codebook, { file: 'wide.csv', variable: name })
  assert.equal(variable('visit_fu3_p2_moved').values_nl, '0=Nee; 1=Ja')
  assert.equal(variable('visit_fu3_p2_moved').values_en, '0=No; 1=Yes')
  assert.deepEqual(
    ['wave', 'role', 'participant_number', 'instrument', 'scales'].map((name) => variable('visit_fu3_p2_moved')[name]),
    ['FU3', 'parent', '2', 'visit@1.0.0', 'moves'],
  )
  assert.equal(variable('visit_t0_moved_on').asked_when, '{moved} = 1')
  assert.match(variable('visit_t0_moved').missing_en ?? '', /^-9=asked and left open; -8=not applicable/)
  assert.deepEqual([variable('visit_t0_persons').lowest, variable('visit_t0_persons').highest], ['0', '30'])
  assert.equal(variable('veo_t0_veo07').scales, 'total (reversed)')
  assert.equal(variable('veo_t0_veo01').warning, "STAND-IN wording: our own words, not the publisher's list.")
  assert.match(variable('veo_t0_z').warning ?? '', /STAND-IN norm: invented figures/)
  assert.deepEqual([variable('veo_t0_z').norm_tables, variable('veo_t0_z').norm_status], ['veo-nl@0.1.0-standin', 'stand-in'])
  assert.match(variable('veo_t0_band').values_nl ?? '', /^none=geen; moderate=matig; .*very_serious=zeer ernstig$/)
  assert.equal(variable('visit_t0_moved').warning, '')
})

test('two exports of the same data differ in the moment only', async (t) => {
  const visits = await startExportStudy(t)
  await visits.register(...['b', 'a', 'C', '10', '9'].map((code) => entry(code, [parent('Ada'), parent('Ben'), referrer('Cor')])))
  await visits.submit({ code: 'a', instrument: 'visit', person: 1 }, { moved: 1, remark: 'ja' })
  const [first, second] = [(await visits.export('first')).directory, (await visits.export('second')).directory]
  for (const file of files.filter((name) => name !== 'manifest.json'))
    assert.ok(readFileSync(join(first, file)).equals(readFileSync(join(second, file))), file)
  const without = (directory: string) => ({ ...manifestOf(directory), madeAt: '' })
  assert.deepEqual(without(first), without(second))
  assert.deepEqual(
    rowsOf(first, 'wide.csv').map(({ case_code }) => case_code),
    ['10', '9', 'C', 'a', 'b'],
    'cases stand in the order of their codes',
  )
})

test('a study without cases gives headers and a manifest', async (t) => {
  const visits = await startExportStudy(t)
  const { code, directory } = await visits.export('out')
  assert.equal(code, 0)
  assert.deepEqual(manifestOf(directory).counts, { cases: 0, participants: 0, assignments: 0, responses: 0, scores: 0 })
  assert.deepEqual(rowsOf(directory, 'wide.csv'), [])
  for (const name of ['visit_t0_moved', 'visit_fu3_support___2', 'opinion_t0_referrer_word', 'veo_t0_z', 'visit_date'])
    assert.ok(headerOf(directory, 'wide.csv').includes(name), name)
})

test('one layout is written when one is asked for', async (t) => {
  const visits = await startExportStudy(t)
  const wide = await visits.export('wide', '--layout', 'wide')
  assert.deepEqual(readdirSync(wide.directory).sort(), [
    'README.txt',
    'assignments.csv',
    'codebook.csv',
    'codebook.json',
    'codebook.xml',
    'manifest.json',
    'read.R',
    'wide.csv',
  ])
  assert.deepEqual(manifestOf(wide.directory).layouts, ['wide'])
  const long = await visits.export('long', '--layout', 'long', '--format', 'csv')
  assert.equal(readdirSync(long.directory).includes('wide.csv'), false)
  const flow = await visits.export('flow', '--layout', 'flow')
  assert.deepEqual(readdirSync(flow.directory).sort(), [
    'README.txt',
    'assignments.csv',
    'codebook.csv',
    'codebook.json',
    'codebook.xml',
    'manifest.json',
    'read.R',
  ])
})

test('no name or address is in any file, and the export does not need the database that has them', async (t) => {
  const visits = await startExportStudy(t)
  const canary = { ...parent('Kanarie'), name: 'Kanarie Vogelenzang', email: 'kanarie.geel@example.org' }
  await visits.register(entry('one', [canary, referrer('Parkiet')]))
  await visits.submit({ code: 'one', instrument: 'visit' }, { moved: 0 })
  const isThere = await takeIdentityAway(visits.dataFolder)
  const { code, directory, stdout, stderr } = await visits.export('out', '--json')
  assert.equal(code, 0)
  assert.equal(isThere(), false, 'it was not opened, or it would be there again')
  const everything = [stdout, stderr, ...readdirSync(directory).map((name) => readFileSync(join(directory, name), 'utf8'))].join('\n')
  for (const secret of ['Kanarie', 'kanarie', 'Vogelenzang', 'Parkiet', 'parkiet', 'example.org', 'voorbeeld.example'])
    assert.equal(everything.includes(secret), false, secret)
})

test('an export is one moment of the database, whatever is written meanwhile', async (t) => {
  const visits = await startExportStudy(t)
  const codes = Array.from({ length: 50 }, (_, index) => `c${String(index).padStart(2, '0')}`)
  await visits.register(...codes.map((code) => entry(code)))
  for (const code of codes.slice(0, 5)) await visits.submit({ code, instrument: 'visit' }, { moved: 1 })
  const directory = join(visits.folder, 'out')
  const reader = await openStudyReader(await databasePlace(visits.dataFolder))
  t.after(() => reader.close())
  let turn = 0
  const manifest = await exportStudy(reader, visits.context.definitions, {
    study,
    directory,
    layouts: ['long', 'wide'],
    formats: ['csv'],
    now: '2026-03-02T09:00:00.000Z',
    // After each of the first batches a new case, and answers of cases that are still to be read.
    async onProgress() {
      turn++
      if (turn > 3) return
      await visits.register(entry(`zz${turn}`))
      for (const code of codes.slice(-3 * turn)) await visits.submit({ code, instrument: turn === 1 ? 'visit' : 'opinion' }, {})
    },
  })
  assert.ok(turn > 3, 'there was something to write in between')
  assert.deepEqual(manifest.counts, { cases: 50, participants: 50, assignments: 200, responses: 5, scores: 5 })
  const rows = rowsOf(directory, 'assignments.csv')
  assert.equal(rows.filter(({ state }) => state === 'completed').length, 5)
  assert.equal(rowsOf(directory, 'long_visit.csv').filter(({ moved }) => moved !== '').length, 5)
  assert.equal(rowsOf(directory, 'wide.csv').filter((row) => row.visit_t0_state === 'completed').length, 5)

  const { directory: later } = await visits.export('later')
  assert.ok(manifestOf(later).counts.cases > 50)
  assert.ok(manifestOf(later).counts.responses > 5)
})
