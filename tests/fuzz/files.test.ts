/** Files that people bring, with something else in them: cases, instruments, norm tables, protocols, lists of other programs, answers. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Worker } from 'node:worker_threads'
import { exportQuestionnaire } from '../../instruments/fhir/export.ts'
import { readDefinitions, shippedDirectory } from '../../server/definitions/load.ts'
import { oneOf, type Random, randomOf } from '../../server/demo/random.ts'
import { checkImport } from '../../server/workflow/preview-import.ts'
import { registerCases } from '../../server/workflow/register-cases.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { openTestStudy } from '../harness/test-study.ts'
import type { ReadInThread } from './file-thread.ts'
import { mutatedCsv, mutatedJson } from './mutate-text.ts'

/** So many; `npm run test:faults` makes twenty thousand. */
const files = Number(process.env.FILES ?? 300)
const seed = process.env.SEED ?? (process.env.FILES ? `${Date.now()}` : 'nameting')
/** Whatever takes longer than this hangs. */
const patience = 20_000

const shipped = (kind: string, number: number): unknown[] =>
  globSync(`${kind}/*/*.json`, { cwd: shippedDirectory })
    .sort()
    .filter((name) => !/schema|\.[a-z]{2}\.json$/.test(name))
    .slice(0, number)
    .map((name) => JSON.parse(readFileSync(join(shippedDirectory, name), 'utf8')))

const { definitions } = readDefinitions([shippedDirectory])
const questionnaires = ['veo@0.1.0-standin', 'pul@0.1.0-standin'].map((reference) => definitions.instruments.need(reference))
const normRows = 'scale,sex,mean,sd,n\nveo,female,12.5,3,100\nveo,male,12,3.25,90\n'
const answerRows = `id,${Array.from({ length: 12 }, (_, index) => `veo${String(index + 1).padStart(2, '0')}`).join(',')}\n1,${'3,'.repeat(11)}3\n`

const kinds: Record<string, (random: Random) => string> = {
  instrument: (random) => mutatedJson(oneOf(random, instruments), random),
  'norm table': (random) => mutatedJson(oneOf(random, norms), random),
  protocol: (random) => mutatedJson(oneOf(random, protocols), random),
  questionnaire: (random) => mutatedJson(exportQuestionnaire(oneOf(random, questionnaires)).questionnaire, random),
  survey: (random) => mutatedJson(oneOf(random, questionnaires).survey, random),
  norms: (random) => mutatedCsv(normRows, random),
  answers: (random) => mutatedCsv(answerRows, random),
}
const [instruments, norms, protocols] = [shipped('instruments', 12), shipped('norms', 12), shipped('protocols', 4)]

test(`each of ${files} mutated files is taken whole or refused with a reason, in time, and leaves nothing half done`, async (t) => {
  t.diagnostic(`seed ${seed}: SEED=${seed} FILES=${files} makes the same again`)
  const worker = new Worker(new URL('file-thread.ts', import.meta.url))
  t.after(() => worker.terminate())
  await once(worker, 'message')
  const counts = { taken: 0, refused: 0 }
  for (let index = 0; index < files; index++) {
    const random = randomOf(seed, index)
    const kind = oneOf(random, Object.keys(kinds))
    const text = kinds[kind]?.(random) ?? assert.fail(kind)
    const about = `${kind}, file ${index} of seed ${seed}: ${text.slice(0, 3000)}`
    worker.postMessage({ kind, text })
    const answer = await once(worker, 'message', { signal: AbortSignal.timeout(patience) }).catch((reason) =>
      assert.fail(`${reason} ${about}`),
    )
    const { problems, thrown } = answer[0] as ReadInThread
    assert.equal(thrown, undefined, `${thrown}\n${about}`)
    for (const problem of problems ?? []) assert.ok(problem.trim().length > 5, about)
    if (problems?.length === 0) counts.taken++
    else counts.refused++
  }
  t.diagnostic(`figure: mutated files that were taken = ${counts.taken}`)
  t.diagnostic(`figure: mutated files that were refused with a reason = ${counts.refused}`)
  assert.ok(counts.refused > files / 10 && counts.taken > files / 100, JSON.stringify(counts))
})

const casesCsv = [
  'case_code,arm,cohort,region,child_birth_month,referral_date,conference_date,role,name,email,telephone,language,sex',
  'F-001,conference,prospective,,2016-05,2026-03-01,2026-04-15,parent,Anna Verzonnen,anna@voorbeeld.example,,nl,female',
  'F-001,conference,prospective,,2016-05,2026-03-01,2026-04-15,referrer,Bea Verzonnen,bea@voorbeeld.example,,nl,',
  'F-002,non-conference,prospective,,2018-01,2026-03-01,,parent,Cas Verzonnen,cas@voorbeeld.example,,nl,male',
].join('\n')

test('of each mutated file of cases all are registered, with whom they belong to, or none', async (t) => {
  const study = await openTestStudy({ folder: temporaryFolder(t) })
  t.after(() => study.close())
  const { context } = study
  const counted = () =>
    [
      ...study.rows<{ n: number }>('SELECT count(*) AS n FROM cases UNION ALL SELECT count(*) FROM participants'),
      ...context.stores.identity.read.all<{ n: number }>('SELECT count(*) AS n FROM people'),
    ].map(({ n }) => n)
  const counts = { taken: 0, refused: 0 }
  for (let index = 0; index < Math.ceil(files / 4); index++) {
    const random = randomOf(seed, 'cases', index)
    const csv = mutatedCsv(casesCsv.replaceAll('F-0', `F${index}-`), random)
    const before = counted()
    const { entries, problems } = await checkImport(context, 's1', 'everywhere', csv)
    const registered = problems.length === 0 ? (await registerCases(context, study.study, entries)).problems.length === 0 : false
    const people = entries.reduce((sum, { participants }) => sum + participants.length, 0)
    const more = registered ? [entries.length, people, people] : [0, 0, 0]
    assert.deepEqual(
      counted(),
      before.map((n, which) => n + (more[which] ?? 0)),
      csv.slice(0, 2000),
    )
    for (const { line, reason } of problems) assert.ok(line >= 0 && reason.length > 5, csv.slice(0, 2000))
    if (registered) counts.taken++
    else counts.refused++
  }
  t.diagnostic(`figure: mutated files of cases that were registered = ${counts.taken}`)
  t.diagnostic(`figure: mutated files of cases that were refused with a reason = ${counts.refused}`)
  assert.ok(counts.taken > files / 100 && counts.refused > files / 100, JSON.stringify(counts))
})
