/** What a data folder has to be after its server was killed, beside what people were told. */
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { checkDatabases } from '../../server/db/check-databases.ts'
import { verifyExport } from '../../server/export/verify-export.ts'
import { familiesPerFile, type Told } from './at-work.ts'

/** Lists, cases and contact data of which there is a part only. */
const half = {
  'a list that is completed without an answer, a score or an event, or has one without being completed': `
    SELECT a.id FROM assignments a LEFT JOIN responses r ON r.assignment_id = a.id
    WHERE a.participant_id NOT IN (SELECT id FROM participants WHERE answers_erased_at IS NOT NULL)
      AND ((a.state = 'completed') <> (r.id IS NOT NULL) OR r.id IS NOT NULL AND (
      NOT EXISTS (SELECT 1 FROM scores s WHERE s.response_id = r.id)
      OR (SELECT count(*) FROM events e WHERE e.participant_id = a.participant_id AND e.kind = 'completed'
          AND json_extract(e.detail, '$.instrument') = a.instrument_id AND e.wave = a.wave) <> 1))`,
  'a case without anybody': 'SELECT id FROM cases c WHERE NOT EXISTS (SELECT 1 FROM participants p WHERE p.case_id = c.id)',
  'somebody without lists': 'SELECT id FROM participants p WHERE NOT EXISTS (SELECT 1 FROM assignments a WHERE a.participant_id = p.id)',
  'a case without the event of its registration':
    "SELECT id FROM cases c WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.case_id = c.id AND e.kind = 'registered')",
  'somebody without contact data':
    'SELECT id FROM participants p WHERE answers_erased_at IS NULL AND NOT EXISTS (SELECT 1 FROM identity.people i WHERE i.pseudonym = p.id)',
  'contact data without anybody, of which nothing says that they were coming': `
    SELECT pseudonym FROM identity.people i WHERE NOT EXISTS (SELECT 1 FROM participants p WHERE p.id = i.pseudonym)
      AND NOT EXISTS (SELECT 1 FROM settings s WHERE s.name LIKE 'contact data coming %' AND s.value = i.stored_at)`,
}

/** With no server running: what was acknowledged is there, half is not, both databases are whole. */
export async function assertWhole(folder: string, told: Told): Promise<void> {
  assert.deepEqual(
    checkDatabases(folder).flatMap(({ problems }) => problems),
    [],
  )
  const study = new Database(join(folder, 'study.sqlite'), { readonly: true })
  try {
    study.exec(`ATTACH '${join(folder, 'identity.sqlite')}' AS identity`)
    const all = (sql: string) => study.prepare(sql).pluck().all() as string[]
    for (const [what, sql] of Object.entries(half)) assert.deepEqual(all(sql), [], what)

    const stored = new Set(all('SELECT assignment_id FROM responses'))
    const cases = new Set(all('SELECT code FROM cases'))
    const lost = { lists: told.submitted.difference(stored), cases: told.registered.difference(cases) }
    assert.deepEqual([[...lost.lists], [...lost.cases]], [[], []], 'what was acknowledged is gone')
    for (const code of told.imports.sent) {
      const there = Array.from({ length: familiesPerFile }, (_, n) => `${code}-${n}`).filter((one) => cases.has(one)).length
      assert.ok(there === familiesPerFile || (there === 0 && !told.imports.done.has(code)), `${there} families of import ${code}`)
    }
    const exports = readdirSync(folder).includes('exports') ? readdirSync(join(folder, 'exports')) : []
    assert.deepEqual(
      [...told.exported].filter((id) => !exports.includes(id)),
      [],
      'an export that was done is gone',
    )
    for (const id of exports.filter((name) => !name.startsWith('.'))) {
      const { missing, changed, extra } = await verifyExport(join(folder, 'exports', id))
      assert.deepEqual([missing, changed, extra], [[], [], []], id)
    }
  } finally {
    study.close()
  }
}
