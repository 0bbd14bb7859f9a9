/** Lists about somebody: an interviewer has one of the same instrument for each person to speak with. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { caseFile } from '../../server/workflow/case-file.ts'
import { listCases } from '../../server/workflow/list-cases.ts'
import { responseTable } from '../../server/workflow/response-table.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { interviewerAddress, interviewProtocol, talkedWith, writeInterviewStudy } from '../harness/interview-study.ts'
import { Respondent } from '../harness/respondent.ts'
import { startStudyServer } from '../harness/study-server.ts'

async function interviewer(t: TestContext, ...roles: string[]) {
  const definitions = writeInterviewStudy(join(temporaryFolder(t), 'definitions'))
  const server = await startStudyServer(t, '2026-03-02T09:00:00Z', { definitions, entry: { protocol: interviewProtocol } })
  await server.register(talkedWith('EK-001', ...roles))
  await server.tick()
  const respondent = new Respondent(server.origin)
  await respondent.open(server.mail.linkTo(interviewerAddress('EK-001')))
  return { server, respondent }
}

test('a packet says of each list whom it is about, by role and number, in the order in which they were registered', async (t) => {
  const { server, respondent } = await interviewer(t, 'parent', 'youth', 'referrer', 'parent')
  const packet = await respondent.packet()
  assert.deepEqual(
    packet.assignments.map(({ title, about }) => [title.nl, about?.role.nl, about?.place]),
    [
      ['Gesprek', 'Aanmelder', null],
      ['Gesprek', 'Ouder', 1],
      ['Gesprek', 'Ouder', 2],
      ['Gesprek met een jongere', 'Jongere', null],
    ],
  )
  assert.deepEqual([packet.caseCode, packet.participant.isStaff, packet.consents], ['EK-001', true, []], 'straight to the packet')
  for (const { id, about } of packet.assignments) {
    const { body } = await respondent.request<{ about: unknown }>('GET', `/api/assignments/${id}`)
    assert.deepEqual(body.about, about)
  }
  assert.ok(!JSON.stringify(packet).includes('Verzonnen'), 'no names')
  assert.deepEqual(server.rows('SELECT * FROM tasks'), [])
})

test('after each list the next one is that of the next person, and what was said of one is not taken for another', async (t) => {
  const { server, respondent } = await interviewer(t, 'parent', 'parent', 'referrer')
  const [referrer, first, second] = (await respondent.packet()).assignments.map(({ id }) => id) as [string, string, string]
  const save = await respondent.request('PUT', `/api/assignments/${second}/draft`, { revision: 0, answers: { held: 1 }, page: null })
  assert.equal(save.status, 200)
  assert.equal((await respondent.submit(referrer, { held: 1, safe: 2 }, ['wishes'])).body.next, first)
  assert.equal((await respondent.submit(first, { held: 1, safe: 0 }, ['wishes'])).body.next, second)
  assert.equal((await respondent.submit(second, { held: 1, safe: 1 }, ['wishes'])).body.next, null)

  const file = await caseFile(server.context, 's1', 'EK-001')
  const called = new Map(file.participants.map(({ id, role, number }) => [id, `${role} ${number}`]))
  assert.deepEqual(
    file.assignments.map(({ instrument, about, state }) => [instrument, called.get(about ?? ''), state]),
    [
      ['talk', 'referrer 1', 'completed'],
      ['talk', 'parent 1', 'completed'],
      ['talk', 'parent 2', 'completed'],
    ],
  )
  assert.deepEqual(
    file.scores.map(({ participant, about, raw }) => [called.get(participant), called.get(about ?? ''), raw]),
    [
      ['interviewer 1', 'referrer 1', 2],
      ['interviewer 1', 'parent 1', 0],
      ['interviewer 1', 'parent 2', 1],
    ],
  )
  const listed = (kind: string) =>
    file.timeline.filter((entry) => entry.kind === kind).map(({ lists }) => lists.map(({ about }) => called.get(about ?? '')))
  assert.deepEqual(listed('opened').flat().toSorted(), ['parent 1', 'parent 2', 'referrer 1'])
  assert.deepEqual(listed('started').flat(), ['parent 2'])
  assert.deepEqual(listed('completed').flat(), ['referrer 1', 'parent 1', 'parent 2'])
})

test('the seconds of an interviewer are kept with the draft, given back, and stored beside the answers', async (t) => {
  const { server, respondent } = await interviewer(t, 'parent', 'parent')
  const [first = '', second = ''] = (await respondent.packet()).assignments.map(({ id }) => id)
  const list = async (id: string) => (await respondent.request<{ duration: number | null }>('GET', `/api/assignments/${id}`)).body
  const save = (revision: number, rest: object) =>
    respondent.request('PUT', `/api/assignments/${first}/draft`, { revision, answers: { held: 1 }, page: null, ...rest })
  assert.equal((await list(first)).duration, 0)
  assert.equal((await save(0, { duration: 75 })).status, 200)
  assert.equal((await save(1, {})).status, 200, 'a save that knows of no timer')
  assert.equal((await list(first)).duration, 75)
  assert.equal((await save(2, { duration: -1 })).status, 400)

  assert.equal((await respondent.submit(first, { held: 0 })).status, 200)
  const { status } = await respondent.request('POST', `/api/assignments/${second}/submit`, {
    answers: { held: 0 },
    skipped: [],
    language: 'nl',
    duration: 3600,
  })
  assert.equal(status, 200)
  const stored = (id: string) => server.rows(`SELECT duration, answers FROM responses WHERE assignment_id = '${id}'`)
  assert.deepEqual(
    [stored(first), stored(second)],
    [[{ duration: 75, answers: '{"held":0}' }], [{ duration: 3600, answers: '{"held":0}' }]],
  )
})

test('the desk counts lists about several people as one list of the family, and marks each', async (t) => {
  const { server, respondent } = await interviewer(t, 'parent', 'parent', 'referrer')
  const [first] = (await respondent.packet()).assignments
  await respondent.submit(first?.id ?? '', { held: 0 })
  const { cases } = await listCases(server.context, { studyId: 's1', within: 'everywhere' }, { sort: 'code', turned: false, limit: 10 })
  assert.deepEqual(
    cases[0]?.marks.map(({ instrument, state }) => [instrument, state]),
    [
      ['talk', 'completed'],
      ['talk', 'open'],
      ['talk', 'open'],
    ],
  )
  assert.equal(new Set(cases[0]?.marks.map(({ about }) => about)).size, 3)
  const { rows } = await responseTable(server.context, { studyId: 's1', within: 'everywhere' })
  assert.deepEqual(
    rows.map(({ instrument, role, waves }) => [instrument, role, waves[0]?.completed, waves[0]?.asked]),
    [
      ['talk', 'interviewer', 1, 1],
      ['talk-youth', 'interviewer', 0, 0],
    ],
  )
})
