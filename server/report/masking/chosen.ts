/** Which answers a count is of, in pieces that are the same in every table: 0 to 3 beside 0 to 4 tells of who has exactly 4. Pure. */
import { holds } from '../../../protocols/categories.ts'
import type { Place } from '../../../protocols/report-places.ts'
import type { Category, Measure } from '../../../protocols/report-schema.ts'

/** Of one list, record or case: nothing for an answer that is missing. */
export interface Answered {
  of: object
  /** The list, record or case that it is an answer of. */
  from: object
  value: number | string | null
}

/** Answers in one of the categories, or with `others` in none of them. `unknown` ones count as missing. */
export interface Chosen {
  categories: readonly Category[]
  unknown: readonly number[]
  others?: true
}

export function isChosen({ categories, unknown, others }: Chosen, value: Answered['value']): boolean {
  const isKnown = value !== null && !unknown.some((one) => one === value)
  return (isKnown && categories.some((one) => holds(one, value))) !== (others ?? false)
}

/** Equal for the same question or score, in whichever list. How somebody changed depends on the place, too. */
export function answersTo(measure: Measure, { groups: _, ...place }: Place): string {
  const isChange = 'since' in measure && measure.since !== undefined
  return JSON.stringify(isChange ? [measure, place] : [measure])
}

/**
 * One answer for each piece that none of these counts cuts in two: a word, a number at an end of a range, one between two ends. Between two ends with no
 * whole number between them there is one only if somebody has it.
 */
export function piecesOf(all: readonly Chosen[], given: ReadonlySet<Answered['value']>): Answered['value'][] {
  const named = all.flatMap(({ categories, unknown }) => [
    ...unknown,
    ...categories.flatMap((one) => ('values' in one ? one.values : [one.from ?? [], one.to ?? []].flat())),
  ])
  const words = [...new Set([...named, ...given])].filter((one) => typeof one === 'string')
  const ends = [...new Set(named)].filter((one) => typeof one === 'number').sort((a, b) => a - b)
  const numbers = [...given].filter((one) => typeof one === 'number')
  const between = ends.slice(1).flatMap((end, at) => {
    const before = ends[at] as number
    const next = Math.floor(before) + 1
    return next < end ? [next] : (numbers.find((one) => before < one && one < end) ?? [])
  })
  const [low, high] = [ends[0], ends.at(-1)]
  return [null, ...words, ...(low === undefined ? [] : [low - 1]), ...ends, ...between, ...(high === undefined ? [] : [high + 1])]
}
