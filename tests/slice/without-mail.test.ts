/** Parents, informants and referrers without a mail address, from registration to erasure: nothing is mailed, everything is asked. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findPerson } from '../../server/queries/people.ts'
import { address, family } from '../harness/family.ts'
import { staffAt } from '../harness/staff.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

const at = (code: string, path = '') => `/studies/s1/cases/${code}${path}`
const reason = 'gebeld'

/** A family of which the people in `roles` have no mail address, as the desk enters it. */
function entry(code: string, ...roles: string[]) {
  const whole = family(code)
  return {
    ...whole,
    participants: whole.participants.map(({ email, ...one }) =>
      roles.includes(one.role) ? { ...one, withoutMail: true, telephone: '06-00000012' } : { ...one, email },
    ),
  }
}

const mailsTo = (server: StudyServer, code: string, role: string) =>
  server.rows<{ state: string; kind: string; wave: string }>(
    `SELECT m.state, m.kind, m.wave FROM messages m JOIN participants p ON p.id = m.participant_id JOIN cases c ON c.id = p.case_id
     WHERE c.code = '${code}' AND p.role = '${role}' ORDER BY m.due_at, m.kind`,
  )
const listsOf = (server: StudyServer, code: string, role: string) =>
  server.rows<{ wave: string; instrument: string; state: string; opens: string }>(
    `SELECT a.wave, a.instrument_id AS instrument, a.state, a.opens_at AS opens FROM assignments a
     JOIN participants p ON p.id = a.participant_id JOIN cases c ON c.id = p.case_id
     WHERE c.code = '${code}' AND p.role = '${role}' ORDER BY a.opens_at, a.instrument_id`,
  )
/** Goes to a moment and makes a pass. Sessions are over by then: whoever works on signed in anew. */
async function later(server: StudyServer, moment: string) {
  server.clock.set(moment)
  await server.tick()
  return await staffAt(server, 'data manager')
}
const personOf = async (call: Awaited<ReturnType<typeof staffAt>>['call'], code: string, role: string) =>
  (await call(`GET ${at(code)}`)).body.participants.find((one: { role: string }) => one.role === role)

test('somebody without an address is registered on purpose, gets the same lists and no mail, and stands on Today with a number one logged step away', async (t) => {
  const server = await startStudyServer(t, '2026-03-02T08:00:00Z')
  let manager = await staffAt(server, 'data manager')
  await server.register(family('M-1'))
  for (const [index, roles] of [['parent'], ['referrer'], ['informant'], ['parent', 'referrer', 'informant']].entries()) {
    const { status, body } = await manager.call('POST /studies/s1/cases', entry(`H-${index}`, ...roles))
    assert.equal(status, 201, JSON.stringify(body))
    for (const role of roles) {
      assert.deepEqual(listsOf(server, `H-${index}`, role), listsOf(server, 'M-1', role), role)
      assert.deepEqual(mailsTo(server, `H-${index}`, role), [], role)
    }
  }
  assert.ok(mailsTo(server, 'H-0', 'referrer').length > 0, 'others of the family get theirs')

  manager = await later(server, '2026-03-03T09:30:00Z')
  const parents = (code: string) => address('parent', code)
  assert.ok(server.mail.accepted.some(({ recipients }) => recipients.includes(parents('M-1'))))
  const today = (await manager.call('GET /studies/s1/today')).body
  assert.deepEqual(
    today.byHand.rows.map(({ code, role, wave, lists, opened }: Record<string, unknown>) => [code, role, wave, lists, opened]),
    [
      ['H-0', 'parent', 'T0', 4, true],
      ['H-3', 'parent', 'T0', 4, true],
    ],
  )
  const [row] = today.byHand.rows
  const { contact } = (
    await manager.call(`POST ${at(row.code, `/people/${row.person}/contact`)}`, { reason: 'lijsten met de hand vragen: T0' })
  ).body
  assert.deepEqual([contact.email, contact.telephone, contact.dial], [null, '06-00000012', '+31600000012'])
  const [line] = server.rows<{ reason: string }>(`SELECT reason FROM access_log WHERE action = 'saw contact data' ORDER BY id DESC LIMIT 1`)
  assert.equal(line?.reason, 'lijsten met de hand vragen: T0')

  // The same family later: it is named as long as its lists are open and nothing came in, and not among those who were written to.
  manager = await later(server, '2026-03-18T09:30:00Z')
  const quiet = (await manager.call('GET /studies/s1/today')).body
  const closesAt = server.rows<{ at: string }>(`SELECT min(closes_at) AS at FROM assignments WHERE wave = 'T0'`)[0]?.at ?? ''
  assert.deepEqual(
    quiet.byHand.rows.map(({ code, wave, opened }: Record<string, unknown>) => [code, wave, opened]),
    [
      ['H-0', 'T0', true],
      ['H-3', 'T0', true],
    ],
    'halfway, neither just opened nor about to close',
  )
  manager = await later(server, new Date(Date.parse(closesAt) - 3 * 86_400_000).toISOString())
  const closing = (await manager.call('GET /studies/s1/today')).body
  assert.deepEqual(
    closing.byHand.rows.map(({ code }: { code: string }) => code),
    ['H-0', 'H-3'],
  )
  assert.deepEqual(
    closing.closing.rows.filter(({ role }: { role: string }) => role === 'parent').map(({ code }: { code: string }) => code),
    ['H-1', 'H-2', 'M-1'],
  )

  // Response says by how many it is asked by hand, and which families they are.
  const { roles } = (await manager.call('GET /studies/s1/response')).body
  const [t0] = roles.find(({ role }: { role: string }) => role === 'parent').waves
  assert.deepEqual([t0.asked, t0.sent, t0.byHand], [5, 3, 2])
  const behind = (await manager.call('GET /studies/s1/cases?wave=T0&role=parent&list=*&figure=by%20hand&sort=code')).body
  assert.deepEqual([behind.total, behind.cases.map(({ code }: { code: string }) => code)], [2, ['H-0', 'H-3']])

  // To the end of the study nobody of them is in any mail.
  for (const moment of ['2026-04-20', '2026-07-20', '2026-08-10', '2027-01-20', '2027-02-20']) {
    await later(server, `${moment}T09:30:00Z`)
  }
  assert.deepEqual(mailsTo(server, 'H-3', 'parent').concat(mailsTo(server, 'H-3', 'referrer'), mailsTo(server, 'H-3', 'informant')), [])
  assert.equal(
    server.mail.accepted.some(({ recipients }) => recipients.some((one) => one.includes('-h-3@'))),
    false,
  )
})

