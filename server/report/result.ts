/**
 * A computed report: what the pages, the PDF, the CSV files, `report.json` and the desk are all made of. Numbers are exact here;
 * whoever shows them rounds them (`output/numbers.ts`).
 */
import type { Localized } from '../../instruments/definition.ts'
import type { Refused, Sides, Interval as TestInterval, Warning as TestWarning } from './statistics/outcome.ts'

export interface ReportResult {
  study: { id: string; title: string; demonstration: boolean }
  /** `id@version` of the protocol whose report this is. */
  protocol: string
  title: Localized
  /** The moment of which it tells, UTC. */
  madeAt: string
  /** Of the study, in which moments are told; a report that was kept from before has none. */
  timeZone?: string
  options: ReportOptions
  /** `mistakes`: beside these, families that were registered and do not belong in the study; left out where there are none. */
  counts: { cases: number; participants: number; assignments: number; responses: number; mistakes?: number }
  /** `id@version` of all wording, norms and prices that are not the real ones. */
  standIns: string[]
  alpha: number
  sections: ReportSection[]
}

export interface ReportOptions {
  percentages: 'plain' | 'adds-to-100'
  /** Numbers that tell of fewer than this many are not shown; null shows all. */
  maskBelow: number | null
}

export interface ReportSection {
  id: string
  title: Localized
  tables: TableResult[]
  figures: FigureResult[]
}

export interface TableResult {
  /** As in `6.1`. */
  id: string
  title: Localized
  /** One row of heads, or two: the columns, and under them the statistics. The column of row titles is not in it. */
  head: HeadCell[][]
  /** As many as each row has cells. */
  columns: ColumnResult[]
  rows: RowResult[]
  /** Each definition of who is counted, once; a cell names its place in this list. */
  denominators: Localized[]
  notes: Localized[]
  tests: TestResult[]
  warnings: ReportWarning[]
  /** Of `standIns` of the report, those behind this table. */
  standIns: string[]
}

export interface HeadCell {
  text: Localized
  /** Over how many columns it stands. */
  span: number
}

/** A column by itself, for files that have one row of heads. */
export interface ColumnResult {
  title: Localized
  /** Null where the rows of the table have different ones. */
  statistic: StatisticName | null
}

export type RowResult =
  | { kind: 'heading'; title: Localized }
  /** `within`: the heading it belongs to, which a table that is read row by row needs. */
  | { kind: 'cells'; title: Localized; within: Localized | null; cells: CellResult[] }

/** Undefined values are null: of nobody there is no mean, of one person no sd. */
export type StatisticResult =
  /** How many valid values there are. */
  | { kind: 'n'; value: number | null }
  /** `percent` as the report rounds it, of the cell's `n`. `weight` is what counts where lists are weighted; else the same as `value`. */
  | { kind: 'count'; value: number | null; weight: number | null; percent: number | null }
  /** Missing answers: of no n that they could be a part of. */
  | { kind: 'missing'; value: number | null }
  | { kind: 'mean' | 'sd' | 'median' | 'sum'; value: number | null }
  /** Of the items of a scale, with its interval; of those who answered all of them, who are the `n` of the cell. */
  | { kind: 'alpha' | 'omega'; value: number | null; level: number; low: number | null; high: number | null }
  | { kind: 'mean-sd'; mean: number | null; sd: number | null }
  | { kind: 'range'; low: number | null; high: number | null }
  /** Of the mean. */
  | { kind: 'interval' | 'bootstrap-interval'; level: number; low: number | null; high: number | null }
export type StatisticName = StatisticResult['kind']

export type CellResult = StatisticResult & {
  /** How many values the number was made from. */
  n: number | null
  /** How many were asked: lists that were assigned, or cases. Null for records, of which nobody knows how many there should be. */
  asked: number | null
  /** Its place in the table's `denominators`. */
  denominator: number
  /** The cases behind it, each once, in the order of their codes. Empty where it is masked, and in everything that is written to files. */
  cases: CaseOfCell[]
  /** Not shown: because it tells of few, or because the others would give away one that does. Which of these is not said. */
  masked?: true
}

