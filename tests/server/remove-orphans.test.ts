import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { Failure } from '../../server/failure.ts'
import { storePerson } from '../../server/queries/people.ts'
import { settingsFrom } from '../../server/queries/settings.ts'
import { storeContactData } from '../../server/workflow/contact-data.ts'
import { registerCases } from '../../server/workflow/register-cases.ts'
import { removeParticipant } from '../../server/workflow/remove-mistake.ts'
import { removeCutOff, removeOrphans } from '../../server/workflow/remove-orphans.ts'
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

test('registrations that were cut off on several occasions keep no server from starting, and leave nothing', async (t) => {
  const { context, clock, people } = await withFamily(t)
  const newcomer = (id: string) => ({ id, participant: { role: 'parent', name: 'Weg', email: 'weg@voorbeeld.example', language: 'nl' } })
  for (const minute of ['00', '20', '40']) {
    clock.set(`2026-03-02T09:${minute}:00Z`)
    await storeContactData(context, [newcomer(`weg-${minute}`)], clock.now())
  }
  clock.set('2026-03-02T10:10:00Z')
  assert.deepEqual([await removeOrphans(context), people()], [1, 5])
  clock.set('2026-03-03T09:00:00Z')
  assert.deepEqual([await removeCutOff(context), people()], [2, 3])
  assert.deepEqual(await settingsFrom(context.stores.study.read, 'contact data'), [])
})

test('a registration that ends after it was taken to be cut off registers nothing, and says so', async (t) => {
  const { context, study, clock, people } = await withFamily(t)
  const { identity } = context.stores
  // Between the two databases.
  const slow: typeof identity.withTx = async (work) => {
    const done = await identity.withTx(work)
    clock.set('2026-03-02T11:00:00Z')
    await removeCutOff(context)
    return done
  }
  const stores = { ...context.stores, identity: { ...identity, withTx: slow } }
  await assert.rejects(registerCases({ ...context, stores }, study, [family('A-002')]), /Nothing was registered/)
  assert.equal(people(), 3)
})

test('contact data of somebody who was taken away go, though the server was stopped in between', async (t) => {
  const { context, rows, people } = await withFamily(t)
  const [one] = rows<{ id: string }>("SELECT id FROM participants WHERE role = 'informant'")
  const cut = { ...context.stores.identity, withTx: () => Promise.reject(new Error('cut off')) }
  const who = { role: 'informant' }
  await assert.rejects(
    removeParticipant({ ...context, stores: { ...context.stores, identity: cut } }, { study: 's1', code: 'A-001' }, who, { why: 'a test' }),
    /cut off/,
  )
  assert.deepEqual([rows(`SELECT id FROM participants WHERE id = '${one?.id}'`), people()], [[], 3])
  assert.deepEqual([await removeCutOff(context), people()], [1, 2])
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
