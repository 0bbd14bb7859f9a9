/** kill -9 of work on all families: a protocol's new version by command and at the desk, and other norms. Done at last, all is as if nothing had been. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { systemClock } from '../../server/clock.ts'
import { checkDatabases } from '../../server/db/check-databases.ts'
import type { Random } from '../../server/demo/random.ts'
import { openAndClose } from '../../server/workflow/open-and-close.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { writeDefinition } from '../harness/definition-folder.ts'
import { answersTo } from '../harness/family.ts'
import { freePort } from '../harness/free-port.ts'
import { jobEnded } from '../harness/job-ended.ts'
import { killedAfter, killsOf, spawned } from '../harness/kills.ts'
import { figure, seeded } from '../harness/seed.ts'
import { serve } from '../harness/serving.ts'
import { type StaffClient, staffAt } from '../harness/staff.ts'
import { openTestStudy } from '../harness/test-study.ts'
import { definitionsIn } from '../server/adopting-study.ts'
import { entry, everybody, normTable } from '../server/rescoring-study.ts'

/** So many families that it takes several transactions. */
const families = killsOf('adoption by command') > 5 ? 120 : 50
const triesFor = (what: Parameters<typeof killsOf>[0]): number => 5 * killsOf(what) + 20
/** Of the study: before that day nothing is adopted, and it begins an hour or two sooner than the one of UTC. */
const today = Temporal.Now.plainDateISO('Europe/Amsterdam').toString()
const version = 'veo@1.1.0'
const adopt = ['adopt', version, '--study', 's1', '--from', today, '--yes']
const rescore = ['rescore', '--study', 's1', '--norms', 'veo-total-test@2.0.0', '--yes']

for (const [what, words] of [
  ['adoption by command', adopt],
  ['re-scoring', rescore],
] as const)
  test(`${killsOf(what)} times kill -9 of ${what === 're-scoring' ? 'a re-scoring' : 'an adoption'} by command, and it again: it ends as one that was not killed`, async (t) => {
    const random = seeded(t)
    const study = await studyToChange(t)
    const expected = await undisturbed(study, words)
    const left = { kills: killsOf(what), tries: triesFor(what), inTheMiddle: 0, ended: 0 }
    while (left.kills > 0) {
      study.putBack()
      await killUntilDone(study, () => spawned(study.environment, ...words), random, left)
      // The same again finds it done, or does what is left.
      const last = await nameting(study.environment, ...words)
      assert.equal(last.code, 0, last.stderr)
      assert.deepEqual(recorded(study.data), expected)
      left.ended++
    }
    figure(t, `kills of ${what}`, killsOf(what))
    figure(t, `kills of ${what} with a part of the families done`, left.inTheMiddle)
  })

test(`${killsOf('adoption at the desk')} times kill -9 of the server and of ticks during an adoption at the desk: the ticker brings it to its end`, async (t) => {
  const random = seeded(t)
  const study = await studyToChange(t)
  const expected = await undisturbed(study, adopt)
  const left = { kills: killsOf('adoption at the desk'), tries: triesFor('adoption at the desk'), inTheMiddle: 0, ended: 0 }
  while (left.kills > 0) {
    study.putBack()
    const server = await serve(study.environment)
    t.after(() => server.kill())
    const asked = await study.manager.call('POST /studies/s1/definitions/adoption/preview', { reference: version, from: today })
    assert.equal(asked.status, 200, JSON.stringify(asked.body))
    const { id } = await jobEnded(study.manager, asked.body.id)
    const begun = await study.manager.call('POST /studies/s1/definitions/adoption', { job: id, reason: 'Besluit van de commissie' })
    assert.equal(begun.status, 200, JSON.stringify(begun.body))
    await until(study.data, Math.floor((random() * families) / 3), server.process)
    await server.kill()
    left.kills--
    count(study.data, left)
    // Whoever had it in hand is taken to be gone after a minute.
    let minutes = 2
    const tick = () => spawned(study.environment, 'tick', '--now', new Date(Date.now() + 2 * 60_000 * minutes++).toISOString())
    if (progress(study.data)?.state === 'doing') await killUntilDone(study, tick, random, left)
    for (let passes = 0; passes < 3 && progress(study.data)?.state === 'doing'; passes++) {
      const now = new Date(Date.now() + 2 * 60_000 * minutes++).toISOString()
      const pass = await nameting(study.environment, 'tick', '--now', now)
      assert.equal(pass.code, 0, pass.stderr)
    }
    assert.deepEqual(recorded(study.data), expected)
    left.ended++
  }
  figure(t, 'kills of adoptions at the desk', killsOf('adoption at the desk'))
  figure(t, 'kills of adoptions at the desk with a part of the families done', left.inTheMiddle)
})

interface ToChange {
  environment: Record<string, string>
  data: string
  manager: StaffClient
  /** As it was before anything was changed. */
  putBack(): void
}

