import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { registerCases } from '../../server/workflow/register-cases.ts'
import { failInserts } from '../harness/behind.ts'
import { nameting } from '../harness/command.ts'
import { writeDefinition } from '../harness/definition-folder.ts'
import { dueArms, entryOf, header, importing, line, seed, startTrial, type Trial, trialProtocol } from './trial-study.ts'

interface Row {
  stratum: string
  position: number
  arm: string
  code: string
  armNow: string
}

const log = ({ rows }: Trial): Row[] =>
  rows<Row>(
    'SELECT a.stratum, a.position, a.arm, c.code, c.arm AS "armNow" FROM allocations a JOIN cases c ON c.id = a.case_id ORDER BY stratum, position',
  )
const none = (trial: Trial) => ['cases', 'allocations', 'events', 'assignments'].map((name) => count(trial, name))
const count = ({ rows }: Trial, table: string): number => rows<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)[0]?.n ?? Number.NaN
const people = ({ context }: Trial): number => context.stores.identity.read.get<{ n: number }>('SELECT count(*) AS n FROM people').n

test('cases get the arms of the sequence of their stratum, one after the other, and are planned in them', async (t) => {
  const trial = await startTrial(t)
  const run = importing(trial)
  const codes = Array.from({ length: 12 }, (_, index) => `T-${String(index + 1).padStart(2, '0')}`)
  const first = await run([header, ...codes.slice(0, 5).map((code) => line(code)), line('W-01', 'West')], '--json')
  assert.deepEqual([first.code, first.stderr], [0, ''])
  const second = await run([header, line('W-02', ' west '), ...codes.slice(5).map((code) => line(code))])
  assert.equal(second.code, 0)

  const [east, west] = [dueArms('region=oost', 12), dueArms('region=west', 2)]
  assert.deepEqual(log(trial), [
    ...codes.map((code, index) => ({ stratum: 'region=oost', position: index + 1, arm: east[index], code, armNow: east[index] })),
    ...['W-01', 'W-02'].map((code, index) => ({
      stratum: 'region=west',
      position: index + 1,
      arm: west[index],
      code,
      armNow: west[index],
    })),
  ])
  assert.deepEqual(JSON.parse(first.stdout).arms, {
    ...Object.fromEntries(codes.slice(0, 5).map((code, index) => [code, east[index]])),
    'W-01': west[0],
  })
  assert.ok(second.stdout.includes(`\nDrawn by lot:\nW-02  ${west[1]}\nT-06  ${east[5]}\n`), second.stdout)

  assert.deepEqual(
    trial.rows<{ code: string; detail: string }>(
      "SELECT c.code, e.detail FROM events e JOIN cases c ON c.id = e.case_id WHERE e.kind = 'allocated' AND c.code IN ('T-02', 'W-01') ORDER BY e.id",
    ),
    [
      { code: 'T-02', detail: JSON.stringify({ stratum: 'region=oost', position: 2, arm: east[1] }) },
      { code: 'W-01', detail: JSON.stringify({ stratum: 'region=west', position: 1, arm: west[0] }) },
    ],
  )
  // The second list is for one arm only.
  assert.deepEqual(
    trial.rows<{ code: string }>(
      "SELECT c.code FROM assignments a JOIN cases c ON c.id = a.case_id WHERE a.instrument_id = 'pul' ORDER BY c.code",
    ),
    log(trial)
      .filter(({ arm }) => arm === 'conference')
      .map(({ code }) => ({ code })),
  )
})

test('a case that is by lot names no arm, and has the facts of its stratum; one of another cohort names its arm', async (t) => {
  const trial = await startTrial(t)
  const run = importing(trial)
  const armed = (code: string, arm: string, ...rest: [string?, string?]) => line(code, ...rest).replace(',', `,${arm},`)
  const { code, stderr } = await run([
    header.replace(',', ',arm,'),
    armed('A-1', 'conference'),
    armed('A-2', 'chosen'),
    armed('A-3', '', ''),
    armed('A-4', '', 'Oost', 'beside'),
    armed('A-5', 'usual', 'Oost', 'beside'),
    armed('A-6', '', 'Oost', 'trail'),
  ])
  assert.equal(code, 1)
  assert.deepEqual(
    stderr
      .trimEnd()
      .split('\n')
      .map((text) => text.replace(/^.*, line /, '')),
    [
      '2, arm: leave it empty: the arm is drawn by lot when the case is registered',
      '3, arm: leave it empty: the arm is drawn by lot when the case is registered',
      '4, region: is empty: lots are drawn within each region',
      '5, arm: is empty: give one of chosen',
      '6, arm: "usual" is not one of chosen',
      '7, cohort: "trail" is not one of trial, beside',
      'Nothing was registered.',
    ],
  )
  assert.deepEqual(none(trial), [0, 0, 0, 0])
  assert.equal((await run([header.replace(',', ',arm,'), armed('A-1', ''), armed('A-4', 'chosen', '', 'beside')])).code, 0)
  assert.deepEqual(
    log(trial).map((lot) => lot.code),
    ['A-1'],
  )
})

