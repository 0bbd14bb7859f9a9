import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { address, family } from '../harness/family.ts'
import { type StaffClient, staffAt } from '../harness/staff.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

interface Desk {
  server: StudyServer
  manager: StaffClient
  /** A route about the parent of the family. */
  parent(path: string): string
}

const why = { reason: 'gebeld' }
const mailTo = ({ mail }: StudyServer, to: string) => mail.accepted.filter(({ recipients }) => recipients.includes(to))

/** One family whose T0 is open, on the morning on which it was invited. */
async function withFamily(t: TestContext, refuses?: (recipient: string) => boolean): Promise<Desk> {
  const server = await startStudyServer(t, '2026-03-02T09:30:00Z')
  if (refuses) server.mail.mood = (recipient) => (refuses(recipient) ? { at: 'recipient', does: 550, says: 'no such user' } : undefined)
  await server.register(family('A-001'))
  server.clock.set('2026-03-03T09:00:00Z')
  await server.tick()
  const manager = await staffAt(server, 'data manager')
  const [{ id } = { id: '' }] = server.rows<{ id: string }>("select id from participants where role = 'parent'")
  return { server, manager, parent: (path) => `POST /studies/s1/cases/A-001/people/${id}/${path}` }
}

test('an invitation goes out once more, with a link of its own; both links work, and it is another mail', async (t) => {
  const { server, manager, parent } = await withFamily(t)
  const to = address('parent', 'A-001')
  const first = server.mail.linkTo(to)
  assert.equal((await manager.call(parent('invitation'), { wave: 'T0', ...why })).status, 200)
  await server.tick()
  await server.tick()
  const mails = mailTo(server, to)
  assert.equal(mails.length, 2)
  assert.notEqual(mails[0]?.messageId, mails[1]?.messageId)
  assert.equal(mails[0]?.subject, mails[1]?.subject)
  const second = server.mail.linkTo(to)
  assert.notEqual(first, second)
  for (const link of [first, second]) assert.equal((await fetch(link)).status, 200)
  // Planning anew knows of it: it is neither planned again nor called off.
  assert.equal((await manager.call('POST /studies/s1/cases/A-001/anchors', { anchors: { conference: '2026-05-01' }, ...why })).status, 200)
  await server.tick()
  assert.equal(mailTo(server, to).length, 2)
})

test('links that reached somebody else open nothing any more', async (t) => {
  const { server, manager, parent } = await withFamily(t)
  const to = address('parent', 'A-001')
  const first = server.mail.linkTo(to)
  const session = (await fetch(first, { method: 'POST', redirect: 'manual', headers: { Origin: server.origin } })).headers.getSetCookie()
  const cookie = session.map((one) => one.split(';')[0]).join('; ')
  assert.equal((await fetch(`${server.origin}/api/packet`, { headers: { Cookie: cookie } })).status, 200)
  await manager.call(parent('invitation'), { wave: 'T0', closeLinks: true, ...why })
  assert.equal((await fetch(first)).status, 404)
  assert.equal((await fetch(`${server.origin}/api/packet`, { headers: { Cookie: cookie } })).status, 401)
  await server.tick()
  assert.equal((await fetch(server.mail.linkTo(to))).status, 200)
})

test('an address that bounced: corrected, sent again, and there; the tasks are done', async (t) => {
  const wrong = address('parent', 'A-001')
  const { server, manager, parent } = await withFamily(t, (recipient) => recipient === wrong)
  const open = () => server.rows<{ kind: string }>('select kind from tasks where done_at is null').map(({ kind }) => kind)
  assert.deepEqual(open(), ['address refused'])
  const again = { wave: 'T0', ...why }
  assert.equal((await manager.call(parent('invitation'), again)).body.error.fault, 'address-refused')
  const bad = await manager.call(parent('address'), { email: 'not an address', ...why })
  assert.deepEqual([bad.status, bad.body.error.problems[0].field], [422, 'email'])
  assert.equal((await manager.call(parent('address'), { email: 'goed@example.org', name: 'Goede Naam', ...why })).status, 200)
  assert.deepEqual(open(), [])
  assert.equal((await manager.call(parent('invitation'), again)).status, 200)
  await server.tick()
  const [mail, ...more] = mailTo(server, 'goed@example.org')
  assert.match(mail?.text ?? '', /Goede Naam/)
  assert.deepEqual(more, [], 'one mail, no reminder beside it')
})

