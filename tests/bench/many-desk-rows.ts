/** What staff leave behind in a study of many cases: typing that is not finished, questions, a long access log, exports, imports. */
import type { TestStudy } from '../harness/test-study.ts'

/** Rows of each. Every export has all cases in it. */
const wanted = { log: 500_000, typing: 400, questions: 20_000, exports: 30, imports: 200 }

/** Counts from 1 to `most`. */
const count = (most: number) => `(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${most}) SELECT i FROM n)`

export async function manyDeskRows({ context, study: { id } }: Pick<TestStudy, 'context' | 'study'>): Promise<void> {
  const now = context.clock.now()
  const statements = [
    // The chain of hashes is not looked at here.
    `INSERT INTO access_log (at, staff_id, via, action, outcome, study_id, case_id, hash)
     SELECT '${now}', 'staff-' || (i % 40), 'desk', CASE WHEN i % 50000 = 0 THEN 'rare' WHEN i % 3 = 0 THEN 'searched cases' ELSE 'saw case' END,
       CASE WHEN i % 20000 = 0 THEN 'refused' ELSE 'allowed' END, '${id}', c.id, hex(i)
     FROM ${count(wanted.log)} LEFT JOIN cases c ON c.rowid = i % (SELECT count(*) FROM cases) + 1`,
    // Half of it typed in once and waiting for the second, the rest under way.
    `INSERT INTO entries (id, study_id, assignment_id, pass, double, entered_by, means, answered_on, language, state, revision, answers, skipped,
       begun_at, saved_at)
     SELECT 'entry-' || a.id, '${id}', a.id, 1, a.rowid % 2, 'staff-1', 'paper', '2026-03-01', 'nl',
       CASE WHEN a.rowid % 2 THEN 'typed' ELSE 'typing' END, 1, '{}', '[]', '${now}', '${now}'
     FROM assignments a WHERE a.state = 'open' LIMIT ${wanted.typing}`,
    `INSERT INTO value_queries (study_id, case_id, assignment_id, state, asked_by, asked_at, changed_at)
     SELECT '${id}', a.case_id, a.id, CASE a.rowid % 3 WHEN 0 THEN 'open' WHEN 1 THEN 'answered' ELSE 'closed' END, 'staff-2', '${now}', '${now}'
     FROM assignments a WHERE a.state = 'completed' LIMIT ${wanted.questions}`,
    `INSERT INTO query_notes (query_id, kind, by, at, text) SELECT id, 'asked', 'staff-2', '${now}', 'Is this right?' FROM value_queries`,
    `INSERT INTO exports (id, study_id, made_at, via, manifest_sha256, layouts, formats, cases, case_ids)
     SELECT 'export-' || i, '${id}', '${now}', 'desk', hex(i), '["long"]', '["csv"]', (SELECT count(*) FROM cases), ids
     FROM ${count(wanted.exports)}, (SELECT json_group_array(id) AS ids FROM cases)`,
    `INSERT INTO imports (id, study_id, started_by, started_at, ended_at, state, cases, participants, problems, arms)
     SELECT 'import-' || i, '${id}', 'staff-3', '${now}', '${now}', 'done', 500, 1500, '[]', '{}' FROM ${count(wanted.imports)}`,
  ]
  await context.stores.study.withTx(async (tx) => {
    for (const statement of statements) tx.run(statement)
  })
}
