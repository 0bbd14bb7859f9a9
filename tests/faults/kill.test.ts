/** kill -9 of the server at random moments, while participants submit, staff register, import and export, and invitations go out. */
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import Database from 'better-sqlite3'
import type { Random } from '../../server/demo/random.ts'
import { closeContext, openContext } from '../../server/open-context.ts'
import { removeOrphans } from '../../server/workflow/remove-orphans.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { killsOf } from '../harness/kills.ts'
import { startMailServer } from '../harness/mail-server.ts'
import { type ManySessions, manySessions } from '../harness/many-sessions.ts'
import { figure, seeded } from '../harness/seed.ts'
import { serve } from '../harness/serving.ts'
import { atWork, type Crew, familiesPerFile, type Heard, nothingTold, type Told } from './at-work.ts'
import { assertWhole } from './left-behind.ts'

const kills = killsOf('server')
/** So many on one data folder, and so many families for each. */
const [perFolder, familiesPerKill] = [50, 10]

interface Life {
  /** After which words of the server it ends; undefined: as soon as it serves. */
  ends?: Heard
  /** At most so many milliseconds later. */
  later: number
  crew: Omit<Crew, 'onHeard'>
}

const busy = { submitting: 6, pause: 0 }
/** So that the others get on. */
const calm = { submitting: 2, pause: 100 }
/** Each in its turn. Half of them end while answers are being given, however slow the machine is. */
const lives: readonly Life[] = [
  { later: 20, crew: { ...busy, staff: 'importing' } },
  { ends: 'received', later: 200, crew: { ...busy, staff: 'importing' } },
  ...[50, 100, 200, 200].map((later): Life => ({ ends: 'received', later, crew: busy })),
  { ends: 'import begun', later: 60, crew: { ...calm, staff: 'importing' } },
  { ends: 'import done', later: 5, crew: { ...calm, staff: 'importing' } },
  { ends: 'export begun', later: 400, crew: { ...calm, staff: 'exporting' } },
  { ends: 'export done', later: 5, crew: { ...calm, staff: 'exporting' } },
]

test(`${kills} times kill -9: what was acknowledged is there, nothing is half there, no mail goes out twice`, async (t) => {
  const random = seeded(t)
  const mail = await startMailServer()
  t.after(() => mail.close())
  const sums = { submissions: 0, registrations: 0, imports: 0, exports: 0 }
  const cut = { imports: 0, exports: 0 }
  const first = Math.floor(random() * lives.length)
  for (let made = 0; made < kills; ) {
    const rounds = Math.min(kills - made, perFolder)
    const folder = temporaryFolder(t)
    const study = await manySessions(folder, rounds * familiesPerKill, mail.url)
    const told = nothingTold()
    // Of few lives all may be short by chance: then there are some more.
    for (let round = 0; round < rounds || told.submitted.size <= rounds; round++) {
      await liveAndDie(study, told, lives[(first + made + round) % lives.length] ?? assert.fail(), random)
      await assertWhole(folder, told)
    }
    made += rounds
    cut.imports += told.begun.imports.size
    cut.exports += told.begun.exports.size
    // Once more, undisturbed: the mail that is left goes out, and none that had gone out goes again.
    const last = await serve(study.environment)
    t.after(() => last.kill())
    for (let waited = 0; mail.accepted.length === 0 && waited < 30_000; waited += 100) await wait(100)
    await assertToldOfCut(study, told, folder)
    await last.stop()
    await assertWhole(folder, told)
    await assertSettled(study.environment, folder)
    assertMails(folder, mail.accepted)
    sums.submissions += told.submitted.size
    sums.registrations += told.registered.size
    sums.imports += told.imports.done.size
    sums.exports += told.exported.size
  }
  const all = JSON.stringify({ sums, cut })
  assert.ok(sums.submissions > kills, `the kills came too early to prove anything: ${all}`)
  // In a few lives there may be none of them.
  for (const count of kills < 30 ? [] : [sums.imports, sums.exports, cut.imports, cut.exports]) assert.ok(count > kills / 30, all)
  figure(t, 'kills of the server', kills)
  for (const [what, count] of Object.entries(sums)) figure(t, `${what} acknowledged before kills`, count)
  for (const [what, count] of Object.entries(cut)) figure(t, `${what} cut off by kills`, count)
  figure(t, 'acknowledged before kills and lost', 0)
  figure(t, 'mails taken by the mail server around kills', mail.accepted.length)
  figure(t, 'mails sent twice around kills', 0)
})

/** One life of a server. Whoever waits for words that never come waits half a minute. */
async function liveAndDie(study: ManySessions, told: Told, { ends, later, crew }: Life, random: Random): Promise<void> {
  const server = await serve(study.environment)
  try {
    const heard = Promise.withResolvers<void>()
    if (ends === undefined || (ends === 'received' && study.lists.length === 0)) heard.resolve()
    const patience = setTimeout(heard.resolve, 30_000)
    const onHeard = (what: Heard) => void (what === ends && heard.resolve())
    const working = atWork(study, server.origin, told, random, { ...crew, onHeard })
    const dying = heard.promise.then(() => wait(random() * later)).then(() => server.kill())
    await Promise.all([working, dying])
    clearTimeout(patience)
  } finally {
    await server.kill()
  }
}

/** The next server says of each import and export whose end nobody heard what became of it, and that is so. */
async function assertToldOfCut({ manager, environment }: ManySessions, told: Told, folder: string): Promise<void> {
  const study = new Database(join(folder, 'study.sqlite'), { readonly: true })
  const registered = study.prepare("SELECT count(*) FROM cases WHERE code LIKE ? || '-%'").pluck()
  for (const [id, code] of told.begun.imports) {
    const { status, body } = await manager.call(`GET /studies/s1/imports/${id}`)
    assert.equal(status, 200, JSON.stringify(body))
    const expected = { done: familiesPerFile, interrupted: 0 }[body.state as string]
    assert.equal(registered.get(code), expected, `import ${code} is told as ${body.state}`)
    if (body.state === 'done') told.imports.done.add(code)
  }
  study.close()
  for (const id of told.begun.exports) {
    const { status, body } = await manager.call(`GET /studies/s1/exports/jobs/${id}`)
    assert.equal(status, 200, JSON.stringify(body))
    assert.match(body.state, /^(done|interrupted)$/, `export ${id}`)
    const zip = await fetch(`${environment.BASE_URL}/api/desk/studies/s1/exports/jobs/${id}/file`, { headers: { Cookie: manager.cookie } })
    assert.equal(zip.status, body.state === 'done' ? 200 : 404, `export ${id} is told as ${body.state}`)
    await zip.arrayBuffer()
    if (body.state === 'done') told.exported.add(id)
  }
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
