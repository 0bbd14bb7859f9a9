/** Reports of the other studies, on a few families whose numbers can be reckoned by hand. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { Answers } from '../../instruments/schema.ts'
import type { CellResult, ReportResult } from '../../server/report/result.ts'
import { recordConsent } from '../../server/workflow/record-consent.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { person } from '../harness/simulated-study.ts'
import { openTestStudy, type TestStudy } from '../harness/test-study.ts'
import { cellsOf, readReport, tableIn } from './read-report.ts'

async function open(t: TestContext, protocol: string): Promise<{ study: TestStudy; report: () => Promise<ReportResult> }> {
  const folder = temporaryFolder(t)
  const study = await openTestStudy({ folder: join(folder, 'data'), entry: { protocol } })
  t.after(study.close)
  return {
    study,
    async report() {
      const { code, stderr } = await nameting(study.environment, 'report', '--study', 's1', '--out', join(folder, 'out'))
      assert.deepEqual([code, stderr], [0, ''])
      return readReport(join(folder, 'out'))
    },
  }
}

const cells = (report: ReportResult, id: string, title: string, within?: string): CellResult[] =>
  cellsOf(tableIn(report, id), title, within)

/** Numbers of a cell. */
const value = (cell: CellResult | undefined): number | null => (cell && 'value' in cell ? cell.value : null)
const percent = (cell: CellResult | undefined): number | null => (cell?.kind === 'count' ? cell.percent : null)

test('of plans: the share of actions in the own circle, taken over, without professionals, and orders averted', async (t) => {
  const { study, report } = await open(t, 'ekc-yearly@0.2.0-standin')
  await study.register(
    ...['A', 'B', 'C'].map((code) => ({
      code,
      arm: 'referred',
      cohort: 'ongoing',
      anchors: { [code === 'C' ? 'no-conference' : 'conference']: '2026-03-01' },
      participants: [person(code, 'coordinator')],
    })),
  )
  const role = 'coordinator'
  const averted = { order_threatened: 1, children_threatened: 3, order_averted: 1, children_averted: 2 }
  await study.submit({ code: 'A', instrument: 'conference-outcome', role }, { held: 1, plan_made: 1, ...averted })
  await study.submit({ code: 'B', instrument: 'conference-outcome', role }, { held: 1, plan_made: 1, order_threatened: 0 })
  await study.submit({ code: 'C', instrument: 'conference-outcome', role }, { held: 0, not_held_reason: 4 })
  study.clock.set('2026-06-02T09:00:00Z')
  const action = (asked_of: number, before: number) => ({ what: 'iets verzonnens', domain: 1, asked_of, before, done: 2, done_by: 1 })
  await study.submit(
    { code: 'A', instrument: 'plan-actions', wave: 'FU3', role },
    { plan_known: 1, actions: [action(1, 0), action(1, 1), action(1, 0)] },
  )
  await study.submit({ code: 'B', instrument: 'plan-actions', wave: 'FU3', role }, { plan_known: 1, actions: [action(2, 1)] })

  const made = await report()
  const [asked] = cells(made, '2.2', 'The own circle', 'Asked of')
  assert.deepEqual([value(asked), percent(asked), asked?.n], [3, 75, 4])
  assert.deepEqual(cells(made, '2.1', 'Number of actions').slice(0, 2).map(value), [2, 2])
  assert.deepEqual(value(cells(made, '2.3', 'None')[0]), 1)
  assert.deepEqual(value(cells(made, '2.3', '1 or 2')[0]), 1)
  assert.deepEqual(
    [percent(cells(made, '1.1', 'Yes', 'Conference held')[0]), value(cells(made, '1.1', 'It was no longer needed')[0])],
    [67, 1],
  )
  assert.deepEqual(
    ['Children for whom it threatened', 'Children for whom it was averted'].map((title) => value(cells(made, '1.3', `${title}: Sum`)[0])),
    [3, 2],
  )
})

