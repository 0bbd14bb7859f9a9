import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Failure } from '../../server/failure.ts'
import { addParticipant } from '../../server/workflow/add-participant.ts'
import { caseGraph } from '../../server/workflow/case-graph.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { address } from '../harness/family.ts'
import { startStudyServer } from '../harness/study-server.ts'
import { graphFamily, graphProtocol, writeGraphProtocol } from './case-graph-study.ts'

type Test = Parameters<typeof startStudyServer>[0]

/** A study with one family. Commands have no clock to move: the study is at the present moment. */
async function withFamily(t: Test) {
  const now = Temporal.Now.instant()
  const today = now.toZonedDateTimeISO('Europe/Amsterdam').toPlainDate()
  const definitions = temporaryFolder(t)
  writeGraphProtocol(definitions)
  const server = await startStudyServer(t, now.toString(), { definitions, entry: { protocol: graphProtocol } })
  await server.register(graphFamily('A-001', today))
  const run = (...args: string[]) => nameting(server.environment, 'case', ...args, '--study', 's1')
  const shown = () => caseGraph(server.context, 's1', 'A-001')
  const person = async (name: string) => (await shown()).people.find((one) => one.name === name) ?? assert.fail(name)
  /** Assignments of somebody, or about them: `FU3 interview-ekc-youth cancelled`. */
  const listsOf = async (name: string) =>
    (await shown()).assignments
      .filter(({ who, about }) => who === name || about === name)
      .map(({ wave, instrument, state }) => `${wave} ${instrument.split('@')[0]} ${state}`)
  const events = (kind: string) =>
    server
      .rows<{ detail: string | null }>(`SELECT detail FROM events WHERE kind = '${kind}'`)
      .map(({ detail }) => JSON.parse(detail ?? 'null'))
  const people = () => server.context.stores.identity.read.get<{ n: number }>('SELECT count(*) AS n FROM people').n
  return { server, today, run, shown, person, listsOf, events, people }
}

const called = (name: string, mailbox: string) => ['--name', name, '--email', `${mailbox}@voorbeeld.example`, '--language', 'nl']

test('somebody who comes in later is asked what is open from then on, and is written to', async (t) => {
  const { server, today, run, person, listsOf, events } = await withFamily(t)
  const { code, stdout } = await run('person', 'add', 'A-001', 'coordinator', ...called('Coordinator Voorbeeld', 'coordinator'))
  assert.deepEqual([code, stdout.split('\n')[0]], [0, 'Added coordinator 1 to A-001.'])
  assert.deepEqual(await listsOf('coordinator 1'), ['T0 frek scheduled'])
  assert.ok((await person('coordinator 1')).joinedAt)
  assert.deepEqual(events('participant added'), [{ role: 'coordinator', number: 1 }])

  const second = await run('person', 'add', 'A-001', 'parent', ...called('Tweede Ouder', 'tweede'), '--sex', 'male', '--json')
  assert.equal((JSON.parse(second.stdout) as { number: number }).number, 2)
  server.clock.set(`${today.add({ days: 1 })}T12:00:00Z`)
  await server.tick()
  const to = server.mail.accepted.map(({ recipients }) => recipients[0])
  assert.ok(to.includes('coordinator@voorbeeld.example') && to.includes('tweede@voorbeeld.example'))
})

