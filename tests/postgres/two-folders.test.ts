/** Two servers on one database, each with a data folder of its own: files of exports and reports are at the one that made them. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { becomes } from '../harness/becomes.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { databaseOf } from '../harness/database.ts'
import { freePort } from '../harness/free-port.ts'
import { startMailServer } from '../harness/mail-server.ts'
import { manySessions } from '../harness/many-sessions.ts'
import { serve } from '../harness/serving.ts'
import { callingAs } from '../harness/staff.ts'
import { asAdministrator } from './own-database.ts'

test('what one has made the other tells as being elsewhere, and only the one that has the files removes them and says so', async (t) => {
  const mail = await startMailServer()
  t.after(() => mail.close())
  const [folder, otherFolder] = [temporaryFolder(t), temporaryFolder(t)]
  const { environment, manager } = await manySessions(folder, 20)
  const url = (await databaseOf(folder)) ?? assert.fail('no database')
  const settings = { ...environment, SMTP_URL: mail.url, DATABASE_URL: url }
  const one = await serve(settings)
  const other = await serve({ ...settings, DATA_DIR: otherFolder, BASE_URL: `http://127.0.0.1:${await freePort()}` })
  t.after(() => Promise.all([one.kill(), other.kill()]))
  const [atOne, atOther] = [one, other].map(({ origin }) => callingAs(origin, manager.cookie)) as [Desk, Desk]

  const choices = { tier: 'pseudonymous', layouts: ['long'], formats: ['csv'], language: 'nl', filter: {}, purpose: '' }
  const made = (await atOne.call('POST /studies/s1/exports', choices)).body.id
  const address = `/studies/s1/exports/jobs/${made}`
  await becomes(async () => (await atOther.call(`GET ${address}`)).body.state, 'done')
  const here = (await atOne.call(`GET ${address}`)).body
  const there = (await atOther.call(`GET ${address}`)).body
  assert.deepEqual([here.isElsewhere, there.isElsewhere, there.until], [false, true, null])
  assert.match(here.until, /^20/)
  const refused = await atOther.call(`GET ${address}/file`)
  assert.deepEqual([refused.status, refused.body.error.code], [409, 'kept-elsewhere'])

  // One that has a report.
  await asAdministrator(url, "UPDATE study.studies SET protocol_version = '0.5.2-standin'")
  const report = (await atOne.call('POST /studies/s1/reports', { percentages: 'plain', maskSmallCells: false })).body.id
  const stateAt = async (desk: Desk) => (await desk.call(`GET /studies/s1/reports/${report}`)).body.state
  await becomes(() => stateAt(atOne), 'done')
  assert.equal(await stateAt(atOther), 'elsewhere')

  // Weeks later.
  await asAdministrator(
    url,
    'UPDATE study.export_jobs SET ended_at = to_char(now() - interval \'7 days 1 minute\', \'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"\')',
  )
  assert.equal((await atOther.call('GET /studies/s1/exports')).status, 200)
  const removedAt = async () =>
    (await asAdministrator<{ removed_at: string | null }>(url, 'SELECT removed_at FROM study.export_jobs'))[0]?.removed_at
  assert.equal(
    existsSync(join(folder, 'exports', made)),
    (await removedAt()) === null,
    'nobody says that they are gone while they are there',
  )
  await becomes(async () => (await atOne.call('GET /studies/s1/exports')).status, 200)
  assert.deepEqual(readdirSync(join(folder, 'exports')), [])
  assert.match((await removedAt()) ?? '', /^20/)
})

type Desk = ReturnType<typeof callingAs>
