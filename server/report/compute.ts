/** The whole report, from what is known of each case. Pure. */
import type { ReportDefinition } from '../../protocols/report-schema.ts'
import type { ExportPlan } from '../export/plan.ts'
import { standInsIn } from '../export/stand-ins.ts'
import type { ReportContext } from './context.ts'
import { buildFigure, drawn } from './figure.ts'
import { maskedTable } from './masked-table.ts'
import type { ReportCase } from './report-case.ts'
import type { FigureResult, ReportOptions, ReportResult, TableResult } from './result.ts'
import { buildTable } from './table.ts'
import { figureWithout, tableWithout } from './without-cases.ts'

export interface ReportFacts {
  plan: ExportPlan
  /** `id@version` of the protocol whose report it is. */
  protocol: string
  definition: ReportDefinition
  cases: ReportCase[]
  counts: ReportResult['counts']
  options: ReportOptions
  now: string
  /** Is told of each table while the cases behind its numbers are known; in the report they are not. */
  behind?: ((table: TableResult) => void) | undefined
}

export function computeReport({ plan, protocol, definition, cases, counts, options, now, behind }: ReportFacts): ReportResult {
  const context: ReportContext = { plan, definition, options, cases, known: new Map(), knownItems: new Map() }
  return {
    study: { id: plan.study.id, title: plan.study.title, demonstration: plan.study.demonstration },
    protocol,
    title: plan.protocol.title,
    madeAt: now,
    timeZone: plan.protocol.timeZone,
    options,
    counts,
    standIns: standInsIn(plan),
    alpha: definition.alpha,
    sections: definition.sections.map(({ id, title, tables, figures }) => ({
      id,
      title,
      tables: tables.map((table) => {
        const made = tableOf(context, table)
        behind?.(made)
        return tableWithout(made)
      }),
      figures: figures.map((figure) => {
        const made = figureOf(context, figure)
        behind?.(made.table)
        return figureWithout(made)
      }),
    })),
  }
}

type Section = ReportDefinition['sections'][number]

function tableOf(context: ReportContext, definition: Section['tables'][number]): TableResult {
  forget(context)
  const built = buildTable(context, definition)
  return maskFor(context, built)
}

function figureOf(context: ReportContext, definition: Section['figures'][number]): FigureResult {
  forget(context)
  const { figure, amounts } = buildFigure(context, definition)
  const table = maskFor(context, { table: figure.table, amounts, tested: [] })
  return drawn({ ...figure, table, warnings: table.warnings }, context.options.maskBelow !== null)
}

/** What one table looked at is seldom what the next one does, and it is much. */
function forget({ known, knownItems }: ReportContext): void {
  known.clear()
  knownItems.clear()
}

const maskFor = ({ options, definition }: ReportContext, built: Parameters<typeof maskedTable>[0]): TableResult =>
  options.maskBelow === null ? built.table : maskedTable(built, options.maskBelow, togetherIn(definition))

const togetherIn = ({ groups }: ReportDefinition): Record<string, string[]> =>
  Object.fromEntries(Object.entries(groups).flatMap(([name, { together }]) => (together ? [[name, together]] : [])))
