/** Which versions of a list have values that mean the same: only these are put together. */
import { answerDifferences } from '../../instruments/compare-answers.ts'
import { scaleDifferences } from '../../instruments/compare-scales.ts'
import { itemsOf } from '../../instruments/items.ts'
import type { Instrument } from '../../instruments/schema.ts'
import type { ItemMeasure, ScaleMeasure } from '../../protocols/report-schema.ts'
import type { PlannedInstrument } from '../export/plan.ts'

/** Versions whose values are like those of the latest version that has them. */
export function comparableVersions({ versions }: PlannedInstrument, measure: ScaleMeasure | ItemMeasure): Set<string> {
  const having = versions.filter((instrument) => has(instrument, measure))
  const latest = having.at(-1)
  if (!latest) return new Set()
  return new Set(having.filter((instrument) => differences(instrument, latest, measure).length === 0).map(({ version }) => version))
}

const has = (instrument: Instrument, measure: ScaleMeasure | ItemMeasure): boolean =>
  'scale' in measure ? instrument.scales.some(({ id }) => id === measure.scale) : itemOf(instrument, measure) !== undefined

const itemOf = (instrument: Instrument, { item, within }: ItemMeasure) => {
  const group = itemsOf(instrument).find(({ name }) => name === (within ?? item))
  return within === undefined || group?.kind !== 'records' ? group : group.items.find(({ name }) => name === item)
}

function differences(earlier: Instrument, later: Instrument, measure: ScaleMeasure | ItemMeasure): string[] {
  if (earlier === later) return []
  if ('item' in measure) {
    const [one, other] = [itemOf(earlier, measure), itemOf(later, measure)]
    return one && other ? answerDifferences(earlier, one, later, other) : ['only one has it']
  }
  const [one, other] = [earlier, later].map(({ scales }) => scales.find(({ id }) => id === measure.scale))
  return one && other ? scaleDifferences(earlier, one, later, other) : ['only one has it']
}
