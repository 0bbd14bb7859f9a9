/** Every score in a row of its own: a case, wave, participant and scale, with the norm and the versions that made it. */
import type { Instrument } from '../../instruments/schema.ts'
import type { ExportCase } from '../queries/export-rows.ts'
import type { Score } from '../queries/responses.ts'
import { type AssignmentRow, assignmentColumns, caseColumns, comparisonColumns, ofAssignment, ofCase } from './assignment-columns.ts'
import { type Column, column, type Table, type Value } from './column.ts'
import { type ContextName, scaleName } from './column-names.ts'
import { joined } from './item-columns.ts'
import { type ExportPlan, isOf, type PlannedInstrument } from './plan.ts'
import { scoreParts } from './scale-columns.ts'

interface ScoreRow extends AssignmentRow {
  scale: PlannedScale
  score: Score
}

/** A scale as it is named in a wide file, in the versions of its instrument in which a score means the same. */
interface PlannedScale {
  id: string
  value: Value
  versions: ReadonlySet<string>
}

/** What bears on the list and not on its scores stands in `assignments`. */
const left: ContextName[] = ['participant_state', 'state', 'response_language', 'response_translation']

export function scoreTable(plan: ExportPlan): Table {
  const scales = plan.instruments.map((planned) => ({ planned, scales: scalesOf(planned) }))
  const columns = [...contextColumns(plan), ...scoreColumns(plan, scales)]
  return {
    name: 'scores',
    about: 'one row per case, wave, participant and scale: its score, by which norm and versions',
    columns,
    rows: (whole) => rowsOf(whole, plan, scales).map((row) => columns.map(({ cell }) => cell(row))),
  }
}

interface InstrumentScales {
  planned: PlannedInstrument
  scales: PlannedScale[]
}

function rowsOf(whole: ExportCase, plan: ExportPlan, all: InstrumentScales[]): ScoreRow[] {
  return whole.assignments.toSorted(plan.inOrder).flatMap((assignment) => {
    const { scales } = all.find(({ planned }) => isOf(planned, assignment)) as InstrumentScales
    return scales.flatMap((scale) => {
      const score = scale.versions.has(assignment.instrumentVersion) ? assignment.response?.scores.get(scale.id) : undefined
      return score ? [{ case: whole, assignment, scale, score }] : []
    })
  })
}

/** One for each raw score that the instrument has a variable for. */
const scalesOf = ({ variables, latest }: PlannedInstrument): PlannedScale[] =>
  variables.flatMap(({ variable, members }) => {
    if (!('scale' in variable) || variable.part !== 'raw') return []
    const title = members.at(-1)?.column.origin?.scale?.title ?? { nl: variable.scale, en: variable.scale }
    return [
      {
        id: variable.scale,
        value: { value: scaleName(latest.id, variable.scale, variable.version), label: joined(title, latest.title) },
        versions: new Set(members.map(({ instrument }: { instrument: Instrument }) => instrument.version)),
      },
    ]
  })

function contextColumns({ study, protocol }: ExportPlan): Column<ScoreRow>[] {
  const about = assignmentColumns(protocol).filter(({ name }) => !left.includes(name))
  return [...[...caseColumns(study, protocol), ...comparisonColumns(protocol)].map(ofCase), ...about.map(ofAssignment)]
}

function scoreColumns({ instruments, prices }: ExportPlan, all: InstrumentScales[]): Column<ScoreRow>[] {
  const norms = instruments.flatMap((planned) => planned.norms)
  const partsHere = scoreParts.filter(({ needsPrices }) => !needsPrices || prices.length > 0)
  return [
    column<ScoreRow>({
      name: 'scale',
      label: { nl: 'Schaal', en: 'Scale' },
      type: 'code',
      cell: ({ scale }) => scale.value.value,
      values: all.flatMap(({ scales }) => scales.map(({ value }) => value)),
    }),
    ...partsHere.map(({ part, label, type, cell, valuesFrom }) =>
      column<ScoreRow>({ name: part, label, type, cell: ({ score }) => cell(score), values: valuesFrom?.(norms) ?? [] }),
    ),
    column<ScoreRow>({
      name: 'norm_status',
      label: { nl: 'Of de norm de echte is', en: 'Whether the norm is the real one' },
      type: 'code',
      cell: ({ score }) => score.normStatus,
      values: [
        { value: 'published', label: { nl: 'gepubliceerd', en: 'published' } },
        { value: 'stand-in', label: { nl: 'bedacht', en: 'invented' } },
      ],
    }),
  ]
}
