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
  const opinionsOf = [...Map.groupBy(interviews, (one) => one.case).values()].map((ofCase) => [
    ...Map.groupBy(ofCase, ({ opinion }) => opinion).values(),
  ])
  const mean = opinionsOf.reduce((sum, opinions) => sum + opinions.length, 0) / opinionsOf.length
  return new Map(
    opinionsOf.flatMap((opinions) =>
      opinions.flatMap((same) => same.map(({ id }): [string, number] => [id, mean / opinions.length / same.length])),
    ),
  )
}
