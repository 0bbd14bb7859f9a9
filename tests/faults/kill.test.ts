/** kill -9 of the server at random moments, while participants submit, staff register, import and export, and invitations go out. */
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { closeContext, openContext } from '../../server/open-context.ts'
import { removeOrphans } from '../../server/workflow/remove-orphans.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { killsOf } from '../harness/kills.ts'
import { startMailServer } from '../harness/mail-server.ts'
import { manySessions } from '../harness/many-sessions.ts'
import { figure, seeded } from '../harness/seed.ts'
import { serve } from '../harness/serving.ts'
import { atWork, nothingTold, type Told } from './at-work.ts'
import { assertWhole } from './left-behind.ts'

const kills = killsOf('server')
/** So many on one data folder. */
const perFolder = 50

test(`${kills} times kill -9: what was acknowledged is there, nothing is half there, no mail goes out twice`, async (t) => {
  const random = seeded(t)
  const mail = await startMailServer()
  t.after(() => mail.close())
  const sums = { submissions: 0, registrations: 0, imports: 0, exports: 0 }
  for (let left = kills; left > 0; left -= perFolder) {
    const rounds = Math.min(left, perFolder)
    const folder = temporaryFolder(t)
    const study = await manySessions(folder, rounds * 20, mail.url)
    const told = nothingTold()
    for (let round = 0; round < rounds; round++) {
      const server = await serve(study.environment)
      t.after(() => server.kill())
      // Some fall right after the start; most while answers are being given, however slow the machine is; some lives are long enough for an export.
      const [early, life] = [random() < 0.15, random() < 0.15 ? 400 + random() * 1200 : random() * 250]
      const working = atWork(study, server.origin, told, random)
      const dying = early ? wait(life / 15) : firstAnswer(told, study.lists).then(() => wait(life))
      await Promise.all([working, dying.then(() => server.kill())])
      await assertWhole(folder, told)
    }
    // Once more, undisturbed: the mail that is left goes out, and none that had gone out goes again.
    const last = await serve(study.environment)
    t.after(() => last.kill())
    for (let waited = 0; mail.accepted.length === 0 && waited < 30_000; waited += 100) await wait(100)
    await last.stop()
    await assertWhole(folder, told)
    await assertSettled(study.environment, folder)
    assertMails(folder, mail.accepted)
    sums.submissions += told.submitted.size
    sums.registrations += told.registered.size
    sums.imports += told.imports.done.size
    sums.exports += told.exported.size
  }
  assert.ok(sums.submissions > kills, `only ${sums.submissions} were acknowledged: the kills came too early to prove anything`)
  figure(t, 'kills of the server', kills)
  for (const [what, count] of Object.entries(sums)) figure(t, `${what} acknowledged before kills`, count)
  figure(t, 'acknowledged before kills and lost', 0)
  figure(t, 'mails taken by the mail server around kills', mail.accepted.length)
  figure(t, 'mails sent twice around kills', 0)
})

/** When one more is told that it was received, or nothing is left to send. Waits ten seconds at most. */
async function firstAnswer({ submitted }: Told, left: readonly unknown[]): Promise<void> {
  const before = submitted.size
  for (let waited = 0; submitted.size === before && left.length > 0 && waited < 10_000; waited += 5) await wait(5)
}

/** Two hours later: what registrations that were cut off left goes by itself, and `verify` finds nothing. */
async function assertSettled(environment: Record<string, string>, folder: string): Promise<void> {
  const context = await openContext(
    { DATA_DIR: folder, BASE_URL: environment.BASE_URL, IDENTITY_KEY: Buffer.from(environment.IDENTITY_KEY ?? '', 'hex') },
    { now: () => new Date(Date.now() + 2 * 3_600_000).toISOString() },
  )
  try {
    await removeOrphans(context)
    const count = (store: 'study' | 'identity', table: string) => context.stores[store].read.get(`SELECT count(*) FROM ${table}` as never)
    assert.deepEqual(count('identity', 'people'), count('study', 'participants'))
  } finally {
    await closeContext(context)
  }
  const { code, stdout, stderr } = await nameting(environment, 'verify')
  assert.equal(code, 0, stdout + stderr)
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.startsWith('.')),
    [],
    'nothing half-made is left in the data folder',
  )
}

function assertMails(folder: string, accepted: readonly { messageId?: string | undefined }[]): void {
  const study = new Database(join(folder, 'study.sqlite'), { readonly: true })
  const unsent = study.prepare("SELECT message_id FROM messages WHERE state IN ('planned', 'cancelled', 'refused')").pluck().all()
  study.close()
  const ids = accepted.map(({ messageId }) => messageId)
  assert.ok(ids.length > 0)
  assert.equal(new Set(ids).size, ids.length, 'a Message-ID went out twice')
  assert.deepEqual(
    ids.filter((id) => unsent.includes(id)),
    [],
    'a mail that went out is recorded as not sent',
  )
}
