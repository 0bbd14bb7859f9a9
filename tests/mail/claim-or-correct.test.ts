/** A mail that is taken in hand at the moment in which the address of somebody is corrected. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { protocolOf } from '../../server/definitions/protocol-of-study.ts'
import { dueMessages, findMessage } from '../../server/queries/messages.ts'
import { claimDueMessage } from '../../server/workflow/claim-message.ts'
import { correctAddress } from '../../server/workflow/correct-address.ts'
import { openAndClose } from '../../server/workflow/open-and-close.ts'
import { settle } from '../../server/workflow/settle-message.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { openTestStudy } from '../harness/test-study.ts'

const atTen = '2026-03-02T09:00:00Z'
const [before, corrected] = ['parent1@example.org', 'beter@voorbeeld.example']

type Claiming = () => ReturnType<typeof claimDueMessage>
type Order = (claim: Claiming, correct: () => Promise<unknown>) => ReturnType<Claiming>

/** At once, each after so many turns of the event loop. */
const atOnce =
  (claims: number, corrects: number): Order =>
  async (claim, correct) =>
    (await Promise.all([afterTurns(claims, claim), afterTurns(corrects, correct)]))[0]

async function afterTurns<T>(turns: number, work: () => Promise<T>): Promise<T> {
  for (let left = turns; left > 0; left--) await turn()
  return await work()
}

const orders: Record<string, Order> = {
  'the claim': async (claim, correct) => {
    const claimed = await claim()
    await correct()
    return claimed
  },
  'the correction': async (claim, correct) => {
    await correct()
    return await claim()
  },
  ...Object.fromEntries(
    [[0, 0] as const, [1, 0] as const, [2, 0] as const, [3, 0] as const, [0, 1] as const, [0, 2] as const].map(([claims, corrects]) => [
      `neither (${claims}, ${corrects})`,
      atOnce(claims, corrects),
    ]),
  ),
}

test('whatever comes first, a claim or a correction: what is refused is the address to which the mail went', async (test) => {
  for (const [first, inOrder] of Object.entries(orders)) {
    const { context, study, clock, register, close } = await openTestStudy({ folder: temporaryFolder(test), now: '2026-03-02T08:00:00Z' })
    test.after(close)
    await register({
      ...{ code: 'F1', arm: 'conference', cohort: 'prospective', anchors: { referral: '2026-03-02' } },
      participants: [{ role: 'parent', name: 'Noor Verzonnen', email: before, language: 'nl' }],
    })
    clock.set(atTen)
    await openAndClose(context)
    const [due] = await dueMessages(context.stores.study.read, clock.now(), 1)
    assert.ok(due)
    const protocol = protocolOf(context.definitions, study, clock.now())
    const claim = await inOrder(
      () => claimDueMessage(context, due, { processId: 'p', study, protocol }),
      () => correctAddress(context, { study: 's1', code: 'F1', role: 'parent', number: 1, email: corrected }),
    )
    assert.ok(claim.outcome === 'claimed')
    const { to } = claim.mail
    if (first === 'the claim') assert.equal(to, before)
    if (first === 'the correction') assert.equal(to, corrected)
    await settle(context, { messages: claim.messages, to }, { kind: 'refused', detail: '550 5.1.1 no such mailbox', address: true })
    const { state } = (await findMessage(context.stores.study.read, due.id)) ?? assert.fail()
    assert.equal(state, to === before ? 'planned' : 'refused', `first ${first}`)
  }
})
