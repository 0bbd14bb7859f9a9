/** Every figure that is printed, beside what the data set gives: the same number, or another one with the reason. */
import type { Definitions } from '../../../server/definitions/load.ts'
import { attainableAt, type Printed, sumsOf } from './attainable.ts'
import { type Figures, figuresOf, listsAt, rawScores, standardScores } from './figures.ts'
import { type Counts, counts, type Line, lines, type Place, published, sumOf, type ZLine, zLines } from './published.ts'
import { standInVersion, type Wanted } from './wanted.ts'

export interface Cell extends Place {
  statistic: keyof Figures | 'count' | 'percent'
  /** Of counts and per cents: the band, or the answer, null for none. */
  category?: string | number | null
  printed: number
  /** As the report rounds it: half away from zero. */
  ours: number
  /** Where the two differ. */
  reason?: string
}

export function cellsOf(definitions: Definitions, wanted: readonly Wanted[]): Cell[] {
  return [
    ...lines.flatMap((line) => cellsOfLine(line, figuresOf(rawScores(wanted, line)))),
    ...zLines.flatMap((line) => cellsOfZ(line, standardScores(definitions, wanted, line))),
    ...counts.flatMap((one) => cellsOfCounts(one, wanted)),
  ]
}

/** Half away from zero, of a number in which no half is a matter of noise. */
export function rounded(value: number, decimals: number): number {
  const size = Math.round(Math.abs(value) * 10 ** decimals + 1e-9) / 10 ** decimals
  return value < 0 ? -size : size
}

function cellsOfLine(line: Line, ours: Figures): Cell[] {
  const { n, mean, sd, range } = line
  return [
    ...compared(line, { n }, ours, () => whyFewer(line, ours.n)),
    ...compared(line, { mean, lowest: range[0], highest: range[1] }, ours),
    ...compared(line, { sd }, ours, () => whyTwice(line, ours)),
  ]
}

function compared(place: Place, printed: Partial<Figures>, ours: Figures, why: () => string = () => 'unexplained'): Cell[] {
  const { table, instrument, of, wave, arm } = place
  return Object.entries(printed).map(([name, value]) => {
    const statistic = name as keyof Figures
    const cell: Cell = { table, instrument, of, wave, arm, statistic, printed: value, ours: rounded(ours[statistic], 2) }
    return cell.printed === cell.ours ? cell : { ...cell, reason: why() }
  })
}

/** Why fewer scores are valid than lists came in. */
function whyFewer(line: Printed, n: number): string {
  const isMean = (many: number) => sumsOf(line, many).length > 0
  const impossible = Array.from({ length: line.n - n }, (_, index) => line.n - index)
  const noMean = impossible.filter((many) => !isMean(many))
  const noSpread = impossible.filter(isMean)
  if (attainableAt(line, line.n).length > 0) return 'unexplained'
  return [
    `No ${either(noMean)} whole scores have the mean ${decimals(line.mean)}`,
    ...(noSpread.length > 0 ? [`no ${either(noSpread)} with it have the sd ${decimals(line.sd)}`] : []),
    `${n} is the most that have this mean and sd`,
  ].join('; ')
}

const either = (numbers: number[]): string => [numbers.slice(0, -1).join(', '), ...numbers.slice(-1)].filter(Boolean).join(' or ')
const decimals = (value: number, places = 2): string => value.toFixed(places)

/** Why the standard deviation is one hundredth above. */
function whyTwice({ sd }: Printed, ours: Figures): string {
  const thousandths = rounded(ours.sd, 3)
  if (rounded(thousandths, 2) !== sd) return 'unexplained'
  return `${ours.n} whole scores with this mean can have no sd of ${decimals(sd)}. They can have ${decimals(ours.sd, 5)}, and that becomes it when it is rounded twice: ${decimals(thousandths, 3)}, ${decimals(sd)}`
}

function cellsOfZ(line: ZLine, scores: readonly { z: number; band: string }[]): Cell[] {
  const { n, mean, sd, range } = line
  const printed = {
    n,
    ...(mean !== undefined && { mean }),
    ...(sd !== undefined && { sd }),
    ...(range && { lowest: range[0], highest: range[1] }),
  }
  const bands = Object.entries(line.bands).flatMap(([band, count]): Cell[] => {
    const own = scores.filter((one) => one.band === band).length
    const cell: Cell = { ...placeOf(line), table: tableOfBands(line), statistic: 'count', category: band, printed: count, ours: own }
    return [count === own ? cell : { ...cell, reason: whyOneLess(line) }]
  })
  return [
    ...compared(line, printed, figuresOf(scores.map(({ z }) => z))),
    ...bands,
    ...(line.table === '3.6' ? percentages(line, scores) : []),
  ]
}

const placeOf = ({ table, instrument, of, wave, arm }: Place): Place => ({ table, instrument, of, wave, arm })

/** The lines of 7.2 hold the bands of 7.1. */
const tableOfBands = ({ table }: Place): string => (table === '7.2' ? '7.1' : table)

function whyOneLess({ n, bands }: ZLine): string {
  const together = sumOf(Object.values(bands))
  return together === n
    ? 'unexplained'
    : `Table 7.1 has ${together} people in its bands, table 7.2 and the text have ${n}: here one less, in this band`
}

function percentages(line: ZLine, scores: readonly { band: string }[]): Cell[] {
  return Object.entries(published['3.6'].percent).map(([band, percent]): Cell => {
    const own = (100 * scores.filter((one) => one.band === band).length) / scores.length
    return { ...placeOf(line), statistic: 'percent', category: band, printed: percent, ours: rounded(own, 0) }
  })
}

function cellsOfCounts(one: Counts, wanted: readonly Wanted[]): Cell[] {
  const lists = listsAt(wanted, one)
  return one.answers.map(({ answer, count }) => ({
    ...placeOf(one),
    statistic: 'count',
    category: answer,
    printed: count,
    ours: lists.filter(({ answers }) => (answers[one.of] ?? null) === answer).length,
  }))
}

/** A row of the page about the published figures. */
export function inWords(
  { instruments }: Definitions,
  { table, instrument, of, wave, arm, statistic, category, printed, ours, reason }: Cell,
): string[] {
  const { scales } = instruments.need(`${instrument}@${standInVersion}`)
  const measure = scales.find(({ id }) => id === of)?.title.en ?? of
  const source = /^succint-(.*)$/.exec(instrument)?.[1]
  const number = (value: number): string => (statistic === 'n' || statistic === 'count' ? String(value) : decimals(value))
  return [
    table,
    [measure, source, arm, wave].filter(Boolean).join(', '),
    category === undefined ? statistic : `${statistic} of "${category}"`,
    number(printed),
    number(ours),
    `${reason}.`,
  ]
}
