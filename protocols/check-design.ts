/** Checks what makes a protocol a design: groups that can occur, lots and samples that can be drawn, weights that can be worked out. */
import type { Catalogue } from '../instruments/catalogue.ts'
import type { Mistake } from '../instruments/definition.ts'
import { parseReference } from '../instruments/definition.ts'
import type { Instrument } from '../instruments/schema.ts'
import { checkCondition, notThere } from './check-schedule.ts'
import type { Protocol } from './schema.ts'

export function checkDesign(protocol: Protocol): Mistake[] {
  return [
    ...checkGroups(protocol),
    ...checkAllocation(protocol),
    ...checkSamples(protocol),
    ...checkMatching(protocol),
    ...checkWeights(protocol),
  ]
}

/** Each arm can occur in some cohort, and no row of the schedule is for a pair that cannot. */
function checkGroups({ arms, cohorts, schedule }: Protocol): Mistake[] {
  const allowed = (cohort: string): string[] => cohorts[cohort]?.arms ?? Object.keys(arms)
  return [
    ...Object.entries(cohorts).flatMap(([cohort, { arms: names = [] }]) =>
      names.flatMap((name, index) =>
        Object.hasOwn(arms, name) ? [] : [{ path: `/cohorts/${cohort}/arms/${index}`, reason: notThere('arm', name, arms) }],
      ),
    ),
    ...Object.keys(arms)
      .filter((arm) => !Object.keys(cohorts).some((cohort) => allowed(cohort).includes(arm)))
      .map((arm) => ({ path: `/arms/${arm}`, reason: 'no cohort has cases in this arm' })),
    ...schedule.flatMap(({ when }, index) => {
      const pairs = (when?.cohorts ?? Object.keys(cohorts)).flatMap((cohort) => allowed(cohort).map((arm) => arm))
      const wanted = when?.arms ?? []
      const none = wanted.length > 0 && wanted.every((arm) => Object.hasOwn(arms, arm) && !pairs.includes(arm))
      return none ? [{ path: `/schedule/${index}/when`, reason: 'no cohort of this row has cases in its arms, so it is for nobody' }] : []
    }),
  ]
}

function checkAllocation({ allocation, arms, cohorts }: Protocol): Mistake[] {
  if (!allocation) return []
  const lots = Object.keys(allocation.ratio)
  return [
    ...lots.flatMap((arm) => (Object.hasOwn(arms, arm) ? [] : [{ path: `/allocation/ratio/${arm}`, reason: notThere('arm', arm, arms) }])),
    ...allocation.blocks.flatMap((size, index) =>
      allocation.blocks.indexOf(size) === index ? [] : [{ path: `/allocation/blocks/${index}`, reason: `${size} stands here twice` }],
    ),
    ...Object.entries(cohorts).flatMap(([cohort, { arms: names = Object.keys(arms) }]) => {
      const path = `/cohorts/${cohort}/arms`
      const drawn = lots.filter((arm) => names.includes(arm))
      const others = names.filter((arm) => !lots.includes(arm))
      if (drawn.length === 0) return []
      // A cohort that cannot have one of the arms would get lots that it has to refuse.
      if (drawn.length < lots.length)
        return [{ path, reason: `it has some of the arms between which lots are drawn, and not others: ${lots.join(', ')}` }]
      const reason = `its arms are drawn by lot between ${lots.join(', ')}, so that no case of it would be in ${others.join(', ')}: name its arms`
      return others.length === 0 ? [] : [{ path, reason }]
    }),
  ]
}

function checkSamples({ samples, arms, cohorts, schedule }: Protocol): Mistake[] {
  return Object.entries(samples).flatMap(([name, sample]) => [
    ...(sample.arms ?? []).flatMap((arm, index) =>
      Object.hasOwn(arms, arm) ? [] : [{ path: `/samples/${name}/arms/${index}`, reason: notThere('arm', arm, arms) }],
    ),
    ...(sample.cohorts ?? []).flatMap((cohort, index) =>
      Object.hasOwn(cohorts, cohort) ? [] : [{ path: `/samples/${name}/cohorts/${index}`, reason: notThere('cohort', cohort, cohorts) }],
    ),
    ...(schedule.some(({ when }) => when?.sample === name)
      ? []
      : [{ path: `/samples/${name}`, reason: 'no row of the schedule asks for it' }]),
  ])
}

const checkMatching = ({ matching, cohorts }: Protocol): Mistake[] =>
  matching === undefined || Object.hasOwn(cohorts, matching.cohort)
    ? []
    : [{ path: '/matching/cohort', reason: notThere('cohort', matching.cohort, cohorts) }]

function checkWeights({ weights, schedule }: Protocol): Mistake[] {
  const known = Object.fromEntries(schedule.map(({ instrument }) => [parseReference(instrument).id, true]))
  return Object.entries(weights).flatMap(([name, { instruments }]) =>
    instruments.flatMap((id, index) => {
      const path = `/weights/${name}/instruments/${index}`
      if (!Object.hasOwn(known, id)) return [{ path, reason: notThere('instrument in the schedule', id, known) }]
      return instruments.indexOf(id) === index ? [] : [{ path, reason: `${id} stands here twice` }]
    }),
  )
}

/** The conditions under which a list counts as an opinion can be read, and look at items that every list has. */
export function checkCountedLists({ weights, schedule }: Protocol, catalogue: Catalogue<Instrument>): Mistake[] {
  const scheduled = schedule.map(({ instrument }) => instrument)
  return Object.entries(weights).flatMap(([name, { instruments, condition }]) => {
    if (condition === undefined) return []
    const counted = scheduled.filter((reference) => instruments.includes(parseReference(reference).id))
    return checkCondition(`/weights/${name}/condition`, condition, counted, catalogue)
  })
}
