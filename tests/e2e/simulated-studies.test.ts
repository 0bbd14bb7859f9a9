/** All four studies of the sources from the first registration to the export, with invented people who answer over HTTP. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { CaseEntry } from '../../server/workflow/check-case.ts'
import { setAnchors } from '../../server/workflow/set-anchors.ts'
import {
  addressOf,
  type Day,
  dayAfter,
  type Lived,
  live,
  person,
  type Script,
  type Temper,
  tally,
  whoIs,
} from '../harness/simulated-study.ts'

const family: Temper = { answers: 0.4, declines: 0.04, withdraws: 0.02, leaves: 0.1 }
const staff: Temper = { answers: 0.7, declines: 0, withdraws: 0, leaves: 0.05 }
const people = (role: string): Temper => (['parent', 'referrer', 'informant'].includes(role) ? family : staff)

/** One invented case, with what its study will learn of it. */
interface Plotted {
  entry: CaseEntry
  on: Day
  /** Anchors that become known later, each on its own day. */
  later: Record<string, Day>
}

const anchorsLater = (plots: Plotted[]): Script['happenings'] =>
  plots.flatMap(({ entry: { code }, later }) =>
    Object.entries(later).map(([name, on]) => ({
      on,
      does: ({ context, study }) => setAnchors(context, { study: study.id, code, anchors: { [name]: on } }),
    })),
  )

/** A row that the test itself expects: nothing of the server's planning has a part in it. */
type Expected = [role: string, number: number, wave: string, instrument: string]

const key = (code: string, [role, number, wave, instrument]: Expected): string => [code, role, number, wave, instrument].join(' ')
const keyOf = (row: Record<string, string>): string =>
  key(row.case_code ?? '', [row.role ?? '', Number(row.participant_number), row.wave ?? '', row.instrument ?? ''])

/** Every assignment ended in exactly one state, and what is completed is what people remember to have filled in. */
function assertAddsUp({ assignments, filled, study }: Lived, cases: number): void {
  assert.equal(new Set(assignments.map(({ case_code }) => case_code)).size, cases)
  const states = tally(assignments.map(({ state }) => state ?? ''))
  assert.deepEqual(
    Object.keys(states),
    ['cancelled', 'completed', 'expired'].filter((state) => state in states),
  )
  assert.equal(
    Object.values(states).reduce((sum, count) => sum + count, 0),
    study.rows<{ n: number }>('SELECT count(*) AS n FROM assignments')[0]?.n,
  )
  assert.deepEqual(
    tally(assignments.filter(({ state }) => state === 'completed').map(keyOf)),
    tally(filled.map(({ code, role, number, wave, instrument }) => key(code, [role, number, wave, instrument]))),
  )
}

/** In cases in which nobody stopped, exactly what the test expects was asked. */
function assertAsked({ assignments, stopped }: Lived, plots: Plotted[], expects: (plot: Plotted) => Expected[]): void {
  const left = new Set([...stopped.keys()].map((address) => whoIs(address).code))
  const undisturbed = plots.filter(({ entry }) => !left.has(entry.code))
  assert.ok(undisturbed.length > plots.length / 2, 'most families stay')
  const codes = new Set(undisturbed.map(({ entry }) => entry.code))
  assert.deepEqual(
    assignments
      .filter(({ case_code }) => codes.has(case_code ?? ''))
      .map(keyOf)
      .sort(),
    undisturbed.flatMap((plot) => expects(plot).map((expected) => key(plot.entry.code, expected))).sort(),
  )
}

const many = (count: number): number[] => Array.from({ length: count }, (_, index) => index)
const code = (prefix: string, index: number): string => `${prefix}-${String(index + 1).padStart(3, '0')}`
const each = (role: string, wave: string, ...instruments: string[]): Expected[] =>
  instruments.map((instrument) => [role, 1, wave, instrument])

describe('netwerkkracht-rotterdam, 115 families in two arms over two years', () => {
  const first = '2026-01-05'
  const plots = many(115).map((index): Plotted => {
    const on = dayAfter(first, 2 * index)
    const entry: CaseEntry = {
      code: code('R', index),
      arm: index < 55 ? 'ekc' : 'wijkteam',
      cohort: 'families',
      anchors: { start: on },
      participants: ['parent', 'coordinator'].map((role) => person(code('R', index), role)),
    }
    return { entry, on, later: {} }
  })

  test('adds up', async (t) => {
    const lived = await live(t, {
      protocol: 'netwerkkracht-rotterdam@0.1.0-standin',
      seed: 'rotterdam',
      first,
      cases: plots,
      happenings: [],
      people,
    })
    assertAddsUp(lived, 115)
    assertAsked(lived, plots, () => [
      ...each('parent', 'T0', 'problems-at-start', 'family-empowerment', 'support-sources', 'child-safety', 'veo'),
      ...each('parent', 'M6', 'family-empowerment', 'support-sources', 'child-safety', 'asked-to-think-along'),
      ...each('parent', 'M12', 'family-empowerment', 'support-sources', 'child-safety', 'veo'),
      ...each('parent', 'M24', 'family-empowerment', 'support-sources', 'child-safety', 'veo'),
      ...each('coordinator', 'M6', 'asked-to-think-along'),
    ])
    const arms = tally(lived.exported('wide.csv').map(({ arm }) => arm ?? ''))
    assert.deepEqual(arms, { ekc: 55, wijkteam: 60 })
  })
})

describe('ekc-yearly, 300 conferences', () => {
  const first = '2026-01-05'
  const plots = many(300).map((index): Plotted => {
    const on = dayAfter(first, index)
    const anchor = index % 5 === 4 ? 'no-conference' : 'conference'
    const entry: CaseEntry = {
      code: code('Y', index),
      arm: 'referred',
      cohort: 'ongoing',
      anchors: { [anchor]: on },
      participants: [person(code('Y', index), 'coordinator')],
    }
    return { entry, on, later: {} }
  })

  test('adds up', async (t) => {
    const lived = await live(t, { protocol: 'ekc-yearly@0.1.0-standin', seed: 'yearly', first, cases: plots, happenings: [], people })
    assertAddsUp(lived, 300)
    const planned = new Set(
      lived.filled
        .filter(({ instrument, answers }) => instrument === 'conference-outcome' && answers.held === 1 && answers.plan_made === 1)
        .map((one) => one.code),
    )
    assert.ok(planned.size > 0)
    assertAsked(lived, plots, ({ entry }) => [
      ...each('coordinator', 'T0', 'conference-outcome', 'frek'),
      ...(planned.has(entry.code) && entry.anchors.conference ? each('coordinator', 'FU3', 'fufrek', 'plan-actions') : []),
    ])
  })
})
void addressOf
void anchorsLater
