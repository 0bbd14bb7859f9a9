import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nameting } from '../harness/command.ts'
import { address, family } from '../harness/family.ts'
import { Respondent } from '../harness/respondent.ts'
import { startStudyServer } from '../harness/study-server.ts'

type Test = Parameters<typeof startStudyServer>[0]

async function withFamily(t: Test) {
  // Commands have no clock to move: the study is at the present moment.
  const now = Temporal.Now.instant()
  const today = now.toZonedDateTimeISO('Europe/Amsterdam').toPlainDate()
  const server = await startStudyServer(t, now.toString())
  const { anchors: _, ...rest } = family('A-001')
  await server.register({ ...rest, anchors: { referral: today.toString() } })
  const rows = <Row>(sql: string): Row[] => server.context.stores.study.read.all<Row>(sql)
  return { server, today, rows, run: (...args: string[]) => nameting(server.environment, ...args) }
}

test('a conference date that becomes known plans FU3 and FU9, and moving it moves what lies ahead', async (t) => {
  const { today, rows, run } = await withFamily(t)
  const waves = () =>
    rows<{ wave: string; target: string }>(
      "SELECT DISTINCT wave, target FROM assignments WHERE wave <> 'T0' AND state <> 'cancelled' ORDER BY target",
    )
  assert.deepEqual(waves(), [])

  const first = today.add({ days: 30 })
  const preview = await run('case', 'anchor', 'A-001', `conference=${first}`, '--study', 's1', '--dry-run')
  assert.deepEqual(
    [preview.code, preview.stdout],
    [0, 'Would add 8 assignments and 18 messages, would move 0 assignments and 0 messages, would cancel 0 assignments and 0 messages.\n'],
  )
  assert.deepEqual(waves(), [])

  assert.equal((await run('case', 'anchor', 'A-001', `conference=${first}`, '--study', 's1')).code, 0)
  assert.deepEqual(waves(), [
    { wave: 'FU3', target: first.add({ months: 3 }).toString() },
    { wave: 'FU9', target: first.add({ months: 9 }).toString() },
  ])

  const second = today.add({ days: 50 })
  const { stdout } = await run('case', 'anchor', 'A-001', `conference=${second}`, '--study', 's1', '--json')
  assert.equal((JSON.parse(stdout) as { move: { assignments: unknown[] } }).move.assignments.length, 8)
  assert.deepEqual(
    waves().map(({ target }) => target),
    [second.add({ months: 3 }).toString(), second.add({ months: 9 }).toString()],
  )
  assert.deepEqual(rows("SELECT count(*) AS n FROM events WHERE kind = 'anchors set'"), [{ n: 2 }])
})

test('an unknown case, anchor or date changes nothing', async (t) => {
  const { rows, run } = await withFamily(t)
  for (const [args, message, expected] of [
    [['B-999', 'conference=2027-01-10'], /no case B-999 in s1/, 1],
    [['A-001', 'wedding=2027-01-10'], /"wedding" is not an anchor; there is: referral, conference, decision/, 1],
    [['A-001', 'conference=2027-02-30'], /"2027-02-30" is not a date/, 1],
    [['A-001', 'conference'], /write conference=/, 2],
  ] as const) {
    const { code, stderr } = await run('case', 'anchor', ...args, '--study', 's1')
    assert.equal(code, expected, stderr)
    assert.match(stderr, message)
  }
  assert.deepEqual(rows('SELECT name FROM anchors'), [{ name: 'referral' }])
})

test('a refused address is a task for staff; once corrected the mail goes out and the task is closed', async (t) => {
  const { server, rows, run, today } = await withFamily(t)
  const { read, withTx } = server.context.stores.study
  const [participant] = read.all<{ id: string }>("SELECT id FROM participants WHERE role = 'parent'")
  // What the ticker records when the mail server refuses the address; tests of mail show that it does.
  const { addTask } = await import('../../server/queries/tasks.ts')
  const { markAddressRefused } = await import('../../server/queries/participants.ts')
  const [message] = read.all<{ id: string; case_id: string }>("SELECT id, case_id FROM messages WHERE kind = 'reminder-1'")
  assert.ok(participant && message)
  const now = server.clock.now()
  await withTx(async (tx) => {
    await markAddressRefused(tx, participant.id, now)
    await addTask(tx, {
      studyId: 's1',
      caseId: message.case_id,
      participantId: participant.id,
      messageId: message.id,
      kind: 'address refused',
      detail: '550 no such mailbox',
      createdAt: now,
    })
  })

  const listed = await run('task', 'list', '--study', 's1')
  assert.match(listed.stdout, /A-001 {2}parent 1 {2}T0 reminder-1 {2}address refused {2}550 no such mailbox/)
  const wrong = await run(
    'case',
    'address',
    'A-001',
    'parent',
    '--study',
    's1',
    '--email',
    'two@voorbeeld.example,addresses@voorbeeld.example',
  )
  assert.deepEqual([wrong.code, /more than one address/.test(wrong.stderr)], [1, true])
  assert.match(
    (await run('case', 'address', 'A-001', 'parent', '--study', 's1', '--email', 'x@voorbeeld.example', '--number', '2')).stderr,
    /there is: informant 1, parent 1, referrer 1/,
  )

  assert.equal((await run('case', 'address', 'A-001', 'parent', '--study', 's1', '--email', 'nieuw@voorbeeld.example')).code, 0)
  assert.match((await run('task', 'list', '--study', 's1')).stdout, /Nothing in s1 needs a person/)
  server.clock.set(`${today.add({ days: 1 })}T12:00:00Z`)
  await server.tick()
  assert.deepEqual(
    server.mail.accepted.map(({ recipients }) => recipients),
    [['nieuw@voorbeeld.example']],
  )
  assert.ok(!JSON.stringify(rows('SELECT * FROM events')).includes('nieuw@'))
  assert.throws(() => server.mail.linkTo(address('parent', 'A-001')))
  await new Respondent(server.origin).open(server.mail.linkTo('nieuw@voorbeeld.example'))
})

