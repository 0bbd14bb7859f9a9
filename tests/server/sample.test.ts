import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { orderOfDraw } from '../../protocols/sample.ts'
import { drawsFrom } from '../../server/access/draws.ts'
import { drawSample } from '../../server/workflow/draw-sample.ts'
import { putCaseBack, takeCaseOut } from '../../server/workflow/mistaken-case.ts'
import { replaceSampled } from '../../server/workflow/replace-sampled.ts'
import { type SampleRecord, sampleRecord } from '../../server/workflow/sample-record.ts'
import { answersTo } from '../harness/family.ts'
import { entryOf, startTrial, type Trial } from './trial-study.ts'

const both = (text: string) => ({ nl: text, en: text })

/** Of the families with a conference in the cohort `trial` three are asked a second list. */
const withSample = {
  allocation: undefined,
  schedule: [
    { instrument: 'veo@1.0.0', role: 'parent', waves: ['T0'] },
    { instrument: 'pul@1.0.0', role: 'parent', waves: ['T0'], when: { sample: 'interviews' } },
  ],
  samples: { interviews: { title: both('Interviews'), size: 3, arms: ['conference'], cohorts: ['trial'] } },
  nonResponse: {
    'no-time': { title: both('No time'), of: 'assignment' },
    'moved-away': { title: both('Moved away'), of: 'participant' },
  },
}

const key = { study: 's1', name: 'interviews' }
const eligible = ['A-1', 'A-2', 'A-3', 'A-4', 'A-5', 'A-6', 'A-7', 'A-8']

/** A study with the eligible families in this order, and two that cannot be drawn. */
async function study(t: Parameters<typeof startTrial>[0], codes = eligible, protocol: object = {}) {
  const trial = await startTrial(t, { ...withSample, ...protocol }, {})
  await trial.register(
    ...codes.map((code) => entryOf(code, { arm: 'conference' })),
    entryOf('U-1', { arm: 'usual' }),
    entryOf('C-1', { arm: 'chosen', cohort: 'beside' }),
  )
  const sample = (...options: string[]) => trial.run('study', 'sample', '--study', 's1', '--name', 'interviews', ...options)
  return { ...trial, sample }
}

const dueOrder = (seed: string, codes = eligible): string[] => orderOfDraw(codes, drawsFrom(Buffer.from(seed), 'sample', 'interviews'))
const inIt = ({ cases }: SampleRecord): string[] => cases.flatMap(({ code, state }) => (state === 'in' ? [code] : []))

interface Asked {
  code: string
  state: string
  reason: string | null
}
const asked = ({ rows }: Pick<Trial, 'rows'>): Asked[] =>
  rows<Asked>(
    "SELECT c.code, a.state, a.reason FROM assignments a JOIN cases c ON c.id = a.case_id WHERE a.instrument_id = 'pul' ORDER BY c.code",
  )
const scheduled = (codes: string[]): Asked[] => codes.toSorted().map((code) => ({ code, state: 'scheduled', reason: null }))
const events = ({ rows }: Pick<Trial, 'rows'>) =>
  rows<{ code: string | null; kind: string; detail: string }>(
    "SELECT c.code, e.kind, e.detail FROM events e LEFT JOIN cases c ON c.id = e.case_id WHERE e.kind LIKE 'sample%' OR e.kind = 'called off' ORDER BY e.id",
  ).map(({ detail, ...event }) => ({ ...event, detail: JSON.parse(detail) }))

test('a sample is drawn once, recorded with its reserves, planned and shown', async (t) => {
  const { sample, rows, run } = await study(t)
  const order = dueOrder('2026')
  const drawn = await sample('--seed', '2026')
  assert.deepEqual([drawn.code, drawn.stderr], [0, ''])
  const lines = drawn.stdout.split('\n')
  assert.match(lines[0] ?? '', /^Sample interviews of s1: 3 of 8 cases, drawn on \d{4}-\d\d-\d\d with the seed 2026$/)
  assert.deepEqual(lines.slice(1), [...order.map((code, index) => `${index + 1}  ${code}  ${index < 3 ? 'in' : 'reserve'}`), ''])
  assert.equal((await sample('--list')).stdout, drawn.stdout)

  assert.deepEqual(asked({ rows }), scheduled(order.slice(0, 3)))
  assert.deepEqual(events({ rows }), [
    { code: null, kind: 'sample drawn', detail: { sample: 'interviews', seed: '2026', size: 3, eligible: 8 } },
    ...order.slice(0, 3).map((code, index) => ({ code, kind: 'sampled', detail: { sample: 'interviews', position: index + 1 } })),
  ])

  const before = rows('SELECT * FROM sampled_cases')
  for (const options of [[], ['--seed', 'another'], ['--dry-run']]) {
    const { code, stdout, stderr } = await sample(...options)
    assert.deepEqual([code, stdout], [1, ''])
    assert.match(
      stderr,
      new RegExp(`was drawn on .* with the seed 2026, and a sample is drawn once\\. In it are: ${order.slice(0, 3).join(', ')}\\.`),
    )
  }
  assert.deepEqual(rows('SELECT * FROM sampled_cases'), before)
  assert.equal((await run('study', 'sample', '--study', 's1', '--name', 'other')).code, 1)
})

