import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callOff, undoCallOff } from '../../server/workflow/call-off.ts'
import { recordStop } from '../../server/workflow/record-stop.ts'
import { setAnchors } from '../../server/workflow/set-anchors.ts'
import { nameting } from '../harness/command.ts'
import { addressOf, completeProtocol, familyOf, firstChoices } from '../harness/complete-protocol.ts'
import { answersTo } from '../harness/family.ts'
import { Respondent } from '../harness/respondent.ts'
import { startStudyServer } from '../harness/study-server.ts'

type Test = Parameters<typeof startStudyServer>[0]
interface Fate {
  wave: string
  state: string
  reason: string | null
}

/** Families that were referred on 1 March 2026, at ten o'clock on that day. */
async function begun(t: Test, ...entries: Parameters<typeof familyOf>[]) {
  const server = await startStudyServer(t, '2026-03-01T08:00:00Z', { entry: { protocol: completeProtocol } })
  await server.register(...entries.map((entry) => familyOf(...entry)))
  const fates = (instrument: string): Fate[] =>
    server.rows(`SELECT wave, state, reason FROM assignments WHERE instrument_id = '${instrument}' ORDER BY target, id`)
  const mails = (role: string): { kind: string; state: string }[] =>
    server.rows(
      `SELECT m.kind, m.state FROM messages m JOIN participants p ON p.id = m.participant_id WHERE p.role = '${role}' ORDER BY m.due_at`,
    )
  const events = (kind: string): { detail: string; wave: string }[] =>
    server.rows(`SELECT wave, detail FROM events WHERE kind = '${kind}' ORDER BY id`)
  return { server, context: server.context, fates, mails, events }
}

const family = { study: 's1', code: 'F-001' }
const files = { instrument: 'zap-kort' }

test('a file that is not there is called off in every wave; nobody is mailed about it, and a new plan leaves it so', async (t) => {
  const { context, fates, mails, events } = await begun(t, [
    'F-001',
    { arm: 'conference', anchors: { referral: '2026-03-01', conference: '2026-04-15' } },
  ])
  assert.ok(mails('file-researcher').every(({ state }) => state === 'planned'))
  const done = await callOff(context, family, files, 'file-not-found')
  assert.deepEqual([done.of, done.waves, done.left], ['file-researcher 1', ['T0', 'FU3', 'FU9'], []])
  const gone = ['T0', 'FU3', 'FU9'].map((wave) => ({ wave, state: 'cancelled', reason: 'file-not-found' }))
  assert.deepEqual(fates('zap-kort'), gone)
  assert.ok(mails('file-researcher').every(({ state }) => state === 'cancelled'))
  assert.deepEqual(
    events('called off').map(({ wave, detail }) => [wave, JSON.parse(detail)]),
    ['T0', 'FU3', 'FU9'].map((wave) => [wave, { instrument: 'zap-kort', reason: 'file-not-found' }]),
  )

  await setAnchors(context, { ...family, anchors: { conference: '2026-05-20' } })
  assert.deepEqual(fates('zap-kort'), gone)
  assert.ok(mails('file-researcher').every(({ state }) => state === 'cancelled'))
  assert.ok(mails('parent').some(({ state }) => state === 'planned'))
})

test('a packet in which something else is open keeps its mail', async (t) => {
  const { context, server, mails } = await begun(t, ['F-001'])
  await callOff(context, family, { instrument: 'nosik' }, 'not-reached')
  await server.tick()
  server.clock.set('2026-03-01T12:00:00Z')
  await server.tick()
  assert.deepEqual(mails('parent')[0], { kind: 'invitation', state: 'sent' })
  const parent = new Respondent(server.origin)
  await parent.open(server.mail.linkTo(addressOf('F-001', 'parent', 0)))
  const { assignments } = await parent.packet()
  assert.equal(assignments.length, 3)
  assert.ok(!JSON.stringify(assignments).includes('NOSIK'))
})

