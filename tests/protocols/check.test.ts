import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { readInstruments } from '../../instruments/catalogue.ts'
import { readNorms } from '../../norms/catalogue.ts'
import { readProtocols } from '../../protocols/catalogue.ts'
import { checkProtocols, warnAboutProtocols } from '../../protocols/check.ts'
import { plan } from '../../protocols/plan.ts'
import { all, both, type Change, fileOf, type Json, put, smallInstrument } from '../instruments/small-files.ts'
import { smallBands, smallTable } from '../norms/small-files.ts'
import { smallStudy } from './small-files.ts'

const later: Json = { ...smallInstrument(), version: '0.2.0-standin', respondents: ['parent', 'referrer'] }
const instruments = readInstruments([smallInstrument(), later].map((instrument) => fileOf('instruments', instrument))).catalogue
const second: Json = { ...smallTable(), id: 'mood-be' }
const tables = readNorms([smallBands(), smallTable(), second].map((norm) => fileOf('norms', norm))).tables.catalogue
const priceTables = readNorms([]).priceTables.catalogue

const short = ({ path, reason }: { path: string; reason: string }) => `${path}: ${reason}`

function found(change: Change): { errors: string[]; warnings: string[] } {
  const study = smallStudy()
  change(study)
  const read = readProtocols([fileOf('protocols', study)])
  assert.deepEqual(read.problems, [], 'the schema has nothing against the change')
  return {
    errors: checkProtocols(read, { instruments, tables, priceTables }).map(short),
    warnings: warnAboutProtocols(read, { instruments, tables, priceTables }).map(short),
  }
}

test('a protocol without mistakes has no errors and no warnings', () => {
  assert.deepEqual(
    found(() => {}),
    { errors: [], warnings: [] },
  )
})

const row = { instrument: 'mood@0.1.0-standin', role: 'parent', waves: ['FU3'] }
const placeholders = '{name} {title} {minutes} {lists} {closes} {contact} {organisation}'

