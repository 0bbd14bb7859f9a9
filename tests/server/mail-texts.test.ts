/** A study's own words for its mails: written at the desk, held from then on, and told with each mail that had them. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { temporaryFolder } from '../harness/data-folder.ts'
import { shippedDefinition, writeDefinition } from '../harness/definition-folder.ts'
import { address, family } from '../harness/family.ts'
import { jobEnded } from '../harness/job-ended.ts'
import { callingAs, staffAt } from '../harness/staff.ts'
import { startStudyServer } from '../harness/study-server.ts'

const reason = 'Overlegd met de ouderraad'
const invitation = { role: 'parent', kind: 'invitation', language: 'nl' }
const words = { subject: 'Uw mening telt', body: 'Dag {name},\n\nDoet u mee?\n{link}\n\nBel gerust: {contact}', readOver: false }
const route = '/studies/s1/settings/mail'
const queryOf = (choice: Record<string, string>) => `${route}/text?${new URLSearchParams(choice)}`
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

async function managed(t: TestContext, entry = {}) {
  const server = await startStudyServer(t, '2026-03-01T06:00:00Z', { entry })
  const manager = await staffAt(server, 'data manager')
  const change = (json: object) => manager.call(`POST ${route}/text`, { ...invitation, words, seen: null, reason, ...json })
  const mailTo = (recipient: string) => server.mail.accepted.findLast(({ recipients }) => recipients.includes(recipient))
  return { server, manager, change, mailTo }
}

test('words of its own go out from then on, in place of those of the protocol, and each message tells which it had', async (t) => {
  const { server, manager, change, mailTo } = await managed(t)
  await server.register(family('A-001'))
  server.clock.set('2026-03-01T09:00:00Z')
  await server.tick()
  const before = mailTo(address('parent', 'A-001'))
  assert.doesNotMatch(before?.text ?? '', /Doet u mee/)

  const again = await staffAt(server, 'data manager')
  const page = (await again.call(`GET ${queryOf(invitation)}`)).body
  assert.deepEqual([page.template, page.versions, page.hasMoved], ['invitation', [], false])
  assert.ok(page.roles.includes('parent') && page.roles.includes('informant') && !page.roles.includes('youth'))
  const saved = await again.call(`POST ${route}/text`, { ...invitation, words, seen: null, reason })
  assert.deepEqual(saved, { status: 200, body: { changed: true } })
  assert.equal((await again.call(`POST ${route}/text`, { ...invitation, words, seen: 1, reason })).body.changed, false, 'the same words')

  await server.register(family('A-002', { referral: '2026-03-02', conference: '2026-04-16' }))
  server.clock.set('2026-03-02T09:00:00Z')
  await server.tick()
  const after = mailTo(address('parent', 'A-002'))
  assert.equal(after?.subject, words.subject)
  assert.match(after?.text ?? '', /^Dag parent Voorbeeld A-002,\n\nDoet u mee\?\nhttp:\/\/127\.0\.0\.1:\d+\/l\/[\w-]+\n/)
  const [old, own] = server.rows<{ text: string; text_sha256: string }>(
    `select text, text_sha256 from messages m join participants p on p.id = m.participant_id
     where m.state = 'sent' and m.kind = 'invitation' and p.role = 'parent' order by m.settled_at`,
  )
  assert.equal(old?.text, `${page.protocol.reference} nl invitation`)
  assert.equal(old?.text_sha256, sha256(`${page.protocol.words.subject}\n\n${page.protocol.words.body}`))
  assert.deepEqual({ ...own }, { text: 'mail_texts/1 nl invitation', text_sha256: sha256(`${words.subject}\n\n${words.body}`) })
  assert.equal(manager.id === again.id, false)
  const [event] = server.rows<{ detail: string }>(`select detail from events where kind = 'mail text changed'`)
  assert.deepEqual(JSON.parse(event?.detail ?? ''), { text: 'invitation', language: 'nl', own: true, staff: again.id, why: reason })
  const [logged] = server.rows<{ outcome: string }>(`select outcome from access_log where action = 'changed mail text'`)
  assert.equal(logged?.outcome, 'allowed')
  assert.equal((await change({})).status, 401, 'of a session that is over')
})

test('every version stays to be read with who, when and why, and the protocol can have its word again', async (t) => {
  const { server, manager, change } = await managed(t)
  await change({})
  await change({ words: { ...words, subject: 'Nog een keer' }, seen: 1 })
  assert.equal((await change({ words: null, seen: 1 })).body.error.fault, 'changed-meanwhile', 'a colleague was first')
  assert.equal((await change({ words: null, seen: 2, reason: 'Toch niet' })).body.changed, true)
  assert.equal((await change({ words: null, seen: 3 })).body.changed, false)
  const { versions } = (await manager.call(`GET ${queryOf(invitation)}`)).body
  assert.deepEqual(
    versions.map((one: { id: number; why: string; by: string; words: typeof words | null }) => [
      one.id,
      one.why,
      one.words?.subject ?? null,
    ]),
    [
      [3, 'Toch niet', null],
      [2, reason, 'Nog een keer'],
      [1, reason, 'Uw mening telt'],
    ],
  )
  assert.equal(versions[0].by, 'Verzonnen Collega')
  await server.register(family('A-001'))
  server.clock.set('2026-03-01T09:00:00Z')
  await server.tick()
  assert.ok(server.mail.accepted.length > 0)
  for (const { subject } of server.mail.accepted) assert.notEqual(subject, 'Nog een keer')
  assert.deepEqual(server.rows(`select text from messages where text like 'mail_texts%'`), [])
})

test('words that could not go out are refused with each fault, and nothing is written', async (t) => {
  const { server, manager, change } = await managed(t)
  for (const [wrong, fault] of [
    [{ body: 'Zonder adres' }, 'links'],
    [{ body: '{link} {link}' }, 'links'],
    [{ body: '{link} gezin {case}' }, 'placeholder'],
    [{ subject: 'Gezin\r\nBcc: iemand@example.org' }, 'lines'],
    [{ subject: 'x'.repeat(200) }, 'long'],
    [{ subject: '{link}' }, 'placeholder'],
    [{ body: '<script>alert(1)</script> {link}' }, 'tag'],
    [{ body: '{link} https://example.org' }, 'address'],
  ] as const) {
    const typed = { ...words, ...wrong }
    for (const answer of [
      await change({ words: typed }),
      await manager.call(`POST ${route}/preview`, { ...invitation, words: typed }),
      await manager.call(`POST ${route}/test`, { ...invitation, words: typed }),
    ])
      assert.deepEqual([answer.status, answer.body.error.code, answer.body.error.problems[0].fault], [422, 'entry-invalid', fault])
  }
  assert.equal((await change({ reason: ' ' })).status, 400, 'without a reason')
  for (const choice of [{ kind: 'stop confirmation' }, { role: 'youth' }, { language: 'tr' }, { kind: 'other' }])
    assert.equal((await change(choice)).status, 404, JSON.stringify(choice))
  assert.deepEqual(server.rows('select * from mail_texts'), [])
  assert.equal(server.mail.accepted.length, 0)
})

test('words are looked at and sent to oneself before they hold, and a role that sees the code has it in words of its own', async (t) => {
  const { server, manager, change } = await managed(t, { protocol: 'familie-aan-zet@0.4.0-standin' })
  const about = { role: 'referrer', kind: 'invitation', language: 'nl' }
  const typed = { ...words, body: 'Over {case}, {wave}: {link}' }
  const preview = (await manager.call(`POST ${route}/preview`, { ...about, words: typed })).body
  assert.match(preview.text, /^Over VB-001, /)
  assert.equal((await manager.call(`POST ${route}/test`, { ...about, words: typed })).body.fate, 'accepted')
  assert.match(server.mail.accepted.at(-1)?.text ?? '', /^Over VB-001, /)
  assert.doesNotMatch((await manager.call(`GET ${route}?${new URLSearchParams(about)}`)).body.text, /^Over/, 'it does not hold yet')
  assert.equal((await change({ ...about, words: typed })).body.changed, true)
  assert.equal((await manager.call(`GET ${route}?${new URLSearchParams(about)}`)).body.text, preview.text)
  const { ownMailTexts } = (await manager.call('GET /studies/s1/settings')).body
  assert.deepEqual(
    ownMailTexts.map(({ since: _, ...one }: { since: string }) => one),
    [{ template: 'referrer/invitation', language: 'nl', roles: ['referrer'], kinds: ['invitation'], hasMoved: false, problems: [] }],
  )
})

test('of words in a language that a machine translated a mail says so until somebody read them over, and they are written its way', async (t) => {
  const { server, manager, change } = await managed(t, { draftsAccepted: ['ar'] })
  const arabic = { ...invitation, language: 'ar' }
  const typed = { subject: 'أسئلة', body: 'مرحبا {name}\n\n{link}', readOver: false }
  const tried = async (readOver: boolean) =>
    (await manager.call(`POST ${route}/preview`, { ...arabic, words: { ...typed, readOver } })).body
  assert.deepEqual([(await tried(false)).isDraft, (await tried(true)).isDraft], [true, false])
  await change({ ...arabic, words: { ...typed, readOver: true } })
  const page = await fetch(`${server.origin}/api/desk${route}/html?${new URLSearchParams(arabic)}`, { headers: { Cookie: manager.cookie } })
  assert.match(await page.text(), /<html lang="ar" dir="rtl">/)
})

test('a mail on its way keeps its words; one that has to be tried again is written anew', async (t) => {
  const { server, mailTo } = await managed(t)
  await server.register(family('A-001'))
  server.clock.set('2026-03-01T09:00:00Z')
  server.mail.mood = { at: 'end of text', does: 'waits' }
  const passing = server.tick()
  await server.mail.hasSeen(1)
  const manager = await staffAt(server, 'data manager')
  await manager.call(`POST ${route}/text`, { ...invitation, words, seen: null, reason })
  server.mail.mood = undefined
  server.mail.release()
  await passing
  const [first] = server.mail.accepted
  const texts = (state: string) => server.rows<{ text: string }>(`select text from messages where state = '${state}' order by settled_at`)
  assert.match(texts('sent')[0]?.text ?? '', /^familie-aan-zet@\S+ nl /)
  assert.notEqual(first?.subject, words.subject)

  server.mail.accepted.length = 0
  await server.register(family('A-002'))
  server.mail.mood = { at: 'sender', does: 451 }
  await server.tick()
  assert.match(texts('planned').find(({ text }) => text)?.text ?? '', /nl /, 'what was tried is known, too')
  const later = await staffAt(server, 'data manager')
  await later.call(`POST ${route}/text`, { ...invitation, words: { ...words, subject: 'Opnieuw' }, seen: 1, reason })
  server.mail.mood = undefined
  server.clock.set('2026-03-01T09:20:00Z')
  await server.tick()
  assert.equal(mailTo(address('parent', 'A-002'))?.subject, 'Opnieuw')
})

test('who manages a region or no study at all writes no words for it', async (t) => {
  const { server } = await managed(t)
  for (const who of [
    await staffAt(server, [{ role: 'data manager', region: 'Amsterdam' }]),
    await staffAt(server, 'coordinator'),
    await staffAt(server, 'researcher'),
  ])
    for (const [method, path] of [
      ['GET', queryOf(invitation)],
      ['POST', `${route}/text`],
      ['POST', `${route}/preview`],
    ])
      assert.equal(
        (await who.call(`${method} ${path}`, method === 'GET' ? undefined : { ...invitation, words, seen: null, reason })).status,
        403,
      )
  const stranger = callingAs(server.origin, '')
  assert.equal((await stranger.call(`POST ${route}/text`, { ...invitation, words, seen: null, reason })).status, 401)
})

test('a version of the protocol with another wording is adopted: the own words still go out, and whoever adopts it is told', async (t) => {
  const definitions = temporaryFolder(t)
  const protocol = shippedDefinition('protocols', 'familie-aan-zet')
  const other = { nl: 'Anders: {link}', en: 'Otherwise: {link}' }
  const messages = { ...protocol.messages, invitation: { subject: { nl: 'Nieuw', en: 'New' }, body: other } }
  writeDefinition(definitions, 'protocols', { ...protocol, version: '0.1.1-standin', messages })
  const server = await startStudyServer(t, '2026-03-01T06:00:00Z', { definitions })
  const manager = await staffAt(server, 'data manager')
  await manager.call(`POST ${route}/text`, { ...invitation, words, seen: null, reason })
  const adoption = { reference: 'familie-aan-zet@0.1.1-standin', from: '2026-03-01' }
  const { id } = (await manager.call('POST /studies/s1/definitions/adoption/preview', adoption)).body
  const { preview } = await jobEnded(manager, id)
  assert.deepEqual([preview.ownMailTexts[0].template, preview.ownMailTexts[0].hasMoved], ['invitation', true])
  await manager.call('POST /studies/s1/definitions/adoption', { job: id, reason })
  assert.equal((await jobEnded(manager, id)).state, 'done')
  const page = (await manager.call(`GET ${queryOf(invitation)}`)).body
  assert.deepEqual([page.hasMoved, page.versions[0].basis, page.protocol.words.subject], [true, 'familie-aan-zet@0.1.0-standin', 'Nieuw'])
  assert.equal((await manager.call('GET /studies/s1/settings')).body.ownMailTexts[0].hasMoved, true)
  await server.register(family('A-001'))
  server.clock.set('2026-03-01T09:00:00Z')
  await server.tick()
  const subjects = new Set(server.mail.accepted.map(({ subject }) => subject))
  assert.deepEqual(subjects, new Set([words.subject]))
})
