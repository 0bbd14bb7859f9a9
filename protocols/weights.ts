/**
 * Weights by which each case counts the same, however many interviews were held in it: mean number of interviews per case /
 * interviews in this case (the report, 2.5: 4.6 / n). Several interviews about one opinion, as when a case was handed over
 * from one referrer to the next, count as one: each of them gets its share of the opinion's weight.
 */

export interface Interview {
  id: string
  case: string
  /** Whose opinion it is, within the case: the same for two referrers of whom one took the place of the other. */
  opinion: string
}

/**
 * The weight of each interview by its id:
 *
 *     (mean number of opinions per case / opinions in this case) / interviews of that opinion
 *
 * The mean is that over the cases in `interviews`. All weights together are as many as there are opinions, and those of each
 * case are the mean.
 */
export function interviewWeights(interviews: readonly Interview[]): Map<string, number> {
  const cases = [...Map.groupBy(interviews, (one) => one.case).values()]
  const mean = cases.reduce((sum, ofCase) => sum + opinionsIn(ofCase), 0) / cases.length
  return new Map(cases.flatMap((ofCase) => [...weightsInCase(ofCase, mean)]))
}

/** The same for the interviews of one case, where the mean number of opinions per case is known. */
export function weightsInCase(ofCase: readonly Omit<Interview, 'case'>[], mean: number): Map<string, number> {
  const opinions = [...Map.groupBy(ofCase, ({ opinion }) => opinion).values()]
  return new Map(opinions.flatMap((same) => same.map(({ id }): [string, number] => [id, mean / opinions.length / same.length])))
}

/** How many opinions there are among the interviews of one case. */
export const opinionsIn = (ofCase: readonly Pick<Interview, 'opinion'>[]): number => new Set(ofCase.map(({ opinion }) => opinion)).size

/** By participant, the first one in their seat: whose place they took, and whose place that one took before. */
export function seatsOf(people: readonly { id: string; succeedsId: string | null }[]): Map<string, string> {
  const before = new Map(people.map(({ id, succeedsId }) => [id, succeedsId]))
  return new Map(people.map(({ id }) => [id, firstInSeat(id, before)]))
}

function firstInSeat(id: string, before: ReadonlyMap<string, string | null>): string {
  const seen = new Set([id])
  let first = id
  for (let earlier = before.get(id); earlier && !seen.has(earlier); earlier = before.get(earlier)) {
    seen.add(earlier)
    first = earlier
  }
  return first
}
