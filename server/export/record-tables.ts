/** Repeated records, each group in a table of its own: one row per record, with the keys that tie it to its assignment. */
import { itemsOf, type RecordsItem } from '../../instruments/items.ts'
import { inRecord, isRecords } from '../../instruments/records.ts'
import type { AnswerRecord } from '../../instruments/schema.ts'
import type { ExportCase } from '../queries/export-rows.ts'
import { type AssignmentRow, assignmentColumns, caseColumns } from './assignment-columns.ts'
import { type Column, column, type Table } from './column.ts'
import type { ContextName } from './column-names.ts'
import { questionColumns } from './item-columns.ts'
import { type ExportPlan, isOf, type PlannedInstrument } from './plan.ts'

interface RecordRow extends AssignmentRow {
  record: AnswerRecord
  /** From 0. */
  index: number
}

/** What tells one record from another; the rest of an assignment is in `assignments` and in the long file. */
const keys: ContextName[] = ['study', 'case_code', 'wave', 'role', 'participant', 'participant_number', 'instrument_version']

export const recordTables = (plan: ExportPlan): Table[] =>
  plan.instruments.flatMap((planned) =>
    itemsOf(planned.instrument).flatMap((item) => (item.kind === 'records' ? [recordTable(plan, planned, item)] : [])),
  )

function recordTable(plan: ExportPlan, planned: PlannedInstrument, item: RecordsItem): Table {
  const columns = [...keyColumns(plan), ...innerColumns(planned, item)]
  return {
    name: `records_${planned.name}_${item.name}`,
    about: `one row per record: ${item.question.title.en} (${planned.instrument.title.en})`,
    columns,
    rows: (whole) => rowsOf(whole, plan, planned, item).map((row) => columns.map(({ cell }) => cell(row))),
  }
}

function rowsOf(whole: ExportCase, plan: ExportPlan, planned: PlannedInstrument, { name }: RecordsItem): RecordRow[] {
  return whole.assignments
    .filter((assignment) => isOf(planned, assignment))
    .sort(plan.inOrder)
    .flatMap((assignment) => {
      const answer = assignment.response?.answers[name]
      return isRecords(answer) ? answer.map((record, index) => ({ case: whole, assignment, record, index })) : []
    })
}

function keyColumns({ study, protocol }: ExportPlan): Column<RecordRow>[] {
  const ofCase = caseColumns(study, protocol).map((column) => ({ ...column, cell: (row: RecordRow) => column.cell(row.case) }))
  const ofAssignment = assignmentColumns(protocol).map((column) => ({ ...column, cell: (row: RecordRow) => column.cell(row.assignment) }))
  return [
    ...[...ofCase, ...ofAssignment].filter(({ name }) => keys.includes(name)),
    column({
      name: 'record_number' satisfies ContextName,
      label: { nl: 'Volgnummer van het onderdeel, vanaf 1', en: 'Number of the record, from 1' },
      type: 'integer',
      cell: ({ index }) => index + 1,
    }),
  ]
}

const innerColumns = ({ instrument }: PlannedInstrument, { name, items }: RecordsItem): Column<RecordRow>[] =>
  items.flatMap((item) =>
    questionColumns<RecordRow>(instrument, item, ({ assignment, record, index }) => ({
      assignment,
      called: inRecord(name, index, item.name),
      answers: record,
    })),
  )
