import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import fc from 'fast-check'
import { openStores, type Store } from '../../server/db/open.ts'
import { findSetting, putSetting } from '../../server/queries/settings.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { databasePlace } from '../harness/database.ts'

async function openStudyStore(t: TestContext): Promise<Store> {
  const { study, identity } = await openStores(await databasePlace(temporaryFolder(t)))
  t.after(() => Promise.all([study.close(), identity.close()]))
  return study
}

test('a unit that fails is undone, and those that arrived with it stay', async (t) => {
  const study = await openStudyStore(t)
  let run = 0
  await fc.assert(
    fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 150 }), async (outcomes) => {
      run++
      const settled = await Promise.allSettled(
        outcomes.map((succeeds, index) =>
          study.withTx(async (tx) => {
            await putSetting(tx, `${run}-${index}`, 'before')
            // Another turn of the event loop: units may not mix.
            await new Promise((resolve) => setImmediate(resolve))
            await putSetting(tx, `${run}-${index}`, 'after')
            if (!succeeds) throw new Error('no')
            return index
          }),
        ),
      )
      for (const [index, succeeds] of outcomes.entries()) {
        assert.equal(settled[index]?.status, succeeds ? 'fulfilled' : 'rejected')
        assert.equal(await findSetting(study.read, `${run}-${index}`), succeeds ? 'after' : undefined)
      }
    }),
    { numRuns: 25 },
  )
})

test('what is being written is not read before it is committed', async (t) => {
  const study = await openStudyStore(t)
  const seen = await study.withTx(async (tx) => {
    await putSetting(tx, 'half', 'written')
    return await findSetting(study.read, 'half')
  })
  assert.equal(seen, undefined)
  assert.equal(await findSetting(study.read, 'half'), 'written')
})

test('the connection that reads cannot write', async (t) => {
  const study = await openStudyStore(t)
  await assert.rejects(async () => await putSetting(study.read, 'name', 'value'), /read-?only|query_only|attempt to write/i)
})
