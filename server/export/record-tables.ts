/** Repeated records, each group in a table of its own: one row per record, with the keys that tie it to its assignment. */
import { itemsOf, type RecordsItem } from '../../instruments/items.ts'
import { inRecord, isRecords } from '../../instruments/records.ts'
import type { AnswerRecord, Instrument } from '../../instruments/schema.ts'
import type { ExportCase } from '../queries/export-rows.ts'
import type { AssignmentRow } from './assignment-columns.ts'
import { type Column, column, type Table } from './column.ts'
import type { ContextName } from './column-names.ts'
import { questionUnit } from './item-columns.ts'
import { keyColumns } from './key-columns.ts'
import { type ExportPlan, isOf, type PlannedInstrument } from './plan.ts'
import { asColumn, sharedColumns } from './shared-columns.ts'

interface RecordRow extends AssignmentRow {
  record: AnswerRecord
  /** From 0. */
  index: number
}

export const recordTables = (plan: ExportPlan): Table[] =>
  plan.instruments.flatMap((planned) => groupsOf(planned).map((group) => recordTable(plan, planned, group)))

/** A repeated group, in each version that has it. */
interface RecordGroup {
  name: string
  versions: { instrument: Instrument; item: RecordsItem }[]
}

function groupsOf({ versions }: PlannedInstrument): RecordGroup[] {
  const all = versions.flatMap((instrument) =>
    itemsOf(instrument).flatMap((item) => (item.kind === 'records' ? [{ instrument, item }] : [])),
  )
  return [...Map.groupBy(all, ({ item }) => item.name)].map(([name, versions]) => ({ name, versions }))
}

function recordTable(plan: ExportPlan, planned: PlannedInstrument, { name, versions }: RecordGroup): Table {
  // The instrument is in the name of the table.
  const keys = keyColumns(plan).filter(({ name }) => name !== 'instrument')
  const columns = [...keys, recordNumber, ...innerColumns(versions)]
  const title = versions.at(-1)?.item.question.title.en
  return {
    name: `records_${planned.name}_${name}`,
    about: `one row per record: ${title} (${planned.latest.title.en})`,
    columns,
    rows: (whole) => rowsOf(whole, plan, planned, name).map((row) => columns.map(({ cell }) => cell(row))),
  }
}

function rowsOf(whole: ExportCase, plan: ExportPlan, planned: PlannedInstrument, name: string): RecordRow[] {
  return whole.assignments
    .filter((assignment) => isOf(planned, assignment))
    .sort(plan.inOrder)
    .flatMap((assignment) => {
      const answer = assignment.response?.answers[name]
      return isRecords(answer) ? answer.map((record, index) => ({ case: whole, assignment, record, index })) : []
    })
}

const recordNumber: Column<RecordRow> = column({
  name: 'record_number' satisfies ContextName,
  label: { nl: 'Volgnummer van het onderdeel, vanaf 1', en: 'Number of the record, from 1' },
  type: 'integer',
  cell: ({ index }) => index + 1,
})

function innerColumns(versions: RecordGroup['versions']): Column<RecordRow>[] {
  const units = versions.map(({ instrument, item: { name, items } }) =>
    items.map((item) =>
      questionUnit<RecordRow>(instrument, item, ({ assignment, record, index }) => ({
        assignment,
        called: inRecord(name, index, item.name),
        answers: record,
      })),
    ),
  )
  return sharedColumns(units).flatMap((variable) => asColumn(variable, ({ assignment }) => assignment.instrumentVersion))
}