test('whoever an import would not take is not added either, and leaves nothing behind', async (t) => {
  const { server, run, shown, people } = await withFamily(t)
  const before = [await shown(), people()]
  const x = { role: 'parent', name: 'X', email: 'x@voorbeeld.example', language: 'nl' }
  for (const [entry, message] of [
    [{ ...x, role: 'grandmother' }, /^role: "grandmother" is not one of parent, referrer/],
    [{ ...x, email: 'two,x@voorbeeld.example' }, /^email: there is more than one address/],
    [{ ...x, sex: 'f', name: '' }, /^name: a name is one line .*\nsex: "f" is not one of/],
    [{ ...x, name: 'parent Voorbeeld A-001', email: 'Parent-a-001@voorbeeld.example' }, /is parent 1 of A-001 already/],
  ] as const)
    await assert.rejects(addParticipant(server.context, { study: 's1', code: 'A-001' }, entry), (error) => {
      assert.ok(error instanceof Failure)
      assert.match(error.message, message)
      return true
    })
  for (const [args, message, expected] of [
    [['A-001', 'parent', '--name', 'X', '--language', 'nl'], /^email: the address is empty\nNothing was changed\.$/m, 1],
    [['B-001', 'parent', ...called('X', 'x')], /no case B-001 in s1/, 1],
    [['A-001', 'parent', '--name', 'X', '--email', 'x@voorbeeld.example'], /--language/, 2],
  ] as const) {
    const { code, stderr } = await run('person', 'add', ...args)
    assert.equal(code, expected, stderr)
    assert.match(stderr, message)
  }
  assert.deepEqual([await shown(), people()], before)
})

test('a child who is interviewed needs no address: nothing is sent, and the interviewer is asked once somebody says it is fine', async (t) => {
  const { server, today, run, listsOf, events } = await withFamily(t)
  const file = join(temporaryFolder(t), 'cases.csv')
  const [referral, conference] = [today.toString(), today.subtract({ months: 3 }).toString()]
  const row = (role: string, mailbox: string) =>
    `B-001,conference,prospective,2012-05,2015-07 2019-11,${referral},${conference},${role},${role} Voorbeeld,${mailbox},nl`
  const importing = (...rows: string[]) => {
    const header = 'case_code,arm,cohort,child_birth_month,other_child_birth_months,referral_date,conference_date,role,name,email,language'
    writeFileSync(file, [header, ...rows].join('\n'))
    return nameting(server.environment, 'import', '--study', 's1', file)
  }
  const refused = await importing(row('interviewer', 'i@voorbeeld.example'), row('youth', ''), row('parent', ''), row('youth', 'x'))
  assert.equal(refused.code, 1)
  assert.deepEqual(refused.stderr.trimEnd().replaceAll(file, 'FILE').split('\n'), [
    'FILE, line 4, email: the address is empty',
    'FILE, line 5, email: an address has a part before and after an @, for example name@example.org',
    'Nothing was registered.',
  ])
  assert.equal((await importing(row('interviewer', 'i@voorbeeld.example'), row('youth', ''))).code, 0)

  const interviews = () => server.rows("SELECT a.state FROM assignments a JOIN participants p ON p.id = about_id WHERE role = 'youth'")
  assert.deepEqual(interviews(), [])
  const yes = await run('consent', 'B-001', 'youth', 'interview', 'yes')
  assert.match(yes.stdout, /^Recorded yes of youth 1 of B-001 to interview\.\nAdded 1 assignments and \d+ messages/)
  assert.deepEqual(interviews(), [{ state: 'scheduled' }])
  assert.deepEqual(events('consent'), [{ interview: true, recordedBy: 'staff' }])
  assert.deepEqual(server.rows('SELECT purpose, version, given, language, recorded_by FROM consents'), [
    { purpose: 'interview', version: '1.0.0', given: 1, language: 'nl', recorded_by: 'staff' },
  ])
  assert.deepEqual(server.rows("SELECT m.id FROM messages m JOIN participants p ON p.id = participant_id WHERE role = 'youth'"), [])

  assert.equal((await run('consent', 'B-001', 'youth', 'interview', 'no')).code, 0)
  assert.deepEqual(interviews(), [{ state: 'cancelled' }])
  assert.equal((await run('person', 'add', 'A-001', 'youth', '--name', 'Jongere Voorbeeld', '--language', 'nl')).code, 0)
  assert.deepEqual(await listsOf('youth 1'), [])
})

