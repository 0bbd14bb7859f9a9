/** In a table of what is in answers: the columns that tell whose they are. The rest of an assignment is in `assignments`. */
import { type AssignmentRow, assignmentColumns, caseColumns, ofAssignment, ofCase } from './assignment-columns.ts'
import type { Column } from './column.ts'
import type { ContextName } from './column-names.ts'
import type { ExportPlan } from './plan.ts'

const keys: ContextName[] = [
  'study',
  'case_code',
  'wave',
  'role',
  'participant',
  'participant_number',
  'about_role',
  'about_participant',
  'about_number',
  'instrument',
  'instrument_version',
]

export const keyColumns = ({ study, protocol }: ExportPlan): Column<AssignmentRow>[] =>
  [...caseColumns(study, protocol).map(ofCase), ...assignmentColumns(protocol).map(ofAssignment)].filter(({ name }) =>
    (keys as string[]).includes(name),
  )
