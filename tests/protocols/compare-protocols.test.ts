import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareProtocols } from '../../protocols/compare-protocols.ts'
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
