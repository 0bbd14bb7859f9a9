import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createEntrySaver, type EntrySaverOptions } from '../../client/desk/entry/entry-saver.ts'
import { ApiFailure } from '../../client/ui/api.ts'

/** A saver whose time is the test's: `wait` lets what was planned happen. */
function ready(send: EntrySaverOptions['send']) {
  const content = { answers: { a: 0 }, page: null }
  const refused: string[][] = []
  let planned: (() => void) | null = null
  const saver = createEntrySaver({
    revision: 0,
    savedAt: '2026-03-02T09:00:00.000Z',
    read: () => structuredClone(content),
    send,
    onRefused: (items) => refused.push(items),
    later(_, then) {
      planned = then
      return () => {
        planned = null
      }
    },
  })
  const type = (a: number) => {
    content.answers.a = a
    saver.changed()
  }
  const wait = async () => {
    planned?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { saver, type, wait, refused }
}

test('the latest answer is saved, one save at a time, each on the revision of the one before', async () => {
  const sent: [number, unknown][] = []
  const { saver, type, wait } = ready(async ({ revision, answers }) => {
    sent.push([revision, answers.a])
    return { revision: revision + 1, savedAt: `2026-03-02T09:00:0${revision + 1}.000Z` }
  })
  type(1)
  type(2)
  await wait()
  assert.deepEqual(sent, [[0, 2]])
  assert.deepEqual(saver.state(), { is: 'saved', at: '2026-03-02T09:00:01.000Z' })
  type(3)
  assert.equal(await saver.settled(), true)
  assert.deepEqual([sent.at(-1), saver.revision()], [[1, 3], 2])
})

test('what is typed while a save is under way is saved after it', async () => {
  let answer: (value: { revision: number; savedAt: string }) => void = () => {}
  const sent: unknown[] = []
  const { saver, type, wait } = ready(({ answers }) => {
    sent.push(answers.a)
    return new Promise((resolve) => {
      answer = resolve
    })
  })
  type(1)
  await wait()
  type(2)
  answer({ revision: 1, savedAt: 'x' })
  await wait()
  assert.equal(saver.state().is, 'saving')
  await wait()
  assert.deepEqual(sent, [1, 2])
  answer({ revision: 2, savedAt: 'y' })
  await wait()
  assert.deepEqual(saver.state(), { is: 'saved', at: 'y' })
})

test('a server that does not answer is tried again; another window ends the saving; a refused answer is said', async () => {
  let failure: ApiFailure | null = new ApiFailure('unreachable')
  const { saver, type, wait, refused } = ready(async ({ revision }) => {
    if (failure) throw failure
    return { revision: revision + 1, savedAt: 'x' }
  })
  type(1)
  await wait()
  assert.equal(saver.state().is, 'unsaved')
  assert.equal(await saver.settled(), false)
  failure = null
  await wait()
  assert.equal(saver.state().is, 'saved')
  failure = new ApiFailure('answers-invalid', { problems: [{ item: 'a' }] })
  type(2)
  await wait()
  assert.deepEqual([saver.state().is, refused], ['refused', [['a']]])
  failure = new ApiFailure('entry-outdated')
  type(3)
  await wait()
  assert.equal(saver.state().is, 'outdated')
  failure = null
  type(4)
  await wait()
  assert.equal(saver.state().is, 'outdated', 'nothing goes on top of what is newer')
})
