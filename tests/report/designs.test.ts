/** Reports of the other studies, on a few families whose numbers can be reckoned by hand. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { Answers } from '../../instruments/schema.ts'
import type { CellResult, ReportResult } from '../../server/report/result.ts'
import { recordConsent } from '../../server/workflow/record-consent.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { person } from '../harness/simulated-study.ts'
import { openTestStudy, type TestStudy } from '../harness/test-study.ts'

async function open(t: TestContext, protocol: string): Promise<{ study: TestStudy; report: () => Promise<ReportResult> }> {
  const folder = temporaryFolder(t)
  const study = await openTestStudy({ folder: join(folder, 'data'), entry: { protocol } })
  t.after(study.close)
  return {
    study,
    async report() {
      const { code, stderr } = await nameting(study.environment, 'report', '--study', 's1', '--out', join(folder, 'out'))
      assert.deepEqual([code, stderr], [0, ''])
      return JSON.parse(readFileSync(join(folder, 'out', 'report.json'), 'utf8')) as ReportResult
    },
  }
}

function cells({ sections }: ReportResult, id: string, title: string, within?: string): CellResult[] {
  const table = sections.flatMap(({ tables }) => tables).find((one) => one.id === id) ?? assert.fail(id)
  for (const row of table.rows)
    if (row.kind === 'cells' && row.title.en === title && (within === undefined || row.within?.en === within)) return row.cells
  return assert.fail(`${id} has no row ${title}`)
}

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
