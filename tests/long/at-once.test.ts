/** Several processes on one data folder at the same moment: what only one may do is done once. */
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { registerCases } from '../../server/workflow/register-cases.ts'
import { namingProcess } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { startStudyServer } from '../harness/study-server.ts'
import { dueArms, entryOf, header, importing, line, startTrial } from '../server/trial-study.ts'

test('several processes that open a new data folder at once all find it whole', async (t) => {
  const folder = join(temporaryFolder(t), 'data')
  const environment = { DATA_DIR: folder, IDENTITY_KEY: 'ab'.repeat(32) }
  const ran = await Promise.all(Array.from({ length: 6 }, () => namingProcess(environment, 'study', 'list')))
  assert.deepEqual(
    ran.map(({ code, stderr }) => [code, stderr]),
    ran.map(() => [0, '']),
  )
})

test('two imports of the same file at once register it once', async (t) => {
  const { context, environment, rows } = await startStudyServer(t)
  const path = join(temporaryFolder(t), 'cases.csv')
  const families = Array.from(
    { length: 40 },
    (_, n) => `B-${n},conference,prospective,2026-03-01,2026-04-15,parent,Ouder Voorbeeld,ouder${n}@voorbeeld.example,nl`,
  )
  writeFileSync(path, ['case_code,arm,cohort,referral_date,conference_date,role,name,email,language', ...families].join('\n'))
  const run = () => namingProcess(environment, 'import', '--study', 's1', path)
  const codes = (await Promise.all([run(), run()])).map(({ code }) => code)
  assert.deepEqual(codes.toSorted(), [0, 1])
  assert.deepEqual(rows('SELECT count(*) AS n FROM cases'), [{ n: 40 }])
  assert.deepEqual(context.stores.identity.read.all('SELECT count(*) AS n FROM people'), [{ n: 40 }])
})

test('registrations at the same moment, in one process and in several, never share a position and leave none out', async (t) => {
  const trial = await startTrial(t)
  const run = importing(trial, namingProcess)
  const codes = (name: string, length: number) => Array.from({ length }, (_, index) => `${name}-${index}`)
  const ran = await Promise.all([
    ...['A', 'B', 'C'].map((name) => run([header, ...codes(name, 15).map((code) => line(code))])),
    ...codes('D', 10).map((code) => registerCases(trial.context, trial.study, [entryOf(code)])),
  ])
  for (const one of ran) assert.ok('code' in one ? one.code === 0 : one.problems.length === 0, JSON.stringify(one))
  assert.deepEqual(
    trial.rows('SELECT position, arm FROM allocations ORDER BY position'),
    dueArms('region=oost', 55).map((arm, index) => ({ position: index + 1, arm })),
  )
  assert.equal((await trial.run('study', 'lots', '--study', 's1')).code, 0)
})

test('of two imports of the same families one is refused, also where it found that out only after it began, and tells no arm', async (t) => {
  const trial = await startTrial(t)
  const run = importing(trial, namingProcess)
  const ran = await Promise.all([run([header, line('G-1')]), run([header, line('G-1')])])
  assert.deepEqual(ran.map(({ code }) => code).toSorted(), [0, 1])
  for (const { stdout, stderr } of ran.filter(({ code }) => code === 1)) assert.doesNotMatch(stdout + stderr, /conference|usual/)
  assert.deepEqual(trial.rows('SELECT position, arm FROM allocations'), [{ position: 1, arm: dueArms('region=oost', 1)[0] }])
})

test('of those who open a study with lots at once one does, and has the seed that it is committed to', async (t) => {
  const trial = await startTrial(t)
  const about = ['--protocol', 'trial@1.0.0', '--title', 'T', '--organisation', 'O', '--contact', 'C']
  const ran = await Promise.all([1, 2, 3].map(() => namingProcess(trial.environment, 'study', 'add', 's2', ...about)))
  assert.deepEqual(ran.map(({ code }) => code).toSorted(), [0, 1, 1])
  for (const { code, stderr } of ran) if (code === 1) assert.match(stderr, /There already is a study s2|Somebody else is opening/)
  const { code, stdout } = await trial.run('study', 'lots', '--study', 's2')
  assert.equal(code, 0)
  assert.equal(/seed: (\w+)/.exec(stdout)?.[1], /seed: (\w+)/.exec(ran.find((one) => one.code === 0)?.stdout ?? '')?.[1])
})
