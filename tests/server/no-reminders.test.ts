/** No more reminders: on the page, and by the address in the head of a mail. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { address, family } from '../harness/family.ts'
import type { Received } from '../harness/mail-server.ts'
import { Respondent } from '../harness/respondent.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

const parent = address('parent', 'A-001')
const [aWeekLater, twoWeeksLater] = ['2026-03-09T09:00:00Z', '2026-03-16T09:00:00Z']

async function invited(t: TestContext) {
  const server = await startStudyServer(t)
  await server.register({ ...family('A-001'), participants: family('A-001').participants.slice(0, 1) })
  await server.tick()
  return {
    server,
    mail: lastMail(server),
    wants: () => server.rows<{ at: string | null }>('SELECT reminders_stopped_at AS at FROM participants')[0]?.at === null,
  }
}

const lastMail = ({ mail }: StudyServer): Received => mail.accepted.at(-1) as Received
const header = (mail: Received, key: string): string => mail.headers.find((one) => one.key === key)?.value ?? ''
const unsubscribe = (mail: Received): string => header(mail, 'list-unsubscribe').replace(/^<(.*)>$/, '$1')
/** What a mail provider sends when somebody presses its button (RFC 8058, section 3.2): no cookie, from anywhere. */
const oneClick = (address: string): Promise<Response> =>
  fetch(address, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: 'https://mail.example', 'Sec-Fetch-Site': 'cross-site' },
    body: 'List-Unsubscribe=One-Click',
  })

async function inSession(server: StudyServer): Promise<Respondent> {
  const respondent = new Respondent(server.origin)
  await respondent.open(server.mail.linkTo(parent))
  return respondent
}

test('an invitation and a reminder have the address in their head, each its own, and it is not the link', async (t) => {
  const { server, mail } = await invited(t)
  assert.equal(header(mail, 'list-unsubscribe-post'), 'List-Unsubscribe=One-Click')
  assert.match(unsubscribe(mail), new RegExp(`^${server.origin}/u/[A-Za-z0-9_-]{22}$`))
  assert.ok(!mail.text?.includes('/u/'))
  server.clock.set(aWeekLater)
  await server.tick()
  assert.match(lastMail(server).subject ?? '', /^Herinnering/)
  assert.notEqual(unsubscribe(lastMail(server)), unsubscribe(mail))
  const token = unsubscribe(mail).split('/').at(-1)
  assert.equal((await fetch(`${server.origin}/l/${token}`, { method: 'POST', redirect: 'manual' })).status, 404)
})

test('a mail scanner that opens the address changes nothing; the button of a mail program stops reminders, and nothing else', async (t) => {
  const { server, mail, wants } = await invited(t)
  for (const method of ['GET', 'HEAD', 'GET']) assert.equal((await fetch(unsubscribe(mail), { method })).status, 200)
  assert.ok(wants())
  for (const _ of [1, 2]) {
    const answer = await oneClick(unsubscribe(mail))
    assert.deepEqual([answer.status, answer.headers.get('Set-Cookie')], [200, null])
  }
  assert.ok(!wants())
  server.clock.set(aWeekLater)
  assert.equal((await server.tick()).sent, 0)
  const { participant, assignments } = await (await inSession(server)).packet()
  assert.deepEqual([participant.state, participant.wantsReminders], ['active', false])
  assert.ok(assignments.every(({ state }) => state === 'open'))
  assert.equal(server.rows(`SELECT * FROM events WHERE kind = 'reminders stopped'`).length, 1)
})

