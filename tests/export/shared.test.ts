import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { disguise, earlier } from '../../server/export/shared/disguise.ts'
import { ageAt } from '../../server/export/shared/shared-case.ts'
import { nameting } from '../harness/command.ts'
import { headerOf, manifestOf, type Row, rowsOf, rowWhere } from './read-export.ts'
import { entry, parent, startExportStudy } from './study.ts'

const key = fc.stringMatching(/^[0-9a-f]{64}$/)
const days = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000

test('what is shared has other codes, moved dates, ages and no free text; intervals, answers and scores are as they were', async (t) => {
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
  const pairs = before.map((row): [Row, Row] => [row, rowWhere(after, { persons: row.persons ?? '' })])
  for (const [row, other] of pairs) {
    const moved = days(other.target_date ?? '', row.target_date ?? '')
    assert.ok(moved >= 1 && moved <= 364 && moved % 7 !== 0, String(moved))
    assert.equal(days(other.submitted_at ?? '', row.submitted_at ?? ''), moved)
    assert.equal(days(other.moved_on ?? '', row.moved_on ?? ''), moved)
    assert.deepEqual([other.index_child_age, other.moved, other.arm], ['11', row.moved, row.arm])
  }
  assert.ok(
    new Set(pairs.map(([row, other]) => days(other.target_date ?? '', row.target_date ?? ''))).size > 1,
    'each by a number of its own',
  )
  // Rows in the order of the true codes would tell which is which.
  assert.deepEqual(
    after.map(({ case_code }) => case_code),
    after.map(({ case_code }) => case_code).toSorted(),
  )
  for (const name of ['remark', 'child_birth_month', 'entered_by'])
    for (const file of ['long_visit.csv', 'assignments.csv']) assert.equal(headerOf(shared.directory, file).includes(name), false, name)
  const everything = readdirSync(shared.directory)
    .map((name) => readFileSync(join(shared.directory, name), 'utf8'))
    .join('\n')
  for (const secret of ['gezin_', 'Truus', '2014-05', ...before.map(({ participant }) => participant ?? '')])
    assert.equal(everything.includes(secret), false, secret)

  const manifest = manifestOf(shared.directory)
  assert.deepEqual([manifest.tier, manifest.purpose], ['shared', 'for a colleague'])
  assert.deepEqual(manifest.shared?.leftOut.long_visit, ['remark', 'item_state'])
  assert.deepEqual([manifest.shared?.smallCells.kinds, manifest.shared?.smallCells.smallKinds], [1, 0])
  assert.equal((await nameting(visits.environment, 'export', '--again', shared.directory, '--out', join(visits.folder, 'again'))).code, 0)
})

test('families that few are like are told in the manifest and the note, and are there', async (t) => {
  const visits = await startExportStudy(t)
  await visits.register(...Array.from({ length: 5 }, (_, index) => entry(`many-${index}`)), { ...entry('lone'), region: 'Eiland' })
  const { directory } = await visits.export('shared', '--tier', 'shared', '--purpose', 'a thesis')
  const cells = manifestOf(directory).shared?.smallCells
  assert.deepEqual([cells?.kinds, cells?.smallKinds, cells?.cases], [2, 1, 1])
  assert.deepEqual(
    cells?.small.map(({ like, cases }) => [like.region, cases]),
    [['Eiland', 1]],
  )
  assert.match(readFileSync(join(directory, 'README.txt'), 'utf8'), /1 of them have fewer than 5 families, 1 together/)
  assert.equal(rowsOf(directory, 'wide.csv').length, 6)
})

test('what is shared has a purpose', async (t) => {
  const visits = await startExportStudy(t)
  for (const purpose of [[], ['--purpose', '  ']]) {
    const { code, stderr } = await visits.export('shared', '--tier', 'shared', ...purpose)
    assert.deepEqual([code, stderr], [2, 'Give --purpose: what data that are shared are for is written down.\n'])
  }
})

test('an offset is never a number of whole weeks, a pseudonym never that of another key, and moved dates stay as far apart', () => {
  const date = fc.date({ min: new Date('1990-01-01'), max: new Date('2060-01-01'), noInvalidDate: true }).map((one) => one.toISOString())
  fc.assert(
    fc.property(key, key, fc.uuid(), date, date, (one, other, id, from, to) => {
      const offset = disguise(one).daysBack(id)
      assert.ok(offset >= 1 && offset <= 364 && offset % 7 !== 0)
      assert.equal(disguise(one).pseudonym('case', id), disguise(one).pseudonym('case', id))
      assert.notEqual(disguise(one).pseudonym('case', id), disguise(one).pseudonym('participant', id))
      if (one !== other) assert.notEqual(disguise(one).pseudonym('case', id), disguise(other).pseudonym('case', id))
      assert.equal(days(earlier(from, offset), earlier(to, offset)), days(from, to))
      assert.equal(days(earlier(from.slice(0, 10), offset), from.slice(0, 10)), offset)
    }),
  )
})

test('an age is in whole years on the first date of the case', () => {
  assert.deepEqual(
    [ageAt('2014-05', '2026-04-30'), ageAt('2014-05', '2026-05-01'), ageAt('2026-06', '2026-05-01'), ageAt('2014-05', null)],
    ['11', '12', '0', ''],
  )
})
