/** A study in which a stand-in gives way to the release: some families got one, some the other, and some both, one after the other. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { AnswerRecord, Answers } from '../../instruments/schema.ts'
import { doNow } from '../../server/workflow/do-job.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { Respondent } from '../harness/respondent.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'
import { headerOf, manifestOf, pick, type Row, rowsOf, rowWhere } from './read-export.ts'
import { entry, parent } from './study.ts'
import { writeVersionedDefinitions } from './versioned-definitions.ts'

const address = (code: string): string => `${code.toLowerCase()}@example.org`

/** Sends in what the parent of a family was mailed about. */
async function answer(server: StudyServer, code: string, answers: Answers, skipped: string[]): Promise<void> {
  const respondent = new Respondent(server.origin)
  await respondent.open(server.mail.linkTo(address(code)))
  const assignment = (await respondent.packet()).assignments.find(({ state }) => state !== 'completed')
  const { status, body } = await respondent.submit(assignment?.id ?? '', answers, skipped)
  assert.equal(status, 200, JSON.stringify(body))
}

async function exportTwoVersions(test: { after(fn: () => unknown): void }): Promise<string> {
  const folder = temporaryFolder(test)
  const definitions = writeVersionedDefinitions(join(folder, 'definitions'))
  const server = await startStudyServer(test, '2026-03-02T09:00:00Z', { definitions, entry: { protocol: 'checkups@1.0.0' } })
  for (const [code, arm] of Object.entries({ A: 'before', B: 'between', C: 'after', D: 'between' }))
    await server.register({ ...entry(code, [{ ...parent('Uitvinding'), email: address(code) }]), arm })
  server.clock.set('2026-03-03T09:00:00Z')
  await server.tick()
  await answer(
    server,
    'A',
    { tired: 1, awake: 1, worry: 1, pain: 1, grade: 10, help: [2], old: 'niets', visits: [{ who: 1, hours: 2 }] },
    [],
  )
  await answer(server, 'B', { tired: 1, awake: 2, worry: 3, pain: 2, grade: 8, help: [1] }, ['old', 'visits'])
  await answer(server, 'C', { tired: 2, awake: 2, worry: 4, pain: 3, grade: 10, help: [1], fresh: 'tuin' }, ['visits'])
  server.clock.set('2026-06-02T09:00:00Z')
  await server.tick()
  const visits: AnswerRecord[] = [{ who: 2, hours: 30, topic: 'school' }, { who: 1 }]
  const skipped = ['visits[1].hours', 'visits[1].topic']
  await answer(server, 'B', { tired: 3, awake: 3, worry: 4, pain: 1, grade: 80, help: [1, 2], fresh: 'werk', visits }, skipped)

  const out = join(folder, 'out')
  const { code, stderr } = await nameting(server.environment, 'export', '--study', 's1', '--out', out)
  assert.deepEqual([code, stderr], [0, ''])
  return out
}

