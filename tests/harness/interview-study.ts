/** A small study of our own in which an interviewer speaks with the people of a case: a DEFINITIONS_DIR with interviews about somebody. */
import type { CaseEntry, ParticipantEntry } from '../../server/workflow/check-case.ts'
import { writeDefinition } from './definition-folder.ts'

const both = (nl: string, en: string) => ({ nl, en })
const choices = (...texts: [string, string][]) => texts.map(([nl, en], value) => ({ value, text: both(nl, en) }))

const talk = (id: string, title: ReturnType<typeof both>) => ({
  kind: 'instrument',
  id,
  version: '1.0.0',
  title,
  measures: both('Hoe het gaat', 'How things are'),
  minutes: 60,
  wording: { status: 'own', holder: 'Nameting', source: 'Written for a test' },
  respondents: ['interviewer'],
  survey: {
    title,
    pages: [
      {
        name: 'only',
        elements: [
          {
            type: 'radiogroup',
            name: 'held',
            title: both('Is er een gesprek geweest?', 'Was there an interview?'),
            choices: choices(['Nee', 'No'], ['Ja', 'Yes']),
          },
          {
            type: 'radiogroup',
            name: 'safe',
            visibleIf: '{held} = 1',
            title: both('De kinderen zijn veilig', 'The children are safe'),
            choices: choices(['Niet waar', 'Not true'], ['Een beetje waar', 'Somewhat true'], ['Waar', 'True']),
          },
          {
            type: 'paneldynamic',
            name: 'wishes',
            visibleIf: '{held} = 1',
            title: both('Wat moet er anders?', 'What should change?'),
            maxPanelCount: 5,
            templateElements: [{ type: 'comment', name: 'wish', title: both('Wens', 'Wish') }],
          },
        ],
      },
    ],
  },
  scales: [
    {
      id: 'safety',
      title: both('Veiligheid', 'Safety'),
      items: ['safe'],
      method: 'value',
      itemRange: [0, 2],
      missing: { allowed: 0, prorate: false },
      range: [0, 2],
      worse: 'low',
    },
  ],
})

const role = (nl: string, en: string, more = {}) => ({ title: both(nl, en), introduction: both('Hallo', 'Hello'), ...more })

const protocol = {
  kind: 'protocol',
  id: 'talks',
  version: '1.0.0',
  title: both('Gesprekken', 'Interviews'),
  source: 'Written for a test',
  timeZone: 'Europe/Amsterdam',
  languages: ['nl', 'en'],
  arms: { all: { title: both('Iedereen', 'Everybody') } },
  cohorts: { now: { title: both('Nu', 'Now') } },
  roles: {
    referrer: role('Aanmelder', 'Referrer'),
    parent: role('Ouder', 'Parent'),
    youth: role('Jongere', 'Young person', { mail: false }),
    interviewer: role('Interviewer', 'Interviewer', { seesCaseCode: true }),
  },
  anchors: { decision: { title: both('Besluit', 'Decision') } },
  waves: [
    { id: 'FU9', title: both('Na 9 maanden', 'After 9 months'), anchors: ['decision'], offset: {}, window: { opens: 0, closes: 90 } },
  ],
  schedule: [
    { instrument: 'talk@1.0.0', role: 'interviewer', about: 'parent', waves: ['FU9'] },
    { instrument: 'talk@1.0.0', role: 'interviewer', about: 'referrer', waves: ['FU9'] },
    { instrument: 'talk-youth@1.0.0', role: 'interviewer', about: 'youth', waves: ['FU9'] },
  ],
  norms: [],
  consents: [
    { purpose: 'research', version: '1.0.0', roles: ['parent', 'referrer'], required: true, statement: both('Ik doe mee', 'I take part') },
  ],
  weights: {
    interviews: {
      title: both('Gesprekken', 'Interviews'),
      instruments: ['talk', 'talk-youth'],
      condition: '{held} = 1',
    },
  },
  messages: { hour: '10:00', invitation: { subject: both('Gesprekken', 'Interviews'), body: both('{link}', '{link}') }, reminders: [] },
}

export const interviewProtocol = 'talks@1.0.0'

/** Writes the definitions to `folder`, and returns it. */
export function writeInterviewStudy(folder: string): string {
  writeDefinition(folder, 'instruments', talk('talk', both('Gesprek', 'Interview')))
  writeDefinition(folder, 'instruments', talk('talk-youth', both('Gesprek met een jongere', 'Interview with a young person')))
  writeDefinition(folder, 'protocols', protocol)
  return folder
}

export const interviewerAddress = (code: string): string => `interviewer-${code.toLowerCase()}@voorbeeld.example`

/** A case whose decision was on 1 March 2026, with an interviewer and one to speak with for each of `roles`. */
export const talkedWith = (code: string, ...roles: string[]): CaseEntry => ({
  code,
  arm: 'all',
  cohort: 'now',
  anchors: { decision: '2026-03-01' },
  participants: [
    { role: 'interviewer', name: 'Interviewer Voorbeeld', email: interviewerAddress(code), language: 'nl' },
    ...roles.map(
      (role, index): ParticipantEntry => ({
        role,
        name: `Verzonnen ${index + 1}`,
        ...(role !== 'youth' && { email: `${role}-${index + 1}-${code.toLowerCase()}@voorbeeld.example` }),
        language: 'nl',
      }),
    ),
  ],
})
