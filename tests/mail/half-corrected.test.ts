/** The moment in which an address is corrected in one database and not yet in the other: nothing that is said then of the old one sticks to the new. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import type { Context } from '../../server/context.ts'
import { dueMessages } from '../../server/queries/messages.ts'
import { claimDueMessage } from '../../server/workflow/claim-message.ts'
import { correctAddress } from '../../server/workflow/correct-address.ts'
import { openAndClose } from '../../server/workflow/open-and-close.ts'
import { needStudy } from '../../server/workflow/open-study.ts'
import { settle } from '../../server/workflow/settle-message.ts'
import { takeNotice } from '../../server/workflow/take-notice.ts'
import { returnedMail } from '../harness/returned-mail.ts'
import { openMailStudy } from './study.ts'

const [before, corrected] = ['parent1@example.org', 'beter@voorbeeld.example']

/** Begins a correction that stops once the study knows of it; `end` lets contact data be committed as well. */
async function halfCorrected({ stores, ...others }: Context) {
  const isKnown = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  const withTx: typeof stores.identity.withTx = (work) =>
    stores.identity.withTx(async (tx) => {
      const result = await work(tx)
      isKnown.resolve()
      await gate.promise
      return result
    })
  const context = { ...others, stores: { ...stores, identity: { ...stores.identity, withTx } } }
  const correction = correctAddress(context, { study: 's1', code: 'F1', role: 'parent', number: 1, email: corrected })
  await isKnown.promise
  return {
    async end() {
      gate.resolve()
      await correction
    },
  }
}

/** Time for whoever does not wait. */
async function turns(): Promise<void> {
  for (let left = 50; left > 0; left--) await turn()
}

async function opened(test: TestContext) {
  const study = await openMailStudy(test)
  const [caseId = ''] = await study.register({})
  const isRefused = async () => (await study.participants(caseId))[0]?.addressRefusedAt !== null
  return { ...study, caseId, isRefused }
}

test('a mail that comes back in that moment does not have the new address refused', async (test) => {
  const { context, caseId, isRefused, messages, tickAt } = await opened(test)
  assert.equal((await tickAt('2026-03-02T09:00:00Z')).sent, 1)
  const [{ messageId = '' } = {}] = await messages(caseId)
  const half = await halfCorrected(context)
  const noticing = takeNotice(context, Buffer.from(returnedMail(messageId, before)))
  await turns()
  await half.end()
  assert.deepEqual([(await noticing).addressRefused, await isRefused()], [false, false])
})

test('a mail that is claimed for the old address and refused in that moment goes to the new one', async (test) => {
  const { context, clock, caseId, isRefused, messages, server, tickAt } = await opened(test)
  clock.set('2026-03-02T09:00:00Z')
  await openAndClose(context)
  const [due] = await dueMessages(context.stores.study.read, clock.now(), 1)
  assert.ok(due)
  const { study, protocol } = await needStudy(context, 's1')
  const half = await halfCorrected(context)
  const claim = await claimDueMessage(context, due, { processId: 'p', study, protocol })
  assert.ok(claim.outcome === 'claimed' && claim.mail.to === before)
  const settling = settle(
    context,
    { messages: claim.messages, to: before },
    { kind: 'refused', detail: '550 5.1.1 no such mailbox', address: true },
  )
  await turns()
  await half.end()
  await settling
  assert.equal(await isRefused(), false)
  assert.equal((await tickAt('2026-03-02T09:01:00Z')).sent, 1)
  assert.deepEqual(server.accepted.at(-1)?.recipients, [corrected])
  assert.equal((await messages(caseId))[0]?.state, 'sent')
})
