/**
 * Families beside the 52 that are followed from the start: retrospective ones, of whom there is a file only, and shadow cases, who
 * were never offered a conference and are compared with a family that was. They come in while the study is under way.
 */
import { addDays, type Family, interviewer, invented, office, seed, youth } from './families.ts'
import { oneOf, randomOf, wholeBetween } from './random.ts'

const sizes = { retrospective: 12, shadow: 6 }
/** Of the retrospective ones. */
const withoutConference = 3

/** They are numbered on from `followed`, the number of families that are followed from the start. `today` is `YYYY-MM-DD`. */
export const inventOtherFamilies = (today: string, followed: number): Family[] => [
  ...Array.from({ length: sizes.retrospective }, (_, index) => retrospective(today, followed, index)),
  ...Array.from({ length: sizes.shadow }, (_, index) => shadow(today, followed + sizes.retrospective, index)),
]

function retrospective(today: string, before: number, index: number): Family {
  const number = before + index + 1
  const random = randomOf(seed, 'retrospective', index)
  const registeredOn = addDays(today, -200 - 12 * index)
  const referral = addDays(registeredOn, -wholeBetween(random, 500, 700))
  const conference = index >= withoutConference
  return {
    number,
    stage: 'retrospective',
    registeredOn,
    entry: {
      code: `RE-${String(index + 1).padStart(2, '0')}`,
      arm: conference ? 'conference' : 'non-conference',
      cohort: 'retrospective',
      region: oneOf(random, ['Amsterdam', 'Overijssel']),
      anchors: { referral, [conference ? 'conference' : 'decision']: addDays(referral, wholeBetween(random, 40, 80)) },
      participants: office(number),
    },
  }
}

/** Registered shortly before nine months after the decision, when they are interviewed about it. */
function shadow(today: string, before: number, index: number): Family {
  const number = before + index + 1
  const registeredOn = addDays(today, -60 - 10 * index)
  return {
    number,
    stage: 'shadow',
    registeredOn,
    entry: {
      code: `SC-${String(index + 1).padStart(2, '0')}`,
      arm: 'shadow',
      cohort: 'shadow',
      region: 'Amsterdam',
      anchors: { decision: addDays(registeredOn, -262) },
      participants: [
        invented('parent', 'Ouder Voorbeeld', 'ouder', number),
        invented('referrer', 'Verwijzer Voorbeeld', 'verwijzer', 1 + (number % 4)),
        invented('informant', 'Informant Voorbeeld', 'informant', number),
        youth(number),
        interviewer(number),
      ],
    },
  }
}