test('the same seed and the same cases give the same sample, in whatever order they came in; who comes later is not in it', async (t) => {
  const one = await study(t)
  const other = await study(t, eligible.toReversed())
  const [first, second] = await Promise.all([one, other].map(({ context }) => drawSample(context, key, { seed: 'a seed' })))
  assert.ok(first && second)
  assert.deepEqual(first.cases, second.cases)
  assert.deepEqual(
    first.cases.map(({ code }) => code),
    dueOrder('a seed'),
  )
  await one.register(entryOf('A-9', { arm: 'conference' }))
  assert.deepEqual(await sampleRecord(one.context, key), first)
  assert.ok(asked(one).every(({ code }) => code !== 'A-9'))
})

test('without a seed one is made, recorded and printed; with it the draw can be done again', async (t) => {
  const one = await study(t)
  const { seed, cases } = JSON.parse((await one.sample('--json')).stdout) as SampleRecord
  assert.match(seed, /^[0-9a-f]{32}$/)
  assert.deepEqual(one.rows('SELECT seed FROM samples'), [{ seed }])
  assert.deepEqual(
    cases.map(({ code }) => code),
    dueOrder(seed),
  )
  const again = await study(t)
  assert.deepEqual((JSON.parse((await again.sample('--seed', seed, '--json')).stdout) as SampleRecord).cases, cases)
  const third = await study(t)
  assert.notEqual((await drawSample(third.context, key)).seed, seed)
})

test('a dry run says who can be drawn and draws nothing, also not by a seed', async (t) => {
  const { sample, rows } = await study(t)
  const { code, stdout } = await sample('--dry-run')
  assert.deepEqual(
    [code, stdout],
    [0, `8 cases of s1 can be drawn for interviews, which is of 3. Nothing was drawn.\n${eligible.join('\n')}\n`],
  )
  assert.deepEqual(JSON.parse((await sample('--dry-run', '--json')).stdout), { study: 's1', name: 'interviews', size: 3, cases: eligible })
  const seeded = await sample('--dry-run', '--seed', 'x')
  assert.deepEqual([seeded.code, /--seed and --fewer are for drawing/.test(seeded.stderr)], [2, true])
  assert.deepEqual([asked({ rows }), events({ rows }), rows('SELECT * FROM samples')], [[], [], []])
})

test('too early is refused, unless somebody says that there will be no more; of no cases there is no sample', async (t) => {
  const { sample, context, register } = await study(t, ['A-1', 'A-2'])
  const early = await sample()
  assert.deepEqual(
    [early.code, early.stderr],
    [1, '2 cases of s1 can be drawn, and the sample interviews is of 3: draw it when there are more. Nothing was drawn.\n'],
  )
  assert.match((await sample('--dry-run')).stdout, /2 cases .* --fewer draws all the same/)
  assert.match((await sample('--list')).stderr, /was not drawn yet/)
  assert.deepEqual(inIt(await drawSample(context, key, { seed: 's', fewer: true })), dueOrder('s', ['A-1', 'A-2']))
  await register(entryOf('A-3', { arm: 'conference' }))
  assert.match((await sample()).stderr, /is drawn once/)

  const none = await study(t, [])
  await assert.rejects(drawSample(none.context, key, { fewer: true }), /0 cases/)
})

test('of several draws at the same moment one draws', async (t) => {
  const { sample, context, rows } = await study(t)
  const ran = await Promise.allSettled([
    ...[1, 2, 3].map((number) => drawSample(context, key, { seed: `in process ${number}` })),
    sample('--seed', 'command').then(({ code, stderr }) => assert.equal(code, 0, stderr)),
  ])
  assert.equal(ran.filter(({ status }) => status === 'fulfilled').length, 1)
  assert.deepEqual(rows('SELECT count(*) AS n FROM samples'), [{ n: 1 }])
  assert.deepEqual(rows('SELECT count(*) AS n, sum(CASE WHEN included THEN 1 ELSE 0 END) AS included FROM sampled_cases'), [
    { n: 8, included: 3 },
  ])
  assert.equal(asked({ rows }).length, 3)
})

