/** Somebody stops and has their answers erased: what is gone then, from every file, and what stays. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { findPerson } from '../../server/queries/people.ts'
import { openTasks } from '../../server/queries/tasks.ts'
import { withdrawAndErase } from '../../server/workflow/stop-participant.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { address, answersTo, family } from '../harness/family.ts'
import { interviewerAddress, interviewProtocol, talkedWith, writeInterviewStudy } from '../harness/interview-study.ts'
import { partsWith } from '../harness/kept-bytes.ts'
import { Respondent } from '../harness/respondent.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

const canary = 'Kanariegeel-zzyzx'

/** The parts in which the word is still kept. */
const keeping = (server: StudyServer, word: string): Promise<string[]> => partsWith(server.context.place.data, word)

/** A parent who sent one list and has others open. */
async function answered(t: TestContext) {
  const server = await startStudyServer(t)
  await server.register(family('A-001'), family('A-002'))
  await server.tick()
  const respondent = new Respondent(server.origin)
  await respondent.open(server.mail.linkTo(address('parent', 'A-001')))
  await respondent.consent()
  const { assignments } = await respondent.packet()
  const instruments = server.context.definitions.instruments.all()
  const [first, second] = assignments
  const instrument = instruments.find(({ survey }) => survey.title.nl === first?.title.nl)
  assert.ok(first && second && instrument)
  assert.equal((await respondent.submit(first.id, answersTo(instrument))).status, 200)
  return { server, respondent, sent: first.id, open: second.id }
}

/** Puts words where answers are, whatever the lists of the study allow. */
const plant = (server: StudyServer, sql: string): Promise<void> => server.context.stores.study.withTx(async (tx) => void tx.run(sql))

test('what was answered is in no file any more, and that it was answered still is known', async (t) => {
  const { server, respondent, sent, open } = await answered(t)
  await respondent.request('PUT', `/api/assignments/${open}/draft`, { revision: 0, answers: {}, page: null })
  // Twice, and longer the second time: the first copy is freed space by then.
  for (const words of [canary, `${canary} `.repeat(400)]) {
    await plant(server, `UPDATE responses SET answers = '{"told":"${words}"}'`)
    await plant(server, `UPDATE drafts SET answers = '{"told":"${words}"}'`)
    await plant(server, `UPDATE scores SET reason = '${words}'`)
  }
  assert.deepEqual(await keeping(server, canary), ['study'], 'the canary is there to be found')

  const { status, body } = await respondent.request<{ participant: { state: string; answers: string } }>('POST', '/api/packet/withdraw', {
    erase: true,
  })
  assert.deepEqual([status, body.participant.state, body.participant.answers], [200, 'withdrawn', 'erased'])
  assert.deepEqual(await keeping(server, canary), [])
  for (const table of ['responses', 'drafts', 'scores']) assert.deepEqual(server.rows(`SELECT * FROM ${table}`), [], table)
  const [kept] = server.rows<{ state: string; ended_at: string | null }>(`SELECT state, ended_at FROM assignments WHERE id = '${sent}'`)
  assert.deepEqual(kept, { state: 'completed', ended_at: '2026-03-02T09:00:00.000Z' })
  assert.equal(server.rows('SELECT * FROM consents').length, 2, 'what was said about consent stays')
})

test('it is written down, staff get a task, a mail confirms it once, and then name and address go', async (t) => {
  const { server, respondent } = await answered(t)
  const before = server.mail.accepted.length
  const pseudonym =
    server.rows<{ id: string }>(`SELECT participant_id AS id FROM responses JOIN assignments ON assignments.id = assignment_id`)[0]?.id ??
    ''
  const { stores, sealer } = server.context
  await respondent.request('POST', '/api/packet/withdraw', { erase: true })
  assert.ok(await findPerson(stores.identity.read, sealer, pseudonym), 'without an address nothing could be confirmed')

  await server.tick()
  await server.tick()
  const [mail, ...more] = server.mail.accepted.slice(before)
  assert.deepEqual(more, [])
  assert.deepEqual(mail?.recipients, [address('parent', 'A-001')])
  assert.match(mail?.text ?? '', /Uw antwoorden zijn gewist/)
  assert.doesNotMatch(mail?.text ?? '', /https?:/)
  assert.equal(await findPerson(stores.identity.read, sealer, pseudonym), undefined)
  const events = server.rows<{ kind: string; detail: string }>(
    `SELECT kind, detail FROM events WHERE participant_id = '${pseudonym}' ORDER BY id`,
  )
  assert.deepEqual(events.map(({ kind }) => kind).slice(-4), ['answers erased', 'withdrawn', 'message sent', 'contact data removed'])
  const { exports, responses } = JSON.parse(events.at(-4)?.detail ?? '{}')
  assert.deepEqual([exports, responses], [[], 1])
  const tasks = await openTasks(stores.study.read, 's1')
  assert.deepEqual(
    tasks.map(({ kind, caseCode, role }) => [kind, caseCode, role]),
    [['answers erased', 'A-001', 'parent']],
  )
})