test('of a trial: families count in the arm into which they were drawn, and beside that by what happened', async (t) => {
  const { study, report } = await open(t, 'uva-trial@0.3.0-standin')
  const codes = ['A', 'B', 'C', 'D', 'E', 'F']
  await study.register(
    ...codes.map((code) => ({
      code,
      arm: '',
      cohort: 'trial',
      anchors: { start: '2026-03-01' },
      participants: [person(code, 'parent'), person(code, 'coordinator')],
    })),
  )
  const offered = study.rows<{ code: string }>("SELECT code FROM cases WHERE arm = 'offered' ORDER BY code").map(({ code }) => code)
  assert.ok(offered.length > 1 && offered.length < codes.length)
  for (const code of codes) {
    await recordConsent(study.context, { study: 's1', code }, { role: 'parent' }, { purpose: 'research', given: true })
    await study.submit({ code, instrument: 'child-safety' }, safetyOf(offered.indexOf(code) === 0 ? 4 : 2))
  }
  study.clock.set('2026-09-02T09:00:00Z')
  for (const code of offered)
    await study.submit(
      { code, instrument: 'uptake', wave: 'U6', role: 'coordinator' },
      code === offered[0] ? { held: 1, held_on: '2026-04-01' } : { held: 0, drop_stage: 2, drop_reason: 1 },
    )

  const made = await report()
  const n = (id: string, title: string) => value(cells(made, id, title)[0])
  assert.deepEqual([n('2.3', 'Conference offered'), n('2.3', 'Regular way of working')], [offered.length, codes.length - offered.length])
  assert.deepEqual(
    ['Offered and held', 'Offered, not held', 'Regular way of working'].map((title) => n('3.3', title)),
    [1, offered.length - 1, codes.length - offered.length],
  )
  const [held] = cells(made, '1.1', 'Yes', 'Held')
  assert.deepEqual([value(held), held?.n], [1, offered.length])
  assert.equal(value(cells(made, '1.1', 'The family did not want a conference')[0]), offered.length - 1)
})

test('of a trial: costs per arm and their difference are those of the answers and the prices', async (t) => {
  const { study, report } = await open(t, 'uva-trial@0.3.2-standin')
  const codes = Array.from({ length: 27 }, (_, index) => `K${String(index).padStart(2, '0')}`)
  await study.register(
    ...codes.map((code) => ({
      ...{ code, arm: '', cohort: 'trial', anchors: { start: '2026-03-01', plan: '2026-03-01' } },
      participants: [person(code, 'parent'), person(code, 'coordinator')],
    })),
  )
  for (const code of codes)
    await recordConsent(study.context, { study: 's1', code }, { role: 'parent' }, { purpose: 'research', given: true })
  study.clock.set('2026-06-02T09:00:00Z')
  // One family has a child in residential care, which costs more than all that the others have; one left a question open.
  for (const [index, code] of codes.entries())
    await study.submit({ code, instrument: 'service-use', wave: 'M3' }, servicesOf(index, { isOpen: index === 3 }))

  // By the arm of the lot, whatever happened after that.
  const arms = new Map(study.rows<{ code: string; arm: string }>('SELECT code, arm FROM cases').map(({ code, arm }) => [code, arm]))
  const costs = (arm: string): number[] =>
    codes.flatMap((code, index) => (arms.get(code) === arm && index !== 3 ? [costOf(servicesOf(index, { isOpen: false }))] : []))
  const [offered, regular] = [costs('offered'), costs('regular')]
  assert.ok(offered.length > 3 && regular.length > 3)

  const made = await report()
  for (const [title, its] of [
    ['Conference offered', offered],
    ['Regular way of working', regular],
  ] as const) {
    // Five statistics of each wave, of which M3 is the second.
    const [n, mean, sd, median, interval] = cells(made, '5.1', title).slice(5, 10)
    const expected = describedBy(its)
    assert.deepEqual([n, mean, sd, median].map(value).map(rounded), [its.length, ...expected].map(rounded))
    assert.ok(interval?.kind === 'bootstrap-interval' && interval.low !== null && interval.high !== null)
    assert.ok(
      Math.min(...its) <= interval.low && interval.low < expected[0] && expected[0] < interval.high && interval.high <= Math.max(...its),
    )
  }
  const [test] = made.sections.flatMap(({ tables }) => tables).find(({ id }) => id === '5.1')?.tests ?? []
  const outcome = test?.outcome ?? assert.fail()
  assert.ok('difference' in outcome && outcome.difference?.interval)
  const { value: difference, interval } = outcome.difference
  assert.equal(rounded(difference), rounded(describedBy(offered)[0] - describedBy(regular)[0]))
  assert.deepEqual([outcome.n, outcome.p, outcome.df], [[offered.length, regular.length], null, []])
  assert.ok(interval.from < difference && difference < interval.to)
  assert.equal(outcome.significant, interval.from > 0 || interval.to < 0)
})

