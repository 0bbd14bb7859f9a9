/** The items behind a scale, one by one: how far they measure the same, and by that which change is more than chance. */
import type { AnswerScale, Scale } from '../../instruments/schema.ts'
import { isOfAnswers, scoreScale } from '../../instruments/score.ts'
import type { Place } from '../../protocols/report-places.ts'
import type { Measure, ReportTable } from '../../protocols/report-schema.ts'
import { comparableVersions } from './comparable.ts'
import { instrumentsOf, type ReportContext } from './context.ts'
import { isIn } from './observe.ts'
import type { ReportList } from './report-case.ts'
import type { StatisticResult } from './result.ts'
import { bootstrapSeed, level } from './statistic-of.ts'
import { isRefused } from './statistics/outcome.ts'
import { cronbachsAlpha, type ItemRows, mcdonaldsOmega } from './statistics/reliability.ts'

export interface OfScale {
  measure: Measure
  place: Place
  unit: ReportTable['unit']
}

/** Null where it cannot be worked out: of fewer than two who answered all items, or of items that everybody answered alike. */
export function reliabilityOf(
  context: ReportContext,
  kind: 'alpha' | 'omega',
  of: OfScale,
): Extract<StatisticResult, { kind: 'alpha' | 'omega' }> & { n: number } {
  const rows = itemRows(context, of)
  const found = kind === 'alpha' ? cronbachsAlpha(rows, level) : mcdonaldsOmega(rows, { seed: bootstrapSeed, level })
  const complete = rows.filter((row) => row.every((value) => value !== null)).length
  if (isRefused(found)) return { kind, value: null, level, low: null, high: null, n: complete }
  return { kind, value: found.estimate, level, low: found.interval?.from ?? null, high: found.interval?.to ?? null, n: found.n }
}

/** A row per list (or per case: of the first participant who filled it in), with the score of each item. */
function itemRows(context: ReportContext, { measure, place, unit }: OfScale): ItemRows {
  if (!('scale' in measure)) return []
  return instrumentsOf(context, place.instruments).flatMap((planned) => {
    const scale = planned.latest.scales.find(({ id }) => id === measure.scale)
    if (!scale || !isOfAnswers(scale)) return []
    const versions = comparableVersions(planned, measure)
    return context.cases.flatMap((of) => {
      if (!isIn(of, place)) return []
      const lists = of.lists.filter(
        ({ instrument, version, wave, role, completed }) =>
          completed &&
          instrument === planned.id &&
          versions.has(version) &&
          (place.wave === undefined || place.wave === wave) &&
          (place.role === undefined || place.role === role),
      )
      return (unit === 'case' ? lists.slice(0, 1) : lists).map((list) => scale.items.map((item) => scoreOfItem(scale, item, list)))
    })
  })
}

/** As the scale scores it: reversed, or whether it happened. */
function scoreOfItem(scale: AnswerScale, item: string, { answers, notApplicable }: ReportList): number | null {
  const { groups: _, ...alone } = scale
  return scoreScale({ ...alone, items: [item] } as Scale, answers, [...notApplicable]).raw
}
