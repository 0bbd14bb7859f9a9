/** A protocol as a file, for the small instrument and norm table of the neighbouring folders. */
import { both, type Json } from '../instruments/small-files.ts'

const mail = (): Json => ({ subject: both('Questions for {name}'), body: both('Dear {name}, {link} until {closes}. {organisation}') })

export function smallStudy(): Json {
  return {
    kind: 'protocol',
    id: 'small-study',
    version: '0.1.0-standin',
    title: both('Small study'),
    source: 'Made for a test',
    timeZone: 'Europe/Amsterdam',
    languages: ['nl', 'en'],
    arms: { conference: { title: both('Conference') }, other: { title: both('Other') } },
    cohorts: { first: { title: both('First') }, second: { title: both('Second') } },
    roles: {
      parent: { title: both('Parent'), introduction: both('Welcome') },
      referrer: { title: both('Referrer'), introduction: both('Welcome') },
    },
    anchors: { referral: { title: both('Referral') }, conference: { title: both('Conference') } },
    waves: [
      { id: 'T0', title: both('Start'), anchors: ['referral'], offset: {}, window: { opens: 0, closes: 14 } },
      { id: 'FU3', title: both('Later'), anchors: ['conference', 'referral'], offset: { months: 3 }, window: { opens: -7, closes: 14 } },
    ],
    schedule: [
      { instrument: 'mood@0.1.0-standin', role: 'parent', waves: ['T0'] },
      { instrument: 'mood@0.1.0-standin', role: 'parent', waves: ['FU3'], when: { arms: ['conference'], cohorts: ['first'] } },
    ],
    norms: ['mood-nl@0.1.0-standin'],
    consents: [
      { purpose: 'research', version: '1.0.0', roles: ['parent'], required: true, statement: both('I take part') },
      { purpose: 'research', version: '1.0.0', roles: ['referrer'], required: true, statement: both('I take part') },
    ],
    messages: {
      hour: '09:00',
      invitation: mail(),
      reminders: [
        { id: 'first-reminder', days: 7, text: mail() },
        { id: 'last-reminder', days: 14, text: mail() },
      ],
    },
  }
}
