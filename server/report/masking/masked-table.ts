/** The tables of a report without their small numbers, and without what would give these away. */

import type { CellResult, RowResult, StatisticResult, TableResult, TestResult } from '../result.ts'
import type { BuiltTable } from '../table.ts'
import { type Amount, wholeOf } from './amounts.ts'
import { type Groups, sameGroups } from './case-sets.ts'
import { standIn } from './in-rows.ts'
import { linked } from './linked.ts'
import { hiddenAmounts } from './mask.ts'
import { roundedCell, roundedTest } from './rounded.ts'
import { tally } from './tally.ts'
import { amountsOfTest, isTested, type Tested } from './tested.ts'

/** All tables of one report, those beneath its figures too: what is hidden in one of them is hidden in each. */
export function maskedTables(built: readonly BuiltTable[], below: number, groups: Groups): TableResult[] {
  const all: Amount[] = []
  const each = built.map(({ table, amounts, tested }): Table => {
    // Places in the list of its own table become places in that of all.
    const start = all.length
    all.push(...amounts.map((amount) => moved(amount, start)))
    const ofTests = table.tests.map((test, at) => {
      const { n, dropped } = amountsOfTest(test, tested[at] as Tested)
      const means = (tested[at]?.spreads ?? []).map((spread) => ({ what: '', groups: [], ...tally(spread.values), cells: [], spread }))
      return { n: [...n, ...means].map((amount) => all.push(amount) - 1), dropped: dropped.map((amount) => all.push(amount) - 1) }
    })
    return { table, tested, ofCells: amounts, start, ofTests }
  })
  const hidden = hiddenAmounts(linked(all, groups), below)
  const subjects = distinct([...hidden].flatMap((index) => all[index]?.of ?? []))
  const areSame = sameGroups(groups)
  const inRows = all.filter(({ cells }) => cells.length > 0)
  const shown = all.filter(({ cells }, index) => cells.length > 0 && !hidden.has(index))
  return each.map((table) =>
    maskedTable(table, {
      hidden,
      below,
      isTold: (tested) => subjects.some((of) => isTested(of, tested, areSame)),
      standsIn: {
        rows: ({ counts = [] }) => standIn(inRows, counts),
        shown: ({ counts = [] }) => standIn(shown, counts),
      },
    }),
  )
}

const distinct = (subjects: readonly NonNullable<Amount['of']>[]): NonNullable<Amount['of']>[] => [
  ...new Map(subjects.map((one) => [JSON.stringify(one), one])).values(),
]

const moved = (amount: Amount, by: number): Amount => ({
  ...amount,
  ...(amount.partOf === undefined ? {} : { partOf: amount.partOf + by }),
  ...(amount.within === undefined ? {} : { within: amount.within + by }),
})

interface Table {
  table: TableResult
  tested: readonly Tested[]
  ofCells: readonly Amount[]
  /** The place of the first of its amounts among all. */
  start: number
  /** Places of the amounts of each test. */
  ofTests: { n: number[]; dropped: number[] }[]
}

/** What is hidden in the whole report. */
interface Masking {
  hidden: ReadonlySet<number>
  below: number
  /** Whether something that is hidden is of the people of a test. */
  isTold: (tested: Tested) => boolean
  /** Whether the counts of a chi-square stand in rows, shown or not, and in those that are shown. */
  standsIn: Record<'rows' | 'shown', (tested: Tested) => boolean>
}

function maskedTable({ table, tested, ofCells, start, ofTests }: Table, { hidden, below, isTold, standsIn }: Masking): TableResult {
  const isHidden = (place: number | undefined): boolean => place !== undefined && hidden.has(start + place)
  const cells = placesOf(ofCells.filter((_, place) => isHidden(place)))
  const isWholeHidden = (amount: Amount): boolean => {
    const whole = wholeOf(amount)
    return whole !== undefined && (isHidden(whole) || isWholeHidden(ofCells[whole] as Amount))
  }
  const withoutWhole = placesOf(ofCells.filter(isWholeHidden))
  const rows = table.rows.map((row, at): RowResult => {
    if (row.kind === 'heading') return row
    const shown = row.cells.map((cell, column) => {
      if (cells.has(`${at} ${column}`)) return maskedCell(cell)
      return withoutWhole.has(`${at} ${column}`) ? besideHidden(cell) : cell
    })
    // Asked less n would be who did not answer; less that of another table, who did not answer there.
    return { ...row, cells: shown.map((cell) => ({ ...roundedCell(cell), asked: null })) }
  })
  const tests = table.tests.map((test, at): TestResult => {
    const { n, dropped } = ofTests[at] as Table['ofTests'][number]
    const are = (places: number[]): boolean => places.some((place) => hidden.has(place))
    const own = tested[at] as Tested
    const isOfCounts = test.kind === 'chi-square'
    if (isOfCounts && !standsIn.rows(own)) return { ...test, outcome: { refused: 'not-in-rows' } }
    // Its n would say what a star leaves out; counts that are hidden could be found from a chi-square.
    if (isTold(own) || are(n) || (isOfCounts && (cells.size > 0 || !standsIn.shown(own))))
      return { ...test, outcome: { refused: 'masked' } }
    if ('refused' in test.outcome) return test
    return { ...test, outcome: { ...roundedTest(test.outcome), ...(are(dropped) ? { dropped: null } : {}) } }
  })
  const isAny = [...rows.flatMap((row) => (row.kind === 'cells' ? row.cells : [])), ...tests.map(({ outcome }) => outcome)].some(
    (one) =>
      ('masked' in one && one.masked) || ('refused' in one && one.refused === 'masked') || ('dropped' in one && one.dropped === null),
  )
  const isSaid = table.warnings.some(({ code }) => code === 'masked')
  return { ...table, rows, tests, warnings: isAny && !isSaid ? [...table.warnings, { code: 'masked', below }] : table.warnings }
}

const placesOf = (amounts: readonly Amount[]): Set<string> =>
  new Set(amounts.flatMap(({ cells }) => cells.map(([row, column]) => `${row} ${column}`)))

/** A number whose n is hidden does not say that n, nor per cent of it, from which n follows. */
const besideHidden = (cell: CellResult): CellResult => (cell.kind === 'count' ? { ...cell, percent: null, n: null } : { ...cell, n: null })

const maskedCell = (cell: CellResult): CellResult => ({
  ...emptied(cell),
  n: null,
  asked: null,
  denominator: cell.denominator,
  cases: [],
  masked: true,
})

/** The same kind of number, without any. */
function emptied(cell: StatisticResult): StatisticResult {
  switch (cell.kind) {
    case 'count':
      return { kind: 'count', value: null, weight: null, percent: null }
    case 'mean-sd':
      return { kind: 'mean-sd', mean: null, sd: null }
    case 'range':
      return { kind: 'range', low: null, high: null }
    case 'interval':
    case 'bootstrap-interval':
      return { kind: cell.kind, level: cell.level, low: null, high: null }
    case 'alpha':
    case 'omega':
      return { kind: cell.kind, value: null, level: cell.level, low: null, high: null }
    default:
      return { kind: cell.kind, value: null }
  }
}
