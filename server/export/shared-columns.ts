/**
 * Columns of an instrument of which a study uses several versions. Versions in which the same value means the same share a
 * column; any other version gets a column of its own, whose name ends in the version with which it begins (`veo07__v2_0_0`).
 *
 * The versions are given in the order in which the study took them into use, so another one changes no name that there was.
 */
import { answerDifferences } from '../../instruments/compare-answers.ts'
import { scaleDifferences } from '../../instruments/compare-scales.ts'
import { formatReference } from '../../instruments/definition.ts'
import type { Instrument } from '../../instruments/schema.ts'
import { type Column, type ColumnType, column, type InVersion, type Origin, type Value } from './column.ts'
import { columnName, type Place, type Variable } from './column-names.ts'

/** What stays together: an item or a scale in one version, with all of its columns. */
export interface Unit<Source> extends InVersion {
  /** The same for what may share columns. */
  key: string
  columns: Column<Source>[]
}

/** A variable, and the columns that it is in each version that it covers. */
export interface SharedColumn<Source> {
  variable: Variable
  members: { instrument: Instrument; column: Column<Source> }[]
  /** Versions that have columns of their own for it. */
  apart: Apart[]
}

export interface Apart {
  /** `id@version` of each. */
  references: string[]
  /** Why their values do not mean the same. */
  reasons: string[]
}

/** The variables of all versions: by item or scale, with those of later versions beside those from which they differ. */
export function sharedColumns<Source>(versions: Unit<Source>[][]): SharedColumn<Source>[] {
  const byKey = Map.groupBy(versions.flat(), ({ key }) => key)
  return [...byKey.values()].flatMap((units) => {
    const groups = grouped(units)
    return groups.flatMap((group, index) => columnsOf(group, index === 0 ? undefined : group[0], apartFrom(group, groups)))
  })
}

type Group<Source> = [Unit<Source>, ...Unit<Source>[]]

/** Each unit joins the first group in which it differs from none. */
function grouped<Source>(units: Unit<Source>[]): Group<Source>[] {
  const groups: Group<Source>[] = []
  for (const unit of units) {
    const group = groups.find((members) => members.every((member) => differences(member, unit).length === 0))
    if (group) group.push(unit)
    else groups.push([unit])
  }
  return groups
}

function differences(earlier: InVersion, later: InVersion): string[] {
  if (earlier.item && later.item) return answerDifferences(earlier.instrument, earlier.item, later.instrument, later.item)
  if (earlier.scale && later.scale) return scaleDifferences(earlier.instrument, earlier.scale, later.instrument, later.scale)
  return []
}

/** What keeps each other group from this one; the later of two says how it differs. */
function apartFrom<Source>(group: Group<Source>, groups: Group<Source>[]): Apart[] {
  const place = groups.indexOf(group)
  return groups.flatMap((other, index) => {
    if (other === group) return []
    const [earlier, [later]] = index < place ? [other, group] : [group, other]
    const reasons = earlier.map((member) => differences(member, later)).find((found) => found.length > 0) ?? []
    return [{ references: other.map(({ instrument }) => formatReference(instrument)), reasons }]
  })
}

/** `first` is set for what is named after its version. */
function columnsOf<Source>(group: Group<Source>, first: Unit<Source> | undefined, apart: Apart[]): SharedColumn<Source>[] {
  const version = first?.instrument.version
  const byName = new Map<string, SharedColumn<Source>>()
  for (const { instrument, columns } of group)
    for (const one of columns) {
      const variable = one.origin?.variable as Variable
      const shared = byName.get(one.name) ?? { variable: version === undefined ? variable : { ...variable, version }, members: [], apart }
      shared.members.push({ instrument, column: one })
      byName.set(one.name, shared)
    }
  return [...byName.values()]
}

/**
 * The variable as one column: `versionOf` says by which version a row was answered, and a row of any other has an empty cell.
 * Label and values are those of the latest version. Nothing when it covers none of the `only` versions.
 */
export function asColumn<Source>(
  { variable, members, apart }: SharedColumn<Source>,
  versionOf: (source: Source) => string,
  { place, only }: { place?: Place; only?: ReadonlySet<string> } = {},
): Column<Source>[] {
  const covered = members.filter(({ instrument }) => only?.has(instrument.version) ?? true)
  const latest = covered.at(-1)
  if (!latest) return []
  const columns = covered.map(({ column }) => column)
  const cells = new Map(covered.map(({ instrument, column: { cell } }) => [instrument.version, cell]))
  return [
    column<Source>({
      ...latest.column,
      name: columnName(variable, place),
      type: commonType(columns.map(({ type }) => type)),
      values: allValues(columns.map(({ values }) => values)),
      range: widest(columns.map(({ range }) => range)),
      origin: { ...(latest.column.origin as Origin), variable, versions: columns.flatMap(({ origin }) => origin ?? []), apart },
      cell: (source) => cells.get(versionOf(source))?.(source) ?? null,
    }),
  ]
}

/** Of whole and other numbers together: other numbers. */
function commonType([first, ...rest]: ColumnType[]): ColumnType {
  if (first === undefined || rest.every((type) => type === first)) return first ?? 'text'
  return [first, ...rest].every((type) => type === 'integer' || type === 'decimal') ? 'decimal' : 'text'
}

/** Every value of any version, with its latest label. */
function allValues(lists: Value[][]): Value[] {
  const latest = lists.at(-1) ?? []
  const known = new Set(latest.map(({ value }) => value))
  const gone = lists.slice(0, -1).reverse().flat()
  return [...latest, ...gone.filter(({ value }) => !known.has(value) && known.add(value))]
}

type Range = Column<unknown>['range']

function widest(ranges: Range[]): Range {
  const known = ranges.flatMap((range) => (range ? [range] : []))
  if (known.length === 0) return undefined
  const bound = (index: 0 | 1, pick: (...numbers: number[]) => number): number | null => {
    const bounds = known.map((range) => range[index])
    return bounds.includes(null) ? null : pick(...(bounds as number[]))
  }
  return [bound(0, Math.min), bound(1, Math.max)]
}
