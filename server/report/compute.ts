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

export interface ReportFacts {
  plan: ExportPlan
  /** `id@version` of the protocol whose report it is. */
  protocol: string
  definition: ReportDefinition
  cases: ReportCase[]
  counts: ReportResult['counts']
  options: ReportOptions
  now: string
}

export function computeReport({ plan, protocol, definition, cases, counts, options, now }: ReportFacts): ReportResult {
  const context: ReportContext = { plan, definition, options, cases, known: new Map() }
  return {
    study: { id: plan.study.id, title: plan.study.title, demonstration: plan.study.demonstration },
    protocol,
    title: plan.protocol.title,
    madeAt: now,
    options,
    counts,
    standIns: standInsIn(plan),
    alpha: definition.alpha,
    sections: definition.sections.map(({ id, title, tables, figures }) => ({
      id,
      title,
      tables: tables.map((table) => tableOf(context, table)),
      figures: figures.map((figure) => figureOf(context, figure)),
    })),
  }
}

type Section = ReportDefinition['sections'][number]

function tableOf(context: ReportContext, definition: Section['tables'][number]): TableResult {
  const built = buildTable(context, definition)
  return maskFor(context, built)
}

function figureOf(context: ReportContext, definition: Section['figures'][number]): FigureResult {
  const { figure, amounts } = buildFigure(context, definition)
  const table = maskFor(context, { table: figure.table, amounts, tested: [] })
  return drawn({ ...figure, table, warnings: table.warnings }, context.options.maskBelow !== null)
}

const maskFor = ({ options, definition }: ReportContext, built: Parameters<typeof maskedTable>[0]): TableResult =>
  options.maskBelow === null ? built.table : maskedTable(built, options.maskBelow, togetherIn(definition))

const togetherIn = ({ groups }: ReportDefinition): Record<string, string[]> =>
  Object.fromEntries(Object.entries(groups).flatMap(([name, { together }]) => (together ? [[name, together]] : [])))
