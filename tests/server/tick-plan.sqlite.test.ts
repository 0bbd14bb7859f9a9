import assert from 'node:assert/strict'
import test from 'node:test'
import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { Writer } from '../../server/db/tx.ts'
import { createTransport } from '../../server/mail/transport.ts'
import { updateStudy } from '../../server/queries/studies.ts'
import { tick } from '../../server/workflow/tick.ts'
import { openMailStudy } from '../mail/study.ts'

test('no pass, with or without work to do, reads a table from end to end', async (test) => {
  const study = await openMailStudy(test)
  await study.register({}, {}, {}, {})
  await study.context.stores.study.withTx((tx) => updateStudy(tx, 's1', { contactMonths: 1 }))
  const asked = new Map<string, unknown[]>()
  const connection = new Database(study.context.stores.study.path)
  const db = drizzle(connection, { casing: 'snake_case', logger: { logQuery: (query, values) => void asked.set(query, values) } })
  const writer = new Writer(connection, db)
  const transport = createTransport({ SMTP_URL: study.server.url, MAIL_FROM: 'onderzoek@voorbeeld.example' })
  test.after(() => {
    transport.close()
    connection.close()
  })
  const { context } = study
  const watched = {
    ...context,
    stores: { ...context.stores, study: { ...context.stores.study, read: db, withTx: writer.withTx.bind(writer) as typeof writer.withTx } },
  }

  const moments: [moment: string, mood?: typeof study.server.mood][] = [
    ['2026-03-02T08:30:00Z'],
    ['2026-03-02T09:00:00Z', (recipient) => moods[recipient]],
    ['2026-03-02T09:30:00Z'],
    ['2026-03-09T09:00:00Z'],
    ['2026-04-30T09:00:00Z'],
    ['2027-12-30T09:00:00Z'],
    ['2028-03-30T09:00:00Z'],
  ]
  for (const [moment, mood] of moments) {
    study.clock.set(moment)
    study.server.mood = mood
    await tick(watched, { transport })
  }
  assert.ok(asked.size > 15, 'the statements of every step were seen')
  for (const [query, values] of asked) {
    if (!/^(select|update|insert|delete)/i.test(query)) continue
    const steps = connection.prepare(`EXPLAIN QUERY PLAN ${query}`).all(...values) as { detail: string }[]
    // There are as many studies as somebody opened by hand; of cases to be summed up again only those since the last pass.
    for (const { detail } of steps) assert.doesNotMatch(detail, /^SCAN (?!(studies|stale_cases)\b)/, query)
  }
})

/** One of each fate, so that every way to settle is taken. */
const moods: Record<string, { at: 'recipient' | 'end of text'; does: number | 'dies' }> = {
  'parent2@example.org': { at: 'recipient', does: 450 },
  'parent3@example.org': { at: 'recipient', does: 550 },
  'parent4@example.org': { at: 'end of text', does: 'dies' },
}
