import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { caseFile } from '../../server/workflow/case-file.ts'
import { type MatchEntry, matchCase, undoMatch } from '../../server/workflow/match-case.ts'
import { pick, rowsOf, rowWhere } from '../export/read-export.ts'
import { nameting } from '../harness/command.ts'
import { completeProtocol, familyOf } from '../harness/complete-protocol.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { family } from '../harness/family.ts'
import { staffAt } from '../harness/staff.ts'
import { startStudyServer } from '../harness/study-server.ts'
import { openTestStudy } from '../harness/test-study.ts'

type Test = Parameters<typeof temporaryFolder>[0]

const shadow = { study: 's1', code: 'S-001' }
const criteria = ['same-referrer', 'child-protection', 'child-age', 'question', 'decision-time']
const [, ...others] = criteria
const entry: MatchEntry = {
  index: 'F-001',
  met: ['same-referrer', 'child-protection', 'question', 'decision-time'],
  notMet: ['child-age'],
  notes: { 'child-age': 'two years older' },
}

/** An index family and another one, and two shadow families. */
async function begun(t: Test) {
  const folder = temporaryFolder(t)
  const study = await openTestStudy({ folder: join(folder, 'data'), now: '2026-03-01T08:00:00Z', entry: { protocol: completeProtocol } })
  t.after(() => study.close())
  const decided = { arm: 'shadow', cohort: 'shadow', anchors: { decision: '2025-07-01' }, roles: ['parent', 'interviewer'] }
  await study.register(
    familyOf('F-001', { arm: 'conference' }),
    familyOf('F-002', { arm: 'conference' }),
    familyOf('S-001', decided),
    familyOf('S-002', decided),
  )
  return { folder, study, context: study.context }
}

test('a shadow case is compared with its index case, and both pages say which criteria are met', async (t) => {
  const { context, study } = await begun(t)
  await matchCase(context, shadow, entry)
  await matchCase(context, { ...shadow, code: 'S-002' }, { index: 'F-001', met: criteria, notMet: [], notes: {} })

  const own = await caseFile(context, 's1', 'S-001')
  assert.equal(own.comparedWith?.code, 'F-001')
  assert.deepEqual(
    own.comparedWith.criteria.map(({ criterion, met, note }) => [criterion, met, note]),
    criteria.map((one) => (one === 'child-age' ? [one, false, 'two years older'] : [one, true, null])),
  )
  assert.deepEqual(own.comparedWith.criteria[0]?.title, { nl: 'Dezelfde aanmelder', en: 'Same referrer' })
  const index = await caseFile(context, 's1', 'F-001')
  assert.equal(index.comparedWith, null)
  assert.deepEqual(
    index.shadows.map(({ code, criteria: of }) => [code, of.filter(({ met }) => met).length]),
    [
      ['S-001', 4],
      ['S-002', 5],
    ],
  )
  const events = study.rows<{ detail: string }>("SELECT detail FROM events WHERE kind = 'matched' ORDER BY id")
  assert.deepEqual(JSON.parse(events[0]?.detail ?? ''), { index: 'F-001', met: entry.met, notMet: entry.notMet })
})

test('a match that is recorded again takes the place of the earlier one, and can be taken back; the log keeps all of it', async (t) => {
  const { context, study } = await begun(t)
  await matchCase(context, shadow, entry)
  await matchCase(context, shadow, { index: 'F-002', met: criteria, notMet: [], notes: {} })
  assert.deepEqual((await caseFile(context, 's1', 'F-001')).shadows, [])
  assert.equal((await caseFile(context, 's1', 'S-001')).comparedWith?.code, 'F-002')
  assert.deepEqual(study.rows('SELECT count(*) AS n, min(CASE WHEN met THEN 1 ELSE 0 END) AS met FROM matches'), [{ n: 5, met: 1 }])

  assert.deepEqual(await undoMatch(context, shadow), { index: 'F-002' })
  assert.equal((await caseFile(context, 's1', 'S-001')).comparedWith, null)
  assert.deepEqual(study.rows('SELECT * FROM matches'), [])
  await assert.rejects(undoMatch(context, shadow), /S-001 is not compared with an index case/)
  const kinds = study.rows<{ kind: string; detail: string }>("SELECT kind, detail FROM events WHERE kind LIKE 'match%' ORDER BY id")
  assert.deepEqual(
    kinds.map(({ kind, detail }) => [kind, (JSON.parse(detail) as { index: string }).index]),
    [
      ['matched', 'F-001'],
      ['matched', 'F-002'],
      ['match undone', 'F-002'],
    ],
  )
})

test('every criterion is said once, and only shadow cases are matched, to cases that are none', async (t) => {
  const { context, study } = await begun(t)
  const all = { met: criteria, notMet: [], notes: {} }
  for (const [code, match, message] of [
    ['S-001', { ...entry, notMet: [] }, /child-age \(Age of the child\): say whether it is met/],
    ['S-001', { ...entry, met: criteria }, /child-age is said to be met and not met/],
    ['S-001', { ...entry, met: [...entry.met, 'same-town'] }, /"same-town" is not a criterion of the protocol; it has: same-referrer,/],
    ['S-001', { ...entry, notes: { weather: 'rain' } }, /"weather" is not a criterion/],
    ['S-001', { ...entry, notes: { question: 'a\nb' } }, /The note about question is not one line/],
    ['S-001', { ...all, index: 'S-002' }, /S-002 is of the cohort shadow too, so it cannot be an index case/],
    ['S-001', { ...all, index: 'S-001' }, /S-001 is of the cohort shadow too/],
    ['S-001', { ...all, index: 'F-999' }, /There is no case F-999 in s1/],
    ['F-002', { ...all, index: 'F-001' }, /Only cases of the cohort shadow are matched to an index case; F-002 is of prospective/],
    ['S-999', { ...all, index: 'F-001' }, /no case S-999/],
  ] as const) {
    await assert.rejects(matchCase(context, { study: 's1', code }, match as MatchEntry), message)
    assert.deepEqual(study.rows('SELECT * FROM matches'), [])
  }
})