export interface CaseOfCell {
  id: string
  code: string
}

/** A test that the definition asks for, worked out or refused. */
export interface TestResult {
  kind: 't' | 'paired-t' | 'anova' | 'repeated-anova' | 'chi-square' | 'bootstrap-difference'
  /** What is compared, and between whom. */
  title: Localized
  between: Localized[]
  sides: Sides
  /** `not-in-rows`: with small numbers left out, a chi-square of counts that the report has no rows of. */
  outcome: TestOutcome | Refused | { refused: 'masked' | 'not-in-rows' }
}

export interface TestOutcome {
  /** `t`, `F` or `X2`; or a difference by itself, that has an interval and no p. */
  statistic: 't' | 'F' | 'X2' | 'difference'
  value: number
  /** One number, or two of an F; none of a difference. */
  df: number[]
  p: number | null
  /** Of a difference whether its interval leaves out 0. */
  significant: boolean
  /** Per group or wave, in the order of `between`. */
  n: number[]
  /** Difference of means, of a t test or by itself. */
  difference?: { value: number; interval: TestInterval | null }
  /** Of a chi-square of two groups with two categories: how many percentage points more chose the first, with Newcombe's interval. */
  share?: { category: Localized; value: number; interval: TestInterval }
  /** Cohen's d, or of a paired test that of the differences. */
  effect?: { name: 'd' | 'dz' | 'eta-squared' | 'partial-eta-squared' | 'cramers-v'; value: number; interval: TestInterval | null }
  /** People who were left out, since they lack one of the waves; null where so few are not shown. */
  dropped?: number | null
  warnings: TestWarning[]
}

/** Codes; `output/sentences.ts` has the words. */
export type ReportWarning =
  /** Several answers can be given: counts add up to more than n. */
  | { code: 'several-answers'; rows: Localized }
  /** Answers of several versions of a list, which do not mean the same, and only those of the latest are in it. */
  | { code: 'other-versions'; instrument: string; left: string[] }
  /** Some cells are not shown. */
  | { code: 'masked'; below: number }
  /** Nobody has a valid value yet. */
  | { code: 'no-data' }

export interface FigureResult {
  id: string
  title: Localized
  kind: 'lines' | 'bars' | 'trajectories' | 'transitions' | 'intervals' | 'agreement' | 'response'
  /** What is on the vertical axis, with its lowest and highest possible value where there are any. */
  measure: { title: Localized; range: [number | null, number | null] | null }
  waves: { id: string; title: Localized }[]
  /** Of bars and transitions, in their order. Of agreement the two sources, of response its days or weeks. */
  categories: { value: number | string; title: Localized }[]
  series: SeriesResult[]
  /** Of response. */
  step?: 'day' | 'week'
  denominators: Localized[]
  notes: Localized[]
  warnings: ReportWarning[]
  standIns: string[]
  /** The same numbers, to stand beneath it. */
  table: TableResult
}

export interface SeriesResult {
  title: Localized
  /** Of lines and intervals: a mean per wave with its interval. Null: not shown, or nobody. */
  points: { wave: string; n: number | null; value: number | null; low: number | null; high: number | null; masked?: true }[]
  /** Of bars: a count per wave and category. */
  bars: { wave: string; category: number | string; count: number | null; percent: number | null; masked?: true }[]
  /** Of trajectories: a line per person, in no order that says who. Empty where cells are masked. */
  lines: { case: CaseOfCell | null; values: (number | null)[] }[]
  /** Of transitions, per pair of waves that follow each other: how many went from which category to which. */
  flows: { from: string; to: string; before: number | string; after: number | string; count: number | null }[]
  /** Of agreement, of which each series is a wave: what both said of each case, in no order that says who. Empty where cells are masked. */
  pairs?: [first: number, second: number][]
  /** Mean of the differences, first - second, and between which 95% of them are expected. */
  limits?: { bias: number; low: number; high: number } | null
  /** Of response, per wave: by day or week, what per cent of those asked had come. */
  curves?: { wave: string; shares: (number | null)[] }[]
}