test('refusing what is required ends the participation: declined when it is the first word, withdrawn when they had agreed', async (t) => {
  const { run, person, listsOf } = await withFamily(t)
  const no = await run('consent', 'A-001', 'parent', 'research', 'no')
  assert.match(no.stdout, /parent 1 of A-001 has declined: nothing is asked of them\.\nAdded 0 .* cancelled 8 assignments/)
  assert.ok((await listsOf('parent 1')).every((list) => list.endsWith('cancelled')))

  assert.equal((await run('consent', 'A-001', 'referrer', 'research', 'yes')).code, 0)
  assert.equal((await person('referrer 1')).state, 'active')
  assert.equal((await run('consent', 'A-001', 'referrer', 'research', 'no')).code, 0)
  assert.equal((await person('referrer 1')).state, 'withdrawn')

  // A yes on the telephone is recorded, and brings nobody back by itself.
  const after = await run('consent', 'A-001', 'parent', 'research', 'yes', '--json')
  assert.deepEqual((JSON.parse(after.stdout) as { state: string }).state, 'declined')
  assert.equal((await person('parent 1')).consents.length, 2)
})

test('a purpose that the role is not asked about, and an answer that is none, are said so', async (t) => {
  const { server, run } = await withFamily(t)
  const purpose = await run('consent', 'A-001', 'parent', 'interview', 'yes')
  assert.match(purpose.stderr, /The role parent is not asked for consent to "interview"; its purposes are: research, contact-later/)
  const answer = await run('consent', 'A-001', 'parent', 'research', 'maybe')
  assert.deepEqual([purpose.code, answer.code], [1, 2])
  assert.deepEqual(server.rows('SELECT * FROM consents'), [])
})

test('staff record that somebody withdrew with a coded reason, or the reason later on; an unknown one changes nothing', async (t) => {
  const { run, person, events, listsOf } = await withFamily(t)
  const stop = (role: string, state: string, ...reason: string[]) => run('person', 'stop', 'A-001', role, '--state', state, ...reason)
  for (const reason of ['no-show', 'because'])
    assert.match((await stop('parent', 'declined', '--reason', reason)).stderr, /is not a reason for which .* has: no-time, moved\./)
  assert.equal((await person('parent 1')).state, 'active')

  assert.match((await stop('parent', 'declined', '--reason', 'moved')).stdout, /^parent 1 of A-001 has declined\.\nAdded 0/)
  const declined = await person('parent 1')
  assert.deepEqual([declined.state, declined.stateReason], ['declined', 'moved'])
  assert.ok((await listsOf('parent 1')).every((list) => list.endsWith('cancelled')))
  assert.match((await stop('parent', 'withdrawn', '--reason', 'no-time')).stderr, /parent 1 of A-001 has declined \(moved\) on /)
  assert.match((await stop('parent', 'declined')).stderr, /Nothing was changed/)

  assert.equal((await stop('informant', 'withdrawn')).code, 0)
  const later = await stop('informant', 'withdrawn', '--reason', 'no-time')
  assert.equal(later.stdout, 'informant 1 of A-001 had withdrawn already; recorded the reason.\n')
  assert.equal((await person('informant 1')).stateReason, 'no-time')
  assert.deepEqual(
    [events('declined'), events('withdrawn'), events('reason recorded')],
    [[{ reason: 'moved' }], [{}], [{ reason: 'no-time' }]],
  )
  assert.equal((await stop('parent', 'gone')).code, 2)
})

test('the word of one who handed over counts for an interview with them', async (t) => {
  const { run, person } = await withFamily(t)
  assert.equal((await run('person', 'hand-over', 'A-001', 'referrer', '--name', 'Opvolger', '--email', 'o@voorbeeld.example')).code, 0)
  const said = await run('consent', 'A-001', 'referrer', 'interview', 'no', '--number', '1')
  assert.match(said.stdout, /^Recorded no of referrer 1 of A-001 to interview\.\nreferrer 1 of A-001 has handed over/)
  assert.equal((await person('referrer 1')).state, 'handed over')
  const stopped = await run('person', 'stop', 'A-001', 'referrer', '--number', '1', '--state', 'withdrawn')
  assert.deepEqual([stopped.code, /has handed over on/.test(stopped.stderr)], [1, true])
})