test('an empty box is no choice: a forgotten address, an address of somebody who has none and a number that is none are refused by field', async (t) => {
  const server = await startStudyServer(t)
  const manager = await staffAt(server, 'data manager')
  const whole = family('A-1')
  const withParent = (more: object) => ({
    ...whole,
    participants: whole.participants.map(({ email, ...one }) => (one.role === 'parent' ? { ...one, ...more } : { ...one, email })),
  })
  const faultsOf = async (more: object) => {
    const { status, body } = await manager.call('POST /studies/s1/cases', withParent(more))
    assert.equal(status, 422)
    return body.error.problems.map(({ field, participant, fault }: Record<string, unknown>) => [field, participant, fault])
  }
  assert.deepEqual(await faultsOf({}), [['email', 0, 'address empty']])
  assert.deepEqual(await faultsOf({ withoutMail: false }), [['email', 0, 'address empty']])
  assert.deepEqual(await faultsOf({ email: 'a@voorbeeld.example', withoutMail: true }), [['email', 0, 'mail or none']])
  assert.deepEqual(await faultsOf({ withoutMail: true, telephone: '612345678' }), [['telephone', 0, 'telephone']])
  assert.equal(server.rows('SELECT id FROM cases').length, 0)
  assert.equal((await manager.call('POST /studies/s1/cases', withParent({ withoutMail: true }))).status, 201)
  const again = { role: 'parent', language: 'nl', name: 'parent Voorbeeld A-1', withoutMail: true, reason }
  const known = await manager.call(`POST ${at('A-1', '/people')}`, again)
  assert.deepEqual([known.status, known.body.error?.fault], [409, 'known-person'])
  assert.equal(
    (await manager.call(`POST ${at('A-1', '/people')}`, { ...again, telephone: '0600000099' })).status,
    200,
    'told apart by number',
  )
})

