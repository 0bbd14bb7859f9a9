/** What the first page of a study lists, and how far families came, over HTTP. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addTask } from '../../server/queries/tasks.ts'
import { recordConsent } from '../../server/workflow/record-consent.ts'
import { recordStop } from '../../server/workflow/record-stop.ts'
import { completeProtocol, familyOf } from '../harness/complete-protocol.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { shippedDefinition, writeDefinition } from '../harness/definition-folder.ts'
import { answersTo, family } from '../harness/family.ts'
import { staffAt } from '../harness/staff.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

const at = '/studies/s1'
const codes = (rows: { code: string }[]) => rows.map(({ code }) => code)

test('today lists what needs a person, each kind counted, and within reach only', async (t) => {
  const server = await startStudyServer(t, '2026-03-02T09:00:00Z')
  await server.register(
    { ...family('A-1'), region: 'Amsterdam', childBirthMonth: '2014-03' },
    { ...family('A-2', { referral: '2026-02-04' }), region: 'Overijssel', childBirthMonth: '2010-04', otherChildBirthMonths: ['2018-01'] },
    { ...family('A-3'), region: 'Amsterdam', anchors: { referral: '2026-03-01' } },
  )
  const manager = await staffAt(server, 'data manager')
  assert.equal((await manager.call(`GET ${at}/today`)).body.closing.total, 0)
  await server.tick()
  const { body } = await manager.call(`GET ${at}/today`)
  assert.deepEqual(codes(body.undated.rows), ['A-3'])
  assert.deepEqual(body.undated.rows[0].anchors, ['conference', 'decision'])
  assert.deepEqual(
    body.birthdays.map(({ code, age }: { code: string; age: number }) => [code, age]),
    [
      ['A-2', 16],
      ['A-1', 12],
    ],
  )
  assert.deepEqual([...new Set(codes(body.closing.rows))], ['A-2'])
  assert.deepEqual(body.closing.rows[0].begun, false)

  const here = await staffAt(server, [{ role: 'coordinator', region: 'Amsterdam' }])
  const border = (await here.call(`GET ${at}/today`)).body
  assert.deepEqual([border.closing.total, codes(border.birthdays)], [0, ['A-1']])
})

test('a family that stopped waits for its date as long as somebody else of it is still asked', async (t) => {
  const server = await startStudyServer(t, '2026-03-02T09:00:00Z', { entry: { protocol: completeProtocol } })
  await server.register(familyOf('A-1', { roles: ['parent'] }), familyOf('A-2', { roles: ['parent', 'referrer'] }))
  for (const code of ['A-1', 'A-2']) await recordStop(server.context, { study: 's1', code }, { role: 'parent' }, { state: 'withdrawn' })
  const manager = await staffAt(server, 'data manager')
  assert.deepEqual(codes((await manager.call(`GET ${at}/today`)).body.undated.rows), ['A-2'])
})

test('an answer that the protocol calls an alarm becomes a task, for whoever may see answers; it is finished with a reason', async (t) => {
  const definitions = temporaryFolder(t)
  const protocol = shippedDefinition('protocols', 'familie-aan-zet')
  const item = 'nosik1'
  const alarm = { title: { nl: 'Vraagt om aandacht', en: 'Asks for attention' }, instrument: 'nosik', item, answers: [] as number[] }
  const server = await watched(t, definitions, protocol, alarm)
  await server.register(family('A-1'), family('A-2'))
  const instrument = server.context.definitions.instruments.need('nosik@0.1.0-standin')
  for (const [code, step] of [
    ['A-1', 9],
    ['A-2', 0],
  ] as const) {
    await recordConsent(server.context, { study: 's1', code }, { role: 'parent' }, { purpose: 'research', given: true })
    await server.submit({ code, instrument: 'nosik' }, answersTo(instrument, step))
  }
  const manager = await staffAt(server, 'data manager')
  const [group] = (await manager.call(`GET ${at}/today`)).body.tasks
  assert.deepEqual([group.kind, group.total, codes(group.rows), group.rows[0].alarm], ['alarm', 1, ['A-1'], alarm.title])
  const coordinator = await staffAt(server, 'coordinator')
  assert.deepEqual((await coordinator.call(`GET ${at}/today`)).body.tasks, [])

  const done = (code: string, task: unknown, body: unknown) => manager.call(`POST ${at}/cases/${code}/tasks/${task}/done`, body)
  assert.equal((await done('A-1', group.rows[0].id, {})).status, 400)
  for (const task of [99, 'x', -1, '1e3']) assert.equal((await done('A-1', task, { reason: 'gebeld' })).status, 404)
  assert.equal((await done('A-2', group.rows[0].id, { reason: 'gebeld' })).status, 404)
  assert.equal((await done('A-1', group.rows[0].id, { reason: 'gebeld' })).status, 200)
  assert.equal((await done('A-1', group.rows[0].id, { reason: 'gebeld' })).status, 404)
  assert.deepEqual((await manager.call(`GET ${at}/today`)).body.tasks, [])
  const [event] = server.rows<{ detail: string }>("SELECT detail FROM events WHERE kind = 'task done'")
  assert.deepEqual(JSON.parse(event?.detail ?? ''), { task: 'alarm', staff: manager.id, why: 'gebeld' })
})

test('what is open for a role of staff is the work of that role, within reach', async (t) => {
  const server = await startStudyServer(t, '2026-03-02T09:00:00Z', { entry: { protocol: completeProtocol } })
  await server.register(familyOf('A-1', { roles: ['parent', 'file-researcher', 'coordinator'] }))
  await server.tick()
  const today = async (role: Parameters<typeof staffAt>[1]) => (await (await staffAt(server, role)).call(`GET ${at}/today`)).body
  const roles = async (role: Parameters<typeof staffAt>[1]) => [
    ...new Set((await today(role)).work.rows.map((row: { role: string }) => row.role)),
  ]
  assert.deepEqual(await roles('file researcher'), ['file-researcher'])
  assert.deepEqual(await roles('coordinator'), ['coordinator'])
  const { work } = await today('file researcher')
  assert.deepEqual([work.total, work.rows.length], [work.rows.length, work.total])
  assert.equal(work.rows[0].caseCode, 'A-1')
  // Whoever types in for anybody is waited for by nobody; who types nothing in has no such work.
  for (const role of ['data manager', 'researcher', 'administrator', 'interviewer'] as const)
    assert.deepEqual((await today(role)).work, { total: 0, rows: [] }, role)
  assert.deepEqual(await roles([{ role: 'file researcher', region: 'Overijssel' }]), [], 'out of reach')
})

test('of many tasks of one kind the first are listed, and all of them for whoever asks for more', async (t) => {
  const server = await startStudyServer(t, '2026-03-02T09:00:00Z')
  const all = Array.from({ length: 30 }, (_, index) => `A-${index + 1}`)
  await server.register(...all.map((code) => family(code)))
  await server.context.stores.study.withTx(async (tx) => {
    for (const { study_id: studyId, id: caseId } of server.rows<{ study_id: string; id: string }>('SELECT study_id, id FROM cases'))
      await addTask(tx, {
        studyId,
        caseId,
        participantId: null,
        messageId: null,
        kind: 'family unknown',
        detail: null,
        createdAt: server.clock.now(),
      })
  })
  const manager = await staffAt(server, 'data manager')
  const group = async (query = '') => (await manager.call(`GET ${at}/today${query}`)).body.tasks[0]
  const first = await group()
  assert.deepEqual([first.total, first.rows.length], [30, 25])
  const whole = await group('?tasks=125')
  assert.deepEqual([whole.total, new Set(codes(whole.rows))], [30, new Set(all)])
  for (const wrong of ['0', '-1', 'all', '10001']) assert.equal((await manager.call(`GET ${at}/today?tasks=${wrong}`)).status, 400, wrong)
})

/** A study of a protocol with an alarm for the last answer to an item. */
async function watched(
  t: Parameters<typeof startStudyServer>[0],
  definitions: string,
  protocol: { version: string },
  alarm: { instrument: string; item: string; answers: number[] },
): Promise<StudyServer> {
  const { survey } = shippedDefinition('instruments', alarm.instrument)
  const [element] = survey.pages.flatMap(({ elements }: { elements: { name: string; choices?: { value: number }[] }[] }) =>
    elements.filter(({ choices }) => choices),
  )
  alarm.item = element.name
  alarm.answers = [element.choices.at(-1).value]
  const changed = { ...protocol, id: 'watched', alarms: { attention: alarm } }
  writeDefinition(definitions, 'protocols', changed as never)
  return await startStudyServer(t, '2026-03-02T09:00:00Z', { definitions, entry: { protocol: `watched@${protocol.version}` } })
}

