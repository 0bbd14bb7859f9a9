import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import test from 'node:test'
import { Catalogue } from '../../instruments/catalogue.ts'
import { sealer } from '../../server/access/sealing.ts'
import { createTransport } from '../../server/mail/transport.ts'
import { assignmentsOfCase, setAssignmentState } from '../../server/queries/assignments.ts'
import { insertConsent } from '../../server/queries/consents.ts'
import { findDraft, putDraft } from '../../server/queries/drafts.ts'
import { eventsOfCase } from '../../server/queries/events.ts'
import { findLink } from '../../server/queries/links.ts'
import { claimMessage } from '../../server/queries/messages.ts'
import { setParticipantState } from '../../server/queries/participants.ts'
import { removePeople } from '../../server/queries/people.ts'
import { tick } from '../../server/workflow/tick.ts'
import { behind } from '../harness/behind.ts'
import { keptBytes } from '../harness/kept-bytes.ts'
import { startMailServer } from '../harness/mail-server.ts'
import { hasty, openMailStudy } from './study.ts'

const atTen = '2026-03-02T09:00:00Z'
const linkIn = (text: string | undefined): string => text?.match(/https:\/\/meting\.example\/l\/(\S+)/)?.[1] ?? ''
const nothing = {
  opened: 0,
  expired: 0,
  sent: 0,
  postponed: 0,
  held: 0,
  cancelled: 0,
  refused: 0,
  unknown: 0,
  cutShort: null,
  problems: [],
}