describe('two versions of one instrument in one export', () => {
  let out = ''
  const cleanUp: (() => unknown)[] = []
  before(async () => {
    out = await exportTwoVersions({ after: (fn) => cleanUp.push(fn) })
  })
  after(async () => {
    for (const fn of cleanUp) await fn()
  })

  test('in long, one file holds both: shared columns where answers mean the same, one for each version where not', () => {
    const rows = rowsOf(out, 'long_checkup.csv')
    const context = headerOf(out, 'long_checkup.csv').indexOf('response_translation') + 1
    const columns = headerOf(out, 'long_checkup.csv').slice(context)
    assert.deepEqual(
      columns.filter((name) => !/_(missing|reason|band|norm|stratum)(__|$)/.test(name)),
      [
        ...['tired', 'awake', 'worry', 'worry__v1_0_0', 'pain', 'pain__v1_0_0', 'grade', 'grade__v1_0_0', 'help___1', 'help___2'],
        ...['old', 'visits_n', 'fresh', 'sleep_raw', 'sleep_z', 'strain_raw', 'strain_raw__v1_0_0'],
      ],
    )
    const expected: [code: string, wave: string, version: string, Record<string, string>][] = [
      [
        ...(['A', 'T0', '0.1.0-standin'] as const),
        // Sleep 1 + 1 = 2, (2 - 3) / 2 = -0.5; strain 1 + 1.
        {
          ...{ tired: '1', awake: '1', worry: '1', worry__v1_0_0: '', pain: '1', pain__v1_0_0: '', grade: '10', grade__v1_0_0: '' },
          ...{ help___1: '0', help___2: '1', old: 'niets', visits_n: '1', fresh: '', sleep_raw: '2', sleep_z: '-0.5' },
          ...{ sleep_norm: 'sleep-a@0.1.0-standin', strain_raw: '2', strain_raw__v1_0_0: '' },
        },
      ],
      [
        ...(['B', 'T0', '0.1.0-standin'] as const),
        {
          ...{ tired: '1', awake: '2', worry: '3', worry__v1_0_0: '', pain: '2', pain__v1_0_0: '', grade: '8', grade__v1_0_0: '' },
          ...{ help___1: '1', help___2: '0', old: '-9', visits_n: '-9', fresh: '', sleep_raw: '3', sleep_z: '0' },
          ...{ sleep_norm: 'sleep-a@0.1.0-standin', strain_raw: '5', strain_raw__v1_0_0: '' },
        },
      ],
      [
        ...(['B', 'FU3', '1.0.0'] as const),
        // Sleep 3 + 3 = 6, by the other norm (6 - 4) / 2 = 1; strain 4 + 1.
        {
          ...{ tired: '3', awake: '3', worry: '', worry__v1_0_0: '4', pain: '', pain__v1_0_0: '1', grade: '', grade__v1_0_0: '80' },
          ...{ help___1: '1', help___2: '1', old: '', visits_n: '2', fresh: 'werk', sleep_raw: '6', sleep_z: '1' },
          ...{ sleep_norm: 'sleep-b@0.1.0-standin', strain_raw: '', strain_raw__v1_0_0: '5' },
        },
      ],
      [
        ...(['C', 'T0', '1.0.0'] as const),
        {
          ...{ tired: '2', awake: '2', worry: '', worry__v1_0_0: '4', pain: '', pain__v1_0_0: '3', grade: '', grade__v1_0_0: '10' },
          ...{ help___1: '1', help___2: '0', old: '', visits_n: '-9', fresh: 'tuin', sleep_raw: '4', sleep_z: '0' },
          ...{ sleep_norm: 'sleep-b@0.1.0-standin', strain_raw: '', strain_raw__v1_0_0: '7' },
        },
      ],
    ]
    for (const [case_code, wave, version, values] of expected) {
      const row = rowWhere(rows, { case_code, wave })
      assert.equal(row.instrument_version, version)
      assert.deepEqual(pick(row, ...Object.keys(values)), values, `${case_code} ${wave}`)
    }
    assert.equal(rows.length, 8, 'four families, two waves')
  })

  test('in wide, a case has one place per wave, which says by which version it was answered', () => {
    const rows = rowsOf(out, 'wide.csv')
    const of = (code: string, ...names: string[]): string[] => Object.values(pick(rowWhere(rows, { case_code: code }), ...names))
    const t0 = ['instrument_version', 'state', 'tired', 'worry', 'worry__v1_0_0', 'sleep_z', 'strain_raw', 'strain_raw__v1_0_0']
    const names = t0.map((name) => `checkup_t0_${name}`)
    assert.deepEqual(of('A', ...names), ['0.1.0-standin', 'completed', '1', '1', '', '-0.5', '2', ''])
    assert.deepEqual(of('B', ...names), ['0.1.0-standin', 'completed', '1', '3', '', '0', '5', ''])
    assert.deepEqual(of('C', ...names), ['1.0.0', 'completed', '2', '', '4', '0', '', '7'])
    assert.deepEqual(of('D', ...names), ['0.1.0-standin', 'expired', '', '', '', '', '', ''])
    const later = names.map((name) => name.replace('_t0_', '_fu3_'))
    assert.deepEqual(of('B', ...later), ['1.0.0', 'completed', '3', '', '4', '1', '', '5'])
  })

  test('records of both versions are in one table, by the same rules', () => {
    assert.deepEqual(
      rowsOf(out, 'records_checkup_visits.csv').map((row) =>
        Object.values(pick(row, 'case_code', 'wave', 'instrument_version', 'record_number', 'who', 'hours', 'hours__v1_0_0', 'topic')),
      ),
      [
        ['A', 'T0', '0.1.0-standin', '1', '1', '2', '', ''],
        ['B', 'FU3', '1.0.0', '1', '2', '', '30', 'school'],
        ['B', 'FU3', '1.0.0', '2', '1', '', '-9', '-9'],
      ],
    )
  })

  test('the codebook says which versions each column covers, why one was split, and where wording or norm is a stand-in', () => {
    const codebook = rowsOf(out, 'codebook.csv').filter(({ file }) => file === 'long_checkup.csv')
    const variable = (name: string): Row => rowWhere(codebook, { variable: name })
    const versionsOf = (name: string) => Object.values(pick(variable(name), 'instrument', 'version_note'))
    const [standIn, release] = ['checkup@0.1.0-standin', 'checkup@1.0.0']
    assert.deepEqual(versionsOf('awake'), [`${standIn}; ${release}`, ''])
    assert.deepEqual(versionsOf('tired'), [
      `${standIn}; ${release}`,
      `Wording differs between versions; label and values are those of ${release}.`,
    ])
    assert.equal(variable('tired').label_nl, 'Bent u moe?')
    assert.deepEqual(versionsOf('worry'), [standIn, `Not shared with ${release}: the list of answers is 1, 2, 3, 4; it was 1, 2, 3.`])
    assert.deepEqual(versionsOf('worry__v1_0_0'), [
      release,
      `Not shared with ${standIn}: the list of answers is 1, 2, 3, 4; it was 1, 2, 3.`,
    ])
    assert.equal(variable('worry').values_nl, '1=nooit; 2=soms; 3=vaak')
    assert.equal(variable('worry__v1_0_0').values_nl, '1=nooit; 2=soms; 3=vaak; 4=altijd')
    assert.match(variable('pain__v1_0_0').version_note ?? '', /the answer 1 is "vaak"; that was 3/)
    assert.deepEqual(versionsOf('grade__v1_0_0'), [release, `Not shared with ${standIn}: the highest answer is 100; it was 10.`])
    assert.deepEqual(versionsOf('old'), [standIn, ''])
    assert.deepEqual(versionsOf('fresh'), [release, ''])
    assert.deepEqual([variable('visits_n').lowest, variable('visits_n').highest], ['0', '5'])
    assert.match(
      variable('strain_raw__v1_0_0').version_note ?? '',
      /^Not shared with checkup@0\.1\.0-standin: the item range is \[1,4\]; it was \[1,3\]/,
    )
    assert.deepEqual(
      ['norm_tables', 'wording_status', 'wording_source'].map((name) => variable('sleep_z')[name]),
      [
        '0.1.0-standin: sleep-a@0.1.0-standin | 1.0.0: sleep-b@0.1.0-standin',
        '0.1.0-standin: stand-in | 1.0.0: licensed',
        '0.1.0-standin: Written for a test | 1.0.0: Edition of a test',
      ],
    )
    const wording = "STAND-IN wording: our own words, not the publisher's list."
    assert.equal(variable('awake').warning, `${wording} (Of 0.1.0-standin.)`)
    assert.equal(variable('old').warning, wording)
    assert.equal(variable('fresh').warning, '')
    assert.equal(variable('sleep_z').warning, `${wording} (Of 0.1.0-standin.) STAND-IN norm: invented figures, not the published ones.`)
  })

  test('the manifest lists both versions, and warns of the stand-in', () => {
    const { instruments, warning, files } = manifestOf(out)
    assert.deepEqual(
      instruments.map(({ reference }) => reference),
      ['checkup@0.1.0-standin', 'checkup@1.0.0'],
    )
    assert.match(warning ?? '', /\(checkup@0\.1\.0-standin, sleep-a@0\.1\.0-standin, sleep-b@0\.1\.0-standin\)/)
    assert.deepEqual(
      files.map(({ name }) => name).filter((name) => name.includes('checkup')),
      ['long_checkup.csv', 'records_checkup_visits.csv'],
    )
  })
})