test('response and flow count families, name of how many, and every figure has as many families behind it', async (t) => {
  const server = await startStudyServer(t, '2026-03-02T09:00:00Z')
  await server.register(
    ...['A-1', 'A-2', 'A-3', 'A-4'].map((code, index) => ({ ...family(code), region: index < 2 ? 'Amsterdam' : 'Utrecht' })),
  )
  await server.tick()
  const instrument = server.context.definitions.instruments.need('nosik@0.1.0-standin')
  await recordConsent(server.context, { study: 's1', code: 'A-1' }, { role: 'parent' }, { purpose: 'research', given: true })
  await server.submit({ code: 'A-1', instrument: 'nosik' }, answersTo(instrument))
  await recordStop(server.context, { study: 's1', code: 'A-2' }, { role: 'parent' }, { state: 'declined' })
  const researcher = await staffAt(server, 'researcher')
  const cellOf = async (query = '') => {
    const { body } = await researcher.call(`GET ${at}/response${query}`)
    return body.rows.find(({ instrument: id }: { instrument: string }) => id === 'nosik').waves[0]
  }
  const cell = await cellOf()
  assert.deepEqual([cell.asked, cell.sent, cell.started, cell.completed, cell.open, cell.dropped], [4, 4, 1, 1, 2, 1])
  assert.deepEqual([(await cellOf('?region=Utrecht')).asked, (await cellOf('?arm=non-conference')).asked], [2, 0])
  for (const figure of ['asked', 'sent', 'started', 'completed', 'open', 'dropped'])
    assert.equal(
      (await researcher.call(`GET ${at}/cases?wave=T0&role=parent&list=nosik&figure=${figure}`)).body.total,
      cell[figure],
      figure,
    )
  const { body: flow } = await researcher.call(`GET ${at}/flow`)
  assert.deepEqual(flow.all, { mistakes: 0, registered: 4, refused: 1, withdrew: 0, nobody: 0, going: 3, complete: 0 })
  assert.deepEqual(flow.reasons, [{ family: 'refused', reason: null, cases: 1 }])
  assert.equal((await researcher.call(`GET ${at}/cases?family=refused`)).body.total, 1)
})
