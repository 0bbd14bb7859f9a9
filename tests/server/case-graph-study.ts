/** A study of our own with all kinds of people: staff who get mail, a child who is interviewed and does not, shadow cases. */
import { shippedDefinition, writeDefinition } from '../harness/definition-folder.ts'
import { family } from '../harness/family.ts'

const both = (text: string) => ({ nl: text, en: text })
const roleOf = (text: string, more: object = {}) => ({ title: both(text), introduction: both(text), ...more })

export const graphProtocol = 'case-graph@0.1.0-standin'

/** Writes the protocol into a definitions folder. */
export function writeGraphProtocol(folder: string): void {
  const base = shippedDefinition('protocols', 'familie-aan-zet')
  writeDefinition(folder, 'protocols', {
    ...base,
    id: 'case-graph',
    version: '0.1.0-standin',
    cohorts: { ...base.cohorts, shadow: { title: both('Shadow') } },
    roles: {
      ...base.roles,
      coordinator: roleOf('Coordinator'),
      interviewer: roleOf('Interviewer'),
      youth: roleOf('Youth', { mail: false }),
    },
    schedule: [
      ...base.schedule,
      { instrument: 'cvc@0.1.0-standin', role: 'referrer', waves: ['T0', 'FU3'] },
      { instrument: 'frek@0.1.0-standin', role: 'coordinator', waves: ['T0'] },
      { instrument: 'interview-ekc-referrer@0.1.0-standin', role: 'interviewer', about: 'referrer', waves: ['FU3'] },
      {
        instrument: 'interview-ekc-youth@0.1.0-standin',
        role: 'interviewer',
        about: 'youth',
        waves: ['FU3'],
        when: { consent: { purpose: 'interview', of: 'youth' } },
      },
    ],
    consents: [
      ...base.consents,
      { purpose: 'interview', version: '1.0.0', roles: ['youth', 'referrer'], required: false, statement: both('An interview is fine.') },
    ],
    nonResponse: {
      'no-time': { title: both('No time'), of: 'participant' },
      moved: { title: both('Moved'), of: 'participant' },
      'no-show': { title: both('Did not show up'), of: 'assignment' },
    },
    matching: {
      cohort: 'shadow',
      criteria: { 'same-referrer': { title: both('Same referrer') }, age: { title: both('Age of the child') } },
    },
  })
}

/** A family whose conference was three months and two days ago, and that was referred two days ago, so that T0 and FU3 are open. */
export function graphFamily(code: string, today: Temporal.PlainDate) {
  const referral = today.subtract({ days: 2 })
  return family(code, { referral: referral.toString(), conference: referral.subtract({ months: 3 }).toString() })
}