describe('a case that cannot be interviewed', () => {
  test('makes way for the next reserve; its lists are called off for the reason, and each step is recorded', async (t) => {
    const { sample, rows, context } = await study(t)
    const order = dueOrder('2026') as [string, string, string, string, string]
    await sample('--seed', '2026')
    const replaced = await sample('--replace', order[1], '--reason', 'no-time')
    assert.deepEqual(
      [replaced.code, replaced.stdout, replaced.stderr],
      [0, `${order[3]} takes the place of ${order[1]} (no-time) in the sample interviews: 1 assignments called off, 1 added.\n`, ''],
    )
    assert.deepEqual(
      asked({ rows }),
      order
        .slice(0, 4)
        .toSorted()
        .map((code) => (code === order[1] ? { code, state: 'cancelled', reason: 'no-time' } : { code, state: 'scheduled', reason: null })),
    )
    assert.deepEqual(events({ rows }).slice(4), [
      { code: order[1], kind: 'sample replaced', detail: { sample: 'interviews', reason: 'no-time', by: order[3] } },
      { code: order[3], kind: 'sampled', detail: { sample: 'interviews', position: 4, replaces: order[1] } },
      { code: order[1], kind: 'called off', detail: { instrument: 'pul', reason: 'no-time' } },
    ])
    // The one that came in can make way as well, and the one that made way does not come back.
    const { by } = await replaceSampled(context, key, order[3], 'no-time')
    assert.equal(by, order[4])
    const { cases } = await sampleRecord(context, key)
    assert.deepEqual(
      cases.map(({ state }) => state),
      ['in', 'replaced', 'in', 'replaced', 'in', 'reserve', 'reserve', 'reserve'],
    )
  })

  test('is not a reserve that was taken out of the study: it was never in, and comes in once it is back', async (t) => {
    const { context } = await study(t)
    const order = dueOrder('2026')
    await drawSample(context, key, { seed: '2026' })
    const [, second = '', , fourth = '', fifth = ''] = order
    await takeCaseOut(context, { study: 's1', code: fourth }, { reason: 'not-eligible' }, { why: 'proef' })
    const states = async () => (await sampleRecord(context, key)).cases.map(({ state }) => state).slice(0, 6)
    assert.deepEqual(await states(), ['in', 'in', 'in', 'taken out', 'reserve', 'reserve'])
    assert.equal((await replaceSampled(context, key, second, 'no-time')).by, fifth)
    assert.deepEqual(await states(), ['in', 'replaced', 'in', 'taken out', 'in', 'reserve'])
    await putCaseBack(context, { study: 's1', code: fourth }, { why: 'proef' })
    assert.deepEqual(await states(), ['in', 'replaced', 'in', 'reserve', 'in', 'reserve'])
    assert.equal((await replaceSampled(context, key, fifth, 'no-time')).by, fourth)
  })

  test('keeps what was answered', async (t) => {
    const { context, submit, rows } = await study(t)
    const [first = ''] = inIt(await drawSample(context, key, { seed: '2026' }))
    await submit({ code: first, instrument: 'pul' }, answersTo(context.definitions.instruments.need('pul@1.0.0'), 1))
    await replaceSampled(context, key, first, 'no-time')
    assert.deepEqual(
      asked({ rows }).find(({ code }) => code === first),
      { code: first, state: 'completed', reason: null },
    )
  })

  test('stays when there is no reserve left, is not in the sample, or without a reason of the protocol', async (t) => {
    const { sample, context, rows } = await study(t, ['A-1', 'A-2', 'A-3', 'A-4'])
    const [first = '', second = '', , reserve = ''] = dueOrder('s', ['A-1', 'A-2', 'A-3', 'A-4'])
    await drawSample(context, key, { seed: 's' })
    const refused = async (code: string, reason: string, message: RegExp) => {
      const before = [rows('SELECT * FROM sampled_cases'), rows('SELECT * FROM events'), rows('SELECT * FROM assignments')]
      const ran = await sample('--replace', code, '--reason', reason)
      assert.deepEqual([ran.code, ran.stdout], [1, ''])
      assert.match(ran.stderr, message)
      assert.deepEqual([rows('SELECT * FROM sampled_cases'), rows('SELECT * FROM events'), rows('SELECT * FROM assignments')], before)
    }
    await refused(
      first,
      'moved-away',
      /"moved-away" is not a reason for which an assignment is called off; the protocol has these:\n {2}no-time/,
    )
    await refused(reserve, 'no-time', new RegExp(`${reserve} is not in the sample interviews of s1`))
    await refused('U-1', 'no-time', /U-1 is not in the sample/)
    await refused('X-1', 'no-time', /There is no case X-1/)
    await replaceSampled(context, key, first, 'no-time')
    await refused(first, 'no-time', new RegExp(`${first} is not in the sample`))
    await refused(second, 'no-time', new RegExp(`has no reserve left, so ${second} stays in it`))
  })

  test('calls that leave out half of it, or want two things, are not understood', async (t) => {
    const { sample, rows } = await study(t)
    for (const options of [
      ['--replace', 'A-1'],
      ['--reason', 'no-time'],
      ['--list', '--dry-run'],
      ['--list', '--replace', 'A-1', '--reason', 'no-time'],
      ['--list', '--fewer'],
      ['--seed', ''],
      ['--seed', 'a\nb'],
    ])
      assert.equal((await sample(...options)).code, 2, options.join(' '))
    assert.deepEqual(rows('SELECT * FROM samples'), [])
  })
})

test('a sample that is drawn in a protocol without arms or cohorts for it takes all cases', async (t) => {
  const { context } = await study(t, eligible, { samples: { interviews: { title: both('Interviews'), size: 3 } } })
  const { cases } = await drawSample(context, key, { seed: 's' })
  assert.deepEqual(cases.map(({ code }) => code).toSorted(), [...eligible, 'C-1', 'U-1'].toSorted())
})
