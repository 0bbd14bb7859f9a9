/** A study of one long list: every kind of question, about 200 variables. A few responses that are given as any, and copies of those. */
import type { Answers } from '../../instruments/schema.ts'
import { writeDefinition } from '../harness/definition-folder.ts'
import { openTestStudy } from '../harness/test-study.ts'

const templates = 100
const both = (text: string) => ({ nl: text, en: text })
const numbered = <T>(count: number, make: (number: number) => T): T[] => Array.from({ length: count }, (_, number) => make(number))
const wording = { status: 'own', holder: 'Nameting', source: 'Written for a benchmark' }

const frequencies = ['Nooit', 'Zelden', 'Soms', 'Vaak', 'Altijd'].map((text, value) => ({ value, text: both(text) }))
const elements = [
  ...numbered(110, (n) => ({ type: 'radiogroup', name: `statement${n}`, title: both(`Statement ${n}`), choices: frequencies })),
  ...numbered(20, (n) => ({ type: 'text', inputType: 'number', name: `amount${n}`, title: both(`Amount ${n}`), min: 0 })),
  ...numbered(10, (n) => ({ type: 'text', inputType: 'date', name: `day${n}`, title: both(`Day ${n}`) })),
  ...numbered(10, (n) => ({ type: 'comment', name: `remark${n}`, title: both(`Remark ${n}`) })),
  ...numbered(4, (n) => ({ type: 'checkbox', name: `support${n}`, title: both(`Support ${n}`), choices: frequencies })),
]

const list = {
  kind: 'instrument',
  id: 'list',
  version: '1.0.0',
  title: both('A long list'),
  measures: both('A long list'),
  minutes: 60,
  wording,
  respondents: ['parent'],
  survey: { title: both('A long list'), pages: [{ name: 'only', elements }] },
  scales: numbered(2, (half) => ({
    id: `half${half}`,
    title: both(`Half ${half}`),
    items: numbered(55, (n) => `statement${half * 55 + n}`),
    reverse: [],
    method: 'sum',
    itemRange: [0, 4],
    missing: { allowed: 5, prorate: true },
    range: [0, 220],
    worse: null,
  })),
}

const protocol = {
  kind: 'protocol',
  id: 'lists',
  version: '1.0.0',
  title: both('Lists'),
  source: 'Written for a benchmark',
  timeZone: 'Europe/Amsterdam',
  languages: ['nl', 'en'],
  arms: { all: { title: both('Everybody') } },
  cohorts: { now: { title: both('Now') } },
  roles: { parent: { title: both('Parent'), introduction: both('Hello') } },
  anchors: { visit: { title: both('Visit') } },
  waves: [{ id: 'T0', title: both('Start'), anchors: ['visit'], offset: {}, window: { opens: 0, closes: 30 } }],
  schedule: [{ instrument: 'list@1.0.0', role: 'parent', waves: ['T0'] }],
  norms: [],
  consents: [],
  messages: { hour: '09:00', invitation: { subject: both('Questions'), body: both('{link}') }, reminders: [] },
}

/** Tables in which a copy of a case has rows, and which of their columns name something of that case. */
const copied: Record<string, string[]> = {
  cases: ['id', 'code'],
  participants: ['id', 'case_id'],
  anchors: ['case_id'],
  assignments: ['id', 'case_id', 'participant_id'],
  responses: ['id', 'assignment_id'],
  scores: ['response_id'],
}

/** Makes the study `lists` with `wanted` responses, one a case, in `folder/data`; its definitions are in `folder/definitions`. */
export async function wideStudy(folder: string, wanted: number): Promise<Record<'DATA_DIR' | 'DEFINITIONS_DIR', string>> {
  const definitions = `${folder}/definitions`
  writeDefinition(definitions, 'instruments', list)
  writeDefinition(definitions, 'protocols', protocol)
  const opened = await openTestStudy({ folder: `${folder}/data`, definitions, entry: { id: 'lists', protocol: 'lists@1.0.0' } })
  const count = Math.min(templates, wanted)
  await opened.register(
    ...numbered(count, (n) => ({
      code: `L${n}`,
      arm: 'all',
      cohort: 'now',
      region: 'Verzinstad',
      anchors: { visit: '2026-03-01' },
      participants: [{ role: 'parent', name: 'Ouder', email: `ouder${n}@voorbeeld.example`, language: 'nl' }],
    })),
  )
  for (let n = 0; n < count; n++) await opened.submit({ code: `L${n}`, instrument: 'list' }, answersOf(n))
  await opened.context.stores.study.withTx(async (tx) => {
    for (const [table, own] of Object.entries(copied)) {
      const columns = opened.rows<{ name: string }>(`SELECT name FROM pragma_table_info('${table}')`).map(({ name }) => name)
      const kept = columns.filter((name) => !(table === 'scores' && name === 'id'))
      const values = kept.map((name) => (own.includes(name) ? `${name} || '-' || copy` : name))
      tx.run(
        `INSERT INTO ${table} (${kept.join(', ')}) SELECT ${values.join(', ')} FROM ${table},
         (WITH RECURSIVE n(copy) AS (SELECT 1 UNION ALL SELECT copy + 1 FROM n WHERE copy < ${Math.ceil(wanted / count)})
          SELECT copy FROM n WHERE copy < ${Math.ceil(wanted / count)})`,
      )
    }
    tx.run('ANALYZE')
  })
  await opened.close()
  return { DATA_DIR: `${folder}/data`, DEFINITIONS_DIR: definitions }
}

/** Some of everything, and now and then nothing. */
function answersOf(n: number): Answers {
  const answers = elements.flatMap(({ type, name, ...rest }, index): [string, Answers[string]][] => {
    const some = (n * 31 + index * 17) % 97
    if (some % 11 === 0) return []
    if (type === 'radiogroup') return [[name, some % 5]]
    if (type === 'checkbox') return [[name, [some % 5, (some + 2) % 5].toSorted()]]
    if (type === 'comment') return [[name, `Wij "zagen" elkaar ${some} keer; dat was goed.\nEn verder één ding: ${n}.`]]
    if ('inputType' in rest && rest.inputType === 'date') return [[name, `20${10 + (some % 15)}-0${1 + (some % 9)}-1${some % 10}`]]
    return [[name, (some * 37 + n) / 8]]
  })
  return Object.fromEntries(answers)
}
