/** A small study of our own in which lists have repeated records: a DEFINITIONS_DIR with placements, prices and a protocol. */
import type { CaseEntry } from '../../server/workflow/check-case.ts'
import { writeDefinition } from './definition-folder.ts'

const both = (text: string) => ({ nl: text, en: text })
const choices = (...texts: string[]) => texts.map((text, value) => ({ value, text: both(text) }))
const none = { allowed: 0, prorate: false }

/** Out-of-home placements as records, with when and at what price. */
export const placements = {
  kind: 'instrument',
  id: 'placements',
  version: '1.0.0',
  title: both('Placements'),
  measures: both('Placements'),
  minutes: 5,
  wording: { status: 'own', holder: 'Nameting', source: 'Written for a test' },
  respondents: ['coordinator'],
  survey: {
    title: both('Placements'),
    pages: [
      {
        name: 'only',
        title: both('All of them'),
        elements: [
          { type: 'radiogroup', name: 'placed', title: both('Was there any?'), choices: choices('No', 'Yes', 'File insufficient') },
          {
            type: 'paneldynamic',
            name: 'placements',
            title: both('Which?'),
            visibleIf: '{placed} = 1',
            maxPanelCount: 5,
            templateElements: [
              {
                type: 'dropdown',
                name: 'kind',
                title: both('Kind'),
                isRequired: true,
                choices: choices('Other', 'Foster care', 'Residential'),
              },
              { type: 'text', inputType: 'date', name: 'start', title: both('From') },
              { type: 'radiogroup', name: 'ended', title: both('Has it ended?'), choices: choices('No', 'Yes') },
              { type: 'text', inputType: 'date', name: 'end', title: both('Until'), visibleIf: '{panel.ended} = 1' },
              { type: 'text', inputType: 'number', name: 'nights', title: both('Nights'), min: 0, max: 5000, step: 1 },
              { type: 'checkbox', name: 'company', title: both('With'), choices: choices('Alone', 'Sister', 'Brother') },
            ],
          },
        ],
      },
    ],
  },
  scales: [
    {
      id: 'number',
      title: both('Number'),
      items: ['placements'],
      method: 'records',
      none: { placed: [0] },
      missing: none,
      range: [0, 5],
      worse: 'high',
    },
    {
      id: 'foster',
      title: both('Foster care'),
      items: ['placements'],
      method: 'records',
      where: { kind: [1] },
      none: { placed: [0] },
      missing: none,
      range: [0, 5],
      worse: null,
    },
    {
      id: 'days',
      title: both('Days'),
      items: ['placements'],
      method: 'duration',
      start: 'start',
      end: 'end',
      running: { ended: [0] },
      unit: 'days',
      over: 'sum',
      none: { placed: [0] },
      missing: none,
      range: [0, 36500],
      worse: 'high',
    },
    {
      id: 'ended_share',
      title: both('Ended'),
      items: ['placements'],
      method: 'share',
      where: { ended: [1] },
      missing: none,
      range: [0, 1],
      worse: null,
    },
    {
      id: 'cost',
      title: both('Cost'),
      items: ['placements'],
      method: 'cost',
      priceTable: 'care-prices',
      kind: 'kind',
      amount: 'nights',
      unitPrices: { 1: 'foster_day', 2: 'residential_day' },
      none: { placed: [0] },
      missing: none,
      range: [0, 10000000],
      worse: null,
    },
  ],
}

/** Invented prices: nobody charges these. */
export const prices = {
  kind: 'price-table',
  id: 'care-prices',
  version: '0.1.0-standin',
  title: both('Invented prices'),
  currency: 'EUR',
  year: 2025,
  status: 'stand-in',
  source: 'Invented for a test',
  prices: { foster_day: 10.1, residential_day: 100 },
}

const protocol = {
  kind: 'protocol',
  id: 'plans',
  version: '1.0.0-standin',
  title: both('Plans'),
  source: 'Written for a test',
  timeZone: 'Europe/Amsterdam',
  languages: ['nl', 'en'],
  arms: { all: { title: both('Everybody') } },
  cohorts: { now: { title: both('Now') } },
  roles: { coordinator: { title: both('Coordinator'), introduction: both('Hello'), seesCaseCode: true } },
  anchors: { conference: { title: both('Conference') } },
  waves: [{ id: 'T0', title: both('Start'), anchors: ['conference'], offset: {}, window: { opens: 0, closes: 60 } }],
  schedule: [
    { instrument: 'plan-actions@0.1.0-standin', role: 'coordinator', waves: ['T0'] },
    { instrument: 'placements@1.0.0', role: 'coordinator', waves: ['T0'] },
  ],
  norms: [],
  prices: ['care-prices@0.1.0-standin'],
  consents: [],
  messages: { hour: '10:00', invitation: { subject: both('Questions'), body: both('{link}') }, reminders: [] },
}

export const recordsProtocol = 'plans@1.0.0-standin'

/** Writes the definitions to `folder`, and returns it. */
export function writeRecordsStudy(folder: string): string {
  writeDefinition(folder, 'instruments', placements)
  writeDefinition(folder, 'norms', prices)
  writeDefinition(folder, 'protocols', protocol)
  return folder
}

export const coordinatorAddress = 'coordinator@voorbeeld.example'

/** A case with a coordinator, whose conference was on 1 March 2026. */
export const plannedCase: CaseEntry = {
  code: 'EK-001',
  arm: 'all',
  cohort: 'now',
  anchors: { conference: '2026-03-01' },
  participants: [{ role: 'coordinator', name: 'Coordinator Voorbeeld', email: coordinatorAddress, language: 'nl' }],
}
