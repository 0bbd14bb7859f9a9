/** The shapes in which rows come out. Every table makes its rows from one case at a time. */
import type { ExportAssignment, ExportCase } from '../queries/export-rows.ts'
import {
  type AssignmentRow,
  assignmentColumns,
  caseColumns,
  comparisonColumns,
  ofAssignment,
  ofCase,
  reasonColumns,
  timingColumns,
} from './assignment-columns.ts'
import { changeTables } from './change-table.ts'
import { layoutNames } from './choices.ts'
import { type Column, column, type Origin, type Table } from './column.ts'
import { anchorName, assignmentFacts, columnName, type Variable } from './column-names.ts'
import { placeKey, placeOf } from './places.ts'
import { type ExportPlace, type ExportPlan, isOf } from './plan.ts'
import { recordTables } from './record-tables.ts'
import { scoreTable } from './score-table.ts'
import { asColumn } from './shared-columns.ts'
import { weightColumn, weightsFor } from './weights.ts'

/** `flow` is there in any layout: without it no share has a denominator. */
export const layouts = {
  long: longTables,
  wide: (plan: ExportPlan) => [wideTable(plan)],
  scores: (plan: ExportPlan) => [scoreTable(plan)],
  flow: (): Table[] => [],
}
export type Layout = keyof typeof layouts

/** Those that hold answers: beside them come the tables of repeated records and of changed values, the same in each. */
export const withAnswers: Layout[] = ['long', 'wide']

/** The tables of an export: what became of all assignments, those of each layout, then repeated records. */
export const tablesOf = (plan: ExportPlan, chosen: Layout[]): Table[] => [
  assignmentsTable(plan),
  ...layoutNames.filter((layout) => chosen.includes(layout)).flatMap((layout) => layouts[layout](plan)),
  ...(withAnswers.some((layout) => chosen.includes(layout)) ? [...recordTables(plan), ...changeTables(plan)] : []),
]

/** Every assignment with its fate, whether or not it was answered: the denominators. */
function assignmentsTable(plan: ExportPlan): Table {
  return rowsPerAssignment('assignments', 'one row per assignment of any instrument, answered or not', plan, [
    ...contextColumns(plan),
    ...[...timingColumns, ...reasonColumns(plan.protocol)].map(ofAssignment),
  ])
}

/** One file per instrument, since items differ: a row per assignment, with its answers and scores. */
function longTables(plan: ExportPlan): Table[] {
  return plan.instruments.map((planned) =>
    rowsPerAssignment(
      `long_${planned.name}`,
      `one row per case, wave and participant: ${planned.latest.title.en}`,
      plan,
      [
        ...contextColumns(plan),
        ...weightsFor(plan.weights, planned.id).map((use) => ofAssignment(weightColumn(use))),
        ...planned.variables.flatMap((variable) => asColumn(variable, versionOf)).map(ofAssignment),
      ],
      ({ assignment }) => isOf(planned, assignment),
    ),
  )
}

const versionOf = ({ instrumentVersion }: ExportAssignment): string => instrumentVersion

function rowsPerAssignment(
  name: string,
  about: string,
  plan: ExportPlan,
  columns: Column<AssignmentRow>[],
  wanted: (row: AssignmentRow) => boolean = () => true,
): Table {
  return {
    name,
    about,
    columns,
    rows: (whole) =>
      whole.assignments
        .toSorted(plan.inOrder)
        .map((assignment) => ({ case: whole, assignment }))
        .filter(wanted)
        .map((row) => columns.map(({ cell }) => cell(row))),
  }
}

/** One row per case; instrument and wave are part of the column's name. */
function wideTable(plan: ExportPlan): Table {
  const shared = [...caseColumns(plan.study, plan.protocol), ...comparisonColumns(plan.protocol), ...anchorColumns(plan)]
  const placed = plan.places.map((place) => ({ key: placeKey(place), columns: placedColumns(plan, place) }))
  return {
    name: 'wide',
    about: 'one row per case',
    columns: [...shared, ...placed.flatMap(({ columns }) => columns)],
    rows(whole) {
      const assignments = new Map(whole.assignments.map((assignment) => [placeKey(placeOf(assignment)), assignment]))
      return [
        [
          ...shared.map(({ cell }) => cell(whole)),
          ...placed.flatMap(({ key, columns }) => {
            const assignment = assignments.get(key)
            return columns.map(({ cell }) => (assignment ? cell(assignment) : null))
          }),
        ],
      ]
    },
  }
}

const contextColumns = ({ study, protocol }: ExportPlan): Column<AssignmentRow>[] => [
  ...[...caseColumns(study, protocol), ...comparisonColumns(protocol)].map(ofCase),
  ...assignmentColumns(protocol).map(ofAssignment),
]

function anchorColumns({ anchors, protocol }: ExportPlan): Column<ExportCase>[] {
  return anchors.map((anchor) =>
    column({
      name: anchorName(anchor),
      label: protocol.anchors[anchor]?.title ?? { nl: anchor, en: anchor },
      type: 'date',
      cell: (whole) => whole.anchors[anchor] ?? null,
    }),
  )
}

/** What became of the assignment, how much it counts, its answers and scores, named after the place. Only what the versions of the place ask. */
function placedColumns({ protocol, weights }: ExportPlan, at: ExportPlace): Column<ExportAssignment>[] {
  const { planned, wave, role, number: participantNumber, person, versions } = at
  const place = { instrument: planned.id, wave, person }
  const about = at.about === null ? undefined : `${at.about} ${at.aboutNumber}`
  const here = planned.versions.filter(({ version }) => versions.has(version)).map((instrument) => ({ instrument }))
  const originOf = (variable: Variable): Origin => ({ instrument: here.at(-1)?.instrument ?? planned.latest, variable, versions: here })
  const known = new Map(assignmentColumns(protocol).map((column) => [column.name, column]))
  const facts = assignmentFacts.flatMap((fact) => {
    const column = known.get(fact)
    if (!column || (fact === 'about_participant' && about === undefined)) return []
    return [{ ...column, name: columnName({ fact }, place), origin: originOf({ fact }) }]
  })
  const counted = weightsFor(weights, planned.id).map((use) => ({ ...weightColumn(use, place), origin: originOf({ weight: use.id }) }))
  const answers = planned.variables.flatMap((variable) => asColumn(variable, versionOf, { place, only: versions }))
  return [...facts, ...counted, ...answers].map((column) => ({
    ...column,
    origin: column.origin && { ...column.origin, wave, role, participantNumber, about },
  }))
}