test('children are added one by one; the first is the index child', async (t) => {
  const { server, run, shown, events } = await withFamily(t)
  assert.equal((await run('child', 'add', 'A-001', '2019-02')).stdout, 'Added child 2 to A-001.\n')
  assert.deepEqual((await shown()).children, [
    { number: 1, birthMonth: '2016-05' },
    { number: 2, birthMonth: '2019-02' },
  ])
  assert.deepEqual(events('child added'), [{ number: 2 }])
  const wrong = await run('child', 'add', 'A-001', '2019-13')
  assert.deepEqual([wrong.code, wrong.stderr], [1, '"2019-13" is not a month: write YYYY-MM. Nothing was changed.\n'])

  const { childBirthMonth: _, ...childless } = graphFamily('A-002', Temporal.PlainDate.from('2026-03-01'))
  await server.register(childless)
  assert.equal((await run('child', 'add', 'A-002', '2019-02')).stdout, 'Added child 1, the index child, to A-002.\n')
})

test('months of other children that are none, or come without an index child, are told with their line', async (t) => {
  const { server, today } = await withFamily(t)
  const file = join(temporaryFolder(t), 'cases.csv')
  const row = (code: string, months: string) =>
    `${code},conference,prospective,${months},${today},parent,Ouder ${code},${code}@voorbeeld.example,nl`
  const header = 'case_code,arm,cohort,child_birth_month,other_child_birth_months,referral_date,role,name,email,language'
  writeFileSync(
    file,
    [header, row('C-1', '2016-05,2017-13 mei'), row('C-2', ',2017-03'), row('C-3', '2016-05,  2017-03   2019-01 ')].join('\n'),
  )
  const { code, stderr } = await nameting(server.environment, 'import', '--study', 's1', file)
  assert.equal(code, 1)
  assert.deepEqual(stderr.trimEnd().replaceAll(file, 'FILE').split('\n'), [
    'FILE, line 2, other_child_birth_months: "2017-13" is not a month: write YYYY-MM',
    'FILE, line 2, other_child_birth_months: "mei" is not a month: write YYYY-MM',
    'FILE, line 3, child_birth_month: is empty while other children are given: the first child is the one by whose age norms are chosen',
    'Nothing was registered.',
  ])
  writeFileSync(file, [header, row('C-3', '2016-05,  2017-03   2019-01 ')].join('\n'))
  assert.equal((await nameting(server.environment, 'import', '--study', 's1', file)).code, 0)
  const shown = await nameting(server.environment, 'case', 'show', 'C-3', '--study', 's1')
  assert.match(shown.stdout, /^Children: 2016-05 \(index child\), 2017-03, 2019-01$/m)
})

test('what a case is compared with is shown, with each criterion met or not', async (t) => {
  const { server, run, today } = await withFamily(t)
  await server.register({ ...graphFamily('S-001', today), cohort: 'shadow' })
  const matched = await run(
    'match',
    'S-001',
    '--index',
    'A-001',
    '--met',
    'same-referrer',
    '--not-met',
    'age',
    '--note',
    'age=3 years apart',
  )
  assert.equal(matched.code, 0, matched.stderr)
  const criteria = '\n  same-referrer  met\n  age            not met  3 years apart\n'
  assert.ok((await run('show', 'A-001')).stdout.includes(`Shadow case S-001${criteria}`))
  assert.ok((await run('show', 'S-001')).stdout.includes(`Compared with A-001${criteria}`))
  assert.match((await run('show', 'B-9')).stderr, /no case B-9/)
})

test('what a case shows, as text and as JSON, has no name and no address', async (t) => {
  const { run } = await withFamily(t)
  await run('person', 'hand-over', 'A-001', 'referrer', '--name', 'Zzyzx Kanariegeel', '--email', 'zzyzx@voorbeeld.example')
  for (const args of [
    ['show', 'A-001'],
    ['show', 'A-001', '--json'],
  ]) {
    const { stdout } = await run(...args)
    assert.ok(!/Zzyzx|Voorbeeld|@voorbeeld/i.test(stdout), stdout)
    assert.ok(!stdout.includes(address('parent', 'A-001')))
  }
})
