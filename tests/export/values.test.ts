import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { and, eq } from 'drizzle-orm'
import { assignments } from '../../server/db/study-schema/assignments.ts'
import { assignmentsOfCase } from '../../server/queries/assignments.ts'
import { findCaseByCode } from '../../server/queries/cases.ts'
import { findResponseOf, insertScores, scoresOf } from '../../server/queries/responses.ts'
import { headerOf, pick, rowsOf, rowWhere } from './read-export.ts'
import { entry, parent, referrer, startExportStudy, study } from './study.ts'

test('an open answer, a question that was not asked and a missing response are told apart, in long and in wide', async (t) => {
  const visits = await startExportStudy(t)
  await visits.register(entry('answered'), entry('moved'), entry('silent'))
  await visits.submit({ code: 'answered', instrument: 'visit' }, { moved: 0, persons: 0 })
  await visits.submit({ code: 'moved', instrument: 'visit' }, { moved: 1, moved_on: '2026-02-28', remark: 'ja', state: 'weg' })
  const { directory, stderr } = await visits.export('out')
  assert.equal(stderr, '')

  const names = ['moved', 'moved_on', 'persons', 'balance', 'support___1', 'remark', 'item_state']
  const expected = {
    answered: ['0', '-8', '0', '-9', '-9', '-9', '-8'],
    moved: ['1', '2026-02-28', '-9', '-9', '-9', 'ja', 'weg'],
    silent: ['', '', '', '', '', '', ''],
  }
  const long = rowsOf(directory, 'long_visit.csv')
  const wide = rowsOf(directory, 'wide.csv')
  for (const [code, values] of Object.entries(expected)) {
    assert.deepEqual(Object.values(pick(rowWhere(long, { case_code: code, wave: 'T0' }), ...names)), values, code)
    const inWide = names.map((name) => `visit_t0_${name}`)
    assert.deepEqual(Object.values(pick(rowWhere(wide, { case_code: code }), ...inWide)), values, code)
  }
  assert.deepEqual(
    wide.map((row) => row.visit_t0_state),
    ['completed', 'completed', 'scheduled'],
  )
})

test('text is written as it was typed, quoted as RFC 4180 says', async (t) => {
  const visits = await startExportStudy(t)
  const texts = [
    'a,b',
    'zei "nee"',
    'regel 1\nregel 2',
    'één 👪 عائلة',
    '=1+1',
    '@SUM(A1)',
    '+31 6',
    '-0.98',
    ' spatie ',
    '\tTab',
    '"',
    '-9',
  ]
  await visits.register(...texts.map((_, index) => entry(`c${String(index).padStart(2, '0')}`)))
  for (const [index, remark] of texts.entries())
    await visits.submit({ code: `c${String(index).padStart(2, '0')}`, instrument: 'visit' }, { remark })
  const { directory } = await visits.export('out', '--layout', 'long')

  const rows = rowsOf(directory, 'long_visit.csv').filter(({ wave }) => wave === 'T0')
  // A text that reads like a missing code is the one text that is changed: it gets quotation marks.
  assert.deepEqual(
    rows.map(({ remark }) => remark),
    [...texts.slice(0, -1), '"-9"'],
  )
  const bytes = readFileSync(join(directory, 'long_visit.csv'))
  assert.equal(bytes.subarray(0, 6).toString('latin1'), 'study,', 'no byte order mark')
  assert.equal(bytes.includes('\r'), false)
  assert.ok(bytes.includes('"zei ""nee"""'))
  assert.ok(bytes.includes(',=1+1,'), 'a formula is not escaped')
  assert.ok(bytes.toString('utf8').endsWith('\n'))
})

test('numbers are numbers and each choice of a question with several answers is a 0 or a 1', async (t) => {
  const visits = await startExportStudy(t)
  await visits.register(entry('one'))
  await visits.submit({ code: 'one', instrument: 'visit' }, { moved: 1, persons: 12, balance: -1250.5, support: [1, 3] })
  const { directory } = await visits.export('out')
  const [row] = rowsOf(directory, 'wide.csv')
  assert.deepEqual(
    pick(
      row,
      'visit_t0_persons',
      'visit_t0_balance',
      'visit_t0_support___1',
      'visit_t0_support___2',
      'visit_t0_support___3',
      'visit_t0_raw',
    ),
    {
      visit_t0_persons: '12',
      visit_t0_balance: '-1250.5',
      visit_t0_support___1: '1',
      visit_t0_support___2: '0',
      visit_t0_support___3: '1',
      visit_t0_raw: 'no such column',
    },
  )
  assert.deepEqual(pick(row, 'visit_t0_moves_raw', 'visit_t0_moves_missing', 'visit_t0_moves_reason'), {
    visit_t0_moves_raw: '1',
    visit_t0_moves_missing: '0',
    visit_t0_moves_reason: 'no-norm',
  })
})