test('the page behind the address has a button that stops them, and one that takes it back, in either language', async (t) => {
  const { server, mail, wants } = await invited(t)
  const press = async (reminders: string): Promise<string> =>
    (await fetch(`${unsubscribe(mail)}?language=nl`, { method: 'POST', body: new URLSearchParams({ reminders }) })).text()
  assert.match(await (await fetch(unsubscribe(mail))).text(), /Geen herinneringen meer<\/button>/)
  assert.match(await (await fetch(`${unsubscribe(mail)}?language=en`)).text(), /No more reminders<\/button>/)
  assert.match(await press('none'), /U krijgt geen herinneringen meer/)
  assert.match(await (await fetch(unsubscribe(mail))).text(), /Toch weer herinneringen<\/button>/)
  assert.match(await press('again'), /U krijgt weer herinneringen/)
  assert.ok(wants())
  server.clock.set(aWeekLater)
  assert.equal((await server.tick()).sent, 1)
})

test('without reminders the next wave still comes, with its invitation only', async (t) => {
  const { server } = await invited(t)
  const respondent = await inSession(server)
  const { status, body } = await respondent.request<{ participant: { wantsReminders: boolean } }>('PUT', '/api/packet/reminders', {
    wanted: false,
  })
  assert.deepEqual([status, body.participant.wantsReminders], [200, false])
  const subjects: string[] = []
  for (let day = 1; day < 150; day++) {
    server.clock.set(
      Temporal.Instant.from('2026-03-02T09:00:00Z')
        .add({ hours: 24 * day })
        .toString(),
    )
    const before = server.mail.accepted.length
    await server.tick()
    subjects.push(...server.mail.accepted.slice(before).map(({ subject }) => subject ?? ''))
  }
  assert.equal(subjects.length, 1)
  assert.doesNotMatch(subjects[0] ?? '', /Herinnering/)
})

test('reminders that are wanted again go out on their days, the ones of the past do not', async (t) => {
  const { server } = await invited(t)
  const respondent = await inSession(server)
  await respondent.request('PUT', '/api/packet/reminders', { wanted: false })
  server.clock.set('2026-03-10T09:00:00Z')
  assert.equal((await server.tick()).sent, 0)
  await respondent.request('POST', '/api/packet/leave')
  await (async () => (await inSession(server)).request('PUT', '/api/packet/reminders', { wanted: true }))()
  assert.equal((await server.tick()).sent, 0)
  server.clock.set(twoWeeksLater)
  assert.equal((await server.tick()).sent, 1)
})

test('a reminder that is due at the very moment does not go out any more', async (t) => {
  const { server, mail } = await invited(t)
  server.clock.set(aWeekLater)
  await oneClick(unsubscribe(mail))
  assert.deepEqual(await server.tick().then(({ sent, cancelled }) => ({ sent, cancelled })), { sent: 0, cancelled: 0 })
  assert.deepEqual(
    server
      .rows<{ detail: string }>(`SELECT DISTINCT detail FROM messages WHERE state = 'cancelled' AND wave = 'T0'`)
      .map(({ detail }) => detail),
    ['reminders stopped'],
  )
})

test('of somebody who stopped the address does nothing, and says that they do not take part', async (t) => {
  const { server, mail, wants } = await invited(t)
  await (await inSession(server)).request('POST', '/api/packet/withdraw', {})
  assert.equal((await oneClick(unsubscribe(mail))).status, 204)
  assert.ok(wants())
  const page = await (await fetch(unsubscribe(mail))).text()
  assert.match(page, /U doet niet meer mee/)
  assert.doesNotMatch(page, /<form/)
})

test('an address that nobody was given is a calm page', async (t) => {
  const { server } = await invited(t)
  for (const token of ['A'.repeat(22), 'x', 'A'.repeat(43)])
    for (const method of ['GET', 'POST']) {
      const answer = await fetch(`${server.origin}/u/${token}`, { method })
      assert.equal(answer.status, 404)
      assert.match(await answer.text(), /Deze link kennen wij niet/)
    }
})

test('a confirmation has no such address: nothing follows it', async (t) => {
  const { server } = await invited(t)
  await (await inSession(server)).request('POST', '/api/packet/withdraw', {})
  await server.tick()
  assert.equal(unsubscribe(lastMail(server)), '')
})
