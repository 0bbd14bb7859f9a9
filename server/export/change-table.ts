/** Values that staff changed after they came in: what each was before. The other tables have what counts now. */
import { isRecords } from '../../instruments/records.ts'
import type { Answer } from '../../instruments/schema.ts'
import type { ExportCase } from '../queries/export-rows.ts'
import type { ValueChange } from '../queries/value-changes.ts'
import type { AssignmentRow } from './assignment-columns.ts'
import { type Column, column, type Table } from './column.ts'
import type { ContextName } from './column-names.ts'
import { keyColumns } from './key-columns.ts'
import type { ExportPlan } from './plan.ts'

interface ChangeRow extends AssignmentRow {
  change: ValueChange
}

/** No table in a study in which no value was changed. */
export function changeTables(plan: ExportPlan): Table[] {
  if (!plan.hasChanges) return []
  const columns = [...keyColumns(plan), ...changeColumns]
  const rows = (whole: ExportCase) =>
    whole.assignments
      .toSorted(plan.inOrder)
      .flatMap((assignment) => (assignment.response?.changes ?? []).map((change): ChangeRow => ({ case: whole, assignment, change })))
      .map((row) => columns.map(({ cell }) => cell(row)))
  return [{ name: 'value_changes', about: 'one row per value that staff changed after it came in', columns, rows }]
}

const named = (name: ContextName, nl: string, en: string, type: Column<ChangeRow>['type'], cell: Column<ChangeRow>['cell']) =>
  column<ChangeRow>({ name, label: { nl, en }, type, cell })

const changeColumns: Column<ChangeRow>[] = [
  named('changed_item', 'Item, of zijn plaats in een onderdeel', 'Item, or its place in a record', 'text', ({ change }) => change.item),
  named('value_before', 'Waarde voor de verandering', 'Value before the change', 'text', ({ change }) => asText(change.before)),
  named('value_after', 'Waarde na de verandering', 'Value after the change', 'text', ({ change }) => asText(change.after)),
  named('changed_at', 'Veranderd op (UTC)', 'Changed at (UTC)', 'moment', ({ change }) => change.at),
  named('changed_by', 'Account van wie de waarde veranderde', 'Account of whoever changed the value', 'text', ({ change }) => change.by),
  named('change_reason', 'Reden van de verandering', 'Reason for the change', 'text', ({ change }) => change.reason),
]

/** Several codes with spaces between them; null where there was no answer. */
const asText = (answer: Answer | null): string | null =>
  answer === null ? null : isRecords(answer) ? JSON.stringify(answer) : Array.isArray(answer) ? answer.join(' ') : String(answer)