test('of a registration that fails half-way nothing is kept, and the arms it would have had are told nowhere', async (t) => {
  const trial = await startTrial(t)
  const run = importing(trial)
  // The disk, the database, anything: here it fails at the third of four cases, after two arms were drawn.
  const mend = failInserts(trial.context.stores.study, 'cases', "NEW.code = 'F-3'")
  const file = [header, ...['F-1', 'F-2', 'F-3', 'F-4'].map((code) => line(code))]
  for (const options of [[], ['--json']]) {
    const failed = await run(file, ...options)
    assert.equal(failed.code, 1)
    assert.doesNotMatch(failed.stdout + failed.stderr, /conference|usual/)
  }
  assert.deepEqual(none(trial), [0, 0, 0, 0])
  assert.equal(people(trial), 0)

  mend()
  assert.equal((await run(file)).code, 0)
  assert.deepEqual(
    log(trial).map(({ arm }) => arm),
    dueArms('region=oost', 4),
  )
})

test('what is to come is written nowhere: the seed is sealed, and no command prints it or a lot that was not drawn', async (t) => {
  const trial = await startTrial(t)
  const out = join(trial.folder, 'export')
  await trial.register(...['A-1', 'A-2', 'A-3'].map((code) => entryOf(code)))
  const lots = await trial.run('study', 'lots', '--study', 's1')
  const said = [
    lots,
    await trial.run('study', 'lots', '--study', 's1', '--json'),
    await trial.run('study', 'list'),
    await trial.run('study', 'list', '--json'),
    await trial.run('plan', '--protocol', 'trial', '--anchor', 'referral=2026-03-01', '--json'),
    await trial.run('export', '--study', 's1', '--out', out, '--json'),
  ]
  for (const { code, stdout, stderr } of said) assert.deepEqual([code, stderr, /01234567/.test(stdout)], [0, '', false])
  assert.equal(lots.stdout.split('\n').filter((text) => text.startsWith('region=')).length, 3)
  const files = [...globSync(`${trial.environment.DATA_DIR}/*`), ...globSync(`${out}/**/*.*`)]
  assert.ok(files.length >= 4)
  for (const path of files) {
    const bytes = readFileSync(path)
    assert.ok(!bytes.includes(seed) && !bytes.toString('latin1').includes(seed.toString('hex')), path)
  }
})

test('lots are listed with the commitment and checked, with and without strata, and before the first', async (t) => {
  const trial = await startTrial(t, { allocation: { ratio: { conference: 1, usual: 1 }, blocks: [2] } })
  const commitment = `sha256 of the seed: ${trial.study.allocationCommitment}\n`
  const before = await trial.run('study', 'lots', '--study', 's1')
  assert.deepEqual(before, {
    code: 0,
    stdout: `No lot has been drawn yet.\n${commitment}The seed is the one with which the study was opened.\n`,
    stderr: '',
  })
  await trial.register(entryOf('A-1'), entryOf('A-2', { region: undefined }))
  const [one, two] = log(trial)
  assert.ok(one && two)
  const { stdout } = await trial.run('study', 'lots', '--study', 's1')
  const width = Math.max(one.arm.length, two.arm.length)
  assert.deepEqual(stdout.split('\n').slice(1, 3), [
    `1  ${one.arm.padEnd(width)}  A-1   2026-03-02`,
    `2  ${two.arm.padEnd(width)}  A-2   2026-03-02`,
  ])
  assert.ok(stdout.endsWith(`${commitment}The seed is the one with which the study was opened, and the lots are those of its sequence.\n`))
  const json = JSON.parse((await trial.run('study', 'lots', '--study', 's1', '--json')).stdout)
  assert.deepEqual(
    [json.verified, json.problems, json.commitment, json.lots.length, Object.keys(json.lots[0])],
    [true, [], trial.study.allocationCommitment, 2, ['stratum', 'position', 'arm', 'at', 'code', 'armNow']],
  )
})

