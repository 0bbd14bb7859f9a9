import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { dayOf } from '../../protocols/local-time.ts'
import { bandOf, yearsTo } from '../../server/export/shared/age.ts'
import { dayZero, fromDayZero } from '../../server/export/shared/day-zero.ts'
import { disguise } from '../../server/export/shared/disguise.ts'
import { nameting } from '../harness/command.ts'
import type { MovableClock } from '../harness/test-study.ts'
import { headerOf, manifestOf, pick, type Row, rowsOf, rowWhere } from './read-export.ts'
import { entry, parent, startExportStudy } from './study.ts'

const key = fc.stringMatching(/^[0-9a-f]{64}$/)
const days = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000

test('what is shared has other codes, days counted from the first date, ages and no free text; intervals and answers are as they were', async (t) => {
  const visits = await startExportStudy(t)
  const codes = Array.from({ length: 12 }, (_, index) => `gezin_${index}`)
  await visits.register(...codes.map((code) => ({ ...entry(code, [parent('Uitvinding')]), childBirthMonth: '2014-05' })))
  for (const [index, code] of codes.entries())
    await visits.submit({ code, instrument: 'visit' }, { moved: 1, moved_on: '2026-02-10', persons: index, remark: 'Mijn buurvrouw Truus' })
  const own = await visits.export('own', '--format', 'csv')
  const formats = ['csv', 'csv-excel-nl', 'sav', 'xlsx', 'parquet', 'ndjson', 'fhir']
  const shared = await visits.export('shared', '--tier', 'shared', '--purpose', 'for a colleague', '--format', ...formats)
  assert.equal(shared.code, 0, shared.stderr)

  const before = rowsOf(own.directory, 'long_visit.csv').filter(({ state }) => state === 'completed')
  const after = rowsOf(shared.directory, 'long_visit.csv').filter(({ state }) => state === 'completed')
  assert.equal(after.length, 12)
  for (const row of before) {
    const other = rowWhere(after, { persons: row.persons ?? '' })
    // The visit was on 1 March, the answers came the day after it.
    assert.deepEqual(pick(other, 'submitted_at', 'moved_on', 'index_child_age', 'moved', 'arm'), {
      ...{ submitted_at: '2000-01-02', moved_on: '1999-12-13', index_child_age: '11', moved: row.moved, arm: row.arm },
    })
  }
  assert.ok(rowsOf(shared.directory, 'wide.csv').every(({ visit_date }) => visit_date === dayZero))
  // Rows in the order of the true codes would tell which is which.
  assert.deepEqual(
    after.map(({ case_code }) => case_code),
    after.map(({ case_code }) => case_code).toSorted(),
  )
  for (const name of ['remark', 'child_birth_month', 'entered_by', 'target_date', 'opens_at', 'closes_at', 'ended_at'])
    for (const file of ['long_visit.csv', 'assignments.csv']) assert.equal(headerOf(shared.directory, file).includes(name), false, name)
  const everything = readdirSync(shared.directory)
    .map((name) => readFileSync(join(shared.directory, name), 'utf8'))
    .join('\n')
  for (const secret of ['gezin_', 'Truus', '2014-05', ...before.map(({ participant }) => participant ?? '')])
    assert.equal(everything.includes(secret), false, secret)

  const manifest = manifestOf(shared.directory)
  assert.deepEqual([manifest.tier, manifest.purpose], ['shared', 'for a colleague'])
  // Who made it and who accepted stand-ins says who to ask, and is for nobody else.
  assert.deepEqual([manifest.takenBy, manifest.study.standInsAcceptedBy], [null, null])
  assert.notEqual(manifestOf(own.directory).takenBy, null)
  assert.deepEqual(manifest.shared?.leftOut.long_visit, ['target_date', 'response_translation', 'remark', 'item_state'])
  assert.deepEqual([manifest.shared?.smallCells.kinds, manifest.shared?.smallCells.smallKinds], [1, 0])
  assert.equal((await nameting(visits.environment, 'export', '--again', shared.directory, '--out', join(visits.folder, 'again'))).code, 0)
})

