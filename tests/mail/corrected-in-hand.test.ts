/** An address that is corrected while a mail to the one before is in hand: whatever a mail server says of that one, it says nothing about the new one. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { createTransport } from '../../server/mail/transport.ts'
import { eventsOfCase } from '../../server/queries/events.ts'
import { correctAddress } from '../../server/workflow/correct-address.ts'
import { sendAgain } from '../../server/workflow/send-again.ts'
import { takeNotice } from '../../server/workflow/take-notice.ts'
import { tick } from '../../server/workflow/tick.ts'
import { type Mood, startMailServer } from '../harness/mail-server.ts'
import { returnedMail } from '../harness/returned-mail.ts'
import { startStudyServer } from '../harness/study-server.ts'
import type { TestStudy } from '../harness/test-study.ts'
import { type MailStudy, openMailStudy } from './study.ts'

const atTen = '2026-03-02T09:00:00Z'
const aMinuteLater = '2026-03-02T09:01:00Z'
const [before, corrected] = ['parent1@example.org', 'beter@voorbeeld.example']
const why = 'went to an address that was corrected since'

/** What a mail server says to the mail to the address before, once that has been corrected. */
async function hearing(
  study: Pick<TestStudy, 'context' | 'clock' | 'environment'>,
  test: TestContext,
  mood: Mood | undefined,
  meanwhile: () => Promise<unknown>,
) {
  const asked = Promise.withResolvers<() => void>()
  // It stops after the sender: by then the mail is in hand, and nothing is certain.
  const slow = await startMailServer({ onMailFrom: (_address, _session, done) => asked.resolve(() => done()) })
  slow.mood = mood
  const transport = createTransport({ SMTP_URL: slow.url, MAIL_FROM: study.environment.MAIL_FROM ?? '' })
  test.after(async () => {
    transport.close()
    await slow.close()
  })
  study.clock.set(atTen)
  const paused = tick(study.context, { transport })
  const goOn = await asked.promise
  await meanwhile()
  return {
    slow,
    async answer() {
      goOn()
      return await paused
    },
  }
}

const correct = (study: Pick<TestStudy, 'context'>, email = corrected) =>
  correctAddress(study.context, { study: 's1', code: 'F1', role: 'parent', number: 1, email })

async function seen(study: MailStudy, caseId: string) {
  const [invitation] = await study.messages(caseId)
  const [parent] = await study.participants(caseId)
  return {
    invitation: invitation ?? assert.fail(),
    isRefused: parent?.addressRefusedAt !== null,
    tasks: (await study.tasks()).map(({ kind, detail }) => [kind, detail]),
  }
}

const notTaken: Record<string, Mood> = {
  'there is no such mailbox': { at: 'recipient', does: 550, says: '5.1.1 no such mailbox' },
  'it takes nothing from us': { at: 'recipient', does: 550, says: '5.7.1 refused by policy' },
  'it does not take the text': { at: 'end of text', does: 554 },
  'come back later': { at: 'recipient', does: 450, says: '4.7.1 greylisted' },
}

for (const [says, mood] of Object.entries(notTaken))
  test(`what the mail server of the address before did not take (${says}) goes to the corrected one at the next pass, once`, async (test) => {
    const study = await openMailStudy(test)
    const [caseId = ''] = await study.register({})
    const { answer } = await hearing(study, test, mood, () => correct(study))
    const { postponed, refused } = await answer()
    assert.deepEqual([postponed, refused], [1, 0])
    const { invitation, ...rest } = await seen(study, caseId)
    assert.deepEqual([invitation.state, invitation.attempts, rest], ['planned', 0, { isRefused: false, tasks: [] }])

    assert.equal((await study.tickAt(aMinuteLater)).sent, 1)
    assert.equal((await study.tickAt('2026-03-05T09:00:00Z')).sent, 0)
    assert.deepEqual(
      study.server.accepted.map(({ recipients, messageId }) => [recipients, messageId]),
      [[[corrected], invitation.messageId]],
    )
    assert.deepEqual((await seen(study, caseId)).tasks, [])
    // The reminder goes there as well.
    assert.equal((await study.tickAt('2026-03-09T09:00:00Z')).sent, 1)
    assert.deepEqual(study.server.accepted.at(-1)?.recipients, [corrected])
  })

test('a corrected address that is refused itself is refused; corrected once more it is written to', async (test) => {
  const study = await openMailStudy(test)
  const [caseId = ''] = await study.register({})
  const { answer } = await hearing(study, test, notTaken['there is no such mailbox'], () => correct(study))
  await answer()
  study.server.mood = (recipient) => (recipient === corrected ? notTaken['there is no such mailbox'] : undefined)
  assert.equal((await study.tickAt(aMinuteLater)).refused, 1)
  const { invitation, isRefused, tasks } = await seen(study, caseId)
  assert.deepEqual([invitation.state, isRefused, tasks.map(([kind]) => kind)], ['refused', true, ['address refused']])
  await correct(study, 'nog.beter@voorbeeld.example')
  assert.equal((await study.tickAt('2026-03-09T09:00:00Z')).sent, 1)
})

