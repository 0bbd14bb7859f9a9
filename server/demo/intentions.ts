/**
 * Who answers what in the demonstration, and when. In each wave exactly as many families as in the report's questionnaire
 * response (2.5), the same families again as far as possible: who answers late is mostly who answered before.
 */
import { type Family, type Stage, seed } from './families.ts'
import { normal, oneOf, type Random, randomOf, shuffled, wholeBetween } from './random.ts'

/** Families of 52 from which an answered list came in, by role, wave and instrument: report, 2.5. */
export const answeredFamilies: Record<string, Record<string, Record<string, number>>> = {
  parent: {
    T0: { nosik: 35, 'nosi-b': 36, veo: 36, pul: 35 },
    FU3: { veo: 21, pul: 17 },
    FU9: { veo: 15, pul: 15 },
  },
  referrer: { FU3: { 'succint-referrer': 35 }, FU9: { 'succint-referrer': 27 } },
  informant: { FU3: { 'succint-informant': 18 }, FU9: { 'succint-informant': 15 } },
}

/** Parents who say no at the first question, parents who stop after the start, and families who begin a list and leave it. */
const declining = 3
const withdrawing = 2
const leaving = 4

export interface Intention {
  family: number
  /** Which of the family's entry's participants. */
  participant: number
  wave: string
  /** answer: sends all of `instruments`, or all that is open; leave: begins the first and stops; decline, withdraw: asks for nothing more. */
  does: 'answer' | 'leave' | 'decline' | 'withdraw'
  instruments: string[] | 'open'
  /** Whole days after the first mail of the wave, and the local hour. */
  afterDays: number
  hour: number
}

const reached: Record<Stage, string[]> = {
  followed: ['T0', 'FU3', 'FU9'],
  halfway: ['T0', 'FU3'],
  started: ['T0'],
  new: [],
  retrospective: [],
  shadow: [],
}

/** What everybody will do, in no particular order. Throws a RangeError when there are too few families for the counts. */
export function inventIntentions(families: Family[]): Intention[] {
  const random = randomOf(seed, 'intentions')
  const settled = shuffled(
    random,
    families.filter(({ stage }) => stage !== 'new'),
  )
  const decline = settled.slice(0, declining)
  const withdraw = settled.filter((family) => family.stage !== 'started' && !decline.includes(family)).slice(0, withdrawing)
  const answers = Object.entries(answeredFamilies).flatMap(([role, waves]) => {
    const persistence = new Map(
      families.map((family) => [family, normal(randomOf(seed, role, family.number)) - (withdraw.includes(family) ? 0.2 : 0)]),
    )
    return Object.entries(waves).flatMap(([wave, counts]) => {
      const able = families.filter(
        (family) =>
          reached[family.stage].includes(wave) &&
          participantsIn(family, role).length > 0 &&
          !(role === 'parent' && (decline.includes(family) || (wave !== 'T0' && withdraw.includes(family)))),
      )
      return answersOfWave(role, wave, counts, mostPersistentFirst(able, persistence, wave), random)
    })
  })
  const answering = new Set(answers.filter(({ wave }) => wave === 'T0').map(({ family }) => family))
  const silent = settled.filter((family) => !answering.has(family.number) && !decline.includes(family) && !withdraw.includes(family))
  return [
    ...answers,
    ...decline.flatMap((family) =>
      participantsIn(family, 'parent').map((participant) => intend(family, participant, 'T0', 'decline', random)),
    ),
    ...withdraw.flatMap((family) =>
      participantsIn(family, 'parent').map((participant) => intend(family, participant, 'FU3', 'withdraw', random)),
    ),
    ...silent.slice(0, leaving).map((family) => intend(family, 0, 'T0', 'leave', random, ['veo'])),
  ]
}

function mostPersistentFirst(families: Family[], persistence: Map<Family, number>, wave: string): Family[] {
  const rank = new Map(
    families.map((family) => [family, (persistence.get(family) ?? 0) + 0.3 * normal(randomOf(seed, wave, family.number))]),
  )
  return [...families].sort((a, b) => (rank.get(b) ?? 0) - (rank.get(a) ?? 0))
}

function answersOfWave(role: string, wave: string, counts: Record<string, number>, families: Family[], random: Random): Intention[] {
  const most = Math.max(...Object.values(counts))
  if (families.length < most) throw new RangeError(`${most} families should answer as ${role} at ${wave}, and there are ${families.length}`)
  return families.slice(0, most).flatMap((family, place) => {
    const instruments = Object.keys(counts).filter((instrument) => place < (counts[instrument] ?? 0))
    const [first, ...others] = participantsIn(family, role)
    // Of two parents one answers for certain and the other every second time.
    return [first ?? 0, ...others.filter(() => random() < 0.5)].map((participant) =>
      intend(family, participant, wave, 'answer', random, instruments),
    )
  })
}

function intend(
  family: Family,
  participant: number,
  wave: string,
  does: Intention['does'],
  random: Random,
  instruments: string[] = [],
): Intention {
  // Most answer to the invitation; each reminder brings some more.
  const [from, to] = oneOf(random, [
    [0, 4],
    [0, 6],
    [1, 6],
    [7, 10],
    [8, 13],
    [14, 19],
  ] as const)
  return {
    family: family.number,
    participant,
    wave,
    does,
    instruments,
    afterDays: wholeBetween(random, from, to),
    hour: wholeBetween(random, 10, 21),
  }
}

export const participantsIn = ({ entry }: Family, role: string): number[] =>
  entry.participants.flatMap((participant, index) => (participant.role === role ? [index] : []))
