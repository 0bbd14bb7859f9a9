/** An instrument as a stand-in and as the release that takes its place, a protocol that asks both, and a norm table for each. */
import { writeDefinition } from '../harness/definition-folder.ts'

const both = (text: string) => ({ nl: text, en: text })
const choices = (...labels: string[]) => labels.map((label, index) => ({ value: index + 1, text: both(label) }))
const three = choices('nooit', 'soms', 'vaak')
const often = { worse: 'high', missing: { allowed: 0, prorate: false }, method: 'sum' }

const common = {
  kind: 'instrument',
  id: 'checkup',
  title: both('A check-up'),
  measures: both('How it goes'),
  minutes: 1,
  respondents: ['parent'],
}

/** `checkup@0.1.0-standin` */
const standIn = {
  ...common,
  version: '0.1.0-standin',
  wording: { status: 'stand-in', holder: 'Nameting', source: 'Written for a test' },
  survey: {
    title: both('A check-up'),
    pages: [
      {
        name: 'only',
        elements: [
          { type: 'radiogroup', name: 'tired', title: both('Moe?'), choices: three },
          { type: 'radiogroup', name: 'awake', title: both('Wakker?'), choices: three },
          { type: 'radiogroup', name: 'worry', title: both('Zorgen?'), choices: three },
          { type: 'radiogroup', name: 'pain', title: both('Pijn?'), choices: three },
          { type: 'text', inputType: 'number', name: 'grade', title: both('Cijfer'), min: 0, max: 10, step: 1 },
          { type: 'checkbox', name: 'help', title: both('Hulp van'), choices: choices('familie', 'buren') },
          { type: 'comment', name: 'old', title: both('Nog iets?') },
          {
            type: 'paneldynamic',
            name: 'visits',
            title: both('Bezoeken'),
            maxPanelCount: 3,
            templateElements: [
              { type: 'radiogroup', name: 'who', title: both('Wie?'), choices: choices('arts', 'familie') },
              { type: 'text', inputType: 'number', name: 'hours', title: both('Uren'), min: 0, max: 24, step: 1 },
            ],
          },
        ],
      },
    ],
  },
  scales: [
    { id: 'sleep', title: both('Slapen'), items: ['tired', 'awake'], itemRange: [1, 3], range: [2, 6], ...often },
    { id: 'strain', title: both('Last'), items: ['worry', 'pain'], itemRange: [1, 3], range: [2, 6], ...often },
  ],
}

/** `checkup@1.0.0`: other words throughout, a further answer to `worry`, labels of `pain` turned round, another grade. */
const release = {
  ...common,
  version: '1.0.0',
  wording: { status: 'licensed', holder: 'An invented publisher', source: 'Edition of a test' },
  survey: {
    title: both('Check-up'),
    pages: [
      {
        name: 'only',
        elements: [
          { type: 'radiogroup', name: 'tired', title: both('Bent u moe?'), choices: three },
          { type: 'radiogroup', name: 'awake', title: both('Wakker?'), choices: three },
          { type: 'radiogroup', name: 'worry', title: both('Zorgen?'), choices: choices('nooit', 'soms', 'vaak', 'altijd') },
          { type: 'radiogroup', name: 'pain', title: both('Pijn?'), choices: choices('vaak', 'soms', 'nooit') },
          { type: 'text', inputType: 'number', name: 'grade', title: both('Cijfer'), min: 0, max: 100, step: 1 },
          { type: 'checkbox', name: 'help', title: both('Hulp van'), choices: choices('familie', 'buren') },
          { type: 'comment', name: 'fresh', title: both('Wat is er nieuw?'), isRequired: true },
          {
            type: 'paneldynamic',
            name: 'visits',
            title: both('Bezoeken'),
            maxPanelCount: 5,
            templateElements: [
              { type: 'radiogroup', name: 'who', title: both('Wie?'), choices: choices('arts', 'familie') },
              { type: 'text', inputType: 'number', name: 'hours', title: both('Uren'), min: 0, max: 99, step: 1 },
              { type: 'comment', name: 'topic', title: both('Waarover?') },
            ],
          },
        ],
      },
    ],
  },
  scales: [
    { id: 'sleep', title: both('Slapen'), items: ['tired', 'awake'], itemRange: [1, 3], range: [2, 6], ...often },
    { id: 'strain', title: both('Last'), items: ['worry', 'pain'], itemRange: [1, 4], range: [2, 8], ...often },
  ],
}

const norm = (id: string, instrumentVersions: string, mean: number) => ({
  ...{ kind: 'norm-table', id, version: '0.1.0-standin', title: both(id), instrument: 'checkup', instrumentVersions, scale: 'sleep' },
  ...{ population: both('Nobody'), year: 2026, status: 'stand-in', source: 'Invented for a test' },
  ...{ bands: 'bands-familie-aan-zet-2008@1.0.0', strata: [{ id: 'everybody', mean, sd: 2, n: null }] },
})

/** Those in the arm `before` get the stand-in twice, those in `after` the release, and those in `between` one after the other. */
const protocol = {
  kind: 'protocol',
  id: 'checkups',
  version: '1.0.0',
  title: both('Check-ups'),
  source: 'Written for a test',
  timeZone: 'Europe/Amsterdam',
  languages: ['nl', 'en'],
  arms: { before: { title: both('Before') }, between: { title: both('Between') }, after: { title: both('After') } },
  cohorts: { now: { title: both('Now') } },
  roles: { parent: { title: both('Parent'), introduction: both('Hello') } },
  anchors: { visit: { title: both('Visit') } },
  waves: [
    { id: 'T0', title: both('Start'), anchors: ['visit'], offset: {}, window: { opens: 0, closes: 30 } },
    { id: 'FU3', title: both('After 3 months'), anchors: ['visit'], offset: { months: 3 }, window: { opens: 0, closes: 30 } },
  ],
  schedule: [
    { instrument: 'checkup@0.1.0-standin', role: 'parent', waves: ['T0'], when: { arms: ['before', 'between'] } },
    { instrument: 'checkup@0.1.0-standin', role: 'parent', waves: ['FU3'], when: { arms: ['before'] } },
    { instrument: 'checkup@1.0.0', role: 'parent', waves: ['T0'], when: { arms: ['after'] } },
    { instrument: 'checkup@1.0.0', role: 'parent', waves: ['FU3'], when: { arms: ['between', 'after'] } },
  ],
  norms: ['sleep-a@0.1.0-standin', 'sleep-b@0.1.0-standin'],
  consents: [],
  messages: { hour: '09:00', invitation: { subject: both('Questions'), body: both('{link}') }, reminders: [] },
}

/** Asks the stand-in of everybody, until the study adopts another version. */
const oneVersion = {
  ...protocol,
  version: '0.9.0',
  schedule: [{ instrument: 'checkup@0.1.0-standin', role: 'parent', waves: ['T0', 'FU3'] }],
}

/** Writes them to `folder`, and returns it: a DEFINITIONS_DIR. */
export function writeVersionedDefinitions(folder: string): string {
  for (const instrument of [standIn, release]) writeDefinition(folder, 'instruments', instrument)
  writeDefinition(folder, 'norms', norm('sleep-a', '<1.0.0', 3))
  writeDefinition(folder, 'norms', norm('sleep-b', '>=1.0.0', 4))
  for (const one of [protocol, oneVersion]) writeDefinition(folder, 'protocols', one)
  return folder
}