test('what the mail server of the address before took is told to a person: nobody was asked at the corrected one', async (test) => {
  const study = await openMailStudy(test)
  const [caseId = ''] = await study.register({})
  const { slow, answer } = await hearing(study, test, undefined, () => correct(study))
  assert.equal((await answer()).sent, 1)
  assert.deepEqual(slow.accepted[0]?.recipients, [before])
  const { invitation, isRefused, tasks } = await seen(study, caseId)
  assert.deepEqual([invitation.state, isRefused, tasks], ['sent', false, [['message unknown', why]]])
  const [event] = (await eventsOfCase(study.context.stores.study.read, caseId)).filter(({ kind }) => kind === 'message sent')
  assert.equal(event?.detail?.why, why)
  assert.equal((await study.tickAt(aMinuteLater)).sent, 0, 'a mail that was taken does not go out twice by itself')

  // It comes back an hour later: that is about the address before.
  study.clock.set('2026-03-02T10:00:00Z')
  const notice = await takeNotice(study.context, Buffer.from(returnedMail(invitation.messageId, before)))
  assert.deepEqual([notice.outcome, notice.addressRefused], ['returned', false])
  const after = await seen(study, caseId)
  assert.deepEqual([after.invitation.state, after.isRefused, after.tasks], ['refused', false, [['message refused', why]]])

  await sendAgain(
    study.context,
    { study: 's1', code: 'F1' },
    invitation.participantId,
    { wave: 'T0', closeLinks: true },
    {
      staff: 'somebody',
      why: 'a test',
    },
  )
  assert.equal((await study.tickAt('2026-03-02T10:01:00Z')).sent, 1)
  assert.deepEqual(
    study.server.accepted.map(({ recipients }) => recipients),
    [[corrected]],
  )
  assert.deepEqual((await seen(study, caseId)).tasks, [])
})

test('of what nobody knows a person is told, with the address it went to, and it does not go out by itself', async (test) => {
  const study = await openMailStudy(test)
  const [caseId = ''] = await study.register({})
  const { answer } = await hearing(study, test, { at: 'end of text', does: 'dies' }, () => correct(study))
  assert.equal((await answer()).unknown, 1)
  const { invitation, isRefused, tasks } = await seen(study, caseId)
  assert.deepEqual([invitation.state, isRefused, tasks], ['unknown', false, [['message unknown', why]]])
  assert.equal((await study.tickAt(aMinuteLater)).sent, 0)
})

test('an acceptance that comes after the lease leaves the task where it went to the address before', async (test) => {
  const study = await openMailStudy(test)
  const [caseId = ''] = await study.register({})
  const { answer } = await hearing(study, test, undefined, () => correct(study))
  assert.equal((await study.tickAt('2026-03-02T09:10:00Z')).unknown, 1)
  const told = [['message unknown', why]]
  assert.deepEqual((await seen(study, caseId)).tasks, told)
  assert.equal((await answer()).sent, 1)
  const { invitation, tasks } = await seen(study, caseId)
  assert.deepEqual([invitation.state, tasks], ['sent', told])
})

test('while the mail server cannot be reached it waits as any other, and goes to the corrected address', async (test) => {
  const study = await openMailStudy(test)
  const [caseId = ''] = await study.register({})
  const { answer } = await hearing(study, test, { at: 'recipient', does: 421 }, () => correct(study))
  assert.equal((await answer()).postponed, 1)
  assert.deepEqual((await seen(study, caseId)).tasks, [])
  assert.equal((await study.tickAt(aMinuteLater)).sent, 1)
  assert.deepEqual(
    study.server.accepted.map(({ recipients }) => recipients),
    [[corrected]],
  )
})

test('the same address typed once more is no other one: what is said of it holds', async (test) => {
  const study = await openMailStudy(test)
  const [caseId = ''] = await study.register({})
  const { answer } = await hearing(study, test, notTaken['there is no such mailbox'], () => correct(study, before))
  assert.equal((await answer()).refused, 1)
  const { isRefused, tasks } = await seen(study, caseId)
  assert.deepEqual([isRefused, tasks.map(([kind]) => kind)], [true, ['address refused']])
})

for (const does of [450, 550])
  test(`of somebody who has no address any more nothing is refused or tried again (${does})`, async (test) => {
    const study = await openMailStudy(test)
    const [caseId = ''] = await study.register({})
    const gone = () => correctAddress(study.context, { study: 's1', code: 'F1', role: 'parent', number: 1, withoutMail: true })
    const { answer } = await hearing(study, test, { at: 'recipient', does, says: 'no' }, gone)
    assert.equal((await answer()).cancelled, 1)
    const { invitation, tasks } = await seen(study, caseId)
    assert.deepEqual([invitation.state, invitation.detail, tasks], ['cancelled', 'no address', []])
  })

for (const does of [450, 550])
  test(`of one mail about two cases only the one whose address was corrected goes out anew, at once (${does})`, async (test) => {
    const server = await startStudyServer(test, '2026-03-02T07:00:00Z', { entry: { protocol: 'ekc-yearly@0.1.0-standin' } })
    const colleague = { role: 'coordinator', name: 'Coördinator Voorbeeld', email: before, language: 'nl' }
    const entry = { arm: 'referred', cohort: 'ongoing', anchors: { conference: '2026-03-01' }, participants: [colleague] }
    await server.register({ ...entry, code: 'EK-1' }, { ...entry, code: 'EK-2' })
    const person = { study: 's1', code: 'EK-1', role: 'coordinator', number: 1 }
    const { answer } = await hearing(server, test, { at: 'recipient', does }, () =>
      correctAddress(server.context, { ...person, email: corrected }),
    )
    const { postponed, refused } = await answer()
    assert.deepEqual([postponed, refused], does === 450 ? [2, 0] : [1, 1])
    server.clock.set(aMinuteLater)
    await server.tick()
    assert.deepEqual(
      server.mail.accepted.map(({ recipients }) => recipients),
      [[corrected]],
    )
    assert.deepEqual(
      server
        .rows<{ code: string }>('SELECT code FROM participants p JOIN cases c ON c.id = p.case_id WHERE address_refused_at IS NOT NULL')
        .map(({ code }) => code),
      does === 450 ? [] : ['EK-2'],
    )
    server.clock.set('2026-03-02T09:15:00Z')
    await server.tick()
    assert.equal(server.mail.accepted.length, does === 450 ? 2 : 1)
  })
