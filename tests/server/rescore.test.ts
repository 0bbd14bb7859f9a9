import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { loadDefinitions } from '../../server/definitions/load.ts'
import { missingNorms } from '../../server/workflow/adopt-norms.ts'
import { asRelease, writeDefinition } from '../harness/definition-folder.ts'
import { answersTo } from '../harness/family.ts'
import { entry, everybody, normTable, type RescoringStudy, startRescoringStudy } from './rescoring-study.ts'

interface ScoreRow {
  scale: string
  raw: number
  z: number | null
  band: string | null
  norm_version: string | null
}

const allScores = 'SELECT * FROM scores ORDER BY id'
/** One score per response and scale: the one that counts. */
const counting = `SELECT scale, raw, z, band, norm_version FROM scores
  WHERE id IN (SELECT max(id) FROM scores GROUP BY response_id, scale) ORDER BY response_id, scale`

/** Three families: all twos, threes or fours to veo, of which ten count up and two down: 28, 36 and 44. A new norm lies in the folder. */
async function ready(t: Parameters<typeof startRescoringStudy>[0]): Promise<RescoringStudy> {
  const study = await startRescoringStudy(t)
  await study.register(...['A', 'B', 'C'].map((code) => entry(code)))
  const { instruments } = study.context.definitions
  for (const [step, code] of ['A', 'B', 'C'].entries()) await study.submit(code, 'veo', answersTo(instruments.need('veo@1.0.0'), step + 1))
  await study.submit('A', 'pul', answersTo(instruments.need('pul@1.0.0'), 1))
  writeDefinition(study.definitions, 'norms', normTable('veo', 'total', '2.0.0', everybody(36, 6)))
  return study
}

test('the preview says how many scores and bands change, per scale and wave, and writes nothing', async (t) => {
  const { rescore, rows } = await ready(t)
  const before = rows(allScores)
  const { code, stdout } = await rescore('--norms', 'veo-total-test@2.0.0', '--dry-run')
  assert.equal(code, 0)
  assert.equal(
    stdout,
    [
      'Study s1 goes over to veo-total-test@2.0.0.',
      '3 responses get 3 new scores; 2 of them have another band than now. The old scores stay.',
      '',
      'instrument  scale  wave  from                  to                    scores  other z  other band',
      'veo@1.0.0   total  T0    veo-total-test@1.0.0  veo-total-test@2.0.0  3       3        2',
      'Nothing was changed.',
      '',
    ].join('\n'),
  )
  assert.deepEqual(rows(allScores), before)
  assert.deepEqual(rows('SELECT adopted_norms FROM studies'), [{ adopted_norms: '[]' }])
})

test('new scores are added and count, old ones stay; new answers are scored by the new table; doing it again adds nothing', async (t) => {
  const { rescore, rows, context, submit, register } = await ready(t)
  const before = rows<ScoreRow>(allScores)
  const { code, stdout } = await rescore('--norms', 'veo-total-test@2.0.0', '--yes', '--json')
  assert.equal(code, 0)
  const said = JSON.parse(stdout)
  assert.deepEqual([said.done, said.added, said.scores, said.bands, said.adopts], [true, 3, 3, 2, ['veo-total-test@2.0.0']])
  const after = rows<ScoreRow>(allScores)
  assert.deepEqual(after.slice(0, before.length), before)
  assert.deepEqual(
    after
      .slice(before.length)
      .map(({ raw, z, norm_version }) => [z, norm_version, raw])
      // Cases are taken in the order of their random ids.
      .sort(([, , a], [, , b]) => Number(a) - Number(b)),
    before.filter(({ scale }) => scale === 'total').map(({ raw }) => [Math.round(((raw - 36) / 6) * 100) / 100, '2.0.0', raw]),
  )
  assert.deepEqual(rows("SELECT kind, detail FROM events WHERE kind = 'norms adopted'"), [
    { kind: 'norms adopted', detail: '{"norms":["veo-total-test@2.0.0"],"before":[]}' },
  ])
  assert.deepEqual(
    rows("SELECT detail FROM events WHERE kind = 'rescored'"),
    [1, 2, 3].map(() => ({ detail: '{"scores":1,"norms":["veo-total-test@2.0.0"]}' })),
  )

  const again = await rescore('--norms', 'veo-total-test@2.0.0', '--yes')
  assert.equal(again.stdout, 'In study s1 these tables are in force already. No score changes.\n')
  assert.deepEqual(rows(allScores), after)
  assert.deepEqual(rows("SELECT count(*) AS n FROM events WHERE kind IN ('rescored', 'norms adopted')"), [{ n: 4 }])

  // This process opened its definitions before the table was there: the answer is taken all the same, and made up for later.
  await register(entry('D'))
  await submit('D', 'veo', answersTo(context.definitions.instruments.need('veo@1.0.0'), 2))
  assert.equal(rows<ScoreRow>(allScores).at(-1)?.norm_version, '1.0.0')
  assert.deepEqual(await missingNorms(context), ['veo-total-test@2.0.0'])
  const late = JSON.parse((await rescore('--norms', 'veo-total-test@2.0.0', '--yes', '--json')).stdout)
  assert.deepEqual([late.adopts, late.added], [[], 1])
})

