import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseReference } from '../../instruments/definition.ts'
import type { Protocol } from '../../protocols/schema.ts'
import { waveDates } from '../../protocols/wave-dates.ts'
import { loadDefinitions } from '../../server/definitions/load.ts'
import { inventFamilies } from '../../server/demo/families.ts'
import { inventIntentions } from '../../server/demo/intentions.ts'
import { inventOfficeWork } from '../../server/demo/office-work.ts'
import { inventOtherFamilies } from '../../server/demo/other-families.ts'
import { caseProblems } from '../../server/workflow/check-case.ts'

const protocol: Protocol = loadDefinitions().protocols.need('familie-aan-zet@0.5.2-standin')

const anyDay = fc
  .date({ min: new Date('2024-01-01'), max: new Date('2036-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

/** Families (of 52) from which a list came in, as the report prints them: De familie aan zet (2008), 2.5. */
const reported: [role: string, wave: string, instrument: string, families: number][] = [
  ['parent', 'T0', 'nosik', 35],
  ['parent', 'T0', 'nosi-b', 36],
  ['parent', 'T0', 'veo', 36],
  ['parent', 'FU3', 'veo', 21],
  ['parent', 'FU9', 'veo', 15],
  ['parent', 'T0', 'pul', 35],
  ['parent', 'FU3', 'pul', 17],
  ['parent', 'FU9', 'pul', 15],
  ['referrer', 'FU3', 'succint-referrer', 35],
  ['referrer', 'FU9', 'succint-referrer', 27],
  ['informant', 'FU3', 'succint-informant', 18],
  ['informant', 'FU9', 'succint-informant', 15],
]

test('on any day there are 52 families that fit the protocol, each with a code of its own', () => {
  fc.assert(
    fc.property(anyDay, (today) => {
      const families = inventFamilies(today)
      assert.equal(families.length, 52)
      assert.equal(new Set(families.map(({ entry }) => entry.code)).size, 52)
      for (const { entry } of families) assert.deepEqual(caseProblems(protocol, protocol.languages, entry), [])
    }),
    { numRuns: 30 },
  )
})

test('nobody could take them for real people: every name says so, every address is at a domain that does not exist', () => {
  for (const { entry } of [...inventFamilies('2026-11-21'), ...inventOtherFamilies('2026-11-21', 52)])
    for (const { role, name, email, withoutMail, telephone } of entry.participants) {
      assert.match(name, /^(Ouder|Verwijzer|Informant|Coördinator|Dossieronderzoeker|Interviewer|Jongere) Voorbeeld \d+[ab]?$/)
      assert.match(telephone ?? '06-00000000', /^06-000000\d\d$/)
      if (role === 'youth' || withoutMail) assert.equal(email, undefined)
      else assert.match(email ?? '', /@voorbeeld\.example$/)
    }
})

test('some families have two parents, some speak English, some had no conference and then no family informant', () => {
  const entries = inventFamilies('2026-11-21').map(({ entry }) => entry)
  const count = (is: (entry: (typeof entries)[number]) => boolean) => entries.filter(is).length
  assert.equal(
    count(({ participants }) => participants.filter(({ role }) => role === 'parent').length === 2),
    21,
  )
  assert.equal(
    count(({ participants }) => participants.some(({ language }) => language === 'en')),
    6,
  )
  assert.equal(
    count(({ arm }) => arm === 'non-conference'),
    10,
  )
  assert.equal(
    count(({ arm, participants }) => arm === 'non-conference' && participants.some(({ role }) => role === 'informant')),
    0,
  )
})

test('on any day as many families mean to answer as in the report, list by list and wave by wave', () => {
  fc.assert(
    fc.property(anyDay, (today) => {
      const families = inventFamilies(today)
      const answers = inventIntentions(families).filter(({ does }) => does === 'answer')
      const roleOf = ({ family, participant }: (typeof answers)[number]) => families[family - 1]?.entry.participants[participant]?.role
      for (const [role, wave, instrument, expected] of reported) {
        const found = answers.filter((one) => one.wave === wave && one.instruments.includes(instrument) && roleOf(one) === role)
        assert.equal(new Set(found.map(({ family }) => family)).size, expected, `${role} ${wave} ${instrument}`)
      }
    }),
    { numRuns: 30 },
  )
})

test('on any day everybody who means to do something can have done it: within the window, and before today', () => {
  fc.assert(
    fc.property(anyDay, (today) => {
      const families = inventFamilies(today)
      for (const { family: number, wave, afterDays } of inventIntentions(families)) {
        const family = families[number - 1]
        const known = protocol.waves.find(({ id }) => id === wave)
        assert.ok(family && known)
        const dates = waveDates(known, family.entry.anchors, protocol.timeZone)
        assert.ok(dates)
        const does = dates.firstDay.add({ days: afterDays })
        assert.ok(Temporal.PlainDate.compare(does, dates.lastDay) <= 0, `${family.entry.code} is too late for ${wave}`)
        assert.ok(does.toString() < today, `${family.entry.code} would answer ${wave} on ${does}`)
      }
    }),
    { numRuns: 30 },
  )
})

test('on any day a visitor finds a family that was asked just now and has not answered, and families with waves ahead', () => {
  fc.assert(
    fc.property(anyDay, (today) => {
      const families = inventFamilies(today)
      const intentions = inventIntentions(families)
      const fresh = families.filter(
        ({ number, registeredOn }) => registeredOn < today && !intentions.some(({ family }) => family === number),
      )
      assert.ok(fresh.some(({ registeredOn }) => Temporal.PlainDate.from(registeredOn).until(today).days <= 9))
      for (const id of ['FU3', 'FU9']) {
        const wave = protocol.waves.find((one) => one.id === id)
        assert.ok(wave)
        const ahead = families.filter(({ entry }) => {
          const days = waveDates(wave, entry.anchors, protocol.timeZone)?.firstDay.since(today).days ?? 0
          return days > 0 && days <= 31
        })
        assert.ok(ahead.length > 0, `${id} goes out to nobody within a month`)
      }
    }),
    { numRuns: 30 },
  )
})

test('on any day the other families fit the protocol too, and come in between the first of those who are followed and today', () => {
  fc.assert(
    fc.property(anyDay, (today) => {
      const followed = inventFamilies(today)
      const others = inventOtherFamilies(today, followed.length)
      const [first] = followed
      for (const { entry, registeredOn } of others) {
        assert.deepEqual(caseProblems(protocol, protocol.languages, entry), [])
        assert.ok(first && registeredOn > first.registeredOn && registeredOn < today, entry.code)
      }
      assert.equal(new Set([...followed, ...others].map(({ number }) => number)).size, 70)
    }),
    { numRuns: 30 },
  )
})

test('on any day the office does its lists while they are open', () => {
  fc.assert(
    fc.property(anyDay, (today) => {
      const followed = inventFamilies(today)
      const families = [...followed, ...inventOtherFamilies(today, followed.length)]
      for (const { family: number, participant, wave, afterDays } of inventOfficeWork(families)) {
        const family = families[number - 1]
        const role = protocol.roles[family?.entry.participants[participant]?.role ?? '']
        const known = protocol.waves.find(({ id }) => id === wave)
        assert.ok(family && role && known)
        assert.ok(afterDays < (role.window ?? known.window).closes, `${family.entry.code} is too late for ${wave}`)
      }
    }),
    { numRuns: 30 },
  )
})

test('what they mean to answer is in the schedule of the protocol', () => {
  const families = inventFamilies('2026-11-21')
  for (const { family, participant, wave, instruments } of inventIntentions(families)) {
    const role = families[family - 1]?.entry.participants[participant]?.role
    assert.notEqual(instruments, 'open')
    for (const instrument of instruments)
      assert.ok(
        protocol.schedule.some((row) => row.role === role && row.waves.includes(wave) && parseReference(row.instrument).id === instrument),
      )
  }
})

test('they are the same every time', () => {
  const families = inventFamilies('2026-11-21')
  assert.deepEqual(inventFamilies('2026-11-21'), families)
  assert.deepEqual(inventIntentions(inventFamilies('2026-11-21')), inventIntentions(families))
})
