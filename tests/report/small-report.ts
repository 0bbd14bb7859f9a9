/** A report with figures of each kind, without a study behind it. */
import type { FigureResult, ReportResult, SeriesResult, TableResult } from '../../server/report/result.ts'

const both = (text: string) => ({ nl: text, en: text })
export const series = (title: string, own: Partial<SeriesResult>): SeriesResult => ({
  title: both(title),
  points: [],
  bars: [],
  lines: [],
  flows: [],
  ...own,
})

const table = (title: string): TableResult => ({
  id: '1.1',
  title: both(title),
  head: [[{ text: both(title), span: 1 }]],
  columns: [{ title: both(title), statistic: null }],
  rows: [
    { kind: 'heading', title: both(title) },
    {
      kind: 'cells',
      title: both(title),
      within: both(title),
      cells: [{ kind: 'n', value: 12, n: 12, asked: 20, denominator: 0, cases: [] }],
    },
  ],
  denominators: [both(title)],
  notes: [both(title)],
  tests: [],
  warnings: [],
  standIns: [],
})

const waves = ['T0', 'FU3'].map((id) => ({ id, title: both(id) }))
const categories = ['none', 'moderate', 'serious'].map((value) => ({ value, title: both(`band ${value}`) }))
const point = (wave: string, value: number | null) => ({ wave, n: 12, value, low: value && value - 1, high: value && value + 1 })

export type Own = Pick<FigureResult, 'kind' | 'series'>
export const lines: Own = {
  kind: 'lines',
  series: [
    series('with', { points: [point('T0', 5), point('FU3', 3)] }),
    series('without', { points: [point('T0', 6), point('FU3', null)] }),
  ],
}
export const bars: Own = {
  kind: 'bars',
  series: [
    series('all', {
      bars: waves.flatMap(({ id }) =>
        categories.map(({ value }, place) => ({ wave: id, category: value, count: place + 2, percent: null })),
      ),
    }),
  ],
}
export const trajectories: Own = {
  kind: 'trajectories',
  series: [
    series('all', {
      points: [point('T0', 5), point('FU3', 3)],
      lines: [
        { case: null, values: [4, 2] },
        { case: null, values: [null, 2] },
      ],
    }),
  ],
}
export const transitions: Own = {
  kind: 'transitions',
  series: [series('all', { flows: [{ from: 'T0', to: 'FU3', before: 'none', after: 'serious', count: 7 }] })],
}

export const intervals: Own = {
  kind: 'intervals',
  series: [
    series('with', { points: [point('T0', 5), point('FU3', 3)] }),
    series('without', { points: [point('T0', 6), point('FU3', null)] }),
  ],
}
export const agreement: Own = {
  kind: 'agreement',
  series: [
    series('FU3', {
      pairs: [
        [4, 5],
        [6, 6],
        [2, 5],
      ],
      limits: { bias: -1.3, low: -4.3, high: 1.7 },
    }),
  ],
}

export const response: Own = {
  kind: 'response',
  series: [
    series('all', {
      curves: [
        { wave: 'T0', shares: [10, 40.5, null] },
        { wave: 'FU3', shares: [0, 0, 25] },
      ],
    }),
  ],
}

export const figureOf = (title: string, own: Own): FigureResult => ({
  id: `figure-${own.kind}`,
  title: both(title),
  measure: { title: both(title), range: null },
  waves,
  categories,
  denominators: [],
  notes: [],
  warnings: [],
  standIns: [],
  table: table(title),
  ...own,
})

export const reportOf = (title: string, figures: Own[]): ReportResult => ({
  study: { id: 's1', title: `Onderzoek ${title}`, demonstration: false },
  protocol: 'invented@1.0.0',
  title: both(title),
  madeAt: '2026-11-22T12:00:00Z',
  options: { percentages: 'plain', maskBelow: null },
  counts: { cases: 1, participants: 1, assignments: 1, responses: 1 },
  standIns: ['veo@0.1.0-standin'],
  alpha: 0.05,
  sections: [{ id: 'one', title: both(title), tables: [table(title)], figures: figures.map((own) => figureOf(title, own)) }],
})