test('of two families who differ only in when it was, and at what hour, the same is shared', async (t) => {
  const visits = await startExportStudy(t)
  const clock = visits.context.clock as MovableClock
  const answers = (moved_on: string) => ({ moved: 1, moved_on, persons: 3 })
  const formats = ['csv', 'ndjson', 'fhir']
  await visits.register(entry('winter'))
  await visits.submit({ code: 'winter', instrument: 'visit' }, answers('2026-01-30'))
  // Summer time, the hour before midnight there, another day of the week, and months of other lengths ahead.
  clock.set('2026-04-15T21:30:00Z')
  await visits.register({ ...entry('spring'), anchors: { visit: '2026-04-14' } })
  await visits.submit({ code: 'spring', instrument: 'visit' }, answers('2026-03-15'))
  const { directory, code, stderr } = await visits.export('shared', '--tier', 'shared', '--purpose', 'a thesis', '--format', ...formats)
  assert.equal(code, 0, stderr)

  const tables = readdirSync(directory).filter((name) => name.endsWith('.csv') && !name.startsWith('codebook'))
  assert.ok(tables.length >= 5)
  for (const file of tables) {
    const rows = rowsOf(directory, file).map((row) =>
      Object.fromEntries(Object.entries(row).filter(([name]) => !/(^|_)participant$/.test(name))),
    )
    const [one = [], other = []] = Map.groupBy(rows, ({ case_code }) => case_code).values()
    const nameless = (some: Row[]) => some.map(({ case_code, ...row }) => row)
    assert.deepEqual(nameless(one), nameless(other), file)
    assert.ok(one.length > 0 || file === 'scores.csv', file)
  }
  const states = rowsOf(directory, 'assignments.csv').map(({ state }) => state)
  assert.deepEqual([...new Set(states)].sort(), ['completed', 'unanswered'])
  const { entry: entries } = JSON.parse(readFileSync(join(directory, 'responses_visit.fhir.json'), 'utf8'))
  const authored = entries.flatMap(({ resource }: { resource: { authored?: string } }) => resource.authored ?? [])
  assert.deepEqual(authored, ['2000-01-02', '2000-01-02'])
  // No other day of these two years is anywhere but in the moment of the export, and no time of day.
  for (const name of readdirSync(directory)) {
    const text = readFileSync(join(directory, name), 'utf8').replaceAll(manifestOf(directory).madeAt, '')
    assert.deepEqual(text.match(/202[56]-\d\d-\d\d|T\d\d:\d\d/g), null, name)
  }
})

test('families that few are like are told in the manifest and the note, and marked in each of their rows', async (t) => {
  const visits = await startExportStudy(t)
  await visits.register(...Array.from({ length: 5 }, (_, index) => entry(`many-${index}`)), { ...entry('lone'), region: 'Eiland' })
  await visits.submit({ code: 'lone', instrument: 'visit' }, { moved: 0 })
  const { directory } = await visits.export('shared', '--tier', 'shared', '--purpose', 'a thesis', '--format', 'csv', 'fhir')
  const cells = manifestOf(directory).shared?.smallCells
  assert.deepEqual([cells?.kinds, cells?.smallKinds, cells?.cases], [2, 1, 1])
  // With one date each there are no days between dates by which a family could be found.
  assert.deepEqual(cells?.days, { between: ['visit'], cases: 0, few: 0 })
  assert.deepEqual(
    cells?.small.map(({ like, cases }) => [like.region, cases]),
    [['Eiland', 1]],
  )
  assert.match(readFileSync(join(directory, 'README.txt'), 'utf8'), /1 of them have fewer than 5 families, 1 together/)
  assert.equal(rowsOf(directory, 'wide.csv').length, 6)
  const [lone] = rowsOf(directory, 'wide.csv').flatMap((row) => (row.region === 'Eiland' ? [row.case_code] : []))
  for (const file of readdirSync(directory).filter((name) => name.endsWith('.csv') && !name.startsWith('codebook')))
    for (const { case_code, small_cell } of rowsOf(directory, file)) assert.equal(small_cell, case_code === lone ? '1' : '0', file)
  const { entry: entries } = JSON.parse(readFileSync(join(directory, 'responses_visit.fhir.json'), 'utf8'))
  const facts = entries.flatMap(
    ({ resource }: { resource: { extension?: { url: string; valueString: string }[] } }) => resource.extension ?? [],
  )
  assert.deepEqual(
    facts.filter(({ url }: { url: string }) => url === 'urn:nameting:small-cell'),
    [{ url: 'urn:nameting:small-cell', valueString: 'yes' }],
  )

  const marked = rowsOf(directory, 'codebook.csv').filter(({ quasi_identifier }) => quasi_identifier === '1')
  assert.deepEqual([...new Set(marked.map(({ variable }) => variable ?? ''))].sort(), cells?.by.toSorted())
  const own = await visits.export('own')
  assert.ok(!headerOf(own.directory, 'wide.csv').includes('small_cell'))
  assert.ok(rowsOf(own.directory, 'codebook.csv').every(({ quasi_identifier }) => quasi_identifier === ''))
})

