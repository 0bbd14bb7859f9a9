import assert from 'node:assert/strict'
import { test } from 'node:test'
import { handOver as handOverTo } from '../../server/workflow/hand-over.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { address, answersTo } from '../harness/family.ts'
import { Respondent } from '../harness/respondent.ts'
import { startStudyServer } from '../harness/study-server.ts'
import { graphFamily, graphProtocol, writeGraphProtocol } from './case-graph-study.ts'

type Test = Parameters<typeof startStudyServer>[0]

const successor = ['--name', 'Opvolger Voorbeeld', '--email', 'opvolger@voorbeeld.example']

/** A family that came in two days ago; its mail went out yesterday, 25 hours later at most. Commands have no clock to move: they run now. */
async function answering(t: Test) {
  const now = Temporal.Now.instant()
  const today = now.toZonedDateTimeISO('Europe/Amsterdam').toPlainDate()
  const definitions = temporaryFolder(t)
  writeGraphProtocol(definitions)
  const server = await startStudyServer(t, now.subtract({ hours: 50 }).toString(), { definitions, entry: { protocol: graphProtocol } })
  await server.register(graphFamily('A-001', today))
  server.clock.set(now.subtract({ hours: 24 }).toString())
  await server.tick()
  const run = (...args: string[]) => nameting(server.environment, 'case', ...args)
  const handOver = (...args: string[]) => run('person', 'hand-over', 'A-001', 'referrer', '--study', 's1', ...args)
  /** What each referrer was or is asked: `2 FU3 cvc open`. */
  const asked = () =>
    server
      .rows<{ text: string }>(
        `SELECT p.number || ' ' || wave || ' ' || instrument_id || ' ' || a.state AS text
         FROM assignments a JOIN participants p ON p.id = participant_id
         WHERE role = 'referrer' AND wave <> 'FU9' ORDER BY text`,
      )
      .map(({ text }) => text)
  const people = () => server.context.stores.identity.read.get<{ n: number }>('SELECT count(*) AS n FROM people').n
  return { server, now, today, run, handOver, asked, people }
}

/** Opens the mail of somebody, agrees, and completes their list `instrument`. */
async function answer(server: Awaited<ReturnType<typeof answering>>['server'], email: string, instrument: string, wave: string) {
  const respondent = new Respondent(server.origin)
  await respondent.open(server.mail.linkTo(email))
  await respondent.consent()
  const { title, ...definition } = server.context.definitions.instruments.need(`${instrument}@0.1.0-standin`)
  const list = (await respondent.packet()).assignments.find((one) => one.wave === wave && one.title.nl === definition.survey.title.nl)
  assert.ok(list, `${email} has no ${instrument}`)
  const { status, body } = await respondent.submit(list.id, answersTo({ title, ...definition }))
  assert.equal(status, 200, JSON.stringify(body))
  return respondent
}

test('a referrer who hands over keeps what they completed; the rest goes to the next one, who is written to', async (t) => {
  const { server, now, today, run, handOver, asked } = await answering(t)
  await answer(server, address('referrer', 'A-001'), 'cvc', 'FU3')
  server.clock.set(now.toString())
  await server.tick()
  const before = server.mail.accepted.length

  const { code, stdout, stderr } = await handOver(...successor)
  assert.equal(code, 0, stderr)
  assert.match(stdout, /^referrer 1 of A-001 handed over to referrer 2\.\nAdded \d+ assignments and \d+ messages, moved 0/)
  assert.deepEqual(asked(), [
    '1 FU3 cvc completed',
    '1 FU3 succint-referrer cancelled',
    '1 T0 cvc cancelled',
    '2 FU3 succint-referrer scheduled',
    '2 T0 cvc scheduled',
  ])

  server.clock.set(`${today.add({ days: 1 })}T12:00:00Z`)
  await server.tick()
  const to = server.mail.accepted.slice(before).map(({ recipients }) => recipients[0])
  assert.ok(to.includes('opvolger@voorbeeld.example') && !to.includes(address('referrer', 'A-001')), to.join())
  await answer(server, 'opvolger@voorbeeld.example', 'cvc', 'T0')

  const shown = (await run('show', 'A-001', '--study', 's1')).stdout
  assert.match(shown, new RegExp(`referrer 1 +handed over to referrer 2 on ${today}`))
  assert.match(shown, /referrer 2 +active since .* in the place of referrer 1/)
  assert.ok(!/Opvolger|opvolger/.test(shown + JSON.stringify(server.rows('SELECT * FROM events'))))
})