test('one that was killed after its last score is ended by doing it again', async (t) => {
  const { rescore, rows, context } = await ready(t)
  const words = ['--norms', 'veo-total-test@2.0.0', '--yes']
  await rescore(...words)
  const job = () => rows<{ state: string; done: number; changed: number }>('SELECT state, done, changed FROM jobs')
  const before = job()
  await context.stores.study.withTx(async (tx) => void tx.run("UPDATE jobs SET state = 'doing', ended_at = NULL"))
  const { code, stderr } = await rescore(...words)
  assert.equal(code, 0, stderr)
  assert.deepEqual(job(), before)
})

test('a server that knows the table scores new answers by it', async (t) => {
  const { rescore, environment, context, register, submit, rows } = await ready(t)
  await rescore('--norms', 'veo-total-test@2.0.0', '--yes')
  Object.assign(context.definitions, loadDefinitions(environment.DEFINITIONS_DIR))
  await register(entry('D'))
  await submit('D', 'veo', answersTo(context.definitions.instruments.need('veo@1.0.0'), 2))
  assert.deepEqual(rows<ScoreRow>(allScores).at(-1)?.norm_version, '2.0.0')
})

test('a scale without a norm gets one, another one goes over, and back again', async (t) => {
  const { rescore, rows, definitions } = await ready(t)
  writeDefinition(definitions, 'norms', normTable('pul', 'autonomy', '1.0.0', everybody(15, 4)))
  const { stdout } = await rescore('--norms', 'veo-total-test@2.0.0', 'pul-autonomy-test@1.0.0', '--yes', '--json')
  assert.deepEqual(
    JSON.parse(stdout).lines.map(({ scale, from, to, scores }: { scale: string; from: string; to: string; scores: number }) => [
      scale,
      from,
      to,
      scores,
    ]),
    [
      ['autonomy', null, 'pul-autonomy-test@1.0.0', 1],
      ['total', 'veo-total-test@1.0.0', 'veo-total-test@2.0.0', 3],
    ],
  )
  const back = JSON.parse((await rescore('--norms', 'veo-total-test@1.0.0', '--yes', '--json')).stdout)
  assert.deepEqual([back.adopts, back.added], [['veo-total-test@1.0.0'], 3])
  assert.deepEqual(
    rows<ScoreRow>(counting)
      .filter(({ z }) => z !== null)
      .map(({ scale, norm_version }) => [scale, norm_version])
      .sort(),
    [
      ['autonomy', '1.0.0'],
      ['total', '1.0.0'],
      ['total', '1.0.0'],
      ['total', '1.0.0'],
    ],
  )
})