test('a version that the study adopts adds columns, at once, and changes none that there was', async (t) => {
  const folder = temporaryFolder(t)
  const definitions = writeVersionedDefinitions(join(folder, 'definitions'))
  const server = await startStudyServer(t, '2026-03-02T09:00:00Z', { definitions, entry: { protocol: 'checkups@0.9.0' } })
  await server.register({ ...entry('A', [{ ...parent('Uitvinding'), email: address('A') }]), arm: 'before' })
  server.clock.set('2026-03-03T09:00:00Z')
  await server.tick()
  await answer(server, 'A', { tired: 1, awake: 2, worry: 3, pain: 2, grade: 8, help: [1] }, ['old', 'visits'])
  const exported = async (name: string): Promise<string> => {
    const out = join(folder, name)
    const { code, stderr } = await nameting(server.environment, 'export', '--study', 's1', '--out', out)
    assert.deepEqual([code, stderr], [0, ''])
    return out
  }
  const before = await exported('before')
  assert.ok(headerOf(before, 'wide.csv').every((name) => !name.includes('__v')))

  await doNow(server.context, 's1', 'adopt', { reference: 'checkup@1.0.0', from: '2026-05-01' })
  const adopted = await exported('adopted')
  assert.ok(headerOf(adopted, 'wide.csv').includes('checkup_fu3_worry__v1_0_0'), 'foreseen from the day on which it was adopted')
  assert.match(readFileSync(join(adopted, 'README.txt'), 'utf8'), /^From 2026-05-01 on: checkup@1\.0\.0$/m)
  assert.deepEqual(manifestOf(adopted).adopted, [{ kind: 'instrument', reference: 'checkup@1.0.0', from: '2026-05-01' }])

  server.clock.set('2026-06-02T09:00:00Z')
  await server.tick()
  await answer(server, 'A', { tired: 3, awake: 3, worry: 4, pain: 1, grade: 80, help: [2], fresh: 'werk' }, ['visits'])
  const after = await exported('after')
  for (const file of ['wide.csv', 'long_checkup.csv', 'assignments.csv', 'records_checkup_visits.csv'])
    assert.deepEqual(
      headerOf(before, file).filter((name) => !headerOf(after, file).includes(name)),
      [],
      file,
    )
  const [was] = rowsOf(before, 'wide.csv')
  const [is] = rowsOf(after, 'wide.csv')
  const atStart = Object.keys(was ?? {}).filter((name) => name.startsWith('checkup_t0_'))
  assert.deepEqual(pick(is, ...atStart), pick(was, ...atStart))
  assert.deepEqual(
    pick(
      is,
      'checkup_fu3_instrument_version',
      'checkup_fu3_tired',
      'checkup_fu3_worry',
      'checkup_fu3_worry__v1_0_0',
      'checkup_fu3_sleep_raw',
    ),
    {
      checkup_fu3_instrument_version: '1.0.0',
      checkup_fu3_tired: '3',
      checkup_fu3_worry: '',
      checkup_fu3_worry__v1_0_0: '4',
      checkup_fu3_sleep_raw: '6',
    },
  )
})