/** Each: what is done to the small protocol, and all that is then said. */
const mistakes: Record<string, [change: Change, ...said: string[]]> = {
  'an instrument version that is not there': [
    put('/schedule/0/instrument', 'mood@0.3.0'),
    '/schedule/0/instrument: there is no instrument mood@0.3.0; there is: mood@0.1.0-standin, mood@0.2.0-standin',
  ],
  'lists that count by an item which they do not have': [
    put('/weights', { moods: { title: both('Moods'), instruments: ['mood'], condition: '{held} = 1' } }),
    '/weights/moods/condition: mood@0.1.0-standin has no item held',
  ],
  'an instrument that is not there': [
    put('/schedule/0/instrument', 'nosik@1.0.0'),
    '/schedule/0/instrument: there is no instrument nosik@1.0.0',
  ],
  'a role that is not there': [
    put('/schedule/0/role', 'youth'),
    '/schedule/0/role: there is no role youth; there is: parent, referrer',
    '/schedule/0/role: mood@0.1.0-standin is not for the role youth: its respondents are parent',
  ],
  'a role that the list is not for': [
    put('/schedule/0/role', 'referrer'),
    '/schedule/0/role: mood@0.1.0-standin is not for the role referrer: its respondents are parent',
  ],
  'a wave that is not there': [put('/schedule/0/waves/-', 'FU9'), '/schedule/0/waves/1: there is no wave FU9; there is: T0, FU3'],
  'a wave named twice': [put('/schedule/0/waves/-', 'T0'), '/schedule/0/waves/1: T0 stands here twice'],
  'an arm that is not there': [
    put('/schedule/1/when/arms', ['none']),
    '/schedule/1/when/arms/0: there is no arm none; there is: conference, other',
  ],
  'an arm that every object has': [
    put('/schedule/1/when/arms', ['constructor']),
    '/schedule/1/when/arms/0: there is no arm constructor; there is: conference, other',
  ],
  'a cohort that is not there': [
    put('/schedule/1/when/cohorts/0', 'third'),
    '/schedule/1/when/cohorts/0: there is no cohort third; there is: first, second',
  ],
  'a row for no arm at all': [
    put('/schedule/1/when/arms', []),
    '/schedule/1/when/arms: no arm is left, so this row is for nobody: leave the key out to mean all',
  ],
  'the same row twice': [put('/schedule/-', row), '/schedule/2: /schedule/1 already asks mood of the role parent in FU3'],
  'two versions of one list in one wave': [
    put('/schedule/-', { ...row, instrument: 'mood@0.2.0-standin', waves: ['T0', 'FU3'], when: { arms: ['other'] } }),
    '/schedule/2: /schedule/0 already asks mood of the role parent in T0',
  ],
  'two waves with one id': [all(put('/waves/1/id', 'T0'), put('/schedule/1', undefined)), '/waves/1/id: there is another wave T0'],
  'a role that speaks for the family and is not there': [
    put('/familyRoles', ['parent', 'guardian', 'parent']),
    '/familyRoles/1: there is no role guardian; there is: parent, referrer',
    '/familyRoles/2: parent stands here twice',
  ],
  'an anchor that is not there': [
    put('/waves/1/anchors/0', 'plan'),
    '/waves/1/anchors/0: there is no anchor plan; there is: referral, conference',
  ],
  'an anchor named twice': [put('/waves/1/anchors/1', 'conference'), '/waves/1/anchors/1: conference stands here twice'],
  'a norm that is not there': [
    put('/norms/0', 'mood-nl@1.0.0'),
    '/norms/0: there is no norm table mood-nl@1.0.0; there is: mood-nl@0.1.0-standin, mood-be@0.1.0-standin',
  ],
  'two norms for one scale': [
    put('/norms/-', 'mood-be@0.1.0-standin'),
    '/norms/1: mood-nl@0.1.0-standin is already the norm for total of mood@0.1.0-standin',
  ],
  'consent of a role that is not there': [
    put('/consents/0/roles/0', 'child'),
    '/consents/0/roles/0: there is no role child; there is: parent, referrer',
  ],
  'the same consent asked twice': [
    put('/consents/1/roles/-', 'parent'),
    '/consents/1/roles/1: parent is already asked for consent to research',
  ],
  'an alarm about a list that is not asked': [
    put('/alarms', { low: { title: both('Low'), instrument: 'sleep', item: 'q1', answers: [4] } }),
    '/alarms/low/instrument: the schedule does not ask sleep',
  ],
  'an alarm about an item that is not there': [
    put('/alarms', { low: { title: both('Low'), instrument: 'mood', item: 'q9', answers: [4] } }),
    '/alarms/low/item: mood@0.1.0-standin has no item q9',
  ],
  'an alarm for an answer that nobody can give': [
    put('/alarms', { low: { title: both('Low'), instrument: 'mood', item: 'q1', answers: [4, 9] } }),
    '/alarms/low/answers/1: 9 is no answer to q1; there is: 1, 2, 3, 4',
  ],
  'a time zone that is none': [
    put('/timeZone', 'Europe/Rotterdam'),
    '/timeZone: "Europe/Rotterdam" is no time zone: write an IANA name, such as Europe/Amsterdam',
  ],
  'a fixed offset for a time zone': [
    put('/timeZone', '+01:00'),
    '/timeZone: "+01:00" is no time zone: write an IANA name, such as Europe/Amsterdam',
  ],
  'a mail without a link': [
    put('/messages/invitation/body/nl', 'Beste {name}'),
    '/messages/invitation/body/nl: {link} must stand in it once; it stands in it 0 times',
  ],
  'a mail with two links': [
    put('/messages/reminders/1/text/body/en', '{link} or {link}'),
    '/messages/reminders/1/text/body/en: {link} must stand in it once; it stands in it 2 times',
  ],
  'a mail with another address in it': [
    put('/messages/invitation/body/nl', '{link} of https://example.org'),
    '/messages/invitation/body/nl: a mail has one link, {link}: take the other address out',
  ],
  'a link in a subject': [
    put('/messages/invitation/subject/nl', 'Kijk: {link}'),
    `/messages/invitation/subject/nl: there is no placeholder {link} here; there is: ${placeholders}`,
  ],
  'a subject of two lines': [
    put('/messages/invitation/subject/en', 'Questions\r\nBcc: everybody@example.org'),
    '/messages/invitation/subject/en: a subject is one line, without control characters',
  ],
  'a placeholder that is not filled in': [
    put('/messages/reminders/0/text/body/en', '{child} {Name} {link}'),
    `/messages/reminders/0/text/body/en: there is no placeholder {child} here; there is: ${placeholders} {link}`,
    `/messages/reminders/0/text/body/en: there is no placeholder {Name} here; there is: ${placeholders} {link}`,
  ],
  'a brace too few': [
    put('/messages/invitation/body/en', 'Dear {name, {link}'),
    '/messages/invitation/body/en: a brace is not closed, or closed without being opened',
  ],
  'reminders out of order': [
    put('/messages/reminders/1/days', 7),
    '/messages/reminders/1/days: it goes out after 7 days, not later than first-reminder, after 7',
  ],
  'a reminder when the list is closed': [
    put('/messages/reminders/1/days', 15),
    '/messages/reminders/1/days: after 15 days wave T0 is closed: its window is 15 days long',
  ],
  'two reminders with one id': [
    put('/messages/reminders/1/id', 'first-reminder'),
    '/messages/reminders/1/id: there is another reminder first-reminder',
  ],
  'a reminder called invitation': [
    put('/messages/reminders/0/id', 'invitation'),
    '/messages/reminders/0/id: a reminder cannot be called invitation: that is the first mail',
  ],
  'a language named twice': [put('/languages/-', 'nl'), '/languages/2: nl stands here twice'],
  'a key that is no language': [put('/title/Dutch', 'Kleine studie'), '/title/Dutch: "Dutch" is no language tag, such as pl or zh-Hans'],
}