test('what is called off takes no answers, and keeps what was typed in it for when it is asked again', async (t) => {
  const { context, server, fates, events } = await begun(t, ['F-001'])
  server.clock.set('2026-03-01T12:00:00Z')
  await server.tick()
  const parent = new Respondent(server.origin)
  await parent.open(server.mail.linkTo(addressOf('F-001', 'parent', 0)))
  await parent.consent()
  const [row] = server.rows<{ id: string; instrument_version: string }>("SELECT * FROM assignments WHERE instrument_id = 'veo'")
  assert.ok(row)
  const answers = answersTo(context.definitions.instruments.need(`veo@${row.instrument_version}`))
  assert.equal((await parent.request('PUT', `/api/assignments/${row.id}/draft`, { revision: 0, answers, page: null })).status, 200)

  await callOff(context, family, { instrument: 'veo' }, 'not-reached')
  const late = await parent.submit(row.id, answers)
  assert.deepEqual([late.status, late.body.error?.code], [409, 'assignment-closed'])

  const undone = await undoCallOff(context, family, { instrument: 'veo' })
  assert.deepEqual([undone.waves, undone.changes.move.assignments.length], [['T0'], 1])
  assert.deepEqual(fates('veo'), [{ wave: 'T0', state: 'scheduled', reason: null }])
  assert.equal(events('calling off undone').length, 1)
  await server.tick()
  const { body } = await parent.request<{ draft: { answers: unknown } }>('GET', `/api/assignments/${row.id}`)
  assert.deepEqual(body.draft.answers, answers)
  assert.equal((await parent.submit(row.id, answers)).status, 200)
  assert.deepEqual(fates('veo'), [{ wave: 'T0', state: 'completed', reason: null }])
})

test('taking it back plans mail again, as far as its time has not passed', async (t) => {
  const { context, server, mails } = await begun(t, ['F-001', { roles: ['file-researcher'] }])
  const planned = mails('file-researcher').length
  await callOff(context, family, files, 'no-file-access')
  server.clock.set('2026-03-02T12:00:00Z')
  await undoCallOff(context, family, files)
  assert.equal(mails('file-researcher').filter(({ state }) => state === 'planned').length, planned)
})

test('one that expired gets its reason afterwards; what was completed stays', async (t) => {
  const { context, server, fates } = await begun(t, [
    'F-001',
    { arm: 'conference', anchors: { referral: '2026-03-01', conference: '2026-04-15' } },
  ])
  const zap = context.definitions.instruments.need('zap-kort@0.1.0-standin')
  await server.submit({ code: 'F-001', instrument: 'zap-kort', role: 'file-researcher' }, firstChoices(zap))
  server.clock.set('2026-04-10T12:00:00Z')
  await server.tick()
  assert.deepEqual(fates('nosik'), [{ wave: 'T0', state: 'expired', reason: null }])
  await callOff(context, family, { instrument: 'nosik', wave: 'T0' }, 'not-reached')
  assert.deepEqual(fates('nosik'), [{ wave: 'T0', state: 'cancelled', reason: 'not-reached' }])

  const done = await callOff(context, family, files, 'moved-province')
  assert.deepEqual([done.waves, done.left], [['FU3', 'FU9'], [{ wave: 'T0', state: 'completed' }]])
  assert.deepEqual(
    fates('zap-kort').map(({ state }) => state),
    ['completed', 'cancelled', 'cancelled'],
  )
  await assert.rejects(
    callOff(context, family, { ...files, wave: 'T0' }, 'moved-province'),
    /zap-kort at T0 of file-researcher 1 is completed/,
  )
  await assert.rejects(undoCallOff(context, family, { ...files, wave: 'T0' }), /is completed: it was not called off/)
})