/** How often a family used what, at prices of 10, 20, ... 100 euros. */
const uses = ['gp', 'team', 'guardian', 'home_help', 'therapy', 'police', 'day_care', 'foster', 'crisis', 'residential']
const servicesOf = (index: number, { isOpen }: { isOpen: boolean }): Answers =>
  Object.fromEntries(
    uses.flatMap((use, place) =>
      isOpen && place === 4 ? [] : [[`use_${use}`, place === 9 ? (index === 6 ? 80 : 0) : (index * (place + 3)) % 7]],
    ),
  )
const costOf = (answers: Answers): number => uses.reduce((sum, use, place) => sum + 10 * (place + 1) * Number(answers[`use_${use}`]), 0)

/** Mean, sd with n - 1, median. */
function describedBy(values: readonly number[]): [mean: number, sd: number, median: number] {
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length
  const sorted = values.toSorted((a, b) => a - b)
  const [low, high] = [Math.floor((values.length - 1) / 2), Math.ceil((values.length - 1) / 2)].map((at) => sorted[at] as number)
  const squares = values.reduce((sum, one) => sum + (one - mean) ** 2, 0)
  return [mean, Math.sqrt(squares / (values.length - 1)), ((low as number) + (high as number)) / 2]
}

const rounded = (number: number | null): number | null => (number === null ? null : Number(number.toFixed(8)))

/** The same answer to each statement about safety. */
const safetyOf = (answer: number): Answers => Object.fromEntries([1, 2, 3, 4, 5, 6].map((number) => [`safe${number}`, answer]))

test('of interviews: each case counts the same, however many were interviewed', async (t) => {
  const { study, report } = await open(t, 'familie-aan-zet@0.3.0-standin')
  const shadow = (code: string, ...roles: string[]) => ({
    code,
    arm: 'shadow',
    cohort: 'shadow',
    anchors: { decision: '2025-06-01' },
    participants: [...roles, 'interviewer'].map((role) => person(code, role)),
  })
  await study.register(shadow('A', 'parent', 'referrer'), shadow('B', 'parent'))
  const said = async (code: string, who: string, change: number) =>
    await study.submit(
      { code, instrument: `interview-shadow-${who}`, wave: 'FU9', role: 'interviewer', about: `${who} 1` },
      { held: 1, consent: 1, safety_change: change },
    )
  await said('A', 'parent', 3)
  await said('A', 'referrer', 1)
  await said('B', 'parent', 3)

  const made = await report()
  // A has two opinions of 1.5 on average, so each of them weighs 0.75; the one of B weighs 1.5.
  const [, safer] = cells(made, '9.1', 'Safer')
  assert.deepEqual(safer?.kind === 'count' && [safer.value, safer.weight, safer.percent, safer.n], [2, 2.25, 75, 3])
  const [, less] = cells(made, '9.1', 'Less safe')
  assert.deepEqual(less?.kind === 'count' && [less.value, less.weight, less.percent], [1, 0.75, 25])
})
