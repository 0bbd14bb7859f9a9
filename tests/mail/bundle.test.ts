/** One mail for all that is due to somebody with several cases, and what becomes of the messages in it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CaseEntry } from '../../server/workflow/check-case.ts'
import { handOverCase } from '../../server/workflow/leave-case.ts'
import { family } from '../harness/family.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

const mine = 'coordinator@werk.example'

const conference = (code: string, email = mine, name = 'Coördinator Voorbeeld'): CaseEntry => ({
  code,
  arm: 'referred',
  cohort: 'ongoing',
  anchors: { conference: '2026-03-01' },
  participants: [{ role: 'coordinator', name, email, language: 'nl' }],
})
const codes = (count: number) => Array.from({ length: count }, (_, index) => `EK-${String(index + 1).padStart(3, '0')}`)

async function due(t: Parameters<typeof startStudyServer>[0], ...cases: CaseEntry[]): Promise<StudyServer> {
  const server = await startStudyServer(t, '2026-03-02T07:00:00Z', { entry: { protocol: 'ekc-yearly@0.1.0-standin' } })
  await server.register(...cases)
  server.clock.set('2026-03-02T09:00:00Z')
  return server
}

const invitations = ({ rows }: StudyServer) =>
  rows<{ state: string; next_at: string; participant_id: string }>(
    "SELECT * FROM messages WHERE kind = 'invitation' AND wave = 'T0' ORDER BY id",
  )
const statesOf = (server: StudyServer) => [...new Set(invitations(server).map(({ state }) => state))]

test('twenty invitations to one address are one mail with every case in it and one link; each message is sent by itself', async (t) => {
  const all = codes(20)
  const server = await due(t, ...all.map((code) => conference(code)), conference('EK-100', 'ander@werk.example'))
  const { sent } = await server.tick()
  assert.deepEqual(server.mail.accepted.map(({ recipients }) => recipients).sort(), [['ander@werk.example'], [mine]])
  const mail = server.mail.accepted.find(({ recipients }) => recipients[0] === mine)
  assert.equal(mail?.subject, '20 gezinnen: vragen voor het onderzoek')
  for (const code of all) assert.match(mail?.text ?? '', new RegExp(`^- ${code}: invullen kan tot en met maandag 1 juni 2026$`, 'm'))
  assert.equal(mail?.text?.match(/http\S+/g)?.length, 1)
  assert.doesNotMatch(mail?.text ?? '', /[{}]|EK-100/)
  assert.match(mail?.html ?? '', /<li>EK-020: /)
  assert.deepEqual([statesOf(server), sent], [['sent'], 21])
  assert.equal(server.rows("SELECT 1 FROM events WHERE kind = 'message sent'").length, 21)
  assert.equal(server.rows('SELECT 1 FROM links').length, 2)
  await server.tick()
  assert.equal(server.mail.seen.length, 2)
})

test('one case is still written to in the words of its protocol', async (t) => {
  const server = await due(t, conference('EK-001'))
  await server.tick()
  assert.match(server.mail.accepted[0]?.subject ?? '', /^EK-001: vragen voor het onderzoek/)
})

test('another name, another language, another role or a parent at the same address gets a mail of their own', async (t) => {
  const server = await due(
    t,
    conference('EK-001'),
    conference('EK-002', mine.toUpperCase()),
    conference('EK-003', mine, 'Andere Coördinator'),
  )
  await server.context.stores.study.withTx(async (tx) => {
    tx.run("UPDATE participants SET language = 'en' WHERE case_id = (SELECT id FROM cases WHERE code = 'EK-002')")
  })
  await server.tick()
  assert.equal(server.mail.accepted.length, 3)

  const families = await startStudyServer(t, '2026-07-16T09:00:00Z')
  const shared = (code: string) => ({
    ...family(code),
    participants: family(code).participants.map((one) => ({ ...one, email: mine, name: 'Iemand Voorbeeld' })),
  })
  await families.register(shared('A-001'), shared('A-002'))
  families.clock.set('2026-07-17T09:00:00Z')
  await families.tick()
  const subjects = families.mail.accepted.map(({ subject }) => subject ?? '')
  assert.equal(subjects.filter((subject) => subject.startsWith('2 gezinnen')).length, 1, 'the referrer')
  assert.ok(subjects.length >= 5, 'parents and relatives one by one')
})

test('a mail that certainly was not sent goes again with the same Message-ID and the same cases, all at the same moment', async (t) => {
  const server = await due(t, ...codes(3).map((code) => conference(code)))
  server.mail.mood = { at: 'end of text', does: 451 }
  await server.tick()
  assert.deepEqual([statesOf(server), new Set(invitations(server).map(({ next_at }) => next_at)).size], [['planned'], 1])
  server.mail.mood = undefined
  server.clock.set('2026-03-02T09:20:00Z')
  await server.tick()
  assert.deepEqual(statesOf(server), ['sent'])
  assert.deepEqual([server.mail.seen.length, new Set(server.mail.seen.map(({ messageId }) => messageId)).size], [2, 1])
})

test('with another set of cases it is another mail: what was handed over meanwhile is not in it', async (t) => {
  const server = await due(t, ...codes(3).map((code) => conference(code)))
  server.mail.mood = { at: 'end of text', does: 451 }
  await server.tick()
  const [first] = server.rows<{ id: string }>("SELECT p.id FROM participants p JOIN cases c ON c.id = p.case_id WHERE c.code = 'EK-001'")
  await handOverCase(server.context, { id: first?.id ?? '' }, 'EK-001', { name: 'Collega Voorbeeld', email: 'collega@werk.example' })
  server.mail.mood = undefined
  server.clock.set('2026-03-02T09:20:00Z')
  await server.tick()
  const sent = server.mail.accepted.find(({ recipients }) => recipients[0] === mine)
  assert.doesNotMatch(sent?.text ?? '', /EK-001/)
  assert.equal(sent?.subject, '2 gezinnen: vragen voor het onderzoek')
  assert.equal(new Set(server.mail.seen.filter(({ recipients }) => recipients[0] === mine).map(({ messageId }) => messageId)).size, 2)
})

test('a refused address is one mail, and a task for each case', async (t) => {
  const server = await due(t, ...codes(3).map((code) => conference(code)))
  server.mail.mood = { at: 'recipient', does: 550 }
  await server.tick()
  assert.deepEqual(statesOf(server), ['refused'])
  assert.equal(server.rows("SELECT 1 FROM tasks WHERE kind = 'address refused'").length, 3)
  assert.equal(server.rows('SELECT 1 FROM participants WHERE address_refused_at IS NULL').length, 0)
})

test('a mail of which nobody knows whether it arrived is never sent again, for none of its cases', async (t) => {
  const server = await due(t, ...codes(3).map((code) => conference(code)))
  server.mail.mood = { at: 'end of text', does: 'dies' }
  await server.tick()
  assert.deepEqual(statesOf(server), ['unknown'])
  server.mail.mood = undefined
  server.clock.set('2026-03-02T12:00:00Z')
  await server.tick()
  assert.equal(server.mail.seen.length, 1)
  assert.equal(server.rows("SELECT 1 FROM tasks WHERE kind = 'message unknown'").length, 3)
})

test('many passes at once send each message once', async (t) => {
  const people = codes(30).map((code, index) => conference(code, `coordinator${index % 3}@werk.example`))
  const server = await due(t, ...people)
  await Promise.all(Array.from({ length: 5 }, () => server.tick()))
  assert.deepEqual(
    server.mail.accepted.map(({ recipients }) => recipients[0]).sort(),
    [0, 1, 2].map((index) => `coordinator${index}@werk.example`),
  )
  const named = server.mail.accepted.flatMap(({ text }) => [...(text ?? '').matchAll(/^- (EK-\d+):/gm)].map(([, code]) => code))
  assert.deepEqual(named.toSorted(), codes(30))
})