test('the link of one who handed over takes nothing any more and says so kindly; a session that was open takes nothing either', async (t) => {
  const { server, handOver } = await answering(t)
  const respondent = await answer(server, address('referrer', 'A-001'), 'cvc', 'FU3')
  const [left] = (await respondent.packet()).assignments.filter(({ state }) => state !== 'completed')
  assert.ok(left)
  assert.equal((await handOver(...successor)).code, 0)

  const link = server.mail.linkTo(address('referrer', 'A-001'))
  const page = await (await fetch(link)).text()
  assert.match(page, /Iemand anders heeft dit van u overgenomen/)
  // Nothing to begin with: the one form on it is the way out in a hurry.
  assert.ok(!page.includes(new URL(link).pathname))
  for (const [method, path, body] of [
    ['POST', `/api/assignments/${left.id}/submit`, { answers: {}, skipped: [], language: 'nl' }],
    ['PUT', `/api/assignments/${left.id}/draft`, { revision: 0, answers: {}, page: null }],
    ['POST', '/api/packet/consents', { given: { research: true, interview: true }, language: 'nl' }],
    ['POST', '/api/packet/withdraw', {}],
  ] as const) {
    const refused = await respondent.request<{ error: { code: string } }>(method, path, body)
    assert.deepEqual([refused.status, refused.body.error.code], [409, 'participant-stopped'], path)
  }
  const packet = await respondent.packet()
  assert.equal(packet.participant.state, 'handed over')
  assert.deepEqual(server.rows("SELECT state FROM participants WHERE role = 'referrer' ORDER BY number"), [
    { state: 'handed over' },
    { state: 'active' },
  ])
})

test('both are interviewed: an interview with the one who handed over stays planned, and one with the next is added', async (t) => {
  const { server, run, handOver } = await answering(t)
  const interviewer = ['--language', 'nl', '--name', 'Interviewer Voorbeeld', '--email', 'interviewer@voorbeeld.example']
  assert.equal((await run('person', 'add', 'A-001', 'interviewer', '--study', 's1', ...interviewer)).code, 0)
  assert.equal((await handOver(...successor)).code, 0)
  const { assignments } = JSON.parse((await run('show', 'A-001', '--study', 's1', '--json')).stdout) as {
    assignments: { who: string; about: string | null; state: string }[]
  }
  const interviews = assignments.filter(({ who }) => who === 'interviewer 1')
  assert.deepEqual(
    interviews.map(({ about, state }) => [about, state]),
    [
      ['referrer 1', 'scheduled'],
      ['referrer 2', 'scheduled'],
    ],
  )
  assert.equal(server.rows("SELECT * FROM events WHERE kind = 'handed over'").length, 1)
})

test('a case is handed over again, also back to the first; who is meant is asked only where it is not clear', async (t) => {
  const { run, handOver, asked } = await answering(t)
  assert.equal((await handOver(...successor)).code, 0)
  const back = await handOver('--name', 'referrer Voorbeeld A-001', '--email', address('referrer', 'A-001'), '--json')
  const { from, number } = JSON.parse(back.stdout) as { from: number; number: number }
  assert.deepEqual([from, number], [2, 3])
  assert.deepEqual(
    asked().filter((text) => !text.endsWith('cancelled')),
    ['3 FU3 cvc scheduled', '3 FU3 succint-referrer scheduled', '3 T0 cvc scheduled'],
  )
  const gone = await handOver(...successor, '--number', '1')
  assert.deepEqual([gone.code, /referrer 1 of A-001 has handed over and has nothing to hand over/.test(gone.stderr)], [1, true])
  const other = ['--language', 'nl', '--name', 'Tweede Voogd', '--email', 'tweede@voorbeeld.example']
  assert.equal((await run('person', 'add', 'A-001', 'referrer', '--study', 's1', ...other)).code, 0)
  const unclear = await handOver(...successor)
  assert.equal(unclear.code, 1)
  assert.match(unclear.stderr, /has referrer 1 and referrer 2 and referrer 3 and referrer 4: say with --number/)
})

test('a hand-over to somebody whom an import would not take, or who has the case already, changes nothing', async (t) => {
  const { server, run, handOver, asked, people } = await answering(t)
  const before = [asked(), people()]
  const x = { name: 'X', email: 'x@voorbeeld.example' }
  for (const [entry, message] of [
    [{ ...x, name: '' }, /^name: a name is one line/],
    [{ ...x, language: 'fr' }, /^language: "fr" is not one of nl, en/],
    [{ name: ' referrer Voorbeeld A-001 ', email: 'Referrer-A-001@voorbeeld.example' }, /is referrer 1 of A-001 already/],
  ] as const)
    await assert.rejects(handOverTo(server.context, { study: 's1', code: 'A-001' }, { role: 'referrer' }, entry), { message })
  for (const [args, message, expected] of [
    [['--name', 'X'], /email: the address is empty/, 1],
    [[...successor, '--number', '2'], /has no referrer 2; there is: informant 1, parent 1, referrer 1/, 1],
    [[...successor, '--number', 'two'], /whole number/, 2],
  ] as const) {
    const { code, stderr } = await handOver(...args)
    assert.equal(code, expected, stderr)
    assert.match(stderr, message)
  }
  const nobody = await run('person', 'hand-over', 'A-001', 'coordinator', '--study', 's1', ...successor)
  assert.match(nobody.stderr, /has no coordinator; there is/)
  assert.deepEqual([asked(), people()], before)
  assert.equal(server.rows("SELECT * FROM events WHERE kind = 'handed over'").length, 0)
})