/** Families of whom each answered once, and whose list `veo` has a later version and other norms. */
async function studyToChange(t: TestContext): Promise<ToChange> {
  const folder = temporaryFolder(t)
  const [data, before] = [join(folder, 'data'), join(folder, 'before')]
  const definitions = definitionsIn(folder)
  writeDefinition(definitions, 'norms', normTable('veo', 'total', '2.0.0', everybody(36, 6)))
  const baseUrl = `http://127.0.0.1:${await freePort()}`
  const study = await openTestStudy({
    folder: data,
    definitions,
    now: systemClock.now(),
    baseUrl,
    entry: { protocol: 'own@1.0.0', standInsAcceptedBy: null },
  })
  const codes = Array.from({ length: families }, (_, number) => `F-${String(number).padStart(3, '0')}`)
  await study.register(...codes.map((code) => ({ ...entry(code), anchors: { referral: today } })))
  const list = study.context.definitions.instruments.need('veo@1.0.0')
  await Promise.all(codes.map((code, number) => study.submit({ code, instrument: 'veo' }, answersTo(list, number % 5))))
  const manager = await staffAt({ context: study.context, origin: baseUrl }, 'data manager')
  // No mail: nobody is there to take it.
  await study.context.stores.study.withTx(async (tx) => void tx.run("UPDATE messages SET state = 'cancelled'"))
  await openAndClose(study.context)
  await study.close()
  const copy = (from: string, to: string) => execFileSync('cp', ['-R', from, to])
  copy(data, before)
  return {
    environment: study.environment,
    data,
    manager,
    putBack() {
      rmSync(data, { recursive: true })
      copy(before, data)
    },
  }
}

async function undisturbed({ environment, data, putBack }: ToChange, words: readonly string[]) {
  const { code, stderr } = await nameting(environment, ...words)
  assert.equal(code, 0, stderr)
  const expected = recorded(data)
  putBack()
  return expected
}

interface Left {
  kills: number
  /** Processes that may still be started for them. */
  tries: number
  inTheMiddle: number
  ended: number
}

/** Starts it again and again, each to be killed after some more families, until there is nothing left to do or to kill. */
async function killUntilDone({ data }: ToChange, begin: () => ReturnType<typeof spawned>, random: Random, left: Left): Promise<void> {
  for (let more = true; more && left.kills > 0; ) {
    const done = progress(data)?.done ?? 0
    const child = begin()
    const code = await killedAfter(child, until(data, done + Math.floor(random() * 40), child))
    assert.ok(left.tries-- > 0, `${left.kills} kills are left, and hardly any process was there to be killed`)
    // One that was done before is no kill.
    if (code === null) left.kills--
    more = code === null && progress(data)?.state !== 'done'
    count(data, left, code === null)
  }
}

function count(data: string, left: Left, isKilled = true): void {
  assert.deepEqual(
    checkDatabases(data).flatMap(({ problems }) => problems),
    [],
  )
  const now = progress(data)
  if (isKilled && now?.state === 'doing' && now.done > 0) left.inTheMiddle++
}

/** Resolves once work has begun and more than so many families are done; or the process is gone. */
async function until(data: string, enough: number, child: { exitCode: number | null }): Promise<void> {
  const database = openToRead(data)
  try {
    const latest = database.prepare<[], Progress>(latestJob)
    for (;;) {
      const now = latest.get()
      if (child.exitCode !== null || (now !== undefined && (now.done > enough || now.state === 'done'))) return
      await wait(1)
    }
  } finally {
    database.close()
  }
}

interface Progress {
  done: number
  state: string
}

const latestJob = 'SELECT done, state FROM jobs ORDER BY started_at DESC LIMIT 1'

/** Of the work that was begun last. */
const progress = (data: string): Progress | undefined => within(data, (database) => database.prepare<[], Progress>(latestJob).get())

/** All that the work writes, without moments, ids that are drawn, and who had it done. */
function recorded(data: string) {
  return within(data, (database) => ({
    lists: database
      .prepare(
        `SELECT code, wave, instrument_id, instrument_version, assignments.state, opens_at, closes_at
         FROM assignments JOIN cases ON cases.id = case_id ORDER BY 1, 2, 3, 4, 5`,
      )
      .all(),
    scores: database
      .prepare('SELECT response_id, scale, raw, z, band, norm_id, norm_version, input_hash FROM scores ORDER BY response_id, scale, id')
      .all(),
    events: database
      .prepare("SELECT kind, case_id, count(*) AS many FROM events WHERE kind NOT IN ('opened', 'expired') GROUP BY 1, 2 ORDER BY 1, 2")
      .all(),
    // The same again, of what was done just before it was killed, is work that changes nothing.
    jobs: database.prepare('SELECT state, max(done) AS done, sum(changed) AS changed FROM jobs GROUP BY state').all(),
  }))
}

const openToRead = (data: string): Database.Database => new Database(join(data, 'study.sqlite'), { readonly: true })

function within<T>(data: string, ask: (database: Database.Database) => T): T {
  const database = openToRead(data)
  try {
    return ask(database)
  } finally {
    database.close()
  }
}
