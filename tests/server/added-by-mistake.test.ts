/** Somebody, or a child, who was added by mistake is taken away again: at the desk and by a command. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordConsent } from '../../server/workflow/record-consent.ts'
import { nameting } from '../harness/command.ts'
import { family } from '../harness/family.ts'
import { staffAt } from '../harness/staff.ts'
import { startStudyServer } from '../harness/study-server.ts'

const why = { reason: 'stond bij een ander gezin' }
const extra = { role: 'parent', name: 'Vergissing Voorbeeld', email: 'vergissing@voorbeeld.example', language: 'nl' }

async function withFamily(t: Parameters<typeof startStudyServer>[0]) {
  const server = await startStudyServer(t, '2026-03-02T09:30:00Z')
  await server.register({ ...family('A-001'), otherChildBirthMonths: ['2018-01', '2019-02'] })
  let manager = await staffAt(server, 'data manager')
  const at = (path: string) => `/studies/s1/cases/A-001${path}`
  const file = async () => (await manager.call(`GET ${at('')}`)).body
  return {
    server,
    manager: { call: (...call: Parameters<typeof manager.call>) => manager.call(...call) },
    /** The next morning, on which the first mails go out. Whoever was signed in is no longer. */
    async nextMorning() {
      server.clock.set('2026-03-03T09:00:00Z')
      await server.tick()
      manager = await staffAt(server, 'data manager')
    },
    at,
    file,
    second: async () =>
      (await file()).participants.find((one: { role: string; number: number }) => one.role === 'parent' && one.number === 2)?.id as string,
    count: async (table: string, where = '1 = 1') =>
      (await server.rows<{ n: number }>(`select count(*) as n from ${table} where ${where}`))[0]?.n,
    people: async () =>
      (await server.context.stores.identity.read.all<{ pseudonym: string }>('select pseudonym from people')).map(
        ({ pseudonym }) => pseudonym,
      ),
  }
}

test('somebody who was added by mistake goes with all that was planned for them, and their name; the timeline keeps why', async (t) => {
  const { manager, at, file, second, count, people } = await withFamily(t)
  const before = [await count('assignments'), await count('messages'), (await people()).length]
  assert.equal((await manager.call(`POST ${at('/people')}`, { ...extra, ...why })).status, 200)
  const id = await second()
  assert.ok((await people()).includes(id))
  assert.notDeepEqual([await count('assignments'), await count('messages'), (await people()).length], before)
  assert.equal((await manager.call(`POST ${at(`/people/${id}/removal`)}`, { reason: '' })).status, 400)
  assert.deepEqual((await manager.call(`POST ${at(`/people/${id}/removal`)}`, why)).body, { done: true })
  assert.deepEqual([await count('assignments'), await count('messages'), (await people()).length], before)
  assert.equal(await second(), undefined)
  const told = (await file()).timeline.find(({ kind }: { kind: string }) => kind === 'participant removed')
  assert.deepEqual([told.why, told.detail.role, told.detail.number, told.participant], [why.reason, 'parent', 2, null])
  const logged = await count('access_log', `action = 'removed person' and outcome = 'allowed'`)
  assert.equal(logged, 1)
  assert.equal((await manager.call(`POST ${at(`/people/${id}/removal`)}`, why)).status, 404)
})

test('whoever was written to or agreed to something, and the only one of a family, stays; the refusal says so', async (t) => {
  const { server, manager, at, file, count, nextMorning } = await withFamily(t)
  const fault = async (person: string) => (await manager.call(`POST ${at(`/people/${person}/removal`)}`, why)).body.error?.fault
  const rows = [await count('participants'), await count('assignments')]
  await nextMorning()
  const of = async (role: string) => (await file()).participants.find((one: { role: string }) => one.role === role).id as string
  assert.equal(await fault(await of('parent')), 'participant-in-use')
  await recordConsent(server.context, { study: 's1', code: 'A-001' }, { role: 'referrer' }, { purpose: 'research', given: true })
  assert.equal(await fault(await of('referrer')), 'participant-in-use')
  assert.deepEqual([await count('participants'), await count('assignments')], rows)

  const [only] = family('B-001').participants
  await server.register({ ...family('B-001'), participants: only ? [only] : [] })
  const alone = (await manager.call('GET /studies/s1/cases/B-001')).body.participants[0].id as string
  const refused = await manager.call(`POST /studies/s1/cases/B-001/people/${alone}/removal`, why)
  assert.equal(refused.body.error.fault, 'last-participant')
})

