import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { compareProtocols, toldElsewhere } from '../../protocols/compare-protocols.ts'
import { type Protocol, protocolSchema } from '../../protocols/schema.ts'
import { smallProtocol } from './small-protocol.ts'
import { smallReport } from './small-report.ts'

const said = (before: Protocol, after: Protocol) =>
  compareProtocols(before, after).map(
    ({ part, id, what, traits }) =>
      `${what} ${part} ${id}${traits.map(({ trait, was, is }) => (was === null && is === null ? ` ${trait}` : ` ${trait} ${was}>${is}`)).join('')}`,
  )

const text = (nl: string) => ({ nl, en: nl })
const mail = { subject: text('s'), body: text('b') }
const consent = { purpose: 'research', version: '1.0.0', roles: ['parent'], required: true, statement: text('Ja') }
const alarm = { title: text('Gevaar'), instrument: 'veo', item: 'veo1', answers: [3] }
const full: Protocol = protocolSchema.parse({
  ...smallProtocol,
  consents: [consent, { ...consent, purpose: 'follow-up', required: false }],
  alarms: { danger: alarm, other: { ...alarm, item: 'veo2' } },
  nonResponse: { moved: { title: text('Verhuisd'), of: 'participant' } },
  report: smallReport(),
})
const changed = (change: (copy: ReturnType<typeof structuredClone<Protocol>>) => void): Protocol => {
  const copy = structuredClone(full)
  change(copy)
  return copy
}

test('a protocol does not differ from itself, and other lists or norms alone are told elsewhere', () => {
  assert.deepEqual(said(full, structuredClone(full)), [])
  assert.deepEqual(said(full, { ...full, version: '1.1.0', norms: ['veo-total@1.0.0'], schedule: full.schedule.slice(1) }), [])
})

test('what is gone comes first: tables, consents, mails, alarms, reasons, languages, each by its name', () => {
  const later = changed((copy) => {
    copy.report?.sections[0]?.tables.shift()
    copy.consents.pop()
    copy.messages.reminders.pop()
    delete copy.alarms.other
    delete copy.nonResponse.moved
    copy.languages.push('en')
  })
  const gone = ['table 1.1', 'consent follow-up', 'mail reminder-2', 'reminder reminder-2', 'alarm other', 'reason moved']
  assert.deepEqual(said(full, later), [...gone.map((one) => `gone ${one}`), 'new language en'])
  assert.deepEqual(said(later, full), ['gone language en', ...gone.map((one) => `new ${one}`)])
})

test('windows, offsets, moments of mails and answers that raise an alarm are told as they were and as they are', () => {
  const later = changed((copy) => {
    for (const wave of copy.waves)
      if (wave.id === 'FU3') Object.assign(wave, { window: { opens: 0, closes: 34 }, offset: { months: 4, days: 0 } })
    copy.messages.hour = '18:00'
    for (const reminder of copy.messages.reminders) if (reminder.id === 'reminder-1') reminder.days = 5
    Object.assign(copy.alarms.danger ?? {}, { answers: [2, 3] })
    Object.assign(copy.consents[0] ?? {}, { version: '2.0.0', statement: text('Ja graag') })
  })
  assert.deepEqual(said(full, later), [
    'changed consent research version 1.0.0>2.0.0 words',
    'changed reminder reminder-1 days 7>5',
    'changed hour hour at 09:00>18:00',
    'changed alarm danger answers 3>2, 3',
    'changed wave FU3 opens -7>0 months 3>4',
  ])
})

test('words of a mail are others where its text is; a role with texts of its own has mails of its own', () => {
  const later = changed((copy) => {
    copy.messages.invitation = mail
    copy.messages.forRoles = { referrer: { invitation: mail, reminder: mail } }
  })
  assert.deepEqual(said(full, later), ['changed mail invitation words', 'new mail referrer/invitation', 'new mail referrer/reminder'])
})

test('a table is another when it counts otherwise, also by a group that it names; a title alone is other words', () => {
  const groups = changed((copy) => Object.assign(copy.report?.groups.held ?? {}, { arms: ['other'] }))
  const counted = said(full, groups)
  assert.ok(counted.includes('changed table 1.1 contents'), String(counted))
  const [table] = full.report?.sections[0]?.tables ?? []
  const title = changed((copy) => Object.assign(copy.report?.sections[0]?.tables[0] ?? {}, { title: text('Anders') }))
  assert.deepEqual(said(full, title), [`changed table ${table?.id} words`])
})