test('an address that comes later gets the mails still ahead; one that goes takes them with it, with what was asked once more, and leaves the lists', async (t) => {
  const server = await startStudyServer(t, '2026-03-02T08:00:00Z')
  let manager = await staffAt(server, 'data manager')
  await manager.call('POST /studies/s1/cases', entry('H-1', 'parent'))
  manager = await later(server, '2026-03-05T12:00:00Z')
  const { id, withoutMailAt } = await personOf(manager.call, 'H-1', 'parent')
  assert.equal(withoutMailAt, '2026-03-02T08:00:00.000Z')
  const place = at('H-1', `/people/${id}`)
  const refusal = async (path: string, body: object) => {
    const answer = await manager.call(`POST ${place}${path}`, { ...body, reason })
    return [answer.status, answer.body.error?.fault ?? answer.body.error?.code]
  }
  assert.deepEqual(await refusal('/invitation', { wave: 'T0' }), [409, 'no-mail'])
  assert.deepEqual(await refusal('/reachable', { reachable: false }), [409, 'no-mail'])
  assert.deepEqual(await refusal('/address', {}), [409, 'nothing-changed'])
  assert.deepEqual(await refusal('/address', { withoutMail: true }), [409, 'nothing-changed'])
  assert.deepEqual(await refusal('/address', { withoutMail: true, email: 'a@voorbeeld.example' }), [422, 'entry-invalid'])
  assert.deepEqual(await refusal('/address', { telephone: '12' }), [422, 'entry-invalid'])

  const lists = listsOf(server, 'H-1', 'parent')
  assert.equal((await manager.call(`POST ${place}/address`, { email: 'nieuw@voorbeeld.example', reason })).status, 200)
  assert.deepEqual([...new Set(mailsTo(server, 'H-1', 'parent').map(({ state }) => state))], ['planned'])
  assert.deepEqual(listsOf(server, 'H-1', 'parent'), lists)
  manager = await later(server, '2026-03-06T09:30:00Z')
  assert.equal(server.mail.accepted.filter(({ recipients }) => recipients.includes('nieuw@voorbeeld.example')).length, 1)
  assert.equal((await personOf(manager.call, 'H-1', 'parent')).withoutMailAt, null)

  // Asked to be sent once more, and gone before it went.
  assert.equal((await manager.call(`POST ${place}/invitation`, { wave: 'T0', reason })).status, 200)
  const links = () => server.rows(`SELECT token_hash FROM links WHERE participant_id = '${id}'`).length
  assert.equal(links(), 1)
  assert.equal((await manager.call(`POST ${place}/address`, { withoutMail: true, telephone: '0600000034', reason })).status, 200)
  assert.equal(links(), 1, 'a link that they have still opens their lists')
  assert.equal(
    mailsTo(server, 'H-1', 'parent').some(({ state }) => state === 'planned'),
    false,
  )
  assert.deepEqual(
    listsOf(server, 'H-1', 'parent').map(({ state, ...one }) => one),
    lists.map(({ state, ...one }) => one),
  )
  assert.ok(listsOf(server, 'H-1', 'parent').every(({ state }) => state === 'open' || state === 'scheduled'))
  const { contact } = (await manager.call(`POST ${place}/contact`, { reason })).body
  assert.deepEqual([contact.name, contact.email, contact.telephone], ['parent Voorbeeld H-1', null, '0600000034'])
  manager = await later(server, '2026-03-20T09:30:00Z')
  assert.equal(server.mail.accepted.filter(({ recipients }) => recipients.includes('nieuw@voorbeeld.example')).length, 1)

  // Somebody else read that mailbox: what went there opens nothing.
  await manager.call(`POST ${place}/address`, { email: 'nieuw@voorbeeld.example', reason })
  await manager.call(`POST ${place}/address`, { withoutMail: true, closeLinks: true, reason })
  assert.equal(links(), 0)
  await manager.call(`POST ${place}/address`, { telephone: '', name: 'Noor Anders', reason })
  const after = (await manager.call(`POST ${place}/contact`, { reason })).body.contact
  assert.deepEqual([after.name, after.telephone], ['Noor Anders', null])
  const told = server.rows<{ kind: string }>(
    `SELECT kind FROM events WHERE participant_id = '${id}' AND (kind LIKE 'address%' OR kind LIKE 'contact%') ORDER BY id`,
  )
  assert.deepEqual(
    told.map(({ kind }) => kind),
    ['address added', 'address removed', 'address added', 'address removed', 'contact data corrected'],
  )
  const { timeline } = (await manager.call(`GET ${at('H-1')}`)).body
  assert.equal(
    timeline.some(({ ahead, message, participant }: Record<string, unknown>) => ahead && message && participant === id),
    false,
  )
  assert.ok(timeline.some(({ ahead, kind, participant }: Record<string, unknown>) => ahead && kind === 'wave opens' && participant === id))
})

test('who takes over, comes in or gets another role may be without an address; who stops or has answers erased is sent no confirmation', async (t) => {
  const server = await startStudyServer(t, '2026-03-02T08:00:00Z')
  const manager = await staffAt(server, 'data manager')
  await manager.call('POST /studies/s1/cases', entry('H-1', 'parent'))
  const referrer = await personOf(manager.call, 'H-1', 'referrer')
  const successor = { name: 'Andere Voogd', withoutMail: true, telephone: '0600000056', reason }
  assert.equal((await manager.call(`POST ${at('H-1', `/people/${referrer.id}/hand-over`)}`, successor)).status, 200)
  assert.ok(mailsTo(server, 'H-1', 'referrer').every(({ state }) => state === 'cancelled'))
  const parent = await personOf(manager.call, 'H-1', 'parent')
  const moved = await manager.call(`POST ${at('H-1', `/people/${parent.id}/corrections`)}`, { role: 'informant', reason })
  assert.equal(moved.status, 200, JSON.stringify(moved.body))
  assert.equal((await manager.call(`POST ${at('H-1', `/people/${parent.id}/erase`)}`, { reason })).status, 200)
  await server.tick()
  await server.tick()
  assert.deepEqual(server.rows(`SELECT id FROM messages WHERE participant_id = '${parent.id}'`), [])
  assert.equal(await findPerson(server.context.stores.identity.read, server.context.sealer, parent.id), undefined)
})
