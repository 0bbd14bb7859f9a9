/** A study of many cases: a few that are planned as any, in every stage of a study of two years, and copies of those. */
import { refreshSummaries } from '../../server/workflow/refresh-summaries.ts'
import { registerCases } from '../../server/workflow/register-cases.ts'
import { tick } from '../../server/workflow/tick.ts'
import { family } from '../harness/family.ts'
import type { TestStudy } from '../harness/test-study.ts'

const templates = 200
const regions = ['Amsterdam', 'Drenthe', 'Friesland', 'Gelderland', 'Groningen', 'Limburg', 'Overijssel', 'Utrecht']
/** No mail goes out: only windows open and close. */
const transport = { send: () => Promise.reject(new Error('no mail here')) }

/** Tables in which a copy of a case has rows, and which of their columns name something of that case. */
const copied: Record<string, string[]> = {
  cases: ['id', 'code'],
  participants: ['id', 'case_id'],
  anchors: ['case_id'],
  children: ['case_id'],
  assignments: ['id', 'case_id', 'participant_id'],
  messages: ['id', 'case_id', 'participant_id', 'message_id'],
  events: ['case_id', 'participant_id'],
}
/** The same of summaries, where these are made. */
const copiedToo: Record<string, string[]> = { case_summaries: ['case_id', 'code'], case_lists: ['case_id'] }

/**
 * Puts about `wanted` cases into a study. Their summaries are left to be made; or, `withSummaries`, made of the few and copied with them.
 */
export async function manyCases({ context, study, rows }: TestStudy, wanted: number, { withSummaries = false } = {}): Promise<void> {
  const day = (ago: number) => new Date(Date.parse(context.clock.now()) - ago * 86_400_000).toISOString().slice(0, 10)
  const entries = Array.from({ length: Math.min(templates, wanted) }, (_, number) => ({
    ...family(`F-${number}`, { referral: day(number * 3), conference: day(number * 3 - 45) }),
    region: regions[number % regions.length],
    ...(number % 20 === 0 && { anchors: { referral: day(number * 3) } }),
  }))
  await registerCases(context, study, entries)
  await tick(context, { transport: transport as never, signal: AbortSignal.abort() })
  await context.stores.study.withTx(async (tx) => {
    // Two in three of the lists whose window has opened came in.
    tx.run(
      "UPDATE assignments SET state = 'completed', started_at = opens_at, ended_at = opens_at WHERE state IN ('open', 'expired') AND rowid % 3 > 0",
    )
    tx.run("UPDATE assignments SET ended_at = closes_at WHERE state = 'expired'")
    tx.run("UPDATE messages SET state = CASE WHEN due_at < '2026-03-02' THEN 'sent' ELSE state END")
  })
  const copies = Math.ceil(wanted / entries.length) - 1
  if (withSummaries) await context.stores.study.withTx(async (tx) => void tx.run('INSERT OR IGNORE INTO stale_cases SELECT id FROM cases'))
  if (withSummaries) await refreshSummaries(context)
  await context.stores.study.withTx(async (tx) => {
    for (const [table, own] of Object.entries({ ...copied, ...(withSummaries && copiedToo) })) {
      const columns = rows<{ name: string }>(`SELECT name FROM pragma_table_info('${table}')`).map(({ name }) => name)
      const kept = columns.filter((name) => !(table === 'events' && name === 'id'))
      const values = kept.map((name) => (own.includes(name) ? `${name} || '-' || copy` : name))
      tx.run(
        `INSERT INTO ${table} (${kept.join(', ')}) SELECT ${values.join(', ')} FROM ${table},
         (WITH RECURSIVE n(copy) AS (SELECT 1 UNION ALL SELECT copy + 1 FROM n WHERE copy < ${copies}) SELECT copy FROM n)`,
      )
    }
    if (withSummaries) for (const sums of ['list_counts', 'week_counts']) tx.run(`UPDATE ${sums} SET cases = cases * ${copies + 1}`)
    if (withSummaries) tx.run('DELETE FROM stale_cases')
    else tx.run('INSERT OR IGNORE INTO stale_cases SELECT id FROM cases')
  })
}