test('nothing is called off by halves: an unknown reason names those there are, and whatever is not clear is asked back', async (t) => {
  const { context, fates } = await begun(t, ['F-001', { roles: ['parent', 'parent', 'file-researcher'] }])
  const refused = (which: Parameters<typeof callOff>[2], reason: string, message: RegExp) =>
    assert.rejects(callOff(context, family, which, reason), message)
  await refused(files, 'lost', /"lost" is not a reason.*file-not-found: /s)
  await refused(files, 'withdrew', /"withdrew" is not a reason for which an assignment is called off/)
  await refused({ instrument: 'frek' }, 'not-reached', /F-001 has no such assignment\. There is: nosi-b, nosik, pul, veo, zap-kort\./)
  await refused({ ...files, wave: 'FU3' }, 'file-not-found', /It has zap-kort at T0 of file-researcher 1\./)
  await refused({ instrument: 'nosik' }, 'not-reached', /nosik of F-001 is for parent 1 and parent 2: say with --role, --number/)
  await refused({ instrument: 'nosik', role: 'parent' }, 'not-reached', /F-001 has parent 1 and parent 2/)
  await assert.rejects(callOff(context, { ...family, code: 'F-999' }, files, 'file-not-found'), /no case F-999/)
  assert.ok([...fates('zap-kort'), ...fates('nosik')].every(({ state }) => state === 'scheduled'))

  await callOff(context, family, { instrument: 'nosik', role: 'parent', number: 2 }, 'not-reached')
  assert.deepEqual(
    fates('nosik')
      .map(({ state }) => state)
      .toSorted(),
    ['cancelled', 'scheduled'],
  )
  await callOff(context, family, files, 'file-not-found')
  await refused(files, 'no-file-access', /was called off already \(file-not-found\); --undo takes that back/)
})

test('what is not asked any more since somebody stopped has their reason, not one of its own', async (t) => {
  const { context, fates } = await begun(t, ['F-001', { roles: ['parent', 'referrer'] }])
  await callOff(context, family, { instrument: 'veo' }, 'not-reached')
  await recordStop(context, family, { role: 'parent' }, { state: 'withdrawn', reason: 'withdrew' })
  await assert.rejects(callOff(context, family, { instrument: 'nosik' }, 'not-reached'), /nosik at T0 of parent 1 is not asked any more/)
  const undone = await undoCallOff(context, family, { instrument: 'veo' })
  assert.deepEqual(undone.changes.move.assignments, [])
  assert.deepEqual(fates('veo'), [{ wave: 'T0', state: 'cancelled', reason: null }])
})

test('of interviews about several people it is said whose will not be held', async (t) => {
  const { context, server } = await begun(t, [
    'S-001',
    { arm: 'shadow', cohort: 'shadow', anchors: { decision: '2025-07-01' }, roles: ['parent', 'parent', 'interviewer'] },
  ])
  const key = { study: 's1', code: 'S-001' }
  const interview = { instrument: 'interview-shadow-parent' }
  await assert.rejects(callOff(context, key, interview, 'no-show'), /is for interviewer 1 about parent 1 and interviewer 1 about parent 2/)
  const done = await callOff(context, key, { ...interview, about: { role: 'parent', number: 2 } }, 'no-show')
  assert.equal(done.of, 'interviewer 1 about parent 2')
  assert.deepEqual(
    server.rows(
      "SELECT p.number, a.state, a.reason FROM assignments a JOIN participants p ON p.id = a.about_id WHERE a.instrument_id = 'interview-shadow-parent' ORDER BY p.number",
    ),
    [
      { number: 1, state: 'scheduled', reason: null },
      { number: 2, state: 'cancelled', reason: 'no-show' },
    ],
  )
})

test('the command says what it did, and is called with a reason or with --undo', async (t) => {
  const { server, fates } = await begun(t, ['F-001', { roles: ['file-researcher'] }])
  const run = (...args: string[]) =>
    nameting(server.environment, 'case', 'call-off', 'F-001', '--study', 's1', '--instrument', 'zap-kort', ...args)
  const done = await run('--reason', 'file-not-found')
  assert.deepEqual([done.code, done.stderr], [0, ''])
  assert.match(done.stdout, /^Called off \(file-not-found\): zap-kort at T0 of file-researcher 1 in F-001\.\n/)
  assert.deepEqual(fates('zap-kort'), [{ wave: 'T0', state: 'cancelled', reason: 'file-not-found' }])
  const undone = await run('--undo', '--wave', 'T0', '--json')
  assert.deepEqual((JSON.parse(undone.stdout) as { waves: string[] }).waves, ['T0'])
  for (const args of [[], ['--reason', 'file-not-found', '--undo'], ['--undo', '--number', '1'], ['--undo', '--about', 'parent:x']])
    assert.equal((await run(...args)).code, 2, args.join(' '))
  const again = await run('--undo')
  assert.deepEqual([again.code, /it was not called off/.test(again.stderr)], [1, true])
})
