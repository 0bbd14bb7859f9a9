/** The tables of an export as they are shared: without the columns that could tell who a family is. */
import type { Localized } from '../../../instruments/definition.ts'
import { isFreeText } from '../../../instruments/identifying.ts'
import { type QuestionItem, questionsIn } from '../../../instruments/items.ts'
import type { ExportCase } from '../../queries/export-rows.ts'
import type { Cell, ColumnHead, Table } from '../column.ts'
import { type Ages, ageHead } from './age.ts'
import type { Fates } from './fates.ts'
import type { Identifiers } from './identifiers.ts'
import type { ToldScores } from './told-scores.ts'

/** Instead of the month in which the index child was born. */
export const ageColumn = 'index_child_age'

/** By these a family could be recognised, in whichever table they stand. With ages in bands the name of the fourth ends in `_band`. */
export const quasiIdentifiers = ['arm', 'cohort', 'region', ageColumn, 'number_of_children', 'sex', 'response_language']

/** Accounts of staff, and what goes by the calendar: a translation is of the days between two readings of it. */
const left = new Set(['entered_by', 'target_date', 'opens_at', 'closes_at', 'ended_at', 'response_translation'])

interface How {
  ages: Ages
  identifiers: Identifiers
  told: ToldScores
  fates: Fates
  /** Whether fewer families than a few are like this one. */
  isSmall(whole: ExportCase): boolean
  /** Names of the columns that were left out, by table, are added to it. */
  leftOut: Map<string, string[]>
}

export function sharedTable(table: Table, how: How): Table {
  const { isSmall, leftOut, told, identifiers } = how
  const isLeftOut = (head: ColumnHead): boolean =>
    left.has(nameOf(head)) || isOf(head, (item) => isFreeText(item) || identifiers.isLeftOut(item)) || told.isAllOf(head)
  const kept = table.columns.flatMap((head, index) => (isLeftOut(head) ? [] : [{ head, index }]))
  leftOut.set(
    table.name,
    table.columns.filter((head) => !kept.some((one) => one.head === head)).map(({ name }) => name),
  )
  const columns = kept.map(({ head, index }) => ({ ...asShared(head, how), index }))
  const place = columns.findIndex(({ head }) => head.name === 'case_code') + 1
  return {
    ...table,
    columns: columns.map(({ head }) => head).toSpliced(place, 0, smallCell),
    rows(whole) {
      const flag = isSmall(whole) ? 1 : 0
      return table.rows(whole).map((row) => columns.map(({ index, cell }) => cell(row[index] ?? null)).toSpliced(place, 0, flag))
    },
  }
}

const smallCell: ColumnHead = {
  name: 'small_cell',
  label: {
    nl: 'Minder dan 5 gezinnen zijn als dit (arm, cohort, regio, leeftijd en aantal kinderen, geslachten, talen, en wat lijsten vragen waaraan zij te herkennen zijn)',
    en: 'Fewer than 5 families are like this one (arm, cohort, region, age and number of children, sexes, languages, and what lists ask by which they could be recognised)',
  },
  type: 'integer',
  values: [
    { value: 0, label: { nl: 'nee', en: 'no' } },
    { value: 1, label: { nl: 'ja', en: 'yes' } },
  ],
  missing: [],
}

/** Of a column that holds answers to a question: whether that is so of the question. */
function isOf({ origin }: ColumnHead, is: (item: QuestionItem) => boolean): boolean {
  const item = origin?.item
  return item?.kind === 'question' && questionsIn([item]).some(is)
}

const ageOfIndexChild: Localized = {
  nl: 'Leeftijd van het indexkind bij de eerste datum van de casus',
  en: 'Age of the index child at the first date of the case',
}

interface SharedColumn {
  head: ColumnHead
  cell(cell: Cell): Cell
}

function asShared(head: ColumnHead, how: How): SharedColumn {
  const { head: shared, cell } = changed(head, how)
  const item = head.origin?.item
  const isQuasi =
    nameOf(head) === 'child_birth_month' || quasiIdentifiers.includes(nameOf(head)) || (item && how.identifiers.isIdentifying(item))
  return { head: isQuasi ? { ...shared, quasiIdentifier: true } : shared, cell }
}

function changed(head: ColumnHead, { ages, identifiers, fates }: How): SharedColumn {
  const same = (cell: Cell): Cell => cell
  if (head.name === 'child_birth_month') {
    const cell = (cell: Cell): Cell => (cell === null || cell === '' ? null : ages === 'bands' ? cell : Number(cell))
    return { head: { ...ageHead(ageColumn, ageOfIndexChild, ages), missing: [] }, cell }
  }
  const { item } = head.origin ?? {}
  if (item?.kind === 'question' && identifiers.isOfBirth(item))
    return { head: { ...head, ...ageHead(ageName(head.name), ageLabel(head.label), ages), range: undefined }, cell: same }
  if (isState(head)) return { head: { ...head, values: fates.values(head.values) }, cell: (cell) => fates.cell(cell) }
  return { head: head.type === 'moment' ? { ...head, type: 'date', label: withoutUtc(head.label) } : head, cell: same }
}

/** Short enough for `_band` after it. */
const ageName = (name: string): string => `${name.slice(0, 53)}__age`

const ageLabel = ({ nl, en }: Localized): Localized => ({
  nl: `${nl} (leeftijd bij de eerste datum van de casus)`,
  en: `${en} (age at the first date of the case)`,
})

/** Of a column that is of a list or a case: its name, in a wide file without that of its place. Of any other ''. */
const nameOf = ({ name, origin }: ColumnHead): string => (!origin ? name : 'fact' in origin.variable ? origin.variable.fact : '')

/** What became of an assignment. */
const isState = (head: ColumnHead): boolean => nameOf(head) === 'state'

const withoutUtc = ({ nl, en }: Localized): Localized => ({ nl: nl.replace(' (UTC)', ''), en: en.replace(' (UTC)', '') })
