/**
 * The 52 invented families of the demonstration (52: the prospective families that stayed active in the report, 2.5).
 *
 * Everything about them follows from a fixed seed and from the day on which the demonstration is made, so that there are
 * always families who have been followed to the end, families under way, and families who were asked only just now.
 */
import type { CaseEntry, ParticipantEntry } from '../workflow/check-case.ts'
import { oneOf, type Random, randomOf, shuffled, wholeBetween } from './random.ts'

/** Of the first sixty such seeds one whose mean scores lie near those of the report. */
export const seed = 'nameting demonstration 7'

/** How far a family is on the day the demonstration is made; the days since its referral and from there to the conference. */
const stages = {
  followed: { families: 34, referredDaysAgo: [352, 425], daysToAnchor: [28, 45] },
  halfway: { families: 8, referredDaysAgo: [170, 300], daysToAnchor: [28, 45] },
  started: { families: 6, referredDaysAgo: [50, 118], daysToAnchor: [28, 45] },
  new: { families: 4, referredDaysAgo: [1, 9], daysToAnchor: [30, 45] },
} as const

export type Stage = keyof typeof stages | 'retrospective' | 'shadow'

export interface Family {
  /** From 1 on, in order of referral. */
  number: number
  stage: Stage
  /** Day of the referral, on which staff register the family. */
  registeredOn: string
  entry: CaseEntry
}

/** Share of families without a conference: 10 of 52; the report has 23 of 113 (chapter 3). */
const nonConferences = 10
const englishSpeaking = 6
const twoParents = 21
const guardians = 13
/** Whose parent has no mail address and is called: one of the new ones, who has not answered yet. */
export const askedByHand = 50
const coordinators = 6
/** Age from which a child is interviewed: the report has interviews with children of 8 to 18. */
const youngest = 8
const regions = ['Amsterdam', 'Overijssel']

/** The families, oldest referral first. `today` is `YYYY-MM-DD`. */
export function inventFamilies(today: string): Family[] {
  const random = randomOf(seed, 'families')
  const referrals = (Object.keys(stages) as (keyof typeof stages)[]).flatMap((stage) => {
    const [least, most] = stages[stage].referredDaysAgo
    return spread(stages[stage].families, least, most, random).map((daysAgo) => ({ stage, daysAgo }))
  })
  referrals.sort((a, b) => b.daysAgo - a.daysAgo)
  const numbers = referrals.map((_, index) => index + 1)
  // The newest families stay ordinary ones: they are those whose mail a visitor opens first.
  const older = numbers.filter((number) => referrals[number - 1]?.stage !== 'new')
  const withoutConference = new Set(shuffled(random, older).slice(0, nonConferences))
  const inEnglish = new Set([...shuffled(random, older).slice(0, englishSpeaking - 1), numbers.length - 1])
  const withTwo = new Set([...shuffled(random, older).slice(0, twoParents - 1), numbers.length])
  return referrals.map(({ stage, daysAgo }, index) => {
    const number = index + 1
    const conference = !withoutConference.has(number)
    const registeredOn = addDays(today, -daysAgo)
    const [soonest, latest] = stages[stage].daysToAnchor
    const anchor = addDays(registeredOn, wholeBetween(random, soonest, latest))
    const language = inEnglish.has(number) ? 'en' : 'nl'
    const region = oneOf(random, regions)
    const childBirthMonth = addDays(registeredOn, -wholeBetween(random, 365, 365 * 16)).slice(0, 7)
    return {
      number,
      stage,
      registeredOn,
      entry: {
        code: `EK-${String(number).padStart(3, '0')}`,
        arm: conference ? 'conference' : 'non-conference',
        cohort: 'prospective',
        region,
        childBirthMonth,
        anchors: { referral: registeredOn, [conference ? 'conference' : 'decision']: anchor },
        participants: [
          ...parents(number, language, withTwo.has(number), random),
          invented('referrer', 'Verwijzer Voorbeeld', 'verwijzer', 1 + (number % guardians)),
          ...(conference ? [invented('informant', 'Informant Voorbeeld', 'informant', number)] : []),
          ...office(number),
          ...(childBirthMonth <= addDays(registeredOn, -365 * youngest).slice(0, 7) ? [youth(number)] : []),
        ],
      },
    }
  })
}

/** Days that lie about evenly between two, so that in any week something is due for somebody. */
const spread = (size: number, from: number, to: number, random: Random): number[] =>
  Array.from({ length: size }, (_, index) => from + Math.floor(((index + random()) / size) * (to - from + 1)))

function parents(number: number, language: string, two: boolean, random: Random): ParticipantEntry[] {
  const first = random() < 0.8 ? 'female' : 'male'
  if (number === askedByHand) return [{ ...withoutMail(invented('parent', 'Ouder Voorbeeld', 'ouder', number)), language, sex: first }]
  if (!two) return [{ ...invented('parent', 'Ouder Voorbeeld', 'ouder', number), language, sex: first }]
  const second = first === 'female' ? 'male' : 'female'
  return [
    { ...invented('parent', 'Ouder Voorbeeld', 'ouder', `${number}a`), language, sex: first },
    { ...invented('parent', 'Ouder Voorbeeld', 'ouder', `${number}b`), language, sex: second },
  ]
}

/** Reached by telephone only; the number is plainly invented. */
const withoutMail = ({ email: _, ...entry }: ParticipantEntry): ParticipantEntry => ({
  ...entry,
  withoutMail: true,
  telephone: '06-00000050',
})

/** Who records and codes: a few people do so for many families. */
export const office = (number: number): ParticipantEntry[] => [
  invented('coordinator', 'Coördinator Voorbeeld', 'coordinator', 1 + (number % coordinators)),
  invented('file-researcher', 'Dossieronderzoeker Voorbeeld', 'dossier', 1 + (number % 2)),
]

export const interviewer = (number: number): ParticipantEntry =>
  invented('interviewer', 'Interviewer Voorbeeld', 'interviewer', 1 + (number % 2))

/** Somebody without an address: only an interviewer speaks with them. */
export function youth(number: number): ParticipantEntry {
  const { email: _, ...nobodyMails } = invented('youth', 'Jongere Voorbeeld', 'jongere', number)
  return nobodyMails
}

/** Nobody can take these for real people, and .example is a domain that no mail can reach (RFC 2606). */
export const invented = (role: string, name: string, mailbox: string, number: number | string): ParticipantEntry => ({
  role,
  name: `${name} ${number}`,
  email: `${mailbox}${number}@voorbeeld.example`,
  language: 'nl',
})

export const addDays = (date: string, days: number): string => Temporal.PlainDate.from(date).add({ days }).toString()