test('an address goes and comes by command, with what that changes in the mails; somebody comes in without one', async (t) => {
  const { run, rows } = await withFamily(t)
  const to = (...options: string[]) => run('case', 'address', 'A-001', 'parent', '--study', 's1', ...options)
  const planned = () =>
    rows("SELECT m.id FROM messages m JOIN participants p ON p.id = m.participant_id WHERE p.role = 'parent' AND m.state = 'planned'")
      .length
  const before = planned()
  assert.ok(before > 0)
  const gone = await to('--without-email', '--close-links', '--telephone', '06-00000012')
  assert.deepEqual([gone.code, gone.stderr], [0, ''])
  assert.ok(gone.stdout.includes(`cancelled 0 assignments and ${before} messages`), gone.stdout)
  assert.equal(planned(), 0)
  assert.match((await run('case', 'show', 'A-001', '--study', 's1')).stdout, /parent 1 +active, no mail address/)
  assert.match((await to('--without-email')).stderr, /There is nothing to correct/)
  assert.match((await to('--without-email', '--email', 'a@voorbeeld.example')).stderr, /leave out one of the two/)
  assert.match((await to('--telephone', '12')).stderr, /not a telephone number/)
  assert.match((await to('--telephone', '')).stdout, /Corrected the telephone number of parent 1 of A-001/)
  assert.match((await to('--email', 'nieuw@voorbeeld.example')).stdout, /moved 0 assignments and [1-9]/)
  assert.equal(planned(), before)
  const add = ['case', 'person', 'add', 'A-001', 'parent', '--study', 's1', '--name', 'Tweede Ouder', '--language', 'nl']
  assert.match((await run(...add)).stderr, /email: the address is empty/)
  assert.match((await run(...add, '--without-email', '--telephone', '0600000034')).stdout, /and 0 messages, moved/)
})

test('a task is closed once, and an unknown one is said so', async (t) => {
  const { server, run, rows } = await withFamily(t)
  const { addTask } = await import('../../server/queries/tasks.ts')
  const [message] = rows<{ id: string; case_id: string; participant_id: string }>('SELECT * FROM messages LIMIT 1')
  assert.ok(message)
  await server.context.stores.study.withTx((tx) =>
    addTask(tx, {
      studyId: 's1',
      caseId: message.case_id,
      participantId: message.participant_id,
      messageId: message.id,
      kind: 'message unknown',
      detail: null,
      createdAt: server.clock.now(),
    }),
  )
  const [task] = JSON.parse((await run('task', 'list', '--study', 's1', '--json')).stdout) as { id: number }[]
  assert.equal((await run('task', 'done', String(task?.id), '--study', 's1')).code, 0)
  const again = await run('task', 'done', String(task?.id), '--study', 's1')
  assert.deepEqual([again.code, /no open task/.test(again.stderr)], [1, true])
  assert.equal((await run('task', 'done', 'x', '--study', 's1')).code, 2)
})

test('with another key nothing is imported or served', async (t) => {
  const { server, run } = await withFamily(t)
  const other = { ...server.environment, IDENTITY_KEY: 'cd'.repeat(32) }
  const { code, stderr } = await nameting(other, 'case', 'address', 'A-001', 'parent', '--study', 's1', '--email', 'x@voorbeeld.example')
  assert.deepEqual([code, /is not the key that the contact data are sealed with/.test(stderr)], [1, true])
  const served = await nameting(other, 'serve')
  assert.deepEqual([served.code, /is not the key/.test(served.stderr)], [1, true])
  assert.equal((await run('case', 'address', 'A-001', 'parent', '--study', 's1', '--email', 'x@voorbeeld.example')).code, 0)
})
