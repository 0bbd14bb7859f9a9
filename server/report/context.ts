/** What every table of one report is made from. */
import type { ReportDefinition } from '../../protocols/report-schema.ts'
import type { ExportPlan, PlannedInstrument } from '../export/plan.ts'
import type { Observed } from './observe.ts'
import type { ReportCase } from './report-case.ts'
import type { ReportOptions } from './result.ts'
import type { ScaleItems } from './scale-items.ts'

export interface ReportContext {
  plan: Pick<ExportPlan, 'study' | 'protocol' | 'instruments' | 'prices'>
  definition: ReportDefinition
  options: ReportOptions
  /** In the order of their codes. */
  cases: ReportCase[]
  /** What was observed before, by what was asked for: rows of a block look at the same values. */
  known: Map<string, Observed>
  /** The same of items behind scales. */
  knownItems: Map<string, ScaleItems>
}

/** Lists of these ids, without those that nothing is known of. */
export const instrumentsOf = ({ plan }: Pick<ReportContext, 'plan'>, ids: readonly string[] = []): PlannedInstrument[] =>
  ids.flatMap((id) => plan.instruments.find((planned) => planned.id === id) ?? [])