describe('a mistake in a protocol is told with its place:', () => {
  for (const [name, [change, ...said]] of Object.entries(mistakes)) test(name, () => assert.deepEqual(found(change).errors, said))
})

test('a language that the texts do not have is told for every text, and for every list', () => {
  const { errors } = found(put('/languages/-', 'tr'))
  assert.ok(errors.includes('/roles/parent/introduction: there is no text in tr, which is one of the languages'))
  assert.ok(errors.includes('/messages/reminders/1/text/body: there is no text in tr, which is one of the languages'))
  const list = errors.filter((error) => error.startsWith('/languages/2'))
  assert.deepEqual(list, ['/languages/2: mood@0.1.0-standin is not translated into tr: 14 texts are missing, the first at /survey/title'])
})

test('a protocol that lies in the wrong place is told', () => {
  const read = readProtocols([{ path: 'protocols/small/0.1.0-standin.json', text: JSON.stringify(smallStudy()) }])
  assert.deepEqual(checkProtocols(read, { instruments, tables, priceTables }), [
    { file: 'protocols/small/0.1.0-standin.json', path: '/id', reason: 'the id is small-study, but the folder is small' },
  ])
})

describe('what is allowed but seldom meant is a warning:', () => {
  const cases: Record<string, [change: Change, said: string]> = {
    'a wave in which nothing is asked': [put('/schedule/1', undefined), '/waves/1: nothing is asked in wave FU3'],
    'a norm for what is not asked': [
      all(put('/schedule/0/instrument', 'mood@0.2.0-standin'), put('/schedule/1/instrument', 'mood@0.2.0-standin')),
      '/norms/0: mood-nl@0.1.0-standin is for mood 0.1.0-standin, which the schedule does not ask',
    ],
    'stand-ins in a finished protocol': [
      put('/version', '1.0.0'),
      '/version: this version has no mark of a stand-in, but it uses mood@0.1.0-standin, mood-nl@0.1.0-standin',
    ],
  }
  for (const [name, [change, said]] of Object.entries(cases)) test(name, () => assert.deepEqual(found(change).warnings, [said]))
})

test('rows are told to ask a list twice exactly when a plan would have asked it twice', () => {
  const some = (...names: string[]) => fc.option(fc.subarray(names, { minLength: 1 }), { nil: undefined })
  const rows = fc.array(
    fc.record({ waves: fc.subarray(['T0', 'FU3'], { minLength: 1 }), arms: some('conference', 'other'), cohorts: some('first', 'second') }),
    { minLength: 1, maxLength: 3 },
  )
  fc.assert(
    fc.property(rows, (drawn) => {
      const schedule = drawn.map(({ waves, arms, cohorts }) => ({
        ...row,
        waves,
        when: { ...(arms && { arms }), ...(cohorts && { cohorts }) },
      }))
      const cases = ['conference', 'other'].flatMap((arm) => ['first', 'second'].map((cohort) => ({ arm, cohort })))
      // What single rows ask of a case, added up, is more than all rows together ask of it.
      const assignments = (of: Json[], { arm, cohort }: { arm: string; cohort: string }) => {
        const protocol = readProtocols([fileOf('protocols', { ...smallStudy(), schedule: of })]).catalogue.all()[0]
        assert.ok(protocol)
        const participants = [{ id: 'p', role: 'parent' }]
        const anchors = { referral: '2026-01-05', conference: '2026-02-27' }
        return plan(protocol, { arm, cohort, participants, anchors, registeredAt: '2026-01-01T12:00:00.000Z', completed: [] }).assignments
          .length
      }
      const twice = cases.some((one) => schedule.reduce((sum, single) => sum + assignments([single], one), 0) > assignments(schedule, one))
      assert.equal(
        found(put('/schedule', schedule)).errors.some((error) => error.includes('already asks')),
        twice,
      )
    }),
    { numRuns: 50 },
  )
})

test('texts of a further language are checked like the others', () => {
  assert.deepEqual(found(put('/messages/invitation/body/tr', 'Merhaba')).errors, [
    '/messages/invitation/body/tr: {link} must stand in it once; it stands in it 0 times',
  ])
  assert.deepEqual(found(put('/title', { ...both('Small study'), tr: 'Ufak' })).errors, [])
})
