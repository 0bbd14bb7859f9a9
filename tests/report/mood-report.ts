/** The report of tables over the small instrument, worked out of answers that a test gives, without a study behind it. */
import type { Answers, Instrument } from '../../instruments/schema.ts'
import { instrumentSchema } from '../../instruments/schema.ts'
import { scoreScale } from '../../instruments/score.ts'
import { type ReportDefinition, reportSchema } from '../../protocols/report-schema.ts'
import { computeReport, type ReportFacts } from '../../server/report/compute.ts'
import type { ReportCase, ReportList } from '../../server/report/report-case.ts'
import type { ReportSection, TableResult } from '../../server/report/result.ts'
import { both, type Json, smallInstrument } from '../instruments/small-files.ts'

export const mood: Instrument = instrumentSchema.parse(smallInstrument())

export interface Family {
  groups: string[]
  /** What its people answered; each the first, second, ... parent in wave T0. */
  lists: Answers[]
  /** Which lists these are; `mood` unless given. */
  of?: string[]
  /** Of each list the wave and the role where these are others. Lists of later waves are of the same people, in their order. */
  waves?: string[]
  roles?: string[]
}

/** Two groups of other families. */
const groups = { one: { title: both('One'), arms: ['conference'] }, other: { title: both('Other'), arms: ['other'] } }

/** The tables and figures of `section`, its tables first. Lists of `instruments` other than `mood` are asked, too. */
export const moodTables = (...given: Parameters<typeof moodSections>): TableResult[] =>
  moodSections(...given).flatMap(({ tables, figures }) => [...tables, ...figures.map(({ table }) => table)])

/** The same with what is drawn. */
export function moodSections(
  section: { tables?: Json[]; figures?: Json[] },
  families: readonly Family[],
  maskBelow: number | null,
  instruments: readonly Instrument[] = [mood],
): ReportSection[] {
  const definition: ReportDefinition = reportSchema.parse({ groups, sections: [{ id: 'one', title: both('One'), ...section }] })
  const facts = {
    ...{ protocol: 'small-study@1.0.0', definition, counts: {}, now: '2026-11-22T12:00:00Z' },
    ...{ cases: families.map((family, at) => caseOf(family, at, instruments)), options: { percentages: 'plain', maskBelow } },
    plan: {
      study: { id: 's1', title: 'Small study', demonstration: false },
      protocol: {
        ...{ title: both('Small study'), timeZone: 'Europe/Amsterdam', arms: {}, cohorts: {}, weights: {} },
        ...{ waves: ['T0', 'FU3'].map((id) => ({ id, title: both(id) })), roles: { parent: { title: both('Parent') } } },
      },
      instruments: instruments.map((latest) => ({ id: latest.id, versions: [latest], latest, norms: [], variables: [] })),
      prices: [],
    },
  } as unknown as ReportFacts
  return computeReport(facts).sections
}

function caseOf(
  { groups: own, lists, of = [], waves = [], roles = [] }: Family,
  at: number,
  instruments: readonly Instrument[],
): ReportCase {
  const code = `M-${at}`
  return {
    ...{ id: code, code, arm: 'conference', cohort: 'first', region: null, groups: new Set(own) },
    lists: lists.map((answers, place): ReportList => {
      const instrument = of[place] ?? 'mood'
      const [definition = mood] = instruments.filter(({ id }) => id === instrument)
      const [scale] = definition.scales
      const score = scale && scoreScale(scale, answers, [])
      const [wave, role] = [waves[place] ?? 'T0', roles[place] ?? 'parent']
      const before = lists.filter((_, at) => at < place && (waves[at] ?? 'T0') === wave).length
      return {
        ...{ instrument, version: definition.version, wave, role, person: `${code}-${before}`, completed: true, answers },
        ...{ notApplicable: new Set(), weights: new Map() },
        scores: new Map(
          scale && score && [[scale.id, { raw: score.raw, z: null, band: null, reason: score.reason }]],
        ) as ReportList['scores'],
      }
    }),
  }
}
