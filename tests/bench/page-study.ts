/** A study with three lists of 25 statements, and a parent who is invited to them: what `npm run bench:page` measures. */
import type { CaseEntry } from '../../server/workflow/check-case.ts'
import { writeDefinition } from '../harness/definition-folder.ts'

const both = (nl: string, en: string) => ({ nl, en })

const steps = [
  both('Helemaal oneens', 'Strongly disagree'),
  both('Oneens', 'Disagree'),
  both('Een beetje oneens', 'Slightly disagree'),
  both('Een beetje eens', 'Slightly agree'),
  both('Eens', 'Agree'),
  both('Helemaal eens', 'Strongly agree'),
].map((text, index) => ({ value: index + 1, text }))

const subjects = ['het eten', 'het slapen', 'de school', 'de buren', 'het geld']
const feelings = ['gaat mij goed af', 'kost mij veel tijd', 'valt mij mee', 'geeft mij zorgen', 'maakt mij blij']

const statement = (list: string, number: number) => {
  const text = `Zin ${number + 1}: ${subjects[number % 5]} ${feelings[Math.floor(number / 5)]}.`
  return { type: 'radiogroup', name: `${list}${String(number + 1).padStart(2, '0')}`, title: both(text, `${text} (en)`), choices: steps }
}

/** A list of 25 statements with six steps each, five on a page. */
const listOf = (id: string) => ({
  kind: 'instrument',
  id,
  version: '1.0.0',
  title: both(`Lijst ${id}`, `List ${id}`),
  measures: both('Niets', 'Nothing'),
  minutes: 5,
  wording: { status: 'own', holder: 'Nameting', source: 'Written for a measurement' },
  respondents: ['parent'],
  survey: {
    title: both('Hoe is het thuis voor u?', 'How are things at home for you?'),
    description: both('U leest 25 korte zinnen. Er zijn geen goede of foute antwoorden.', 'You will read 25 short sentences.'),
    pages: Array.from({ length: 5 }, (_, page) => ({
      name: `${id}_page${page + 1}`,
      description: both('Denk aan de afgelopen twee weken. Bent u het eens met deze zinnen?', 'Think of the past two weeks. Do you agree?'),
      elements: Array.from({ length: 5 }, (_, place) => statement(id, page * 5 + place)),
    })),
  },
  scales: [],
})

const ids = ['first', 'second', 'third']

const protocol = {
  kind: 'protocol',
  id: 'pages',
  version: '1.0.0',
  title: both('Bladzijden', 'Pages'),
  source: 'Written for a measurement',
  timeZone: 'Europe/Amsterdam',
  languages: ['nl', 'en'],
  arms: { all: { title: both('Iedereen', 'Everybody') } },
  cohorts: { now: { title: both('Nu', 'Now') } },
  roles: { parent: { title: both('Ouder', 'Parent'), introduction: both('Goed dat u er bent.', 'Good that you are here.') } },
  anchors: { referral: { title: both('Aanmelding', 'Referral') } },
  waves: [{ id: 'T0', title: both('Start', 'Start'), anchors: ['referral'], offset: {}, window: { opens: 0, closes: 60 } }],
  schedule: ids.map((id) => ({ instrument: `${id}@1.0.0`, role: 'parent', waves: ['T0'] })),
  norms: [],
  consents: [],
  messages: { hour: '10:00', invitation: { subject: both('Vragen', 'Questions'), body: both('{link}', '{link}') }, reminders: [] },
}

export const pageProtocol = 'pages@1.0.0'

export const firstList = listOf('first')

/** Writes the definitions to `folder`, and returns it. */
export function writePageStudy(folder: string): string {
  for (const id of ids) writeDefinition(folder, 'instruments', listOf(id))
  writeDefinition(folder, 'protocols', protocol)
  return folder
}

export const parentAddress = (code: string): string => `parent-${code.toLowerCase()}@voorbeeld.example`

export const familyWithLists = (code: string): CaseEntry => ({
  code,
  arm: 'all',
  cohort: 'now',
  anchors: { referral: '2026-03-01' },
  participants: [{ role: 'parent', name: `Ouder Voorbeeld ${code}`, email: parentAddress(code), language: 'nl' }],
})