test('a region is a border for matching too: a family on the other side cannot be chosen, and is not shown', async (t) => {
  const server = await startStudyServer(t, '2026-03-01T08:00:00Z', { entry: { protocol: completeProtocol } })
  const decided = { arm: 'shadow', cohort: 'shadow', anchors: { decision: '2025-07-01' }, roles: ['parent', 'interviewer'] }
  await server.register(
    familyOf('F-001', { arm: 'conference', region: 'Amsterdam' }),
    familyOf('F-002', { arm: 'conference', region: 'Overijssel' }),
    familyOf('S-001', { ...decided, region: 'Amsterdam' }),
    familyOf('S-002', { ...decided, region: 'Overijssel' }),
  )
  const here = await staffAt(server, [{ role: 'coordinator', region: 'Amsterdam' }])
  const all = await staffAt(server, 'coordinator')
  const match = (index: string) => ({ index, met: criteria, notMet: [], notes: { question: 'zelfde vraag' }, reason: 'afgesproken' })
  const at = (code: string) => `/studies/s1/cases/${code}`
  const answers = await Promise.all(['F-002', 'F-999'].map((index) => here.call(`POST ${at('S-001')}/match`, match(index))))
  const faults = answers.map(({ status, body }) => [status, body.error.fault, body.error.why.replace(/F-\d+/, '')])
  assert.deepEqual(faults[0], faults[1], 'as if it were not there')
  assert.deepEqual([faults[0]?.[0], faults[0]?.[1]], [409, 'no-index'])
  assert.deepEqual(server.rows('SELECT * FROM matches'), [])

  for (const code of ['S-001', 'S-002'])
    for (const index of ['F-001', 'F-002']) assert.equal((await all.call(`POST ${at(code)}/match`, match(index))).status, 200)
  assert.equal((await all.call(`POST ${at('S-002')}/match`, match('F-001'))).status, 200)
  const own = (await here.call(`GET ${at('S-001')}`)).body
  assert.deepEqual([own.comparedWith.code, own.comparedWith.criteria.length], [null, criteria.length])
  const index = (await here.call(`GET ${at('F-001')}`)).body
  assert.deepEqual(index.shadows, [])
  assert.doesNotMatch(JSON.stringify([own, index]), /F-002|S-002/)
  const moved = await here.call(`POST ${at('F-001')}/place`, { arm: 'shadow', cohort: 'shadow', reason: 'afgesproken' })
  assert.deepEqual([moved.status, moved.body.error.fault], [409, 'matched'])
  assert.doesNotMatch(moved.body.error.why, /S-002/)
  assert.equal((await all.call(`GET ${at('S-001')}`)).body.comparedWith.code, 'F-002')
  assert.equal((await all.call(`GET ${at('F-001')}`)).body.shadows[0].code, 'S-002')
})

test('a protocol without matching has nothing to match on', async (t) => {
  const study = await openTestStudy({ folder: temporaryFolder(t) })
  t.after(() => study.close())
  await study.register(family('A-001'), family('A-002'))
  await assert.rejects(
    matchCase(study.context, { study: 's1', code: 'A-001' }, { ...entry, index: 'A-002' }),
    /has no cases that are matched to an index case/,
  )
})

test('the command records a match and shows it; an export has the index case and each criterion', async (t) => {
  const { folder, study } = await begun(t)
  const run = (...args: string[]) => nameting(study.environment, 'case', 'match', 'S-001', '--study', 's1', ...args)
  const done = await run('--index', 'F-001', '--met', ...entry.met, '--not-met', 'child-age', '--note', 'child-age=two years older')
  assert.equal(done.stderr, '')
  assert.match(done.stdout, /^S-001 is compared with F-001\.\n {2}same-referrer +met\n.*child-age +not met {2}two years older\n/s)
  const shown = await nameting(study.environment, 'case', 'show', 'S-001', '--study', 's1')
  assert.match(shown.stdout, /Compared with F-001\n {2}same-referrer +met/)
  const index = await nameting(study.environment, 'case', 'show', 'F-001', '--study', 's1')
  assert.match(index.stdout, /Shadow case S-001\n.*child-age +not met {2}two years older/s)

  const out = join(folder, 'out')
  assert.equal((await nameting(study.environment, 'export', '--study', 's1', '--out', out)).code, 0)
  const wide = rowsOf(out, 'wide.csv')
  const names = ['index_case', ...criteria.map((one) => `match_${one.replaceAll('-', '_')}`)]
  const matched = (code: string) => Object.values(pick(rowWhere(wide, { case_code: code }), ...names))
  assert.deepEqual(matched('S-001'), ['F-001', '1', '1', '0', '1', '1'])
  assert.deepEqual(matched('S-002'), ['', '', '', '', '', ''])
  assert.ok(!JSON.stringify(wide).includes('two years older'))

  assert.equal((await run('--undo', '--json')).stdout, '{"code":"S-001","index":"F-001"}\n')
  for (const args of [
    ['--met', ...others],
    ['--index', 'F-001', '--undo'],
    ['--index', 'F-001', '--note', 'x'],
  ])
    assert.equal((await run(...args)).code, 2, args.join(' '))
})
