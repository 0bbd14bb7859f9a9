/** The items behind a scale, one by one: how far they measure the same, and by that which change is more than chance. */
import { scaleDifferences } from '../../instruments/compare-scales.ts'
import { ownValue } from '../../instruments/own-value.ts'
import type { AnswerScale, Scale } from '../../instruments/schema.ts'
import { isOfAnswers, scoreScale } from '../../instruments/score.ts'
import type { Place } from '../../protocols/report-places.ts'
import type { Measure, ReportTable } from '../../protocols/report-schema.ts'
import { comparableVersions } from './comparable.ts'
import { instrumentsOf, type ReportContext } from './context.ts'
import { eachAt } from './lists-at.ts'
import type { ReportCase, ReportList } from './report-case.ts'
import type { StatisticResult } from './result.ts'
import { bootstrapSeed, level } from './statistic-of.ts'
import { isRefused } from './statistics/outcome.ts'
import { cronbachsAlpha, mcdonaldsOmega } from './statistics/reliability.ts'

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
  const { rows } = rowsOf(context, of)
  const found = kind === 'alpha' ? cronbachsAlpha(rows, level) : mcdonaldsOmega(rows, { seed: bootstrapSeed, level })
  if (isRefused(found)) return { kind, value: null, level, low: null, high: null, n: rows.filter(isComplete).length }
  return { kind, value: found.estimate, level, low: found.interval?.from ?? null, high: found.interval?.to ?? null, n: found.n }
}

/** Of whom each list (or case) is that answered all items. */
export function completeOf(context: ReportContext, of: OfScale): { of: ReportCase }[] {
  const { rows, behind } = rowsOf(context, of)
  return behind.filter((_, at) => isComplete(rows[at] ?? []))
}

const isComplete = (row: readonly (number | null)[]): boolean => row.every((value) => value !== null)

/** The scores of the items, and whose each row is. */
export interface ScaleItems {
  rows: (readonly (number | null)[])[]
  behind: { of: ReportCase }[]
}

/** Alpha, omega and what changed by more than chance look at the same items. */
function rowsOf(context: ReportContext, of: OfScale): ScaleItems {
  const key = JSON.stringify(of)
  const rows = context.knownItems.get(key) ?? itemRows(context, of)
  context.knownItems.set(key, rows)
  return rows
}

/**
 * A row per list (or per case: of the first participant who filled it in), with the score of each item. None of lists of which the scales are
 * called the same and are not: their items do not belong in one table.
 */
function itemRows(context: ReportContext, { measure, place, unit }: OfScale): ScaleItems {
  const found: ScaleItems = { rows: [], behind: [] }
  if (!('scale' in measure)) return found
  const having = instrumentsOf(context, place.instruments).flatMap((planned) => {
    const scale = planned.latest.scales.find(({ id }) => id === measure.scale)
    return scale && isOfAnswers(scale) ? [{ planned, scale }] : []
  })
  const [first] = having
  if (having.some(({ planned, scale }) => first && scaleDifferences(first.planned.latest, first.scale, planned.latest, scale).length > 0))
    return found
  const scored = new Map(
    having.map(({ planned, scale }) => [planned.id, { versions: comparableVersions(planned, measure), score: itemScorer(scale) }]),
  )
  eachAt(context, { ...place, instruments: [...scored.keys()] }, (of, lists) => {
    for (const list of lists) {
      const own = scored.get(list.instrument)
      if (!list.completed || !own?.versions.has(list.version)) continue
      found.rows.push(own.score(list))
      found.behind.push({ of })
      if (unit === 'case') break
    }
  })
  return found
}

/** Each item of a list as the scale scores it: reversed, or whether it happened. Of a number that was given the score is worked out once. */
function itemScorer(scale: AnswerScale): (list: ReportList) => (number | null)[] {
  const { groups: _, ...alone } = scale
  const items = scale.items.map((item) => ({ item, own: { ...alone, items: [item] } as Scale, known: new Map<number, number | null>() }))
  return ({ answers, notApplicable }) =>
    items.map(({ item, own, known }) => {
      const answer = ownValue(answers, item)
      const before = typeof answer === 'number' ? known.get(answer) : undefined
      if (before !== undefined) return before
      const { raw } = scoreScale(own, answers, [...notApplicable])
      if (typeof answer === 'number') known.set(answer, raw)
      return raw
    })
}
