/** What holds for every simulated study when it is over. */
import assert from 'node:assert/strict'
import type { CaseEntry } from '../../server/workflow/check-case.ts'
import { setAnchors } from '../../server/workflow/set-anchors.ts'
import { type Day, type Lived, type Script, type Temper, tally, whoIs } from './simulated-study.ts'

const family: Temper = { answers: 0.4, declines: 0.04, withdraws: 0.02, leaves: 0.1 }
const staff: Temper = { answers: 0.7, declines: 0, withdraws: 0, leaves: 0.05 }
export const people = (role: string): Temper => (['parent', 'referrer', 'informant'].includes(role) ? family : staff)

/** One invented case, with what its study will learn of it. */
export interface Plotted {
  entry: CaseEntry
  on: Day
  /** Anchors that become known later, each on its own day. */
  later: Record<string, Day>
}

export const anchorsLater = (plots: Plotted[]): Script['happenings'] =>
  plots.flatMap(({ entry: { code }, later }) =>
    Object.entries(later).map(([name, on]) => ({
      on,
      does: ({ context, study }) => setAnchors(context, { study: study.id, code, anchors: { [name]: on } }),
    })),
  )

/** A row that the test itself expects: nothing of the server's planning has a part in it. */
export type Expected = [role: string, number: number, wave: string, instrument: string]

const key = (code: string, [role, number, wave, instrument]: Expected): string => [code, role, number, wave, instrument].join(' ')
const keyOf = (row: Record<string, string>): string =>
  key(row.case_code ?? '', [row.role ?? '', Number(row.participant_number), row.wave ?? '', row.instrument ?? ''])

/** Every assignment ended in exactly one state, and what is completed is what people remember to have filled in. */
export function assertAddsUp({ assignments, filled, study }: Lived, cases: number): void {
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
export function assertAsked({ assignments, stopped }: Lived, plots: Plotted[], expects: (plot: Plotted) => Expected[]): void {
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

export const many = (count: number): number[] => Array.from({ length: count }, (_, index) => index)
export const code = (prefix: string, index: number): string => `${prefix}-${String(index + 1).padStart(3, '0')}`
export const each = (role: string, wave: string, ...instruments: string[]): Expected[] =>
  instruments.map((instrument) => [role, 1, wave, instrument])
