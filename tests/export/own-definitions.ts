/** Definitions of a study's own, with every kind of question: what the shipped lists don't ask. */
import { writeDefinition } from '../harness/definition-folder.ts'

const both = (text: string) => ({ nl: text, en: text })
const wording = { status: 'own', holder: 'Nameting', source: 'Written for a test' }

export function visit(version: string) {
  return {
    kind: 'instrument',
    id: 'visit',
    version,
    title: both('A visit'),
    measures: both('A visit'),
    minutes: 1,
    wording,
    respondents: ['parent'],
    survey: {
      title: both('A visit'),
      pages: [
        {
          name: 'only',
          elements: [
            {
              type: 'radiogroup',
              name: 'moved',
              title: { nl: 'Bent u verhuisd?', en: 'Did you move?' },
              choices: [
                { value: 0, text: { nl: 'Nee', en: 'No' } },
                { value: 1, text: { nl: 'Ja', en: 'Yes' } },
              ],
            },
            { type: 'text', inputType: 'date', name: 'moved_on', title: both('When?'), visibleIf: '{moved} = 1' },
            { type: 'text', inputType: 'number', name: 'persons', title: both('Persons'), min: 0, max: 30, step: 1 },
            { type: 'text', inputType: 'number', name: 'balance', title: both('Balance') },
            {
              type: 'checkbox',
              name: 'support',
              title: both('Support'),
              choices: [1, 2, 3].map((value) => ({ value, text: both(`Kind ${value}`) })),
            },
            { type: 'comment', name: 'remark', title: both('Remark'), maxLength: 20_000 },
            { type: 'comment', name: 'state', title: both('Anything about moving?'), visibleIf: '{moved} = 1' },
          ],
        },
      ],
    },
    scales: [
      {
        id: 'moves',
        title: { nl: 'Verhuisd', en: 'Moved' },
        items: ['moved'],
        method: 'value',
        itemRange: [0, 1],
        missing: { allowed: 0, prorate: false },
        range: [0, 1],
        worse: null,
      },
    ],
  }
}

/** One question to two roles. */
const opinion = {
  kind: 'instrument',
  id: 'opinion',
  version: '1.0.0',
  title: both('An opinion'),
  measures: both('An opinion'),
  minutes: 1,
  wording,
  respondents: ['parent', 'referrer'],
  survey: {
    title: both('An opinion'),
    pages: [{ name: 'only', elements: [{ type: 'text', name: 'word', title: both('In one word?') }] }],
  },
  scales: [],
}

export const protocol = {
  kind: 'protocol',
  id: 'visits',
  version: '1.0.0',
  title: both('Visits'),
  source: 'Written for a test',
  timeZone: 'Europe/Amsterdam',
  languages: ['nl', 'en'],
  arms: { all: { title: both('Everybody') } },
  cohorts: { now: { title: both('Now') } },
  roles: {
    parent: { title: both('Parent'), introduction: both('Hello') },
    referrer: { title: both('Referrer'), introduction: both('Hello') },
  },
  anchors: { visit: { title: both('Visit') } },
  waves: [
    { id: 'T0', title: both('Start'), anchors: ['visit'], offset: {}, window: { opens: 0, closes: 30 } },
    { id: 'FU3', title: both('After 3 months'), anchors: ['visit'], offset: { months: 3 }, window: { opens: 0, closes: 30 } },
  ],
  schedule: [
    { instrument: 'visit@1.0.0', role: 'parent', waves: ['T0', 'FU3'] },
    { instrument: 'opinion@1.0.0', role: 'parent', waves: ['T0'] },
    { instrument: 'opinion@1.0.0', role: 'referrer', waves: ['T0'] },
    { instrument: 'veo@0.1.0-standin', role: 'parent', waves: ['T0'] },
  ],
  norms: ['veo-nl@0.1.0-standin'],
  consents: [],
  messages: { hour: '09:00', invitation: { subject: both('Questions'), body: both('{link}') }, reminders: [] },
}

/** Writes them to `folder`, and returns it: a DEFINITIONS_DIR. */
export function writeOwnDefinitions(folder: string): string {
  writeDefinition(folder, 'instruments', visit('1.0.0'))
  writeDefinition(folder, 'instruments', visit('1.1.0'))
  writeDefinition(folder, 'instruments', opinion)
  writeDefinition(folder, 'protocols', protocol)
  return folder
}
