import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import fc from 'fast-check'
import { createDraftSaver, type DraftSaver } from '../../client/respond/saving/draft-saver.ts'
import { isUnsaved, saveStatus } from '../../client/respond/saving/save-queue.ts'
import type { Answers } from '../../instruments/schema.ts'
import { DraftServer } from './draft-server.ts'

/** A page with a draft, in front of a network that loses, repeats and reorders. */
function open() {
  const server = new DraftServer()
  let answers: Answers = {}
  const saver = createDraftSaver({ revision: 0, read: () => ({ answers, page: null, sealed: [] }), send: server.send })
  const answer = (value: number): void => {
    answers = { ...answers, [`item${value % 3}`]: value }
    saver.changed()
  }
  return { server, saver, answer, answers: () => answers, take: (other: Answers) => (answers = other) }
}

/** Lets every request through until nothing is left to say. */
async function heal({ server, saver }: { server: DraftServer; saver: DraftSaver }): Promise<void> {
  for (let round = 0; round < 20; round++) {
    saver.flush()
    for (; server.waiting > 0; await turn()) {
      server.arrive(0)
      server.hear(0)
    }
    if (!isUnsaved(saver.state()) || saver.state().halt) return
  }
}

const index = fc.nat({ max: 3 })
const onePageOnly = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('answer' as const), value: fc.nat({ max: 50 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('arrive', 'hear', 'lose' as const), index }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), milliseconds: fc.constantFrom(250, 1000, 20_000) }) },
  fc.record({ do: fc.constantFrom('flush', 'close' as const) }),
)
const withAnotherPage = fc.oneof(
  { weight: 6, arbitrary: onePageOnly },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('close' as const) }) },
  fc.record({ do: fc.constant('elsewhere' as const) }),
)

type Action = typeof withAnotherPage extends fc.Arbitrary<infer Value> ? Value : never

async function act(page: ReturnType<typeof open>, action: Action, t: TestContext): Promise<void> {
  const { server, saver } = page
  if (action.do === 'answer') page.answer(action.value)
  else if (action.do === 'arrive') server.arrive(action.index)
  else if (action.do === 'hear') server.hear(action.index)
  else if (action.do === 'lose') server.hear(action.index, true)
  else if (action.do === 'wait') t.mock.timers.tick(action.milliseconds)
  else if (action.do === 'elsewhere') server.saveElsewhere({ elsewhere: server.savedBy.length })
  else saver.flush(action.do === 'close')
  await turn()
}

test('whatever the network loses, repeats or reorders, all answers arrive, and "saved" is only said of what the server has', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] })
  await fc.assert(
    fc.asyncProperty(fc.array(onePageOnly, { maxLength: 60, size: 'max' }), async (actions) => {
      const page = open()
      for (const action of actions) {
        await act(page, action, t)
        const status = saveStatus(page.saver.state())
        assert.notEqual(status, 'halted', 'a page alone never has a conflict')
        if (status === 'saved') assert.deepEqual(page.server.current?.answers, page.answers())
      }
      await heal(page)
      assert.equal(isUnsaved(page.saver.state()), false)
      assert.deepEqual(page.server.current?.answers ?? {}, page.answers())
      page.saver.stop()
    }),
    { numRuns: 1000 },
  )
})

test('what another page saved is never overwritten before somebody chose', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] })
  await fc.assert(
    fc.asyncProperty(fc.array(withAnotherPage, { minLength: 20, maxLength: 60, size: 'max' }), fc.boolean(), async (actions, keeps) => {
      const page = open()
      let mayOverwrite: number | null = null
      page.server.onTaken = (_, before) => {
        if (before && page.server.savedBy.at(-1) === 'other') assert.equal(before.revision, mayOverwrite)
      }
      for (const action of actions) {
        await act(page, action, t)
        const other = page.saver.other()
        if (!other) continue
        mayOverwrite = other.revision
        if (keeps) page.saver.keepMine()
        else {
          page.take(other.answers)
          page.saver.takeOther()
        }
      }
      page.saver.stop()
    }),
    { numRuns: 1000 },
  )
})

test('a save whose reply got lost is recognised as our own, not taken for another device', async () => {
  const page = open()
  page.answer(1)
  page.saver.flush()
  page.server.arrive(0)
  page.server.hear(0, true)
  await turn()
  assert.equal(saveStatus(page.saver.state()), 'offline')
  page.answer(2)
  await heal(page)
  assert.equal(saveStatus(page.saver.state()), 'saved')
  assert.deepEqual(page.server.savedBy, ['page', 'page'])
  page.saver.stop()
})

test('settled() tells apart what is saved and what is not', async () => {
  const page = open()
  assert.equal(await page.saver.settled(), true)
  page.answer(1)
  const lost = page.saver.settled()
  page.server.hear(0, true)
  assert.equal(await lost, false)
  const kept = page.saver.settled()
  page.server.arrive(0)
  page.server.hear(0)
  assert.equal(await kept, true)
  page.saver.stop()
})

test('after a conflict the person gets the answers that they choose', async () => {
  for (const keeps of [true, false]) {
    const page = open()
    page.server.saveElsewhere({ item9: 9 })
    page.answer(1)
    await heal(page)
    const other = page.saver.other()
    assert.deepEqual(other?.answers, { item9: 9 })
    if (keeps) page.saver.keepMine()
    else {
      page.take(other?.answers ?? {})
      page.saver.takeOther()
    }
    await heal(page)
    assert.equal(saveStatus(page.saver.state()), 'saved')
    assert.deepEqual(page.server.current?.answers, keeps ? { item1: 1 } : { item9: 9 })
    page.saver.stop()
  }
})

test('another page that went back to earlier answers of this one is a conflict too', async () => {
  const page = open()
  page.answer(1)
  await heal(page)
  page.answer(2)
  await heal(page)
  page.server.saveElsewhere({ item1: 1 })
  page.answer(3)
  await heal(page)
  assert.deepEqual(page.saver.other()?.answers, { item1: 1 })
  page.saver.stop()
})

test('what another page saved is a conflict also when the answers here are as they were before', async () => {
  const page = open()
  page.answer(1)
  await heal(page)
  page.server.saveElsewhere({ item1: 1 })
  page.answer(2)
  page.answer(1)
  await heal(page)
  assert.equal(saveStatus(page.saver.state()), 'halted')
  page.saver.stop()
})

test('what the server is found to hold is told apart: a save from here, or somebody else’s', async () => {
  const page = open()
  page.answer(1)
  page.saver.flush()
  page.server.arrive(0)
  page.server.hear(0, true)
  await turn()
  assert.equal(page.saver.meet(page.server.current), true)
  assert.equal(saveStatus(page.saver.state()), 'saved')
  page.server.saveElsewhere({ item9: 9 })
  assert.equal(page.saver.meet(page.server.current), false)
  assert.deepEqual(page.saver.other()?.answers, { item9: 9 })
  page.saver.stop()
})
