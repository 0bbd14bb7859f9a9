/** What a data folder has to be after its server was killed, beside what people were told. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
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
    for (const [id, code] of told.begun.imports) {
      const [state] = all(`SELECT state FROM imports WHERE id = '${id}'`)
      const expected = state === 'done' ? familiesPerFile : 0
      assert.equal([...cases].filter((one) => one.startsWith(`${code}-`)).length, expected, `families of an import that is ${state}`)
    }
    await assertExports(folder, told, all)
  } finally {
    study.close()
  }
}

/** Each that was told to be done is there, whole, by its manifest; of the others there is a whole one, a part that says so, or none. */
async function assertExports(folder: string, told: Told, all: (sql: string) => string[]): Promise<void> {
  const there = existsSync(join(folder, 'exports')) ? readdirSync(join(folder, 'exports')) : []
  const done = new Map(
    all("SELECT id || ' ' || manifest_sha256 FROM export_jobs WHERE state = 'done'").map((one) => one.split(' ') as [string, string]),
  )
  const making = all("SELECT id FROM export_jobs WHERE state = 'making'")
  const registered = all('SELECT manifest_sha256 FROM exports')
  assert.deepEqual([[...told.exported].filter((id) => !done.has(id)), [...done.keys()].filter((id) => !there.includes(id))], [[], []])
  for (const name of there) {
    const id = name.replace(/\.partial$/, '')
    if (id !== name || !done.has(id)) assert.ok(making.includes(id), `${name} is of no export that is told as interrupted`)
    if (id !== name) continue
    const { missing, changed, extra, manifestSha256 } = await verifyExport(join(folder, 'exports', id))
    assert.deepEqual([missing, changed, extra], [[], [], []], id)
    assert.ok(registered.includes(manifestSha256), `export ${id} is not in the register`)
    if (done.has(id)) assert.equal(manifestSha256, done.get(id), id)
  }
}