test('whoever was tried by hand, with a list on paper perhaps, stays: a list may come back; a telephone answer is an answer', async (t) => {
  const { server, manager, at, file, second, count, nextMorning } = await withFamily(t)
  const { email: _, ...withoutMail } = { ...extra, withoutMail: true }
  await manager.call(`POST ${at('/people')}`, { ...withoutMail, ...why })
  const id = await second()
  const tried = await manager.call(`POST ${at(`/people/${id}/attempts`)}`, { means: 'paper', outcome: 'paper sent' })
  assert.equal(tried.status, 201, JSON.stringify(tried.body))
  assert.equal((await manager.call(`POST ${at(`/people/${id}/removal`)}`, why)).body.error.fault, 'participant-in-use')
  assert.deepEqual([await second(), await count('contact_attempts')], [id, 1])

  await manager.call(`POST ${at('/people')}`, { ...withoutMail, name: 'Papieren Voorbeeld', ...why })
  const { participants, assignments } = await file()
  const onPaper = participants.find((one: { number: number }) => one.number === 3).id
  const printed = assignments.find((one: { participant: string }) => one.participant === onPaper).id
  const page = await fetch(`${server.origin}/api/desk${at(`/people/${onPaper}/paper/${printed}/html`)}`, {
    headers: { Cookie: (await staffAt(server, 'data manager')).cookie },
  })
  assert.equal(page.status, 200)
  assert.equal((await manager.call(`POST ${at(`/people/${onPaper}/removal`)}`, why)).body.error.fault, 'participant-in-use')

  await manager.call(`POST ${at('/people')}`, { ...withoutMail, name: 'Nog Iemand', ...why })
  await nextMorning()
  const third = (await file()).participants.find((one: { number: number }) => one.number === 4)?.id
  const list = (await file()).assignments.find((one: { participant: string }) => one.participant === third).id
  await manager.call(`POST ${at(`/people/${third}/consent`)}`, { purpose: 'research', given: true, ...why })
  const telephone = { means: 'telephone', answeredOn: '2026-03-03', language: 'nl', double: false }
  const begun = await manager.call(`POST ${at(`/entry/${list}`)}`, telephone)
  assert.ok(begun.status < 300, JSON.stringify(begun.body))
  assert.equal((await manager.call(`POST ${at(`/people/${third}/removal`)}`, why)).body.error.fault, 'participant-in-use')
})

test('a child that was added by mistake goes, and those after it move up; the index child stays once anything went out', async (t) => {
  const { manager, at, file, nextMorning } = await withFamily(t)
  const remove = async (number: number, birthMonth: string) =>
    (await manager.call(`POST ${at('/children/removal')}`, { number, birthMonth, ...why })).body
  assert.equal((await remove(2, '2019-02')).error.fault, 'no-child')
  assert.deepEqual(await remove(2, '2018-01'), { done: true })
  assert.deepEqual((await file()).children, ['2016-05', '2019-02'])
  assert.deepEqual(await remove(1, '2016-05'), { done: true })
  assert.deepEqual((await file()).children, ['2019-02'])
  await nextMorning()
  assert.equal((await remove(1, '2019-02')).error.fault, 'index-child-in-use')
  assert.deepEqual((await file()).children, ['2019-02'])
})

test('whoever may not change cases takes nobody away', async (t) => {
  const { server, manager, at, file } = await withFamily(t)
  const researcher = await staffAt(server, 'researcher')
  const [{ id }] = (await file()).participants
  assert.equal((await researcher.call(`POST ${at(`/people/${id}/removal`)}`, why)).status, 403)
  assert.equal((await researcher.call(`POST ${at('/children/removal')}`, { number: 2, birthMonth: '2018-01', ...why })).status, 403)
  assert.equal((await manager.call(`GET ${at('')}`)).body.participants.length, 3)
})

