/** What a row of the schedule depends on, in plain English for a study leader. */
import type { ScheduleRow } from './schema.ts'

/** About whom it is asked and under which conditions, without arms and cohorts; nothing for a row that is always asked. */
export function conditionsOf({ role, about, when }: ScheduleRow): string[] {
  const { sample, consent, answers } = when ?? {}
  return [
    ...(about === undefined ? [] : [`about each ${about}`]),
    ...(sample === undefined ? [] : [`if drawn into the sample ${sample}`]),
    ...(consent === undefined ? [] : [`if ${whoConsents(consent.of, role, about)} to ${consent.purpose}`]),
    ...(answers === undefined
      ? []
      : [`if ${answers.instrument}${answers.wave === undefined ? '' : ` in ${answers.wave}`}: ${answers.condition}`]),
  ]
}

/** For which arms and cohorts a row is; nothing for a row that is for all. */
export const groupsInWords = ({ when }: ScheduleRow): string[] => [
  ...(when?.cohorts ? [`cohort ${orList(when.cohorts)}`] : []),
  ...(when?.arms ? [`arm ${orList(when.arms)}`] : []),
]

function whoConsents(of: string, role: string, about: string | undefined): string {
  if (of === about) return `this ${of} consented`
  return of === role ? `the ${of} consented` : `a ${of} consented, and none refused,`
}

const orList = (names: string[]): string => (names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`)