test('in bands fewer families are alone, and the same export can be made again', async (t) => {
  const visits = await startExportStudy(t)
  const born = ['2014-05', '2015-05', '2016-05', '2017-05', '2018-05']
  await visits.register(...born.map((childBirthMonth, index) => ({ ...entry(`c${index}`), childBirthMonth })))
  const shared = (name: string, ...options: string[]) => visits.export(name, '--tier', 'shared', '--purpose', 'a thesis', ...options)
  const years = await shared('years')
  assert.deepEqual(
    rowsOf(years.directory, 'wide.csv')
      .map((row) => `${row.index_child_age} ${row.small_cell}`)
      .sort(),
    ['10 1', '11 1', '7 1', '8 1', '9 1'],
  )
  const bands = await shared('bands', '--age-bands')
  assert.deepEqual(
    rowsOf(bands.directory, 'wide.csv').map((row) => `${row.index_child_age_band} ${row.small_cell}`),
    Array(5).fill('4-11 0'),
  )
  assert.ok(!headerOf(bands.directory, 'wide.csv').includes('index_child_age'))
  const described = rowWhere(rowsOf(bands.directory, 'codebook.csv'), { file: 'wide.csv', variable: 'index_child_age_band' })
  assert.match(described.values_nl ?? '', /^0-3=0-3 jaar; .*; 65\+=65\+ jaar$/)
  assert.deepEqual([manifestOf(years.directory).shared?.ages, manifestOf(bands.directory).shared?.ages], ['years', 'bands'])
  assert.equal((await nameting(visits.environment, 'export', '--again', bands.directory, '--out', join(visits.folder, 'again'))).code, 0)
  const wrong = await visits.export('own', '--age-bands')
  assert.deepEqual([wrong.code, wrong.stderr], [2, '--age-bands goes with --tier shared: other exports have months of birth.\n'])
})

test('that nobody was asked for consent to sharing is told on the screen, in the note and in the manifest, each time', async (t) => {
  const visits = await startExportStudy(t)
  await visits.register(entry('a'))
  const { directory, stderr } = await visits.export('shared', '--tier', 'shared', '--purpose', 'a thesis')
  const { sharingWarning = '' } = manifestOf(directory)
  assert.match(sharingWarning, /^NOBODY'S CONSENT TO SHARING WAS ASKED FOR .* The protocol asks for no consent at all/)
  assert.equal(stderr, `${sharingWarning}\n`)
  assert.ok(readFileSync(join(directory, 'README.txt'), 'utf8').includes(sharingWarning))
  const own = await visits.export('own')
  assert.deepEqual([own.stderr, manifestOf(own.directory).sharingWarning], ['', undefined])
})

test('what is shared has a purpose', async (t) => {
  const visits = await startExportStudy(t)
  for (const purpose of [[], ['--purpose', '  ']]) {
    const { code, stderr } = await visits.export('shared', '--tier', 'shared', ...purpose)
    assert.deepEqual([code, stderr], [2, 'Give --purpose: what data that are shared are for is written down.\n'])
  }
})

test('a pseudonym is never that of another key or kind, and days counted from the first lie as far apart as they did', () => {
  const timeZone = 'Europe/Amsterdam'
  const date = fc.date({ min: new Date('1990-01-01'), max: new Date('2060-01-01'), noInvalidDate: true }).map((one) => one.toISOString())
  fc.assert(
    fc.property(key, key, fc.uuid(), date, date, (one, other, id, from, to) => {
      assert.equal(disguise(one).pseudonym('case', id), disguise(one).pseudonym('case', id))
      assert.notEqual(disguise(one).pseudonym('case', id), disguise(one).pseudonym('participant', id))
      if (one !== other) assert.notEqual(disguise(one).pseudonym('case', id), disguise(other).pseudonym('case', id))
      const first = from.slice(0, 10)
      assert.equal(fromDayZero(first, first, timeZone), dayZero)
      assert.equal(days(dayZero, fromDayZero(to.slice(0, 10), first, timeZone)), days(first, to.slice(0, 10)))
      assert.equal(fromDayZero(to, first, timeZone), fromDayZero(dayOf(to, timeZone), first, timeZone))
    }),
  )
})

test('an age is in whole years on the first date of the case, or the band that these are in', () => {
  assert.deepEqual([yearsTo('2026-04-30', '2014-05'), yearsTo('2026-05-01', '2014-05'), yearsTo('2026-05-01', '2026-06')], [11, 12, 0])
  assert.deepEqual([yearsTo('2026-02-28', '2014-03-01'), yearsTo('2026-03-01', '2014-03-01')], [11, 12])
  assert.deepEqual([yearsTo('2026-02-28', '2012-02-29'), yearsTo('2026-03-01', '2012-02-29')], [13, 14])
  assert.deepEqual([0, 3, 4, 11, 12, 17, 18, 64, 65, 104].map(bandOf), '0-3 0-3 4-11 4-11 12-17 12-17 18-29 45-64 65+ 65+'.split(' '))
})
