/** Raw scores whose z's come out at what is printed of z's: how many lie in each band, their mean, and their spread and range where given. */
import { type Random, shuffled, wholeBetween } from '../../../server/demo/random.ts'

export interface PrintedZ {
  bands: Record<string, number>
  mean?: number
  sd?: number
  range?: readonly [lowest: number, highest: number]
}

/** A raw score that a person may have, and what their norm makes of it. */
export interface Option {
  raw: number
  /** In hundredths, so that sums are exact. */
  z: number
  band: string
}

/**
 * One option of each person, in their order. A walk from a seed: whoever is at random moved to another score in the same band, when that
 * does not bring mean and spread further away. Throws a RangeError when it has not arrived after many steps, which is no proof.
 */
export function scoresWith(people: readonly (readonly Option[])[], wanted: PrintedZ, random: Random): Option[] {
  for (let attempt = 0; attempt < 50; attempt++) {
    const start = startOf(people, wanted, random)
    const found = start && walk(start, wanted, random)
    if (found) return found
  }
  throw new RangeError(`Found no scores of ${people.length} people with ${JSON.stringify(wanted)}`)
}

interface Place {
  chosen: Option
  /** What else they may have; none for whoever holds an end of the range. */
  others: Option[]
}

/** Everybody in a band, and somebody at each end of the range; undefined when somebody cannot be in theirs. */
function startOf(people: readonly (readonly Option[])[], { bands, range }: PrintedZ, random: Random): Place[] | undefined {
  const [lowest, highest] = range?.map((z) => Math.round(100 * z)) ?? [-Infinity, Infinity]
  const left = shuffled(
    random,
    Object.entries(bands).flatMap(([band, count]) => Array.from({ length: count }, () => band)),
  )
  if (left.length !== people.length) throw new RangeError(`${left.length} people in bands, ${people.length} in all`)
  const places: (Place | undefined)[] = people.map(() => undefined)
  for (const end of range ? [lowest, highest] : []) {
    const able = people.flatMap((options, index) => (options.some(({ z }) => z === end) && !places[index] ? [index] : []))
    const index = able[wholeBetween(random, 0, able.length - 1)]
    const chosen = index === undefined ? undefined : people[index]?.find(({ z }) => z === end)
    if (index === undefined || !chosen || !left.includes(chosen.band)) return undefined
    left.splice(left.indexOf(chosen.band), 1)
    places[index] = { chosen, others: [] }
  }
  return people.map((options, index) => {
    const place = places[index]
    if (place) return place
    const band = left.pop()
    const others = options.filter((option) => option.band === band && option.z >= (lowest ?? 0) && option.z <= (highest ?? 0))
    const chosen = others[wholeBetween(random, 0, others.length - 1)]
    if (!chosen) throw new RangeError(`Nobody can be in the band ${band}`)
    return { chosen, others }
  })
}

function walk(places: Place[], wanted: PrintedZ, random: Random): Option[] | undefined {
  let distance = distanceOf(places, wanted)
  for (let step = 0; step < 20_000 && distance > 0; step++) {
    const place = places[wholeBetween(random, 0, places.length - 1)] as Place
    const other = place.others[wholeBetween(random, 0, place.others.length - 1)]
    if (!other) continue
    const before = place.chosen
    place.chosen = other
    const moved = distanceOf(places, wanted)
    if (moved <= distance || random() < 0.02) distance = moved
    else place.chosen = before
  }
  return distance === 0 ? places.map(({ chosen }) => chosen) : undefined
}

/** How far mean and standard deviation are beyond what rounds to the printed ones: 0 when both do, with a little to spare for ties. */
function distanceOf(places: readonly Place[], wanted: PrintedZ): number {
  const n = places.length
  const mean = places.reduce((sum, { chosen }) => sum + chosen.z, 0) / n
  const sd = Math.sqrt(places.reduce((sum, { chosen }) => sum + (chosen.z - mean) ** 2, 0) / (n - 1))
  const beyond = (value: number, printed = value / 100) => Math.max(0, Math.abs(value - 100 * printed) - 0.49)
  return beyond(mean, wanted.mean) + beyond(sd, wanted.sd)
}
