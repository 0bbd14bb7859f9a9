import assert from 'node:assert/strict'
import { test } from 'node:test'
import { matchCase, undoMatch } from '../../server/workflow/match-case.ts'
import { moveCase, previewMove } from '../../server/workflow/move-case.ts'
import { setAnchors } from '../../server/workflow/set-anchors.ts'
import { nameting } from '../harness/command.ts'
import { completeProtocol, familyOf } from '../harness/complete-protocol.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { openTestStudy } from '../harness/test-study.ts'

type Test = Parameters<typeof temporaryFolder>[0]

const everybody = ['parent', 'referrer', 'informant', 'coordinator', 'file-researcher']
const key = { study: 's1', code: 'F-001' }

async function begun(t: Test, protocol = completeProtocol) {
  const study = await openTestStudy({ folder: temporaryFolder(t), now: '2026-03-01T08:00:00Z', entry: { protocol } })
  t.after(() => study.close())
  const planned = () =>
    study
      .rows<{ wave: string; instrument_id: string }>(
        "SELECT wave, instrument_id FROM assignments WHERE state <> 'cancelled' ORDER BY wave, instrument_id",
      )
      .map(({ wave, instrument_id }) => `${instrument_id} ${wave}`)
  return { study, context: study.context, planned }
}

test('at the referral nobody knows whether there will be a conference: when it is known the case moves, and is planned by its group', async (t) => {
  const { study, context, planned } = await begun(t)
  await study.register(familyOf('F-001', { roles: everybody }))
  const start = ['cvc T0', 'frek T0', 'nosi-b T0', 'nosik T0', 'pul T0', 'veo T0', 'zap-kort T0']
  assert.deepEqual(planned().toSorted(), start)

  const without = await moveCase(context, key, { arm: 'non-conference' })
  assert.deepEqual(
    [without.from, without.to],
    [
      { arm: 'undecided', cohort: 'prospective' },
      { arm: 'non-conference', cohort: 'prospective' },
    ],
  )
  await setAnchors(context, { ...key, anchors: { decision: '2026-04-15' } })
  assert.ok(planned().includes('veo FU9') && planned().includes('zap-kort FU3'))
  assert.ok(!planned().includes('fufrek FU3') && !planned().includes('succint-informant FU3'))

  const preview = await previewMove(context, key, { arm: 'conference' })
  assert.equal(preview.changes.add.assignments.length, 3)
  assert.ok(!planned().includes('fufrek FU3'))
  const after = await moveCase(context, key, { arm: 'conference' })
  assert.deepEqual(after, preview)
  for (const one of ['fufrek FU3', 'succint-informant FU3', 'succint-informant FU9']) assert.ok(planned().includes(one), one)
  assert.deepEqual(
    study.rows<{ detail: string }>("SELECT detail FROM events WHERE kind = 'moved' ORDER BY id").map(({ detail }) => JSON.parse(detail)),
    [
      { from: without.from, to: without.to },
      { from: after.from, to: after.to },
    ],
  )
})

test('going to the rest group calls off nine months and the file study, and leaves the start as it is', async (t) => {
  const { study, context, planned } = await begun(t)
  await study.register(
    familyOf('F-001', { arm: 'conference', anchors: { referral: '2026-03-01', conference: '2026-04-15' }, roles: everybody }),
  )
  await moveCase(context, key, { cohort: 'rest' })
  const left = planned()
  assert.ok(!left.some((one) => one.endsWith('FU9') || one.startsWith('zap-kort')))
  assert.ok(left.includes('veo T0') && left.includes('veo FU3'))
})

