import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseReference, requiredLanguages, textIn } from '../../instruments/definition.ts'
import { readDefinitions, shippedDirectory } from '../../server/definitions/load.ts'

const { instruments, norms, protocols } = readDefinitions([shippedDirectory]).definitions
const protocol = protocols.need('familie-aan-zet@0.1.0-standin')
const { invitation, reminders } = protocol.messages
const mails = [{ id: 'invitation', ...invitation }, ...reminders.map(({ id, text }) => ({ id, ...text }))]

test('the schedule is table 2.1 of the report, for the questionnaires that ship', () => {
  const rows = protocol.schedule.map(({ instrument, role, waves }) => [parseReference(instrument).id, role, ...waves])
  assert.deepEqual(rows, [
    ['nosik', 'parent', 'T0'],
    ['nosi-b', 'parent', 'T0'],
    ['veo', 'parent', 'T0', 'FU3', 'FU9'],
    ['pul', 'parent', 'T0', 'FU3', 'FU9'],
    ['succint-referrer', 'referrer', 'FU3', 'FU9'],
    ['succint-informant', 'informant', 'FU3', 'FU9'],
  ])
})

test('waves count 3 and 9 months from the conference, or from the decision where there was none', () => {
  const waves = protocol.waves.map(({ id, anchors, offset }) => [id, anchors, offset.months])
  assert.deepEqual(waves, [
    ['T0', ['referral'], 0],
    ['FU3', ['conference', 'decision'], 3],
    ['FU9', ['conference', 'decision'], 9],
  ])
})

test('everything that the protocol names exists and fits', () => {
  for (const { instrument, role } of protocol.schedule) assert.ok(instruments.need(instrument).respondents.includes(role), instrument)
  for (const reference of protocol.norms) {
    const table = norms.tables.need(reference)
    assert.ok(norms.bandSets.get(table.bands), table.bands)
    assert.ok(
      protocol.schedule.some(({ instrument }) => parseReference(instrument).id === table.instrument),
      reference,
    )
  }
})

test('every role is asked once for each purpose, and must consent to research before anything else is asked', () => {
  for (const role of Object.keys(protocol.roles)) {
    const asked = protocol.consents.filter(({ roles }) => roles.includes(role))
    const purposes = asked.map(({ purpose }) => purpose)
    assert.equal(new Set(purposes).size, purposes.length, role)
    assert.deepEqual(
      asked.filter(({ required }) => required).map(({ purpose }) => purpose),
      ['research'],
      role,
    )
  }
})

/** Who else reads the mailbox, or sees the lock screen, learns nothing of why somebody was asked. */
const unsaid = {
  nl: /kind|gezin|ouder|opvoed|familie|eigen.kracht|conferentie|bescherming|jeugd|voogd|pleeg|huis|hulp|zorg|steun|veilig|gevaar|stress|ziek|gezond|arts|psych/i,
  en: /\b(kids?|child|parent|mother|father|famil|relative|conference|protect|guardian|youth|foster|home|help|care|support|safe|danger|stress|ill\b|health|doctor|psych)/i,
}
const known = ['name', 'lists', 'minutes', 'closes', 'link', 'contact', 'organisation']

for (const { id, subject, body } of mails) {
  for (const language of requiredLanguages) {
    test(`the ${id} in ${language} has one link and leaves out why this person was asked`, () => {
      const [head, text] = [textIn(subject, language), textIn(body, language)]
      assert.doesNotMatch(head, unsaid[language])
      assert.doesNotMatch(text, unsaid[language])
      assert.equal(text.split('{link}').length, 2)
      assert.doesNotMatch(head, /[{}\r\n]/)
      assert.doesNotMatch(text, /https?:|www\./)
    })

    test(`the ${id} in ${language} says who asks, how long it takes, until when, that it is voluntary and whom to ask`, () => {
      const text = textIn(body, language)
      const used = [...text.matchAll(/\{(\w*)\}/g)].map(([, name]) => name)
      assert.deepEqual([...new Set(used)].sort(), known.toSorted())
      assert.match(text, language === 'nl' ? /vrijwillig.*stoppen/ : /voluntary.*stop/)
    })
  }
}

test('what the protocol says to people is in short Dutch sentences and calls them u', () => {
  const introductions = Object.values(protocol.roles).map(({ introduction }) => introduction)
  const statements = protocol.consents.map(({ statement }) => statement)
  for (const { nl } of [...introductions, ...statements, ...mails.flatMap(({ subject, body }) => [subject, body])]) {
    assert.doesNotMatch(nl, /\b(je|jij|jou|jouw|jullie)\b/i)
    for (const sentence of nl.split(/[.?!:\n]/)) assert.ok(sentence.trim().split(/\s+/).length <= 20, sentence)
  }
})