test('stopping alone keeps the answers and confirms it; they can be erased afterwards, from the same link', async (t) => {
  const { server, respondent } = await answered(t)
  const link = server.mail.linkTo(address('parent', 'A-001'))
  await respondent.request('POST', '/api/packet/withdraw', {})
  await respondent.request('POST', '/api/packet/withdraw', {})
  await server.tick()
  assert.match(server.mail.accepted.at(-1)?.text ?? '', /U bent gestopt met het onderzoek/)
  assert.equal(server.rows('SELECT * FROM responses').length, 1)
  assert.equal(server.rows(`SELECT * FROM messages WHERE kind = 'stop confirmation'`).length, 1)

  assert.match(await (await fetch(link)).text(), /Mijn antwoorden wissen/)
  const again = new Respondent(server.origin)
  await again.open(link)
  assert.equal((await again.packet()).participant.answers, 'kept')
  await again.request('POST', '/api/packet/withdraw', { erase: true })
  assert.equal(server.rows('SELECT * FROM responses').length, 0)
  assert.match(await (await fetch(link)).text(), /Uw antwoorden zijn gewist/)
  await server.tick()
  assert.match(server.mail.accepted.at(-1)?.text ?? '', /Uw antwoorden zijn gewist/)
})

test('whoever stops and erases before the mail has gone gets one mail, about both', async (t) => {
  const { server, respondent } = await answered(t)
  const before = server.mail.accepted.length
  for (const body of [{}, { erase: true }, { erase: true }]) await respondent.request('POST', '/api/packet/withdraw', body)
  await server.tick()
  assert.deepEqual(
    server.mail.accepted.slice(before).map(({ text }) => /gewist/.test(text ?? '')),
    [true],
  )
})

test('planning a case anew leaves a confirmation alone', async (t) => {
  const { server, respondent } = await answered(t)
  await respondent.request('POST', '/api/packet/withdraw', {})
  const moved = await nameting(server.environment, 'case', 'anchor', 'A-001', 'conference=2026-05-01', '--study', 's1')
  assert.equal(moved.code, 0, moved.stderr)
  assert.equal((await server.tick()).sent, 1)
})

test('an address that refuses the confirmation does not keep anybody from being forgotten', async (t) => {
  const { server, respondent } = await answered(t)
  await respondent.request('POST', '/api/packet/withdraw', { erase: true })
  server.mail.mood = { at: 'recipient', does: 550, says: '5.1.1 no such mailbox' }
  await server.tick()
  assert.equal(server.rows('SELECT * FROM participants WHERE contact_removed_at IS NOT NULL').length, 1)
})

test('what somebody said in an interview is theirs: it goes, and what others said stays', async (t) => {
  const definitions = writeInterviewStudy(join(temporaryFolder(t), 'definitions'))
  const server = await startStudyServer(t, undefined, { definitions, entry: { protocol: interviewProtocol } })
  await server.register(talkedWith('A-001', 'parent', 'parent'))
  await server.tick()
  const interviewer = new Respondent(server.origin)
  await interviewer.open(server.mail.linkTo(interviewerAddress('A-001')))
  const lists = (await interviewer.packet()).assignments
  for (const { id, about } of lists) {
    const wishes = [{ wish: `${canary} ${about?.place}` }]
    assert.equal((await interviewer.submit(id, { held: 1, safe: 2, wishes })).status, 200)
  }
  const [first] = server.rows<{ id: string }>(`SELECT id FROM participants WHERE role = 'parent' AND number = 1`)
  await withdrawAndErase(server.context, { id: first?.id ?? '' })
  assert.deepEqual(await keeping(server, `${canary} 1`), [])
  assert.deepEqual(await keeping(server, `${canary} 2`), ['study'])
})

test('a mail server that is away for a week does not, either; one that comes back in time gets the mail', async (t) => {
  const { server, respondent } = await answered(t)
  await respondent.request('POST', '/api/packet/withdraw', { erase: true })
  const forgotten = () => server.rows('SELECT * FROM participants WHERE contact_removed_at IS NOT NULL').length
  server.mail.mood = { at: 'sender', does: 421 }
  for (const day of ['02', '03', '08']) {
    server.clock.set(`2026-03-${day}T10:00:00Z`)
    await server.tick()
    assert.equal(forgotten(), 0)
  }
  server.clock.set('2026-03-09T10:00:00Z')
  await server.tick()
  assert.equal(forgotten(), 1)
  const kinds = (await openTasks(server.context.stores.study.read, 's1')).map(({ kind }) => kind)
  assert.ok(kinds.includes('message refused'), kinds.join())
})

test('an export after it says that there was a response, and that it was erased', async (t) => {
  const { server, respondent } = await answered(t)
  await respondent.request('POST', '/api/packet/withdraw', { erase: true })
  const out = join(temporaryFolder(t), 'export')
  const exported = await nameting(server.environment, 'export', '--study', 's1', '--out', out, '--format', 'csv')
  assert.equal(exported.code, 0, exported.stderr)
  const states = readFileSync(join(out, 'assignments.csv'), 'utf8').match(/\b(completed|erased)\b/g)
  assert.deepEqual(states, ['erased'])
})
