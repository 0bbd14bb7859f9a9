/** Which version of a protocol, and of each instrument, asks in which wave: a study may adopt later ones from a date on. */
import { parseReference } from '../instruments/definition.ts'
import { ownValue } from '../instruments/own-value.ts'
import type { Plan, PlanCase } from './case.ts'
import { assertFits } from './fits.ts'
import { localDay } from './local-time.ts'
import { plan } from './plan.ts'
import type { Protocol } from './schema.ts'

/** A version that a study adopted: from this day (`YYYY-MM-DD`, in the study's time zone) on, waves that open are asked by it. */
export interface Adoption {
  kind: 'protocol' | 'instrument'
  /** `id@version`. */
  reference: string
  from: string
}

/** A protocol, and the first day on which it counts; null for the one with which the study began. */
export interface Period {
  from: string | null
  protocol: Protocol
}

/**
 * The protocols of a study in order of time. An adopted instrument takes the place of the version that the protocol names,
 * until another version of either is adopted. `find` gives a protocol by reference; what it throws is passed on.
 *
 * Adoptions from the same day count in the order in which they were made.
 */
export function periodsOf(pinned: Protocol, adoptions: readonly Adoption[], find: (reference: string) => Protocol): Period[] {
  const periods: [Period, ...Period[]] = [{ from: null, protocol: pinned }]
  for (const { kind, reference, from } of adoptions.toSorted((a, b) => (a.from < b.from ? -1 : Number(a.from > b.from)))) {
    const before = (periods.at(-1) as Period).protocol
    const protocol = kind === 'protocol' ? withEarlierYardsticks(find(reference), before) : withInstrument(before, reference)
    if (periods.at(-1)?.from === from) periods[periods.length - 1] = { from, protocol }
    else periods.push({ from, protocol })
  }
  return periods
}

/** Lists that began under the earlier protocol are still scored by its norms and prices, where the later one names none. */
function withEarlierYardsticks(later: Protocol, earlier: Protocol): Protocol {
  const priced = (later.prices ?? []).map((reference) => parseReference(reference).id)
  const prices = [...(later.prices ?? []), ...(earlier.prices ?? []).filter((reference) => !priced.includes(parseReference(reference).id))]
  return { ...later, norms: [...new Set([...later.norms, ...earlier.norms])], prices }
}

/** The protocol that counts on a day. */
export const inForceOn = (periods: readonly Period[], day: string): Protocol =>
  (periods.findLast(({ from }) => from === null || from <= day) as Period).protocol

/** The protocol with another version of one instrument wherever its schedule asks it. */
export const withInstrument = (protocol: Protocol, reference: string): Protocol => ({
  ...protocol,
  schedule: protocol.schedule.map((row) =>
    parseReference(row.instrument).id === parseReference(reference).id ? { ...row, instrument: reference } : row,
  ),
})

/**
 * The plan of a case in a study that adopted versions: each wave is asked by the protocol that counts on the day on which its
 * window opens. Without adoptions this is `plan`.
 *
 * A protocol asks nothing of a role, arm or cohort that only an earlier or later one has. Throws a RangeError when the case has
 * something that none of them knows.
 */
export function planOver(periods: readonly Period[], planCase: PlanCase): Plan {
  const latest = (periods.at(-1) as Period).protocol
  if (periods.length === 1) return plan(latest, planCase)
  assertFits(together(periods), planCase)
  const plans = periods.map(({ protocol }) => plan(protocol, asKnownTo(protocol, planCase)))
  const last = plans.at(-1) as Plan
  const isIn = (index: number, day: string): boolean => {
    const [from, next] = [periods[index]?.from ?? null, periods[index + 1]?.from ?? null]
    return (from === null || from <= day) && (next === null || day < next)
  }
  const packets = new Set<string>()
  const assignments = plans.flatMap((one, index) =>
    one.assignments.filter((assignment) => {
      const counts = isIn(index, localDay(assignment.opensAt, one.mailTime.timeZone).toString())
      if (counts) packets.add(JSON.stringify([index, assignment.participant, assignment.wave]))
      return counts
    }),
  )
  const messages = plans.flatMap((one, index) =>
    one.messages.filter(({ participant, wave }) => packets.has(JSON.stringify([index, participant, wave]))),
  )
  return {
    ...last,
    stopped: planCase.participants.filter(({ stoppedAt }) => stoppedAt !== undefined).map(({ id }) => id),
    withoutReminders: planCase.participants.filter(({ withoutReminders }) => withoutReminders).map(({ id }) => id),
    withoutMail: planCase.participants.filter(({ withoutMail }) => withoutMail).map(({ id }) => id),
    assignments: assignments.sort((a, b) => (a.opensAt < b.opensAt ? -1 : Number(a.opensAt > b.opensAt))),
    messages: messages.sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at))),
  }
}

/** All that some protocol of the study knows; of what several know, the latest counts. */
const together = (periods: readonly Period[]): Protocol => {
  const all = <Key extends 'roles' | 'arms' | 'cohorts' | 'anchors'>(key: Key): Protocol[Key] =>
    Object.assign({}, ...periods.map(({ protocol }) => protocol[key])) as Protocol[Key]
  const latest = (periods.at(-1) as Period).protocol
  return { ...latest, roles: all('roles'), arms: all('arms'), cohorts: all('cohorts'), anchors: all('anchors') }
}

/** The case without what this protocol does not know: nobody is left in it when that is its arm or cohort. */
function asKnownTo(protocol: Protocol, planCase: PlanCase): PlanCase {
  const [first] = Object.entries(protocol.cohorts) as [[string, Protocol['cohorts'][string]]]
  const allowed = ownValue(protocol.cohorts, planCase.cohort)
  const isKnown = allowed && Object.hasOwn(protocol.arms, planCase.arm) && (allowed.arms?.includes(planCase.arm) ?? true)
  // Whichever group it is, of nobody nothing is asked.
  const place = isKnown ? {} : { cohort: first[0], arm: first[1].arms?.[0] ?? (Object.keys(protocol.arms)[0] as string) }
  return {
    ...planCase,
    ...place,
    participants: isKnown ? planCase.participants.filter(({ role }) => Object.hasOwn(protocol.roles, role)) : [],
    anchors: Object.fromEntries(Object.entries(planCase.anchors).filter(([name]) => Object.hasOwn(protocol.anchors, name))),
  }
}
