/** `nameting verify` finds two databases that are not of one study or of one day: in a data folder and in PostgreSQL, in the same words. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { dialect } from '../../server/db/dialect.ts'
import { going, late } from '../../server/workflow/contact-data.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { family } from '../harness/family.ts'
import { openTestStudy } from '../harness/test-study.ts'

const [people, study] = dialect === 'postgres' ? ['schema identity', 'schema study'] : ['identity\\.sqlite', 'study\\.sqlite']

async function registered(t: TestContext) {
  const opened = await openTestStudy({ folder: temporaryFolder(t) })
  t.after(() => opened.close())
  await opened.register(family('A-001'))
  const { identity, study } = opened.context.stores
  return {
    verify: () => nameting({ DATA_DIR: opened.environment.DATA_DIR ?? '' }, 'verify'),
    inIdentity: (...statements: string[]) =>
      identity.withTx(async (tx) => {
        for (const statement of statements) await tx.run(statement)
      }),
    inStudy: (statement: string) => study.withTx(async (tx) => void (await tx.run(statement))),
    participants: opened.rows<{ id: string }>('SELECT id FROM participants').length,
  }
}

/** Somebody whom the study does not know. */
const stranger = (day: number): string =>
  `INSERT INTO people (pseudonym, sealed, key_id, stored_at) SELECT 'p${day}', sealed, key_id, '2020-01-0${day}T00:00:00.000Z' FROM people LIMIT 1`

test('names of people whom the study does not know are told, unless it has noted that they are to go', async (t) => {
  const { verify, inIdentity, inStudy } = await registered(t)
  const whole = await verify()
  assert.equal(whole.code, 0, whole.stderr)
  await inIdentity(stranger(1), stranger(2))
  const { code, stderr } = await verify()
  assert.equal(code, 1)
  assert.match(
    stderr,
    new RegExp(
      `^${people}: it has contact data of 2 people whom ${study} does not know\\. The two do not belong together: put both back from one backup\\.$`,
      'm',
    ),
  )
  for (const [name, value] of [
    [`${going}p1`, '2026-03-02T09:00:00.000Z'],
    [`${late}x`, '2020-01-02T00:00:00.000Z'],
  ])
    await inStudy(`INSERT INTO settings (name, value) VALUES ('${name}', '${value}')`)
  const noted = await verify()
  assert.equal(noted.code, 0, noted.stderr)
})

test('participants without contact data are told', async (t) => {
  const { verify, inIdentity, participants } = await registered(t)
  await inIdentity('DELETE FROM name_parts', 'DELETE FROM people')
  const { code, stderr } = await verify()
  assert.equal(code, 1)
  assert.ok(participants > 0)
  assert.match(
    stderr,
    new RegExp(`^${people}: there are no contact data of ${participants} participants of ${study}\\. The two do not`, 'm'),
  )
})