test('an arm that the cohort does not have, an unknown one and the same place again are refused, and nothing changes', async (t) => {
  const { study, context, planned } = await begun(t)
  await study.register(familyOf('F-001'))
  const before = planned()
  for (const [move, message] of [
    [{ arm: 'shadow' }, /cases of the cohort "prospective" are in the arm conference or non-conference or undecided, not in "shadow"/],
    [{ cohort: 'retrospective' }, /cases of the cohort "retrospective" are in the arm conference or non-conference, not in "undecided"/],
    [{ arm: 'confrence' }, /has no arm "confrence"; it has: conference, non-conference, undecided, shadow/],
    [{ cohort: 'others' }, /has no cohort "others"/],
    [{ arm: 'undecided' }, /F-001 is in the arm undecided and the cohort prospective already/],
  ] as const) {
    await assert.rejects(previewMove(context, key, move), message)
    await assert.rejects(moveCase(context, key, move), message)
  }
  assert.deepEqual(planned(), before)
  assert.deepEqual(study.rows("SELECT * FROM events WHERE kind = 'moved'"), [])
})

test('who was allocated by lot stays in the arm that was drawn', async (t) => {
  const { study, context } = await begun(t, 'uva-trial@0.1.0-standin')
  const protocol = context.definitions.protocols.get('uva-trial@0.1.0-standin')
  const lots = Object.keys(protocol?.allocation?.ratio ?? {})
  assert.equal(lots.length, 2)
  const [cohort] = Object.keys(protocol?.cohorts ?? {})
  const [anchor] = Object.keys(protocol?.anchors ?? {})
  await study.register(
    familyOf('F-001', { arm: '', cohort, region: 'Amsterdam', anchors: { [anchor ?? '']: '2026-03-01' }, roles: ['parent'] }),
  )
  const [drawn] = study.rows<{ arm: string }>('SELECT arm FROM cases')
  const other = lots.find((arm) => arm !== drawn?.arm)
  await assert.rejects(moveCase(context, key, { arm: other }), /is drawn by lot: no case is moved into it or out of it/)
  assert.deepEqual(study.rows('SELECT arm FROM cases'), [drawn])
})

test('a case that is compared with another stays where the comparison makes sense', async (t) => {
  const { study, context } = await begun(t)
  await study.register(
    familyOf('F-001', { arm: 'conference' }),
    familyOf('S-001', { arm: 'shadow', cohort: 'shadow', anchors: { decision: '2025-07-01' }, roles: ['parent', 'interviewer'] }),
  )
  const shadow = { study: 's1', code: 'S-001' }
  const met = ['same-referrer', 'child-protection', 'child-age', 'question', 'decision-time']
  await matchCase(context, shadow, { index: 'F-001', met, notMet: [], notes: {} })
  await assert.rejects(moveCase(context, shadow, { arm: 'conference', cohort: 'prospective' }), /S-001 is compared with an index case/)
  await assert.rejects(moveCase(context, key, { arm: 'shadow', cohort: 'shadow' }), /F-001 is the index case of S-001/)
  await moveCase(context, key, { arm: 'non-conference' })
  await undoMatch(context, shadow)
  await moveCase(context, shadow, { arm: 'conference', cohort: 'prospective' })
})

test('the command shows what would change, does it, and says it in numbers', async (t) => {
  const { study } = await begun(t)
  await study.register(familyOf('F-001', { roles: everybody, anchors: { referral: '2026-03-01', decision: '2026-04-15' } }))
  const run = (...args: string[]) => nameting(study.environment, 'case', 'move', 'F-001', '--study', 's1', ...args)
  const preview = await run('--arm', 'conference', '--dry-run')
  assert.match(preview.stdout, /^F-001 would go from undecided \(prospective\) to conference \(prospective\)\.\nWould add 3 assignments/)
  assert.deepEqual(study.rows('SELECT arm FROM cases'), [{ arm: 'undecided' }])
  const done = await run('--arm', 'conference', '--json')
  assert.equal((JSON.parse(done.stdout) as { changes: { add: { assignments: unknown[] } } }).changes.add.assignments.length, 3)
  assert.deepEqual(study.rows('SELECT arm FROM cases'), [{ arm: 'conference' }])
  assert.equal((await run()).code, 2)
})
