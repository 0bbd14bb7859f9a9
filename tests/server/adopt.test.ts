import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { itemsOf } from '../../instruments/items.ts'
import { previewAdoption } from '../../server/workflow/adopt-version.ts'
import { doNow } from '../../server/workflow/do-job.ts'
import { openAndClose } from '../../server/workflow/open-and-close.ts'
import { setAnchors } from '../../server/workflow/set-anchors.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { shippedDefinition, writeDefinition } from '../harness/definition-folder.ts'
import { answersTo } from '../harness/family.ts'
import { openTestStudy, type TestStudyOptions } from '../harness/test-study.ts'
import { definitionsIn, protocol } from './adopting-study.ts'
import { entry, everybody, normTable } from './rescoring-study.ts'

async function ownStudy(t: TestContext, options: Partial<TestStudyOptions> = {}) {
  const folder = temporaryFolder(t)
  const definitions = definitionsIn(folder)
  const study = await openTestStudy({
    folder: join(folder, 'data'),
    definitions,
    now: '2026-03-02T09:00:00Z',
    entry: { protocol: 'own@1.0.0', standInsAcceptedBy: null },
    ...options,
  })
  t.after(study.close)
  await study.register(entry('A'), entry('B'))
  const versions = () =>
    study.rows<{ line: string }>(
      `SELECT code || ' ' || wave || ' ' || instrument_id || '@' || instrument_version || ' ' || assignments.state AS line
       FROM assignments JOIN cases ON cases.id = case_id ORDER BY code, target, instrument_id`,
    )
  const present = async () => {
    const [row] = study.rows<{ adopted_versions: string }>('SELECT adopted_versions FROM studies')
    return { ...study.study, adoptedVersions: JSON.parse(row?.adopted_versions ?? '[]') }
  }
  return {
    ...study,
    definitions,
    lines: () => versions().map(({ line }) => line),
    preview: async (reference: string, from: string) => await previewAdoption(study.context, await present(), { reference, from }),
    adopt: async (reference: string, from: string) => (await doNow(study.context, 's1', 'adopt', { reference, from })).changed,
  }
}

describe('an instrument adopted from a day on', () => {
  test('is asked in waves that open from then on; the wave that is open keeps its version, begun or not', async (t) => {
    const { context, submit, adopt, preview, lines } = await ownStudy(t)
    await openAndClose(context)
    await submit({ code: 'A', instrument: 'veo' }, answersTo(context.definitions.instruments.need('veo@1.0.0'), 1))
    const said = await preview('veo@1.1.0', '2026-03-02')
    assert.deepEqual(said.lines, [{ what: 'changes version', wave: 'FU3', from: 'veo@1.0.0', to: 'veo@1.1.0', assignments: 2, open: 0 }])
    assert.deepEqual([said.cases, said.kept], [2, 1])
    assert.equal(await adopt('veo@1.1.0', '2026-03-02'), 2)
    assert.deepEqual(lines(), [
      'A T0 pul@1.0.0 open',
      'A T0 veo@1.0.0 completed',
      'A FU3 pul@1.0.0 scheduled',
      'A FU3 veo@1.1.0 scheduled',
      'B T0 pul@1.0.0 open',
      'B T0 veo@1.0.0 open',
      'B FU3 pul@1.0.0 scheduled',
      'B FU3 veo@1.1.0 scheduled',
    ])
  })

  test('counts for cases that come in later, and for anchors that move', async (t) => {
    const { context, study, adopt, register, lines } = await ownStudy(t)
    await adopt('veo@1.1.0', '2026-06-02')
    await register({ ...entry('C'), anchors: { referral: '2026-03-02' } })
    await setAnchors(context, { study: study.id, code: 'B', anchors: { referral: '2026-03-02' } })
    const later = lines().filter((line) => line.includes('FU3 veo'))
    assert.deepEqual(later, ['A FU3 veo@1.0.0 scheduled', 'B FU3 veo@1.1.0 scheduled', 'C FU3 veo@1.1.0 scheduled'])
  })

  test('is answered and scored as what it is, and what came before as what that was', async (t) => {
    const { context, clock, submit, adopt, rows } = await ownStudy(t)
    const { instruments } = context.definitions
    await submit({ code: 'A', instrument: 'veo' }, answersTo(instruments.need('veo@1.0.0'), 1))
    await adopt('veo@1.1.0', '2026-03-03')
    clock.set('2026-06-02T09:00:00Z')
    await submit({ code: 'A', instrument: 'veo', wave: 'FU3' }, answersTo(instruments.need('veo@1.1.0'), 1))
    const scores = rows<{ instrument_version: string; norm_version: string; raw: number }>(
      'SELECT instrument_version, norm_version, raw FROM scores ORDER BY id',
    )
    assert.deepEqual(
      scores.map(({ instrument_version, norm_version }) => [instrument_version, norm_version]),
      [
        ['1.0.0', '1.0.0'],
        ['1.1.0', '1.0.0'],
      ],
    )
    assert.notEqual(scores[0]?.raw, scores[1]?.raw)
  })

  test('a second time changes nothing', async (t) => {
    const { adopt, rows, lines } = await ownStudy(t)
    await adopt('veo@1.1.0', '2026-06-01')
    const before = lines()
    assert.equal(await adopt('veo@1.1.0', '2026-06-01'), 0)
    assert.deepEqual(lines(), before)
    assert.deepEqual(rows("SELECT detail FROM events WHERE kind = 'version adopted'"), [
      { detail: '{"reference":"veo@1.1.0","from":"2026-06-01"}' },
    ])
  })
})