describe('refused, and nothing is written', () => {
  const cases: [string, (study: RescoringStudy) => Promise<{ code: number | null; stderr: string }>, number, RegExp][] = [
    [
      'without --yes where nobody can be asked',
      ({ rescore }) => rescore('--norms', 'veo-total-test@2.0.0'),
      2,
      /^Nothing was changed: nobody can be asked here\. Add --yes/,
    ],
    [
      'an unknown table',
      ({ rescore }) => rescore('--norms', 'nothing@1.0.0', '--yes'),
      1,
      /^There is no norm table nothing@1\.0\.0; there is: /,
    ],
    ['no table', ({ rescore }) => rescore('--yes'), 2, /required option '--norms/],
    [
      'a table for no list of the study',
      ({ rescore }) => rescore('--norms', 'nosik-nl@0.1.0-standin', '--yes'),
      1,
      /is for total of nosik 0\.1\.0-standin; study s1 asks: veo@1\.0\.0, pul@1\.0\.0\./,
    ],
    [
      'two tables for one scale',
      ({ rescore }) => rescore('--norms', 'veo-total-test@2.0.0', 'veo-total-test@1.0.0', '--yes'),
      1,
      /are both norms for the scale total: name one\./,
    ],
    [
      'a stand-in that nobody accepted',
      ({ rescore, definitions }) => {
        writeDefinition(definitions, 'norms', normTable('veo', 'total', '3.0.0-standin', everybody(30, 5)))
        return rescore('--norms', 'veo-total-test@3.0.0-standin', '--yes')
      },
      1,
      /is a stand-in, and nobody accepted stand-ins in study s1\./,
    ],
    [
      'a definition that is not the one that was answered',
      ({ rescore, definitions }) => {
        const veo = asRelease('veo')
        veo.scales[0].reverse = ['veo01']
        writeDefinition(definitions, 'instruments', veo)
        return rescore('--norms', 'veo-total-test@2.0.0', '--yes')
      },
      1,
      /its definition is not the one that was answered\. Put that one back/,
    ],
  ]
  for (const [what, call, code, message] of cases)
    test(what, async (t) => {
      const study = await ready(t)
      const before = [study.rows(allScores), study.rows('SELECT * FROM studies'), study.rows('SELECT * FROM events')]
      const ran = await call(study)
      assert.equal(ran.code, code, ran.stderr)
      assert.match(ran.stderr, message)
      assert.deepEqual([study.rows(allScores), study.rows('SELECT * FROM studies'), study.rows('SELECT * FROM events')], before)
    })
})

test('a child is as old as on the day of the answer where the family lives, at submitting and at scoring anew', async (t) => {
  const { clock, context, definitions, register, rescore, rows, submit } = await startRescoringStudy(t)
  await register(...['A', 'B'].map((code) => ({ ...entry(code, { childBirthMonth: '2022-04' }), anchors: { referral: '2026-03-02' } })))
  // Half past midnight on 1 April in Amsterdam, when a child of April 2022 becomes four.
  clock.set('2026-03-31T22:30:00.000Z')
  const answers = answersTo(context.definitions.instruments.need('veo@1.0.0'), 1)
  await submit('A', 'veo', answers)
  const byAge = [
    { id: 'below-four', when: { child_age: { from: 0, to: 3 } }, mean: 30, sd: 5, n: null },
    { id: 'from-four', when: { child_age: { from: 4, to: 18 } }, mean: 40, sd: 5, n: null },
  ]
  writeDefinition(definitions, 'norms', normTable('veo', 'total', '2.0.0', byAge))
  assert.equal((await rescore('--norms', 'veo-total-test@2.0.0', '--yes')).code, 0)
  const zs = () => rows<ScoreRow>(counting).flatMap(({ scale, raw, z }) => (scale === 'total' ? [z === (raw - 40) / 5] : []))
  assert.deepEqual(zs(), [true])
  context.definitions = loadDefinitions(definitions)
  await submit('B', 'veo', answers)
  assert.deepEqual(zs(), [true, true])
})