test('an invitation goes out at its hour, once, with one link whose token is nowhere on disk', async (test) => {
  const study = await openMailStudy(test)
  const [caseId = ''] = await study.register({})
  assert.deepEqual(await study.tickAt('2026-03-02T08:59:59Z'), { ...nothing, opened: 4 })
  assert.deepEqual(await study.tickAt(atTen), { ...nothing, sent: 1 })
  assert.deepEqual(await study.tickAt('2026-03-02T09:01:00Z'), nothing)

  const [mail, ...more] = study.server.accepted
  assert.ok(mail)
  assert.equal(more.length, 0)
  assert.deepEqual(mail.recipients, ['parent1@example.org'])
  assert.match(mail.text ?? '', /^Beste Noor Verzonnen-1,/)
  assert.match(mail.text ?? '', /Aantal vragenlijsten: 4\n/)
  assert.match(mail.text ?? '', /tot en met maandag 30 maart 2026/)
  assert.match(mail.html ?? '', /<html lang="nl"/)
  // Without tokens, in which any few letters may stand by chance.
  const words = `${mail.subject}\n${mail.text}\n${mail.html}`.replaceAll(/\/[lu]\/[\w-]+/g, '')
  assert.doesNotMatch(words, /eigen kracht|conferentie|gezin|kind|jeugd|gezondheid|\bF1\b/i)
  const token = linkIn(mail.text)
  assert.match(token, /^[A-Za-z0-9_-]{43}$/)
  assert.equal(linkIn(mail.html?.replaceAll(/["<]/g, ' ')), token)

  const [invitation] = await study.messages(caseId)
  assert.equal(invitation?.state, 'sent')
  assert.equal(invitation?.messageId, mail.messageId)
  assert.equal(invitation?.settledAt, '2026-03-02T09:00:00.000Z')
  const [{ closesAt } = { closesAt: '' }] = await assignmentsOfCase(study.context.stores.study.read, caseId)
  const link = await findLink(study.context.stores.study.read, createHash('sha256').update(token).digest('hex'))
  assert.equal(link?.participantId, invitation?.participantId)
  assert.equal(link?.expiresAt, closesAt)
  for (const [where, bytes] of await keptBytes(study.context.place.data)) assert.equal(bytes.includes(token), false, where)
  const happened = (await eventsOfCase(study.context.stores.study.read, caseId)).map(({ kind }) => kind)
  assert.deepEqual(happened.slice(-5), ['opened', 'opened', 'opened', 'opened', 'message sent'])
})

test('what a mail server puts off is called off for somebody who stopped while it was in hand', async (test) => {
  const study = await openMailStudy(test)
  const [caseId = ''] = await study.register({})
  const intruder = behind(study.context.stores.study)
  study.server.mood = () => {
    intruder.exec("UPDATE participants SET state = 'withdrawn'")
    return { at: 'recipient', does: 451 }
  }
  assert.deepEqual(await study.tickAt(atTen), { ...nothing, opened: 4, cancelled: 1 })
  intruder.close()
  const [invitation] = await study.messages(caseId)
  assert.deepEqual([invitation?.state, invitation?.detail, invitation?.settledAt], ['cancelled', 'stopped', '2026-03-02T09:00:00.000Z'])
})

test('a study that is closed in the middle of a pass sends no further mail from there', async (test) => {
  const study = await openMailStudy(test)
  const families = Array.from({ length: 30 }, () => ({}))
  await study.register(...families)
  const intruder = behind(study.context.stores.study)
  study.server.mood = () => {
    intruder.exec(`UPDATE studies SET closed_at = '${atTen}'`)
    return undefined
  }
  const { sent, cancelled } = await study.tickAt(atTen)
  intruder.close()
  // Those that were in hand by then, one for each connection.
  assert.ok(sent > 0 && sent < 10, `${sent} were sent`)
  assert.equal(cancelled, families.length - sent)
})

test('each participant is written to in their own language, and a demonstration says that it is one', async (test) => {
  const study = await openMailStudy(test, { demonstration: true })
  await study.register({ participants: [{ role: 'parent', name: 'Joy Invented', email: 'joy@example.org', language: 'en' }] })
  await study.tickAt(atTen)
  const [mail] = study.server.accepted
  assert.match(mail?.text ?? '', /^Dear Joy Invented,/)
  assert.match(mail?.text ?? '', /This is a demonstration/)
  assert.match(mail?.html ?? '', /<html lang="en"/)
})

test('somebody who stopped between the planning and the sending gets nothing', async (test) => {
  const study = await openMailStudy(test)
  const [withdrew = '', refused = '', done = ''] = await study.register({}, {}, {})
  const { withTx } = study.context.stores.study
  const now = study.clock.now()
  const [[one], [other]] = [await study.participants(withdrew), await study.participants(refused)]
  const completed = await assignmentsOfCase(study.context.stores.study.read, done)
  await withTx((tx) => setParticipantState(tx, one?.id ?? '', { state: 'withdrawn', now }))
  await withTx((tx) =>
    insertConsent(tx, {
      participantId: other?.id ?? '',
      purpose: 'research',
      version: '1.0.0',
      given: false,
      language: 'nl',
      at: now,
      recordedBy: 'participant',
    }),
  )
  await withTx(async (tx) => {
    for (const { id } of completed) await setAssignmentState(tx, id, { state: 'completed', endedAt: now })
  })
  assert.deepEqual(await study.tickAt(atTen), { ...nothing, opened: 8, cancelled: 3 })
  assert.equal(study.server.sessions, 0)
  const reasons = await Promise.all([withdrew, refused, done].map(async (id) => (await study.messages(id))[0]?.detail))
  assert.deepEqual(reasons, ['stopped', 'consent refused', 'completed'])
  assert.deepEqual(await study.tasks(), [])
})

test('while the mail server is away messages wait, and go out with the same Message-ID and one link when it is back', async (test) => {
  const study = await openMailStudy(test)
  const [caseId = ''] = await study.register({})
  study.server.mood = { at: 'recipient', does: 'dies' }
  assert.equal((await study.tickAt(atTen)).postponed, 1)
  const [waiting] = await study.messages(caseId)
  assert.deepEqual([waiting?.state, waiting?.attempts], ['planned', 0])
  assert.equal((await study.tickAt('2026-03-02T09:01:00Z')).postponed, 1, 'it is tried again at the next tick')
  study.server.mood = undefined
  assert.equal((await study.tickAt('2026-03-02T09:02:00Z')).sent, 1)
  const [sent] = await study.messages(caseId)
  assert.deepEqual([sent?.state, sent?.messageId], ['sent', study.server.accepted[0]?.messageId])
  assert.equal(study.server.accepted.length, 1)
})

test('trouble of a day is told to a person once, and the task closes itself when the mail goes out after all', async (test) => {
  const study = await openMailStudy(test)
  const [caseId = ''] = await study.register({})
  study.server.mood = { at: 'sender', does: 550, says: 'sender not allowed' }
  const { cutShort, ...counts } = await study.tickAt(atTen)
  assert.deepEqual({ ...counts, cutShort: null }, { ...nothing, opened: 4, postponed: 1 })
  assert.match(cutShort ?? '', /550 sender not allowed/)
  for (const moment of ['2026-03-02T20:00:00Z', '2026-03-03T08:30:00Z']) await study.tickAt(moment)
  assert.deepEqual(await study.tasks(), [])
  for (const moment of ['2026-03-03T10:00:00Z', '2026-03-03T11:30:00Z']) await study.tickAt(moment)
  assert.deepEqual(
    (await study.tasks()).map(({ kind }) => kind),
    ['message delayed'],
  )
  assert.equal((await study.messages(caseId))[0]?.nextAt, '2026-03-03T12:30:00.000Z', 'tried on every hour')
  study.server.mood = undefined
  assert.equal((await study.tickAt('2026-03-03T12:30:00Z')).sent, 1)
  assert.deepEqual(await study.tasks(), [])
})

test('a mail server that asks to come back later is asked again after 15 minutes, 1 hour and 4 hours, then a person is', async (test) => {
  const study = await openMailStudy(test)
  const [caseId = ''] = await study.register({})
  study.server.mood = { at: 'recipient', does: 450, says: '4.7.1 greylisted' }
  const attempts = ['2026-03-02T09:00', '2026-03-02T09:15', '2026-03-02T10:15', '2026-03-02T14:15'].map((moment) =>
    Date.parse(`${moment}Z`),
  )
  for (const [index, moment] of attempts.entries()) {
    assert.deepEqual(await study.tickAt(new Date(moment - 1_000).toISOString()), { ...nothing, opened: index === 0 ? 4 : 0 })
    const { postponed, refused } = await study.tickAt(new Date(moment).toISOString())
    assert.deepEqual([postponed, refused], index < 3 ? [1, 0] : [0, 1])
  }
  const [message] = await study.messages(caseId)
  assert.deepEqual([message?.state, message?.attempts], ['refused', 4])
  assert.match(message?.detail ?? '', /450.*greylisted/)
  assert.deepEqual(
    (await study.tasks()).map(({ kind, messageId }) => [kind, messageId]),
    [['message refused', message?.id]],
  )
  assert.deepEqual(
    (await study.participants(caseId)).map(({ addressRefusedAt }) => addressRefusedAt),
    [null],
  )
})

test('a refused address goes to a person; what comes later waits for a better one, and is not lost', async (test) => {
  const study = await openMailStudy(test)
  const [caseId = ''] = await study.register({})
  study.server.mood = { at: 'recipient', does: 550, says: '5.1.1 no such mailbox' }
  assert.equal((await study.tickAt(atTen)).refused, 1)
  assert.deepEqual(
    (await study.tasks()).map(({ kind }) => kind),
    ['address refused'],
  )
  study.server.mood = undefined
  assert.deepEqual(await study.tickAt('2026-03-09T09:00:00Z'), { ...nothing, held: 1 })
  assert.deepEqual(await study.tickAt('2026-03-09T09:01:00Z'), nothing, 'it is looked at once a day, not at every tick')
  assert.equal((await study.messages(caseId))[1]?.state, 'planned')
  assert.equal((await study.tasks()).length, 1)

  const byHand = behind(study.context.stores.study)
  byHand.exec('UPDATE participants SET address_refused_at = NULL')
  byHand.close()
  assert.deepEqual(await study.tickAt('2026-03-10T09:00:00Z'), { ...nothing, sent: 1 })
  assert.match(study.server.accepted[0]?.subject ?? '', /^Herinnering/)
})

test('a refusal of the text is told to a person and says nothing about the address', async (test) => {
  const study = await openMailStudy(test)
  const [caseId = ''] = await study.register({})
  study.server.mood = { at: 'end of text', does: 554 }
  assert.equal((await study.tickAt(atTen)).refused, 1)
  assert.deepEqual(
    (await study.tasks()).map(({ kind }) => kind),
    ['message refused'],
  )
  assert.equal((await study.participants(caseId))[0]?.addressRefusedAt, null)
  study.server.mood = undefined
  assert.equal((await study.tickAt('2026-03-09T09:00:00Z')).sent, 1, 'the reminder is another mail')
})

for (const does of ['hangs', 'dies'] as const)
  test(`a mail whose answer never came, since the mail server ${does}, goes to a person and never out again`, async (test) => {
    const study = await openMailStudy(test, { limits: hasty })
    const [caseId = ''] = await study.register({})
    study.server.mood = { at: 'end of text', does }
    const { cutShort, ...counts } = await study.tickAt(atTen)
    assert.deepEqual({ ...counts, cutShort: null }, { ...nothing, opened: 4, unknown: 1 })
    assert.notEqual(cutShort, null)
    study.server.mood = undefined
    for (const moment of ['2026-03-02T09:01:00Z', '2026-03-02T12:00:00Z', '2026-03-05T09:00:00Z'])
      assert.deepEqual(await study.tickAt(moment), nothing)
    assert.equal(study.server.seen.length, 1)
    assert.equal((await study.messages(caseId))[0]?.state, 'unknown')
    assert.deepEqual(
      (await study.tasks()).map(({ kind }) => kind),
      ['message unknown'],
    )
  })

test('a mail server that hangs costs one message of a pass its certainty, not the whole batch', async (test) => {
  const study = await openMailStudy(test, { limits: hasty })
  await study.register(...Array.from({ length: 30 }, () => ({})))
  study.server.mood = { at: 'end of text', does: 'hangs' }
  const { cutShort, ...counts } = await study.tickAt(atTen)
  assert.deepEqual({ ...counts, cutShort: null }, { ...nothing, opened: 120, unknown: 1 })
  assert.notEqual(cutShort, null)
  study.server.mood = (recipient) =>
    ['parent9@example.org', 'parent17@example.org'].includes(recipient) ? { at: 'recipient', does: 550 } : undefined
  assert.deepEqual(await study.tickAt('2026-03-02T09:01:00Z'), { ...nothing, sent: 27, refused: 2 })
  assert.equal(new Set(study.server.accepted.map(({ messageId }) => messageId)).size, 27)
})

test('what could not go out before its window closed is told to a person; drafts are kept', async (test) => {
  const study = await openMailStudy(test)
  const [caseId = ''] = await study.register({})
  const [first] = await assignmentsOfCase(study.context.stores.study.read, caseId)
  assert.ok(first)
  const draft = { assignmentId: first.id, revision: 1, answers: {}, page: null, savedAt: study.clock.now() }
  await study.context.stores.study.withTx((tx) => putDraft(tx, draft))
  study.server.mood = { at: 'greeting', does: 554 }
  assert.equal((await study.tickAt(atTen)).postponed, 1)
  assert.equal((await study.tickAt(new Date(Date.parse(first.closesAt) - 1).toISOString())).expired, 0)
  assert.deepEqual(await study.tickAt(first.closesAt), { ...nothing, expired: 4, cancelled: 2 })
  assert.equal(
    (await study.tickAt(new Date(Date.parse(first.closesAt) + 3_600_000).toISOString())).cancelled,
    1,
    'the one that was tried last',
  )
  const states = (await assignmentsOfCase(study.context.stores.study.read, caseId)).map(({ state, endedAt }) => [state, endedAt])
  assert.deepEqual(states, Array(4).fill(['expired', first.closesAt]))
  assert.equal(
    (await study.messages(caseId)).every(({ state, detail }) => state === 'cancelled' && detail === 'closed'),
    true,
  )
  assert.deepEqual((await study.tasks()).map(({ kind }) => kind).sort(), ['message delayed', 'message missed'])
  assert.ok(await findDraft(study.context.stores.study.read, first.id))
})

test('after a standstill of the mail the invitation goes out, and the reminders keep their distance to it', async (test) => {
  const study = await openMailStudy(test)
  await study.register({})
  assert.deepEqual(await study.tickAt('2026-03-18T12:00:00Z'), { ...nothing, opened: 4, sent: 1, held: 2 })
  assert.equal((await study.tickAt('2026-03-25T08:59:00Z')).sent, 0)
  assert.equal((await study.tickAt('2026-03-25T09:00:00Z')).sent, 1)
  const subjects = study.server.accepted.map(({ subject }) => subject?.slice(0, 12))
  assert.deepEqual(subjects, ['Wilt u vrage', 'Herinnering:'])
})

test('an ordinary course sends the reminders on their days', async (test) => {
  const study = await openMailStudy(test)
  await study.register({})
  for (const [moment, sent] of [
    [atTen, 1],
    ['2026-03-09T09:00:00Z', 1],
    ['2026-03-16T09:00:00Z', 1],
  ] as const)
    assert.equal((await study.tickAt(moment)).sent, sent)
})

test('a mistake on our side leaves a message as it was, and is reported', async (test) => {
  const study = await openMailStudy(test)
  const [caseId = ''] = await study.register({})
  study.clock.set(atTen)
  const definitions = { ...study.context.definitions, instruments: new Catalogue([]) }
  const transport = createTransport({ SMTP_URL: study.server.url, MAIL_FROM: 'onderzoek@voorbeeld.example' })
  test.after(() => transport.close())
  const { problems, sent } = await tick({ ...study.context, definitions }, { transport })
  assert.equal(sent, 0)
  assert.match(problems.join(), /There is no \S+@\S+ in the definitions/)
  const otherKey = await tick({ ...study.context, sealer: sealer(randomBytes(32)) }, { transport })
  assert.match(otherKey.problems.join(), /IDENTITY_KEY is not the key/)
  assert.deepEqual([(await study.messages(caseId))[0]?.state, study.server.sessions], ['planned', 0])
  assert.equal((await study.tickAt()).sent, 1)
})

test('a participant without contact data goes to a person', async (test) => {
  const study = await openMailStudy(test)
  const [caseId = ''] = await study.register({})
  const ids = (await study.participants(caseId)).map(({ id }) => id)
  await study.context.stores.identity.withTx((tx) => removePeople(tx, ids))
  assert.equal((await study.tickAt(atTen)).refused, 1)
  assert.deepEqual(
    (await study.tasks()).map(({ kind }) => kind),
    ['address refused'],
  )
})

test('a claim whose process is gone becomes a task after its lease, not before, and is not sent', async (test) => {
  const study = await openMailStudy(test)
  const [caseId = ''] = await study.register({})
  study.clock.set(atTen)
  const [invitation] = await study.messages(caseId)
  await study.context.stores.study.withTx((tx) =>
    claimMessage(tx, invitation?.id ?? '', { claimedBy: 'gone', now: study.clock.now(), text: 'a text', textSha256: '' }),
  )
  assert.equal((await study.tickAt('2026-03-02T09:04:59Z')).unknown, 0)
  assert.equal((await study.tickAt('2026-03-02T09:05:00Z')).unknown, 1)
  assert.equal((await study.tickAt('2026-03-02T09:06:00Z')).unknown, 0)
  assert.equal(study.server.sessions, 0)
  assert.deepEqual(
    (await study.tasks()).map(({ kind }) => kind),
    ['message unknown'],
  )
})

test('an acceptance that comes after the lease still counts, and takes its task away', async (test) => {
  const study = await openMailStudy(test)
  const [caseId = ''] = await study.register({})
  study.server.mood = { at: 'end of text', does: 'waits' }
  const slow = study.tickAt(atTen)
  await study.server.hasSeen(1)
  assert.equal((await study.tickAt('2026-03-02T09:10:00Z')).unknown, 1)
  assert.equal((await study.tasks()).length, 1)
  study.server.release()
  assert.equal((await slow).sent, 1)
  assert.equal((await study.messages(caseId))[0]?.state, 'sent')
  assert.deepEqual(await study.tasks(), [])
})

test('a deferral that comes after the lease changes nothing: a person was told, and it does not go out again by itself', async (test) => {
  const study = await openMailStudy(test)
  const [caseId = ''] = await study.register({})
  study.clock.set(atTen)
  const asked = Promise.withResolvers<(refusal: Error) => void>()
  const slow = await startMailServer({ onRcptTo: (_address, _session, done) => asked.resolve(done) })
  const transport = createTransport({ SMTP_URL: slow.url, MAIL_FROM: 'onderzoek@voorbeeld.example' })
  test.after(async () => {
    transport.close()
    await slow.close()
  })
  const paused = tick(study.context, { transport })
  const answer = await asked.promise
  assert.equal((await study.tickAt('2026-03-02T09:06:00Z')).unknown, 1)
  answer(Object.assign(new Error('4.7.1 greylisted'), { responseCode: 450 }))
  const { unknown, postponed } = await paused
  assert.deepEqual([unknown, postponed], [1, 0])
  const [invitation] = await study.messages(caseId)
  assert.deepEqual([invitation?.state, invitation?.attempts], ['unknown', 0])
  assert.deepEqual(
    (await study.tasks()).map(({ kind, messageId }) => [kind, messageId]),
    [['message unknown', invitation?.id]],
  )
  assert.deepEqual(await study.tickAt('2026-03-02T12:00:00Z'), nothing)
  assert.deepEqual([study.server.sessions, slow.seen.length], [0, 0])
})
