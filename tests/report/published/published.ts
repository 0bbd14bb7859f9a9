/** `published-tables.json`, the figures as they were printed, by the list and the scale of ours that they are about. */
import { readFileSync } from 'node:fs'
import type { Printed } from './attainable.ts'

export const waves = ['T0', 'FU3', 'FU9'] as const
export type Wave = (typeof waves)[number]
export const arms = ['conference', 'non-conference'] as const
export type Arm = (typeof arms)[number]
export const sources = ['referrer', 'informant'] as const
export type Source = (typeof sources)[number]

/** Where a figure is printed: of whom and when, by which scale or item of which list. */
export interface Place {
  table: string
  instrument: string
  /** A scale, or of counts an item. */
  of: string
  wave: Wave
  /** Null: of both arms together. */
  arm: Arm | null
}

/** A line of n, mean, standard deviation and range of whole numbers. */
export interface Line extends Place, Printed {}

/** What is printed of z's. Some tables have only the bands, or only their mean beside them. */
export interface ZLine extends Place {
  n: number
  mean?: number
  sd?: number
  range?: readonly [number, number]
  bands: Record<string, number>
}

/** How many gave each answer. `null`: none at all. */
export interface Counts extends Place {
  n: number
  answers: { answer: number | null; count: number }[]
}

interface Numbers {
  n: number
  m: number
  sd: number
  range: [number, number]
}
type Triple = [mean: number, sd: number, range: [number, number]]
type ByWave<Value> = Record<Wave, Value>
type FollowUp<Value> = Record<'FU3' | 'FU9', Value>
type Load = { n: number; load: Triple; capacity: Triple; ratio: Record<string, number> }

interface PublishedTables {
  response: Record<string, number | Record<string, number>>
  '3.3': { conference: Numbers; non_conference: Numbers; test: string }
  '3.4': Record<'child' | 'family' | 'wider' | 'total', Omit<Numbers, 'n'>>
  '3.6': { n: number; mean_z: number; counts: Record<string, number>; percent: Record<string, number> }
  '3.7': Record<(typeof eventScales)[number], Triple>
  '3.8': { n: number; mean_z: number; counts: Record<string, number> }
  '3.9': { n: number; mean_z: Record<(typeof pulScales)[number], number> } & Record<(typeof pulScales)[number], Record<string, number>>
  '5.1': Record<'plan_carried_out' | 'evaluated_with_referrer' | 'evaluated_by_family', Record<string, number>>
  '6.1': CareTable
  '6.2': CareTable
  '6.3': CareTable
  '6.4': Record<Source, FollowUp<Numbers>>
  '6.5': FollowUp<Record<string, number>>
  '7.1': ByWave<Record<string, number>>
  '7.2': ByWave<Numbers>
  '7.3': ByWave<Record<string, number>>
  '7.4': Record<Source, FollowUp<Numbers>>
  '8.1': Record<Source, FollowUp<Numbers>>
  '8.2': FollowUp<Load>
}
type CareTable = Record<'conference' | 'non_conference' | 'total', ByWave<Numbers>>

export const eventScales = ['family', 'work', 'finance', 'health', 'other', 'categories'] as const
export const pulScales = ['autonomy', 'social_optimism'] as const
const followUps = ['FU3', 'FU9'] as const

export const published = JSON.parse(readFileSync(new URL('published-tables.json', import.meta.url), 'utf8')) as PublishedTables

const printed = ({ n, m, sd, range }: Numbers): Printed => ({ n, mean: m, sd, range })
const atStart = { wave: 'T0', arm: null } as const

/** Every printed line of whole numbers, in the order of the tables. */
export const lines: Line[] = [
  ...arms.map((arm): Line => ({ table: '3.3', instrument: 'frek', of: 'problems_number', wave: 'T0', arm, ...printed(ofArm('3.3', arm)) })),
  ...(['child', 'family', 'wider', 'total'] as const).map(
    (of): Line => ({ table: '3.4', instrument: 'zap-kort', of, ...atStart, ...printed({ n: 76, ...published['3.4'][of] }) }),
  ),
  ...eventScales.map((of): Line => ({ table: '3.7', instrument: 'nosi-b', of, ...atStart, ...ofTriple(36, published['3.7'][of]) })),
  ...(
    [
      ['6.1', 'child'],
      ['6.2', 'family'],
      ['6.3', 'wider'],
    ] as const
  ).flatMap(([table, of]) =>
    waves.flatMap((wave) =>
      [...arms, null].map((arm): Line => {
        const group = arm === null ? 'total' : keyOf(arm)
        return { table, instrument: 'zap-kort', of, wave, arm, ...printed(published[table][group][wave]) }
      }),
    ),
  ),
  ...(
    [
      ['6.4', 'safety'],
      ['7.4', 'support'],
      ['8.1', 'regie'],
    ] as const
  ).flatMap(([table, of]) =>
    sources.flatMap((source) =>
      followUps.map(
        (wave): Line => ({ table, instrument: `succint-${source}`, of, wave, arm: null, ...printed(published[table][source][wave]) }),
      ),
    ),
  ),
  ...followUps.flatMap((wave) =>
    (['load', 'capacity'] as const).map((of): Line => {
      const { n, [of]: triple } = published['8.2'][wave]
      return { table: '8.2', instrument: 'succint-referrer', of, wave, arm: null, ...ofTriple(n, triple) }
    }),
  ),
]

