import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openStores } from '../../server/db/open.ts'
import { collectMetrics } from '../../server/metrics.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { postgresUrl } from '../harness/database.ts'
import { openTestStudy } from '../harness/test-study.ts'

test('numbers of the databases are left out while these are away, the others stay, and they come back with them', async (t) => {
  const { context, close } = await openTestStudy({ folder: temporaryFolder(t) })
  const looked = { ...context }
  const metrics = collectMetrics(looked, { look: async () => [{ name: 'database', reason: 'away' }], idleFor: () => 60_000 })
  const names = async (): Promise<string[]> => {
    const { text } = await metrics.read()
    return [...new Set([...text.matchAll(/^(nameting_\w+?)(?:_bucket|_sum|_count)?[ {]/gm)].map(([, name = '']) => name))]
  }
  const ofDatabases = ['disk_free_bytes', 'jobs_under_way', 'mails_due', 'mails_due_oldest_seconds', 'mails_in_hand', 'tasks_open']
  const expected = [...ofDatabases, ...(postgresUrl === undefined ? ['database_bytes'] : [])].map((name) => `nameting_${name}`).toSorted()

  const before = await names()
  assert.deepEqual(
    expected.filter((name) => !before.includes(name)),
    [],
  )
  await close()
  const without = await names()
  assert.deepEqual(before.filter((name) => !without.includes(name)).toSorted(), expected)
  assert.ok(without.includes('nameting_ready') && without.includes('nameting_tick_idle_seconds'), without.join())
  const stores = await openStores(context.place)
  t.after(() => Promise.all([stores.study.close(), stores.identity.close()]))
  looked.stores = stores
  assert.deepEqual(await names(), before)
})
