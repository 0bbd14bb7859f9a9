/** The numbers of a data set that has the printed figures: per list, in no order that means anything. */
import { randomOf, shuffled } from '../../../server/demo/random.ts'
import { largestAttainable, numbersWith } from './attainable.ts'
import { type Points, pointsWith } from './care-points.ts'
import { type Groups, groupsWith } from './groups.ts'
import { lifeEventsWith } from './life-events.ts'
import { type Arm, arms, eventScales, type Line, lineOf, lines, type Source, type Wave } from './published.ts'

const line = (wanted: Parameters<typeof lineOf>[1]): Line => lineOf(lines, wanted)

/** Numbers of problems (table 3.3). The two lines leave one sum and one sum of squares each, and so one t. */
export function problems(): Groups<number[]> {
  const of = (arm: Arm) => line({ table: '3.3', arm })
  return inAnyOrder('problems', groupsWith({ conference: of('conference'), 'non-conference': of('non-conference') }))
}

/** Care points of the files of a wave (tables 3.4 and 6.1-6.3). */
export function carePoints(wave: Wave): Groups<Points[]> {
  const kinds = (['child', 'family', 'wider'] as const).map((of) => {
    const at = (arm: Arm | null) => line({ instrument: 'zap-kort', table: tableOf[of], of, wave, arm })
    const groups = groupsWith({ conference: at('conference'), 'non-conference': at('non-conference') }, at(null))
    return inAnyOrder(`care points ${of} ${wave}`, groups)
  })
  const files = arms.flatMap((arm) =>
    (kinds[0]?.[arm] ?? []).map((_, index) => ({ arm, points: kinds.map((kind) => kind[arm][index]) as Points })),
  )
  const groupOf = (index: number): string => files[index]?.arm ?? ''
  const points = files.map((file) => file.points)
  // Totals are printed of the start only.
  const all = wave === 'T0' ? pointsWith(points, groupOf, line({ table: '3.4', of: 'total' }), randomOf('care points')) : points
  const ofArm = (arm: Arm) => all.filter((_, index) => groupOf(index) === arm)
  return { conference: ofArm('conference'), 'non-conference': ofArm('non-conference') }
}
const tableOf = { child: '6.1', family: '6.2', wider: '6.3' }

/** Life events of each parent (table 3.7). */
export function lifeEvents(): Record<string, number>[] {
  const { categories: together, ...categories } = Object.fromEntries(eventScales.map((of) => [of, line({ table: '3.7', of })])) as Record<
    (typeof eventScales)[number],
    Line
  >
  return shuffled(randomOf('life events'), lifeEventsWith({ categories, together }))
}

/** Scores of one scale that referrers or informants filled in (tables 6.4, 7.4, 8.1, 8.2): fewer than lists where the printed mean cannot be of them all. */
export function succint(source: Source, of: string, wave: Wave): number[] {
  const printed = line({ instrument: `succint-${source}`, of, wave })
  const totals = largestAttainable(printed)
  if (!totals) throw new RangeError(`Nothing gives ${JSON.stringify(printed)}`)
  return shuffled(randomOf('succint', source, of, wave), numbersWith(totals, printed.range) ?? [])
}

function inAnyOrder(what: string, { conference, 'non-conference': others }: Groups<number[]>): Groups<number[]> {
  return { conference: shuffled(randomOf(what, 'conference'), conference), 'non-conference': shuffled(randomOf(what, 'others'), others) }
}