test('commands take a person and a child away, and correct a case, with the checks of the desk', async (t) => {
  const { server, file, count } = await withFamily(t)
  const run = (...args: string[]) => nameting(server.environment, 'case', ...args, '--study', 's1')
  const contact = ['--name', extra.name, '--email', extra.email]
  assert.equal((await run('person', 'add', 'A-001', 'parent', ...contact, '--language', 'nl')).code, 0)
  const unclear = await run('person', 'remove', 'A-001', 'parent', '--why', 'vergissing')
  assert.deepEqual([unclear.code, /say with --number/.test(unclear.stderr)], [1, true])
  const removed = await run('person', 'remove', 'A-001', 'parent', '--number', '2', '--why', 'vergissing')
  assert.deepEqual([removed.code, removed.stdout.split('\n')[0]], [0, 'Took parent 2 out of A-001.'], removed.stderr)
  assert.equal(await count('participants'), 3)

  assert.equal((await run('child', 'remove', 'A-001', '2018-01', '--number', '2', '--why', 'vergissing')).code, 0)
  const gone = await run('child', 'remove', 'A-001', '2018-01', '--number', '2', '--why', 'vergissing')
  assert.deepEqual([gone.code, /has no child 2 that was born in 2018-01/.test(gone.stderr)], [1, true])

  const why = ['--why', 'verkeerd overgetypt']
  const dry = await run('correct', 'A-001', '--region', 'Noord', '--child', '2=2018-03', '--dry-run', ...why)
  assert.deepEqual([dry.code, dry.stdout], [0, 'Would correct A-001. Scores: 0 in 0 responses.\n'], dry.stderr)
  assert.deepEqual((await file()).children, ['2016-05', '2019-02'])
  assert.equal((await run('correct', 'A-001', '--region', 'Noord', '--child', '2=2018-03', ...why)).code, 0)
  const now = await file()
  assert.deepEqual([now.region, now.children], ['Noord', ['2016-05', '2018-03']])
  for (const [args, message, code] of [
    [['--child', '2=2018-13'], /children\.2: not a month\nNothing was changed/, 1],
    [['--child', '7=2018-03'], /has no child 7/, 1],
    [['--region', 'Noord'], /is like this already/, 1],
    [[], /Say what is corrected/, 2],
    [['--child', 'two=2018-03'], /Write 2=2016-05/, 2],
  ] as const) {
    const ran = await run('correct', 'A-001', ...args, ...why)
    assert.equal(ran.code, code, ran.stderr)
    assert.match(ran.stderr, message)
  }
  assert.equal((await file()).timeline.filter(({ kind }: { kind: string }) => kind === 'case corrected').length, 1)
})

test('what staff ticked about consents at the registration goes with somebody, and the timeline keeps it; what was agreed later, by paper or by themselves, stays', async (t) => {
  const { server, manager, count } = await withFamily(t)
  const { code, childBirthMonth, anchors, cohort, arm, participants } = family('A-002')
  const wrong = { ...extra, consents: { research: true, 'contact-later': false } }
  const entered = {
    code,
    childBirthMonth,
    anchors,
    cohort,
    arm,
    participants: [...participants, wrong, { ...wrong, email: 'tweede@voorbeeld.example' }],
  }
  const registered = await manager.call('POST /studies/s1/cases', entered)
  assert.equal(registered.status, 201, JSON.stringify(registered.body))
  const file = async () => (await manager.call('GET /studies/s1/cases/A-002')).body
  const parent = async (number: number) =>
    (await file()).participants.find((one: { role: string; number: number }) => one.role === 'parent' && one.number === number)
      ?.id as string
  const remove = async (id: string) => await manager.call(`POST /studies/s1/cases/A-002/people/${id}/removal`, why)
  const [second, third] = [await parent(2), await parent(3)]
  assert.equal(await count('consents'), 4)
  await recordConsent(server.context, { study: 's1', code }, { role: 'parent', number: 3 }, { purpose: 'research', given: true })
  assert.equal((await remove(third)).body.error.fault, 'participant-in-use')
  assert.deepEqual((await remove(second)).body, { done: true })
  assert.equal(await count('consents', `participant_id = '${second}'`), 0)
  assert.equal(await count('consents', `participant_id = '${third}'`), 3)
  const told = (await file()).timeline.find(({ kind }: { kind: string }) => kind === 'participant removed')
  assert.deepEqual(told.detail.ticked, wrong.consents)
})
