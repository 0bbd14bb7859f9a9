import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { formatReference } from '../../instruments/definition.ts'
import { armsOf } from '../../protocols/example-case.ts'
import type { Protocol } from '../../protocols/schema.ts'
import { periodsOfStudy } from '../../server/definitions/protocol-of-study.ts'
import { findCaseByCode } from '../../server/queries/cases.ts'

import type { CaseEntry } from '../../server/workflow/check-case.ts'
import { checkLots } from '../../server/workflow/check-lots.ts'
import { importJobs } from '../../server/workflow/import-jobs.ts'
import { registerCases } from '../../server/workflow/register-cases.ts'
import { changesOfCase } from '../../server/workflow/replan-case.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { family } from '../harness/family.ts'
import { openTestStudy, type TestStudy } from '../harness/test-study.ts'
import { dueArms, entryOf, header, line, startTrial } from './trial-study.ts'

const count = ({ rows }: TestStudy, table: string): number => rows<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)[0]?.n ?? Number.NaN

/** What planning would still change of a case. */
async function leftToPlan({ context, study, clock }: TestStudy, code: string) {
  const { read } = context.stores.study
  const found = await findCaseByCode(read, study.id, code)
  assert.ok(found, code)
  const { add, move, cancel } = await changesOfCase(read, periodsOfStudy(context.definitions, study), found, clock.now())
  return [add, move, cancel].flatMap(({ assignments, messages }) => [...assignments, ...messages])
}

/** A case of each group of a protocol, with all of its dates, and of two parents. */
function everyGroup(protocol: Protocol): CaseEntry[] {
  const anchors = Object.fromEntries(Object.keys(protocol.anchors).map((name, index) => [name, `2026-02-${10 + index}`]))
  const roles = [...Object.keys(protocol.roles), Object.keys(protocol.roles)[0] as string]
  return Object.keys(protocol.cohorts).flatMap((cohort) =>
    armsOf(protocol, cohort).map((arm, index) => ({
      code: `${cohort}-${index}`,
      arm,
      cohort,
      region: 'Oost',
      anchors,
      participants: roles.map((role, number) => ({
        role,
        name: `Voorbeeld ${number}`,
        email: `${role}-${number}@voorbeeld.example`,
        language: protocol.languages[0] as string,
      })),
    })),
  )
}

test('what a case becomes is worked out before it is there, and is what planning it anew would say, in three protocols', async (t) => {
  const folder = temporaryFolder(t)
  const first = await openTestStudy({ folder })
  t.after(first.close)
  for (const id of ['familie-aan-zet', 'netwerkkracht-rotterdam', 'ekc-yearly']) {
    const protocol = first.context.definitions.protocols.latest(id) as Protocol
    const study = await openTestStudy({ folder: temporaryFolder(t), entry: { protocol: formatReference(protocol) } })
    t.after(study.close)
    const entries = everyGroup(protocol)
    await study.register(...entries)
    assert.ok(count(study, 'assignments') > 0 && count(study, 'messages') > 0, id)
    for (const { code } of entries) assert.deepEqual(await leftToPlan(study, code), [], `${id}, ${code}`)
  }
})

test('a lot that somebody else draws meanwhile is not drawn twice, and the arms that follow are those of the sequence', async (t) => {
  const trial = await startTrial(t)
  const codes = Array.from({ length: 8 }, (_, index) => `A-${index}`)
  const entries = codes.map((code) => entryOf(code))
  let others: Promise<unknown> | undefined
  const { arms } = await registerCases(trial.context, trial.study, entries, {
    async onProgress(done) {
      if (done === 3) others ??= registerCases(trial.context, trial.study, [entryOf('B-1')])
      await wait(5)
    },
  })
  await others
  const due = dueArms('region=oost', 9)
  assert.deepEqual(
    trial.rows('SELECT c.code, a.arm FROM allocations a JOIN cases c ON c.id = a.case_id ORDER BY a.position'),
    ['B-1', ...codes].map((code, index) => ({ code, arm: due[index] })),
  )
  assert.deepEqual([...arms.values()], due.slice(1))
  for (const code of codes) assert.deepEqual(await leftToPlan(trial, code), [])
  assert.deepEqual((await checkLots(trial.context, trial.study.id)).problems, [])
})

test('a study that is closed while cases are worked out asks nothing of them', async (t) => {
  const study = await openTestStudy({ folder: temporaryFolder(t) })
  t.after(study.close)
  const { context, clock } = study
  let isClosed = false
  await registerCases(context, study.study, [family('A-1'), family('A-2')], {
    async onProgress() {
      if (isClosed) return
      isClosed = true
      await context.stores.study.withTx(async (tx) => void tx.run(`UPDATE studies SET closed_at = '${clock.now()}'`))
    },
  })
  assert.deepEqual([count(study, 'cases'), count(study, 'messages')], [2, 0])
})

test('whoever stops it while it is being worked out, or written, finds nothing registered and no contact data', async (t) => {
  const study = await openTestStudy({ folder: temporaryFolder(t) })
  t.after(study.close)
  const entries = Array.from({ length: 250 }, (_, index) => family(`A-${index}`))
  const { identity } = study.context.stores
  for (const [name, last] of [
    ['worked out', 20],
    ['written', 250],
  ] as const) {
    let left = 2
    const stopping = registerCases(study.context, study.study, entries, {
      async onProgress(done) {
        // Of those that are written the second look: some rows are there by then.
        if (done === last && (name === 'worked out' || --left === 0)) throw new Error('stop')
      },
    })
    await assert.rejects(stopping, /stop/, name)
    assert.deepEqual(
      ['cases', 'assignments', 'events'].map((table) => count(study, table)),
      [0, 0, 0],
      name,
    )
    assert.equal(identity.read.get<{ n: number }>('SELECT count(*) AS n FROM people' as never)?.n, 0, name)
  }
})

test('an import whose server was stopped is told as interrupted, with nothing registered; one that is done says so afterwards, too', async (t) => {
  const trial = await startTrial(t)
  const { context, study } = trial
  const member = { id: 'manager', name: 'M', address: 'm@voorbeeld.example' } as never
  const jobs = importJobs(context)
  const csv = [header, ...Array.from({ length: 30 }, (_, index) => line(`C-${index}`))].join('\n')
  const begun = await jobs.start(study.id, { member }, 'everywhere', csv)
  // Another server on this data folder knows what is on disk, as one that was started anew.
  const anew = () => importJobs(context).find(study.id, begun.id)
  assert.deepEqual([begun.state, (await anew()).state, count(trial, 'cases')], ['registering', 'interrupted', 0])
  while (['registering', 'counting'].includes((await jobs.find(study.id, begun.id)).state)) await wait(5)
  const { state, done, total, arms } = await anew()
  assert.deepEqual([state, done, total, count(trial, 'cases')], ['done', 30, 30, 30])
  assert.deepEqual(
    arms,
    Object.fromEntries(
      Map.groupBy(dueArms('region=oost', 30), (arm) => arm)
        .entries()
        .map(([arm, all]) => [arm, all.length]),
    ),
  )
  assert.deepEqual(
    (await importJobs(context).list(study.id)).imports.map((one) => [one.id, one.state]),
    [[begun.id, 'done']],
  )
})
