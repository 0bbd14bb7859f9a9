/**
 * The weights of a protocol as columns. How many opinions there are per case is counted over the whole study first; the weights
 * themselves are worked out case by case, as rows are written, so that no more than that count is kept.
 */
import { type Condition, readCondition } from '../../instruments/condition.ts'
import type { Weight } from '../../protocols/design-schema.ts'
import type { Protocol } from '../../protocols/schema.ts'
import { opinionsIn, seatsOf, weightsInCase } from '../../protocols/weights.ts'
import type { Db } from '../db/tx.ts'
import { type CaseOfLists, completedLists } from '../queries/completed-lists.ts'
import type { ExportAssignment, ExportCase } from '../queries/export-rows.ts'
import { type Column, column } from './column.ts'
import { columnName, type Place } from './column-names.ts'

export interface WeightUse extends Weight {
  id: string
  /** Whether a list counts, by its answers. */
  counts: Condition
  /** Over all cases of the study that have any, by wave. */
  waves: Map<string, { cases: number; opinions: number }>
}

/** The weights of a study, with the counts that they need. */
export async function weightsOf(db: Db, { weights, waves }: Protocol, studyId: string): Promise<WeightUse[]> {
  const uses = Object.entries(weights).map(([id, weight]): WeightUse => {
    const counts = weight.condition === undefined ? () => true : readCondition(weight.condition)
    return { id, ...weight, counts, waves: new Map(waves.map((wave) => [wave.id, { cases: 0, opinions: 0 }])) }
  })
  if (uses.length === 0) return []
  for await (const ofCase of completedLists(db, studyId, [...new Set(uses.flatMap(({ instruments }) => instruments))]))
    for (const use of uses)
      for (const [wave, lists] of countedIn(use, ofCase)) {
        const { cases, opinions } = use.waves.get(wave) ?? { cases: 0, opinions: 0 }
        use.waves.set(wave, { cases: cases + 1, opinions: opinions + opinionsIn(lists) })
      }
  return uses
}

/** The lists of a case that count, by wave. An opinion is that of a seat: the one whom the list is about, or else who answers. */
function countedIn({ instruments, counts }: WeightUse, { lists, participants }: CaseOfLists) {
  const seats = seatsOf(participants)
  const counted = lists.filter(({ instrumentId, answers }) => instruments.includes(instrumentId) && counts(answers))
  return Map.groupBy(
    counted.map(({ id, wave, participantId, aboutId }) => ({ id, wave, opinion: seats.get(aboutId ?? participantId) ?? '' })),
    ({ wave }) => wave,
  )
}

/** Cases with the weights of their lists filled in. */
export async function* weighed(batches: AsyncIterable<ExportCase[]>, uses: WeightUse[]): AsyncGenerator<ExportCase[]> {
  for await (const batch of batches) yield uses.length === 0 ? batch : batch.map((whole) => withWeights(whole, uses))
}

function withWeights(whole: ExportCase, uses: WeightUse[]): ExportCase {
  const lists = whole.assignments.flatMap(({ response, ...one }) => (response ? [{ ...one, answers: response.answers }] : []))
  const byUse = uses.map((use) => ({ id: use.id, weights: weightsOfLists(use, { lists, participants: whole.participants }) }))
  return {
    ...whole,
    assignments: whole.assignments.map((one) => ({
      ...one,
      weights: new Map(byUse.flatMap(({ id, weights }) => (weights.has(one.id) ? [[id, weights.get(one.id) as number]] : []))),
    })),
  }
}

function weightsOfLists(use: WeightUse, ofCase: CaseOfLists): Map<string, number> {
  const waves = [...countedIn(use, ofCase)]
  return new Map(waves.flatMap(([wave, lists]) => [...weightsInCase(lists, meanOf(use, wave))]))
}

/** Opinions per case in a wave. */
function meanOf({ waves }: WeightUse, wave: string): number {
  const { cases, opinions } = waves.get(wave) ?? { cases: 0, opinions: 0 }
  return opinions / cases
}

/** Those of an instrument (id). */
export const weightsFor = (uses: WeightUse[], instrument: string): WeightUse[] =>
  uses.filter(({ instruments }) => instruments.includes(instrument))

/** How much each list counts. */
export const weightColumn = (use: WeightUse, place?: Place): Column<ExportAssignment> =>
  column({
    name: columnName({ weight: use.id }, place),
    label: { nl: `Gewicht: ${use.title.nl}`, en: `Weight: ${use.title.en}` },
    type: 'decimal',
    method: formulaOf(use, place?.wave),
    cell: ({ weights }) => weights?.get(use.id) ?? null,
  })

/** What the codebook says of a weight. In a wide file a column is of one wave. */
function formulaOf(use: WeightUse, only?: string): string {
  const means = [...use.waves].filter(([wave, { cases }]) => cases > 0 && (only === undefined || only === wave))
  return [
    'weight: mean opinions per case / opinions in this case / lists of this opinion',
    `over the completed lists of ${use.instruments.join(', ')} in the same wave${use.condition === undefined ? '' : ` where ${use.condition}`}`,
    'an opinion is that of one person, or of several of whom one took the place of the other',
    ...means.map(([wave, { cases, opinions }]) => `mean in ${wave}: ${opinions} opinions / ${cases} cases`),
    'source: Wijnen-Lunenburg, De familie aan zet (2008), 2.5: mean interviews per case / interviews in this case',
  ].join('; ')
}

/** What the manifest says of the weights. */
export const describeWeights = (uses: WeightUse[]) =>
  uses.map(({ id, title, instruments, condition = null, waves }) => ({
    id,
    title,
    instruments,
    condition,
    waves: [...waves].flatMap(([wave, { cases, opinions }]) => (cases > 0 ? [{ wave, cases, opinions, mean: opinions / cases }] : [])),
  }))