test('a real answer that equals a missing code stops the export and names the item', async (t) => {
  const visits = await startExportStudy(t)
  await visits.register(entry('one'))
  await visits.submit({ code: 'one', instrument: 'visit' }, { balance: -9 })
  const { code, stderr } = await visits.export('out')
  assert.equal(code, 1)
  assert.match(stderr, /^Item balance of visit@1\.0\.0 was answered with -9/)
})

test('a second parent has columns of their own, and a list for two roles names the role', async (t) => {
  const visits = await startExportStudy(t)
  await visits.register(entry('two', [parent('Ada'), parent('Ben'), referrer('Cor')]), entry('one', [parent('Dee')]))
  await visits.submit({ code: 'two', instrument: 'visit', person: 0 }, { persons: 1 })
  await visits.submit({ code: 'two', instrument: 'visit', person: 1 }, { persons: 2 })
  await visits.submit({ code: 'two', instrument: 'opinion', person: 1 }, { word: 'rust' })
  await visits.submit({ code: 'two', instrument: 'opinion', role: 'referrer' }, { word: 'regie' })
  await visits.submit({ code: 'one', instrument: 'visit' }, { persons: 3 })
  const { directory } = await visits.export('out')

  const wide = rowsOf(directory, 'wide.csv')
  const names = [
    'visit_t0_persons',
    'visit_t0_p2_persons',
    'opinion_t0_parent_word',
    'opinion_t0_parent_p2_word',
    'opinion_t0_referrer_word',
  ]
  assert.deepEqual(Object.values(pick(rowWhere(wide, { case_code: 'two' }), ...names)), ['1', '2', '', 'rust', 'regie'])
  assert.deepEqual(Object.values(pick(rowWhere(wide, { case_code: 'one' }), ...names)), ['3', '', '', '', ''])

  const long = rowsOf(directory, 'long_opinion.csv').filter(({ case_code }) => case_code === 'two')
  assert.deepEqual(
    long.map(({ role, participant_number, word }) => [role, participant_number, word]),
    [
      ['parent', '1', ''],
      ['parent', '2', 'rust'],
      ['referrer', '1', 'regie'],
    ],
  )
})

test('of two scores of one scale the later one counts', async (t) => {
  const visits = await startExportStudy(t)
  await visits.register(entry('one'))
  await visits.submit({ code: 'one', instrument: 'visit' }, { moved: 1 })
  const { read, withTx } = visits.context.stores.study
  const found = await findCaseByCode(read, study, 'one')
  const assignment = (await assignmentsOfCase(read, found?.id ?? '')).find(({ state }) => state === 'completed')
  const response = await findResponseOf(read, assignment?.id ?? '')
  const [first] = await scoresOf(read, [response?.id ?? ''])
  assert.equal(first?.raw, 1)
  if (!first) return
  const { id: _, ...rest } = first
  const again = {
    ...rest,
    raw: 0.5,
    z: -1.25,
    band: 'moderate',
    reason: null,
    normId: 'moves-xx',
    normVersion: '2.0.0',
    normStatus: 'published',
    stratum: 'everybody',
  }
  await withTx((tx) => insertScores(tx, [again]))

  const { directory } = await visits.export('out')
  const [row] = rowsOf(directory, 'wide.csv')
  const parts = ['raw', 'z', 'band', 'norm', 'stratum', 'reason'].map((part) => `visit_t0_moves_${part}`)
  assert.deepEqual(Object.values(pick(row, ...parts)), ['0.5', '-1.25', 'moderate', 'moves-xx@2.0.0', 'everybody', ''])
})

test('a version that the protocol does not name shares all columns when it asks the same', async (t) => {
  const visits = await startExportStudy(t)
  await visits.register(entry('old'), entry('new'))
  const found = await findCaseByCode(visits.context.stores.study.read, study, 'new')
  await visits.context.stores.study.withTx((tx) =>
    tx
      .update(assignments)
      .set({ instrumentVersion: '1.1.0' })
      .where(and(eq(assignments.caseId, found?.id ?? ''), eq(assignments.instrumentId, 'visit'))),
  )
  await visits.submit({ code: 'old', instrument: 'visit' }, { persons: 1 })
  await visits.submit({ code: 'new', instrument: 'visit' }, { persons: 2 })
  const { directory } = await visits.export('out')
  const wide = rowsOf(directory, 'wide.csv')
  const names = ['visit_t0_instrument_version', 'visit_t0_persons']
  assert.deepEqual(Object.values(pick(rowWhere(wide, { case_code: 'old' }), ...names)), ['1.0.0', '1'])
  assert.deepEqual(Object.values(pick(rowWhere(wide, { case_code: 'new' }), ...names)), ['1.1.0', '2'])
  assert.equal(rowsOf(directory, 'long_visit.csv').length, 4)
  assert.ok(headerOf(directory, 'wide.csv').every((name) => !name.includes('__v')))
})