test('not twice on one day: a reminder that is due today is left out', async (t) => {
  const { server, manager, parent } = await withFamily(t)
  const to = address('parent', 'A-001')
  const [reminder] = server.rows<{ due_at: string }>(
    "select due_at from messages join participants on participants.id = participant_id where role = 'parent' and kind <> 'invitation' and wave = 'T0' order by due_at",
  )
  server.clock.set(`${reminder?.due_at.slice(0, 10)}T06:00:00Z`)
  await manager.call(parent('invitation'), { wave: 'T0', ...why })
  await server.tick()
  server.clock.set(`${reminder?.due_at.slice(0, 10)}T20:00:00Z`)
  await server.tick()
  assert.equal(mailTo(server, to).length, 2)
})

test('nothing is sent again to somebody who stopped, about what is not open, or while an invitation waits', async (t) => {
  const { server, manager, parent } = await withFamily(t)
  assert.equal((await manager.call(parent('invitation'), { wave: 'FU9', ...why })).body.error.fault, 'nothing-open')
  await manager.call(parent('invitation'), { wave: 'T0', ...why })
  await manager.call(parent('invitation'), { wave: 'T0', ...why })
  await server.tick()
  assert.equal(mailTo(server, address('parent', 'A-001')).length, 2, 'asked twice before it went: one mail')
  await manager.call(parent('stop'), { state: 'withdrawn', ...why })
  assert.equal((await manager.call(parent('invitation'), { wave: 'T0', ...why })).body.error.fault, 'stopped')
  const coordinator = await staffAt(server, 'coordinator')
  assert.equal((await coordinator.call(parent('invitation'), { wave: 'T0', ...why })).status, 403)
})

test('no mail goes to somebody who cannot be reached, until they can', async (t) => {
  const { server, manager, parent } = await withFamily(t)
  const to = address('parent', 'A-001')
  assert.equal((await manager.call(parent('reachable'), { reachable: true, ...why })).body.error.fault, 'reachable')
  assert.equal((await manager.call(parent('reachable'), { reachable: false, ...why })).status, 200)
  server.clock.set('2026-03-12T10:00:00Z')
  await server.tick()
  assert.equal(mailTo(server, to).length, 1, 'the reminder waits')
  const later = await staffAt(server, 'data manager')
  assert.equal((await later.call(parent('reachable'), { reachable: true, ...why })).status, 200)
  await server.tick()
  assert.equal(mailTo(server, to).length, 2)
})

test('before an address is corrected one sees which mails go to it now and which later, and nothing of that is done yet', async (t) => {
  const to = address('parent', 'A-001')
  const { server, parent } = await withFamily(t, (recipient) => recipient === to)
  const preview = parent('address').replace('A-001/', 'A-001/preview/')
  // The first reminder was due yesterday and waits: the address is known to be refused.
  server.clock.set('2026-03-10T09:00:00Z')
  await server.tick()
  server.clock.set('2026-03-11T09:00:00Z')
  const manager = await staffAt(server, 'data manager')
  const rows = () => ({
    mails: server.rows("select * from messages where state = 'planned' order by id"),
    people: server.rows('select * from participants order by id'),
    events: server.rows('select id from events').length,
  })
  const before = rows()
  const { status, body } = await manager.call(preview, { email: 'nieuw@voorbeeld.example', reason: '' })
  assert.equal(status, 200, JSON.stringify(body))
  const told = body.mails.map(({ what, kind, wave }: Record<string, string>) => `${what} ${kind} ${wave}`)
  const wanted = ['goes now reminder-1 T0', 'goes later reminder-2 T0', 'goes later invitation FU3']
  assert.deepEqual(told.slice(0, 3), wanted)
  assert.deepEqual(body.changes, { mails: [], lists: [] })
  assert.deepEqual(rows(), before)
  assert.equal((await manager.call(preview, { email: 'geen adres', reason: '' })).body.error.code, 'entry-invalid')
  assert.deepEqual((await manager.call(preview, { telephone: '0600000034', reason: '' })).body, {
    changes: { mails: [], lists: [] },
    mails: [],
  })

  const gone = (await manager.call(preview, { withoutMail: true, reason: '' })).body
  const called = gone.changes.mails.map(({ kind, wave, to: at }: { kind: string; wave: string; to: string | null }) => [kind, wave, at])
  assert.deepEqual(called.slice(0, 2), [
    ['reminder-1', 'T0', null],
    ['reminder-2', 'T0', null],
  ])
  assert.deepEqual(rows(), before)

  server.mail.mood = () => undefined
  assert.equal((await manager.call(parent('address'), { email: 'nieuw@voorbeeld.example', ...why })).status, 200)
  await server.tick()
  assert.deepEqual(
    mailTo(server, 'nieuw@voorbeeld.example').map(({ subject }) => subject).length,
    told.filter((one: string) => one.startsWith('goes now')).length,
  )
})