test('a protocol adopted from a day on decides on what is asked from then on', async (t) => {
  const { adopt, preview, lines } = await ownStudy(t)
  const said = await preview('own@1.1.0', '2026-05-01')
  assert.deepEqual(
    said.lines.map(({ what, wave, from, to, assignments }) => [what, wave, from, to, assignments]),
    [
      ['changes version', 'FU3', 'pul@1.0.0', 'pul@1.1.0', 2],
      ['is cancelled', 'FU3', 'veo@1.0.0', null, 2],
    ],
  )
  await adopt('own@1.1.0', '2026-05-01')
  assert.deepEqual(
    lines().filter((line) => line.startsWith('A FU3')),
    ['A FU3 pul@1.1.0 scheduled', 'A FU3 veo@1.0.0 cancelled'],
  )
})

test('the preview says what the new version asks and scores otherwise, and writes nothing', async (t) => {
  const { environment, rows, definitions } = await ownStudy(t)
  const onlyForTheFirst = { ...normTable('veo', 'total', '1.0.0', everybody(46, 7)), instrumentVersions: '1.0.0' }
  writeDefinition(definitions, 'norms', onlyForTheFirst)
  const today = Temporal.Now.plainDateISO('Europe/Amsterdam').toString()
  const run = async (...args: string[]) => await nameting(environment, 'adopt', ...args, '--study', 's1', '--from', today, '--dry-run')
  const shorter = await run('veo@1.1.0')
  assert.equal(shorter.code, 0, shorter.stderr)
  assert.match(shorter.stdout, /^veo@1\.0\.0 -> veo@1\.1\.0$/m)
  assert.match(shorter.stdout, /^ {2}item veo12 of veo@1\.0\.0 is missing$/m)
  assert.match(shorter.stdout, /^ {2}scale that does not: total \(without the items veo12, the range is .*\)$/m)
  assert.match(shorter.stdout, /^ {2}scales without a norm for the new version: total$/m)
  assert.match(shorter.stdout, /Nothing was changed\.\n$/)
  const words = await run('pul@1.1.0')
  assert.match(words.stdout, /asks and scores the same; only words differ\n {2}scales that stay comparable: autonomy, social_optimism\n/)
  assert.deepEqual(rows('SELECT adopted_versions FROM studies'), [{ adopted_versions: '[]' }])
})

