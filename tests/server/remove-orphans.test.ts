import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { Failure } from '../../server/failure.ts'
import { storePerson } from '../../server/queries/people.ts'
import { removeOrphans } from '../../server/workflow/remove-orphans.ts'
import { family } from '../harness/family.ts'
import { startStudyServer } from '../harness/study-server.ts'

/** A study with one family; and a way to store contact data as a registration does that is cut off then. */
async function withFamily(t: TestContext) {
  const server = await startStudyServer(t)
  await server.register(family('A-001'))
  const { stores, sealer } = server.context
  return {
    ...server,
    people: () => stores.identity.read.get<{ n: number }>('SELECT count(*) AS n FROM people').n,
    cutOff: (pseudonym: string) =>
      stores.identity.withTx((tx) =>
        storePerson(tx, sealer, pseudonym, { name: 'Weg', email: 'weg@voorbeeld.example', telephone: null }, server.clock.now()),
      ),
  }
}

test('contact data of a registration that was cut off are removed after an hour, and nobody else’s', async (t) => {
  const { context, clock, people, cutOff } = await withFamily(t)
  await cutOff('weg-1')
  await cutOff('weg-2')
  assert.deepEqual([await removeOrphans(context), people()], [0, 5])
  clock.set('2026-03-02T10:00:01Z')
  assert.deepEqual([await removeOrphans(context), people()], [2, 3])
  assert.deepEqual([await removeOrphans(context), people()], [0, 3])
})

test('beside an older study.sqlite, which knows fewer people, no contact data are removed', async (t) => {
  const { context, clock, people, cutOff } = await withFamily(t)
  for (const [number, day] of ['03', '04'].entries()) {
    clock.set(`2026-03-${day}T09:00:00Z`)
    await cutOff(`later-${number}`)
  }
  clock.set('2026-03-05T09:00:00Z')
  await assert.rejects(
    removeOrphans(context),
    (error) => error instanceof Failure && /2 participants.*do not belong together/.test(error.message),
  )
  assert.equal(people(), 5)
})

test('beside an empty study.sqlite no contact data are removed', async (t) => {
  const { context, clock, people, register } = await withFamily(t)
  const { study } = (await startStudyServer(t)).context.stores
  await study.withTx(async (tx) => void tx.run('DELETE FROM studies'))
  clock.set('2026-03-05T09:00:00Z')
  const mixed = { ...context, stores: { ...context.stores, study } }
  await assert.rejects(removeOrphans(mixed), Failure)
  assert.equal(people(), 3)
  await register(family('A-002'))
  assert.equal(await removeOrphans(context), 0)
})