/** A protocol in which every key of the schema has a value. */
const whole: Protocol = protocolSchema.parse({
  ...full,
  $schema: '../protocol.schema.json',
  uses: ['texts@1.0.0'],
  assumptions: ['that it is so'],
  cohorts: { prospective: { title: text('Voor'), arms: ['conference'] }, retrospective: { title: text('Na') } },
  familyRoles: ['parent'],
  roles: {
    parent: { title: text('Ouder'), introduction: text('Hallo'), window: { opens: 0, closes: 9 } },
    referrer: { title: text('Verwijzer'), introduction: text('Dag') },
  },
  schedule: full.schedule.map((row, index) => ({
    ...row,
    about: 'parent',
    when: {
      ...row.when,
      sample: 'some',
      consent: { purpose: 'research', of: 'parent' },
      answers: { instrument: 'veo', wave: 'T0', condition: '{veo1} > 1' },
    },
    ...(index === 0 && { doubleEntry: { share: 0.5, seed: 'twaalf-twaalf' } }),
  })),
  norms: ['veo-total@1.0.0'],
  prices: ['care@1.0.0'],
  consents: full.consents.map((one) => ({ ...one, title: text('Onderzoek') })),
  allocation: { ratio: { conference: 1, 'non-conference': 1 }, blocks: [2], strata: ['region'] },
  samples: { some: { title: text('Enkele'), size: 3, arms: ['conference'], cohorts: ['prospective'] } },
  matching: { cohort: 'retrospective', criteria: { age: { title: text('Leeftijd') } } },
  weights: { opinion: { title: text('Mening'), instruments: ['veo'], condition: '{veo1} > 1' } },
  messages: { ...full.messages, forRoles: { referrer: { invitation: mail, reminder: mail } } },
})

interface Schema {
  $ref?: string
  type?: string
  properties?: Record<string, Schema>
  additionalProperties?: Schema | boolean
  items?: Schema
  anyOf?: Schema[]
  $defs?: Record<string, Schema>
}

/** Where the schema has a value, without numbers of rows and names of records: `roles/window/opens`. Localised texts and reports are one. */
function pathsOf(schema: Schema, root: Schema, path = ''): string[] {
  const name = schema.$ref?.split('/').at(-1)
  if (name) return pathsOf(root.$defs?.[name] ?? {}, root, path)
  const own = Object.entries(schema.properties ?? {})
  const below = [
    ...own.flatMap(([key, one]) => pathsOf(one, root, path === '' ? key : `${path}/${key}`)),
    ...(typeof schema.additionalProperties === 'object' ? pathsOf(schema.additionalProperties, root, path) : []),
    ...(schema.items ? pathsOf(schema.items, root, path) : []),
  ]
  return below.length > 0 ? below : [path]
}

/** Every single value with the keys that lead to it; those of a list are one by one. */
function valuesIn(value: unknown, keys: string[] = []): { keys: string[]; value: unknown }[] {
  if (typeof value !== 'object' || value === null) return [{ keys, value }]
  return Object.entries(value).flatMap(([key, one]) => valuesIn(one, [...keys, key]))
}

const otherwise = (value: unknown): unknown =>
  typeof value === 'number'
    ? value + 1
    : typeof value === 'boolean'
      ? !value
      : /@1\.0\.0$/.test(String(value))
        ? String(value).replace(/0$/, '1')
        : `${String(value)}x`

function withOther(keys: string[], value: unknown): Protocol {
  const copy = structuredClone(whole)
  const last = keys.at(-1) ?? ''
  const place = keys.slice(0, -1).reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, copy as never)
  place[last] = otherwise(value)
  return copy
}

/** The keys without names that the protocol gives and places in a list. */
const inRecords = new Set([
  'arms',
  'cohorts',
  'roles',
  'anchors',
  'samples',
  'weights',
  'nonResponse',
  'alarms',
  'criteria',
  'forRoles',
  'ratio',
])
const pathOf = (keys: string[]): string =>
  keys
    .filter((key, index) => !/^\d+$/.test(key) && !(inRecords.has(keys[index - 1] ?? '') && (index === 1 || keys[index - 2] !== 'samples')))
    .join('/')

const isElsewhere = (path: string): boolean => Object.keys(toldElsewhere).some((one) => path === one || path.startsWith(`${one}/`))

test('every key of the schema of a protocol has a value in the one that is tried out below', () => {
  const has = valuesIn(whole).map(({ keys }) => pathOf(keys))
  const without = pathsOf(
    z.toJSONSchema(protocolSchema, { io: 'input' }) as Schema,
    z.toJSONSchema(protocolSchema, { io: 'input' }) as Schema,
  )
    .filter((path) => !path.startsWith('report'))
    .filter((path) => !has.some((one) => one === path || one.startsWith(`${path}/`)))
  assert.deepEqual(without, [])
})

test('whatever value of a protocol is another one is told, or stands among what is told elsewhere', () => {
  assert.deepEqual(said(whole, structuredClone(whole)), [])
  const silent = valuesIn(whole)
    .filter(({ keys, value }) => said(whole, withOther(keys, value)).length === 0)
    .map(({ keys }) => pathOf(keys))
  assert.deepEqual([...new Set(silent.filter((path) => !isElsewhere(path)))], [])
  for (const path of Object.keys(toldElsewhere))
    assert.ok(
      silent.some((one) => one === path || one.startsWith(`${path}/`)),
      path,
    )
})