describe('opening a study that allocates by lot', () => {
  const add = ({ run }: Trial, id: string, ...options: string[]) =>
    run('study', 'add', id, '--protocol', 'trial@1.0.0', '--title', 'T', '--organisation', 'O', '--contact', 'C', ...options)

  test('it says the commitment; with the seed of somebody else that is its sha256, and never the seed', async (t) => {
    const trial = await startTrial(t)
    const own = await add(trial, 's2')
    const given = await add(trial, 's3', '--allocation-seed', seed.toString('hex'), '--json')
    assert.deepEqual([own.code, given.code], [0, 0], own.stderr + given.stderr)
    const sha256 = createHash('sha256').update(seed).digest('hex')
    assert.deepEqual(JSON.parse(given.stdout).allocationCommitment, sha256)
    const [, said] = /sha256 of the seed: ([0-9a-f]{64})\n$/.exec(own.stdout) ?? []
    assert.ok(said && said !== sha256)
    for (const { stdout } of [own, given]) assert.ok(!stdout.includes(seed.toString('hex')))
    // The same seed in another study is another sequence.
    await registerCases(trial.context, trial.study, [entryOf('A-1')])
    assert.deepEqual((await trial.run('study', 'lots', '--study', 's3')).stdout.split('\n')[0], 'No lot has been drawn yet.')
    assert.notDeepEqual(dueArms('', 40, 's3'), dueArms('', 40))
  })

  test('a seed that is none, one for a protocol without lots, an id that is taken and another key are refused', async (t) => {
    const trial = await startTrial(t)
    const short = await add(trial, 's2', '--allocation-seed', 'abcd')
    assert.deepEqual([short.code, /64 hexadecimal digits/.test(short.stderr)], [2, true])
    const { allocation: _, ...without } = trialProtocol
    writeDefinition(join(trial.folder, 'definitions'), 'protocols', { ...without, version: '2.0.0' })
    const needless = await trial.run(
      ...['study', 'add', 's2', '--protocol', 'trial@2.0.0', '--title', 'T', '--organisation', 'O', '--contact', 'C'],
      ...['--allocation-seed', seed.toString('hex')],
    )
    assert.deepEqual([needless.code, /trial@2\.0\.0 does not allocate by lot/.test(needless.stderr)], [1, true])
    assert.match((await add(trial, 's1')).stderr, /There already is a study s1/)
    assert.equal((await trial.run('study', 'lots', '--study', 's1')).code, 0)
    const otherKey = { ...trial, run: (...args: string[]) => nameting({ ...trial.environment, IDENTITY_KEY: 'cd'.repeat(32) }, ...args) }
    assert.match((await add(otherKey, 's2')).stderr, /is not the key that/)
    assert.deepEqual(trial.rows('SELECT id FROM studies'), [{ id: 's1' }])
  })

  test('a later version that draws lots otherwise is not adopted; one that draws the same is', async (t) => {
    const trial = await startTrial(t)
    await trial.register(entryOf('A-1'))
    const write = (version: string, facts: object) =>
      writeDefinition(join(trial.folder, 'definitions'), 'protocols', { ...trialProtocol, version, ...facts })
    write('1.1.0', { allocation: { ...trialProtocol.allocation, blocks: [2] } })
    write('1.2.0', { title: { nl: 'Anders', en: 'Other' } })
    const adopt = (reference: string) => trial.run('adopt', reference, '--study', 's1', '--from', '2999-01-01', '--yes')
    const { code, stderr } = await adopt('trial@1.1.0')
    assert.deepEqual(
      [code, /trial@1\.1\.0 draws lots otherwise than the version with which study s1 began/.test(stderr)],
      [1, true],
      stderr,
    )
    assert.equal((await adopt('trial@1.2.0')).code, 0)
    assert.equal((await trial.run('study', 'lots', '--study', 's1')).code, 0)
  })

  test('a study without lots has none to list', async (t) => {
    const trial = await startTrial(t, { allocation: undefined }, {})
    const { code, stderr } = await trial.run('study', 'lots', '--study', 's1')
    assert.deepEqual([code, stderr], [1, 's1 does not allocate by lot.\n'])
  })
})