test('costs stay counted by the prices of their day, also when scores are made anew by other norms', async (t) => {
  const folder = temporaryFolder(t)
  const definitions = definitionsIn(folder)
  const prices = { ...shippedDefinition('norms', 'service-prices-nl'), version: '2.0.0-standin' }
  writeDefinition(definitions, 'norms', { ...prices, prices: { ...prices.prices, gp_talk: 15 } })
  const schedule = [...protocol.schedule, { instrument: 'service-use@0.1.0-standin', role: 'parent', waves: ['T0'] }]
  const before = { ...protocol, version: '2.0.0', schedule, prices: ['service-prices-nl@0.1.0-standin'] }
  const after = { ...before, version: '2.1.0', prices: ['service-prices-nl@2.0.0-standin'] }
  writeDefinition(definitions, 'protocols', before)
  writeDefinition(definitions, 'protocols', after)
  const study = await openTestStudy({ folder: join(folder, 'data'), definitions, entry: { protocol: 'own@2.0.0' } })
  t.after(study.close)
  await study.register(entry('A'), entry('B'))
  const visits = Object.fromEntries(
    itemsOf(study.context.definitions.instruments.need('service-use@0.1.0-standin')).map(({ name }) => [name, 0]),
  )
  await study.submit({ code: 'A', instrument: 'service-use' }, { ...visits, use_gp: 2 })
  await study.submit({ code: 'A', instrument: 'veo' }, answersTo(study.context.definitions.instruments.need('veo@1.0.0'), 1))
  await doNow(study.context, 's1', 'adopt', { reference: 'own@2.1.0', from: '2026-03-02' })
  await study.submit({ code: 'B', instrument: 'service-use' }, { ...visits, use_gp: 2 })
  const costs = () => study.rows("SELECT raw, price_table_version AS version FROM scores WHERE scale = 'cost' ORDER BY id")
  const counted = [
    { raw: 20, version: '0.1.0-standin' },
    { raw: 30, version: '2.0.0-standin' },
  ]
  assert.deepEqual(costs(), counted)
  writeDefinition(definitions, 'norms', normTable('veo', 'total', '2.0.0', everybody(36, 6)))
  const { code, stderr } = await nameting(study.environment, 'rescore', '--study', 's1', '--norms', 'veo-total-test@2.0.0', '--yes')
  assert.equal(code, 0, stderr)
  assert.deepEqual(costs(), counted)
  assert.equal(study.rows("SELECT id FROM scores WHERE scale = 'total' AND norm_version = '2.0.0'").length, 1)
})

describe('is refused, and nothing changes:', () => {
  const cases: [name: string, reference: string, from: string, reason: RegExp][] = [
    ['a version that is not there', 'veo@9.0.0', '2026-06-01', /no protocol or instrument veo@9\.0\.0.*veo@1\.0\.0, veo@1\.1\.0/],
    [
      'an instrument that the study does not ask',
      'nosik@0.1.0-standin',
      '2026-06-01',
      /does not ask nosik; it asks: veo@1\.0\.0, pul@1\.0\.0/,
    ],
    ['another protocol', 'familie-aan-zet@0.1.0-standin', '2026-06-01', /is another protocol than that of study s1/],
    ['a day that has gone by', 'veo@1.1.0', '2026-03-01', /2026-03-01 lies before today, 2026-03-02/],
    ['a day that does not exist', 'veo@1.1.0', '2026-02-30', /"2026-02-30" is not a day/],
    ['a stand-in that nobody accepted', 'veo@0.1.0-standin', '2026-06-01', /is a stand-in, and nobody accepted stand-ins/],
  ]
  for (const [name, reference, from, reason] of cases)
    test(name, async (t) => {
      const { adopt, rows, lines } = await ownStudy(t)
      const before = lines()
      await assert.rejects(adopt(reference, from), reason)
      assert.deepEqual(lines(), before)
      assert.deepEqual(rows('SELECT adopted_versions FROM studies'), [{ adopted_versions: '[]' }])
    })

  test('a version with which the protocol has mistakes', async (t) => {
    const { adopt, lines } = await ownStudy(t)
    const before = lines()
    await assert.rejects(
      adopt('pul@1.2.0', '2026-06-01'),
      /With pul@1\.2\.0 the protocol of study s1 has mistakes:\n\/schedule\/1\/role: pul@1\.2\.0 is not for the role parent/,
    )
    assert.deepEqual(lines(), before)
  })
})

test('without anybody to ask, and without --yes, nothing changes and the command says so', async (t) => {
  const { environment, rows } = await ownStudy(t)
  const today = Temporal.Now.plainDateISO('Europe/Amsterdam').toString()
  const { code, stderr } = await nameting(environment, 'adopt', 'pul@1.1.0', '--study', 's1', '--from', today)
  assert.deepEqual([code, /Add --yes to go on/.test(stderr)], [2, true])
  assert.deepEqual(rows('SELECT adopted_versions FROM studies'), [{ adopted_versions: '[]' }])
  const done = await nameting(environment, 'adopt', 'pul@1.1.0', '--study', 's1', '--from', today, '--yes')
  assert.deepEqual([done.code, done.stderr], [0, ''])
  assert.equal(rows<{ adopted_versions: string }>('SELECT adopted_versions FROM studies')[0]?.adopted_versions.includes('pul@1.1.0'), true)
})
