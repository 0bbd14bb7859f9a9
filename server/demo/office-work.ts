/** What coordinators, referrers at the referral, file researchers and interviewers do in the demonstration, and when. */
import type { Answers } from '../../instruments/schema.ts'
import { type Family, seed } from './families.ts'
import { type Intention, participantsIn } from './intentions.ts'
import { normal, type Random, randomOf, wholeBetween } from './random.ts'

/** A list that is part of the work: how likely it is done, and how many days after the first day of its wave. */
interface Work {
  role: string
  wave: string
  instrument: string
  /** Chances after the response of the report (2.5): CVC 56 of 63, FREK 108 of 113, FUFREK 68 of 90; of the file study ours. */
  chance: number
  afterDays: readonly [number, number]
}

const work: Work[] = [
  { role: 'referrer', wave: 'T0', instrument: 'cvc', chance: 0.89, afterDays: [0, 13] },
  // Its last questions are about the conference.
  { role: 'coordinator', wave: 'T0', instrument: 'frek', chance: 0.96, afterDays: [50, 70] },
  { role: 'coordinator', wave: 'FU3', instrument: 'fufrek', chance: 0.76, afterDays: [3, 60] },
  { role: 'file-researcher', wave: 'T0', instrument: 'zap-kort', chance: 0.92, afterDays: [20, 120] },
  { role: 'file-researcher', wave: 'FU3', instrument: 'zap-kort', chance: 0.8, afterDays: [5, 120] },
  { role: 'file-researcher', wave: 'FU9', instrument: 'zap-kort', chance: 0.8, afterDays: [5, 60] },
]

const interviews: [least: number, most: number] = [5, 25]

/** What is done of it by all that have such a list. Whether the day has come by then is for whoever makes appointments of it. */
export const inventOfficeWork = (families: Family[]): Intention[] =>
  families.flatMap((family) => [
    ...(family.stage === 'shadow' ? [interviewOf(family, participantsIn(family, 'interviewer')[0] ?? 0)] : []),
    ...work.filter((one) => isAsked(family, one)).flatMap((one) => done(family, one)),
  ])

/** Interviews after nine months with everybody of a family who may be asked. `participant`: the place of the interviewer. */
export function interviewOf({ number }: Family, participant: number): Intention {
  const random = randomOf(seed, 'interview', number)
  const afterDays = wholeBetween(random, ...interviews)
  return { family: number, participant, wave: 'FU9', does: 'answer', instruments: 'open', afterDays, hour: wholeBetween(random, 11, 17) }
}

const isAsked = ({ stage, entry }: Family, { role, instrument }: Work): boolean =>
  stage !== 'shadow' &&
  entry.participants.some((one) => one.role === role) &&
  (instrument !== 'fufrek' || entry.anchors.conference !== undefined)

function done(family: Family, { role, wave, instrument, chance, afterDays }: Work): Intention[] {
  const random = randomOf(seed, 'office', family.number, wave, instrument)
  const [participant] = participantsIn(family, role)
  if (participant === undefined || random() >= chance) return []
  const does = 'answer'
  const [days, hour] = [wholeBetween(random, ...afterDays), wholeBetween(random, 11, 17)]
  return [{ family: family.number, participant, wave, does, instruments: [instrument], afterDays: days, hour }]
}

/** What in such a list follows from the family, and cannot be invented. All numbers are ours. */
export function knownIn(instrument: string, { entry, registeredOn }: Family, random: Random): Answers {
  if (instrument.startsWith('interview-')) return { held: 1, consent: 1 }
  if (instrument !== 'frek') return {}
  const around = (mean: number, sd: number, least: number): number => Math.max(least, Math.round(mean + sd * normal(random)))
  const first = entry.childBirthMonth === undefined ? wholeBetween(random, 1, 15) : yearsBetween(entry.childBirthMonth, registeredOn)
  const others = Array.from({ length: wholeBetween(random, 0, 2) }, () => wholeBetween(random, 0, 17))
  const children = [first, ...others].map((age) => ({ age }))
  if (entry.arm !== 'conference') return { children, held: 0 }
  const privately = around(130, 50, 15)
  return {
    children,
    held: 1,
    conference_minutes: privately + around(150, 40, 30),
    private_minutes: privately,
    present: around(14, 4, 4),
    plan_made: random() < 0.95 ? 1 : 0,
  }
}

const yearsBetween = (month: string, day: string): number =>
  Math.floor(Temporal.PlainDate.from(`${month}-01`).until(day, { largestUnit: 'years' }).years)
