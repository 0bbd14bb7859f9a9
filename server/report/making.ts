/** A table that is being made: its rows so far, and how a cell is added to it. */
import type { Localized } from '../../instruments/definition.ts'
import type { Place } from '../../protocols/report-places.ts'
import type { Measure, ReportTable } from '../../protocols/report-schema.ts'
import type { ReportContext } from './context.ts'
import type { Amount } from './masking/amounts.ts'
import { type Observed, observe } from './observe.ts'
import type { CaseOfCell, CellResult, ReportWarning, RowResult, StatisticResult } from './result.ts'
import { denominatorOf } from './titles.ts'

/** What is under way while the rows of a table are made. */
export interface Making {
  context: ReportContext
  definition: ReportTable
  rows: RowResult[]
  amounts: Amount[]
  denominators: Localized[]
  warnings: ReportWarning[]
  left: Set<string>
  /** Whether any of its numbers has a value. */
  hasValues: boolean
}

/** What is counted, whichever groups and in whichever table it is of. `part`: which of it, such as a category. */
export const whatOf = (measure: Measure, { groups: _, ...place }: Place, unit: ReportTable['unit'], part: unknown): string =>
  JSON.stringify([measure, place, unit, part])

export interface Seen {
  observed: Observed
  /** Place in the denominators. */
  denominator: number
}

export function seenAt(making: Making, measure: Measure, place: Place, unknown?: readonly number[]): Seen {
  const { context, definition, denominators } = making
  const observed = observe(context, { measure, place, unit: definition.unit, unknown })
  for (const version of observed.left) making.left.add(version)
  making.hasValues ||= observed.values.length > 0
  const text = denominatorOf(context, definition, measure, place)
  const known = denominators.findIndex(({ en, nl }) => en === text.en && nl === text.nl)
  if (known === -1) denominators.push(text)
  return { observed, denominator: known === -1 ? denominators.length - 1 : known }
}

/** A cell with the cases behind it. `behind` are those that the number tells of; its n is that of all valid values. */
export const cell = (statistic: StatisticResult, { observed, denominator }: Seen, behind: readonly { of: CaseOfCell }[]): CellResult => ({
  ...statistic,
  n: observed.values.length,
  asked: observed.asked,
  denominator,
  cases: casesOf(behind),
})

/** Numbers of the same people have the same list. */
function casesOf(behind: readonly { of: CaseOfCell }[]): CaseOfCell[] {
  const made = listed.get(behind) ?? [...new Set(behind.map(({ of }) => alone(of)))]
  listed.set(behind, made)
  return made
}
const listed = new WeakMap<readonly { of: CaseOfCell }[], CaseOfCell[]>()

/** A case without what else is known of it, once: it is behind many numbers. */
function alone(of: CaseOfCell): CaseOfCell {
  const made = known.get(of) ?? { id: of.id, code: of.code }
  known.set(of, made)
  return made
}
const known = new WeakMap<CaseOfCell, CaseOfCell>()