/** Every printed line of z's. What 3.8 and 3.9 print of the start is in 7.1-7.3 again. */
export const zLines: ZLine[] = [
  { table: '3.6', instrument: 'nosik', of: 'total', ...atStart, n: 35, mean: published['3.6'].mean_z, bands: published['3.6'].counts },
  { table: '3.8', instrument: 'veo', of: 'total', ...atStart, n: 36, mean: published['3.8'].mean_z, bands: published['3.8'].counts },
  ...pulScales.map(
    (of): ZLine => ({
      table: '3.9',
      instrument: 'pul',
      of,
      ...atStart,
      n: 35,
      mean: published['3.9'].mean_z[of],
      bands: published['3.9'][of],
    }),
  ),
  ...waves.map((wave): ZLine => {
    const { m, ...rest } = published['7.2'][wave]
    return { table: '7.2', instrument: 'veo', of: 'total', wave, arm: null, ...rest, mean: m, bands: published['7.1'][wave] }
  }),
  ...waves.map((wave): ZLine => {
    const bands = published['7.3'][wave]
    return { table: '7.3', instrument: 'pul', of: 'social_optimism', wave, arm: null, n: sumOf(Object.values(bands)), bands }
  }),
]

/** Which answer of ours each printed category is. */
const answers = {
  carried_out: { fully: 2, not_fully: 1, not_at_all: 0, missing: null },
  evaluated: { yes: 1, no: 0, missing: null },
  succint_residence: { not_applicable: 9, less: 1, neither: 2, somewhat_more: 3, much_more: 4, no_view: 8 },
  succint_ratio: { less: 1, same: 2, somewhat_more: 3, much_more: 4, no_view: 8 },
}

export const counts: Counts[] = [
  counted('5.1', 'fufrek', 'carried_out', 'FU3', answers.carried_out, published['5.1'].plan_carried_out),
  counted('5.1', 'fufrek', 'evaluated_referrer', 'FU3', answers.evaluated, published['5.1'].evaluated_with_referrer),
  counted('5.1', 'fufrek', 'evaluated_family', 'FU3', answers.evaluated, published['5.1'].evaluated_by_family),
  ...followUps.map((wave) =>
    counted('6.5', 'succint-referrer', 'succint_residence', wave, answers.succint_residence, published['6.5'][wave]),
  ),
  ...followUps.map((wave) =>
    counted('8.2', 'succint-referrer', 'succint_ratio', wave, answers.succint_ratio, published['8.2'][wave].ratio),
  ),
]

export function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0)
}

/** The one line of these. Throws a RangeError when there is none. */
export function lineOf<Known extends Place>(all: readonly Known[], wanted: Partial<Place>): Known {
  const found = all.find((one) => Object.entries(wanted).every(([name, value]) => one[name as keyof Place] === value))
  if (!found) throw new RangeError(`Nothing is printed of ${JSON.stringify(wanted)}`)
  return found
}

function keyOf(arm: Arm): 'conference' | 'non_conference' {
  return arm === 'conference' ? 'conference' : 'non_conference'
}

function ofArm(table: '3.3', arm: Arm): Numbers {
  return published[table][keyOf(arm)]
}

function ofTriple(n: number, [mean, sd, range]: Triple): Printed {
  return { n, mean, sd, range }
}

function counted(
  table: string,
  instrument: string,
  of: string,
  wave: Wave,
  meaning: Record<string, number | null>,
  numbers: Record<string, number>,
): Counts {
  const all = Object.entries(meaning).map(([category, answer]) => ({ answer, count: numbers[category] ?? 0 }))
  return { table, instrument, of, wave, arm: null, n: sumOf(all.map(({ count }) => count)), answers: all }
}
