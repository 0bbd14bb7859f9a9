/** The whole report, from what is known of each case. Pure. */
import type { ReportDefinition } from '../../protocols/report-schema.ts'
import type { ExportPlan } from '../export/plan.ts'
import { standInsIn } from '../export/stand-ins.ts'
import type { ReportContext } from './context.ts'
import { type BuiltFigure, buildFigure, drawn } from './figures/figure.ts'
import { isIn } from './lists-at.ts'
import { maskedTables } from './masking/masked-table.ts'
import type { ReportCase } from './report-case.ts'
import type { ReportOptions, ReportResult, ReportSection, TableResult } from './result.ts'
import { type BuiltTable, buildTable } from './table.ts'
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
  /** Is told of each table while the cases behind its numbers are known; in the report they are not. Not where small numbers are left out. */
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
    sections: options.maskBelow === null ? sectionsOf(context, behind) : maskedSections(context, options.maskBelow),
  }
}

const sectionsOf = (context: ReportContext, behind: ReportFacts['behind']): ReportSection[] =>
  context.definition.sections.map(({ id, title, tables, figures }) => ({
    id,
    title,
    tables: tables.map((definition) => {
      const { table } = tableOf(context, definition)
      behind?.(table)
      return tableWithout(table)
    }),
    figures: figures.map((definition) => {
      const { figure } = figureOf(context, definition)
      behind?.(figure.table)
      return figureWithout(drawn(figure, false))
    }),
  }))

/** With small numbers left out, of all tables at once. Nobody is behind a number: who is in a total less who is in its parts would be the few. */
function maskedSections(context: ReportContext, below: number): ReportSection[] {
  const made = context.definition.sections.map(({ id, title, tables, figures }) => ({
    id,
    title,
    tables: tables.map((definition) => {
      const built = tableOf(context, definition)
      return { ...built, table: tableWithout(built.table) }
    }),
    figures: figures.map((definition) => {
      const { figure, amounts } = figureOf(context, definition)
      return { figure, built: { table: tableWithout(figure.table), amounts, tested: [] } }
    }),
  }))
  const all = made.flatMap(({ tables, figures }) => [...tables, ...figures.map(({ built }) => built)])
  const { cases, definition: report } = context
  const masked = maskedTables(all, below, {
    together: togetherIn(report),
    members: (groups) => new Set(cases.filter((one) => isIn(one, { groups: [...groups] }))),
  })
  const shown = (built: BuiltTable): TableResult => masked[all.indexOf(built)] as TableResult
  return made.map(({ tables, figures, ...section }) => ({
    ...section,
    tables: tables.map(shown),
    figures: figures.map(({ figure, built }) => {
      const table = shown(built)
      return figureWithout(drawn({ ...figure, table, warnings: table.warnings }, true))
    }),
  }))
}

type Section = ReportDefinition['sections'][number]

function tableOf(context: ReportContext, definition: Section['tables'][number]): BuiltTable {
  forget(context)
  return buildTable(context, definition)
}

function figureOf(context: ReportContext, definition: Section['figures'][number]): BuiltFigure {
  forget(context)
  return buildFigure(context, definition)
}

/** What one table looked at is seldom what the next one does, and it is much. */
function forget({ known, knownItems }: ReportContext): void {
  known.clear()
  knownItems.clear()
}

const togetherIn = ({ groups }: ReportDefinition): Record<string, string[]> =>
  Object.fromEntries(Object.entries(groups).flatMap(([name, { together }]) => (together ? [[name, together]] : [])))
