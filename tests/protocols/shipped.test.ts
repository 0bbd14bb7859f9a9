import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { formatReference, type Localized, parseReference, requiredLanguages, textIn } from '../../instruments/definition.ts'
import type { MailText, Protocol } from '../../protocols/schema.ts'
import { readDefinitions, shippedDirectory } from '../../server/definitions/load.ts'

const { instruments, norms, protocols } = readDefinitions([shippedDirectory]).definitions
const all = protocols.all()

/** Roles of people who are asked about their own life or judgement, and decide for themselves whether to take part. */
const decide = ['parent', 'referrer', 'informant']

/** Every mail of a protocol that goes to `decide`, and every one that goes to staff. */
function mailsOf({ messages }: Protocol): { id: string; text: MailText; role?: string }[] {
  return [
    { id: 'invitation', text: messages.invitation },
    ...messages.reminders.map(({ id, text }) => ({ id, text })),
    ...Object.entries(messages.forRoles).flatMap(([role, { invitation, reminder }]) => [
      { id: `invitation of the ${role}`, role, text: invitation },
      { id: `reminder of the ${role}`, role, text: reminder },
    ]),
  ]
}

/** Who else reads the mailbox, or sees the lock screen, learns nothing of why somebody was asked. */
const unsaid = {
  nl: /kind|gezin|ouder|opvoed|familie|eigen.kracht|conferentie|bescherming|jeugd|voogd|pleeg|huis|hulp|zorg|steun|veilig|gevaar|stress|ziek|gezond|arts|psych/i,
  en: /\b(kids?|child|parent|mother|father|famil|relative|conference|protect|guardian|youth|foster|home|help|care|support|safe|danger|stress|ill\b|health|doctor|psych)/i,
}
const always = ['name', 'lists', 'minutes', 'closes', 'link', 'contact', 'organisation']

for (const protocol of all)
  describe(formatReference(protocol), () => {
    test('names only what exists and fits', () => {
      for (const { instrument, role } of protocol.schedule) assert.ok(instruments.need(instrument).respondents.includes(role), instrument)
      for (const reference of protocol.norms) {
        const table = norms.tables.need(reference)
        assert.ok(norms.bandSets.get(table.bands), table.bands)
        assert.ok(
          protocol.schedule.some(({ instrument }) => parseReference(instrument).id === table.instrument),
          reference,
        )
      }
      for (const reference of protocol.prices ?? []) norms.priceTables.need(reference)
    })

    test('asks whoever decides for themselves for consent to research first, once for each purpose, and staff for nothing', () => {
      for (const role of Object.keys(protocol.roles)) {
        const asked = protocol.consents.filter(({ roles }) => roles.includes(role))
        const purposes = asked.map(({ purpose }) => purpose)
        assert.equal(new Set(purposes).size, purposes.length, role)
        const required = asked.filter((consent) => consent.required).map(({ purpose }) => purpose)
        assert.deepEqual(required, decide.includes(role) ? ['research'] : [], role)
      }
    })

    test('is in short Dutch sentences that say u, and je to the young', () => {
      const texts: [role: string | undefined, text: Localized][] = [
        ...Object.entries(protocol.roles).map(([role, { introduction }]): [string, Localized] => [role, introduction]),
        ...protocol.consents.map(({ statement }): [undefined, Localized] => [undefined, statement]),
        ...mailsOf(protocol).flatMap(({ text }): [undefined, Localized][] => [
          [undefined, text.subject],
          [undefined, text.body],
        ]),
      ]
      for (const [role, { nl }] of texts) {
        assert.doesNotMatch(nl, role === 'youth' ? /\b(u|uw)\b/i : /\b(je|jij|jou|jouw|jullie)\b/i)
        for (const sentence of nl.split(/[.?!:\n]/)) assert.ok(sentence.trim().split(/\s+/).length <= 20, sentence)
      }
    })

    for (const { id, role, text: mail } of mailsOf(protocol))
      for (const language of requiredLanguages) {
        const [head, text] = [textIn(mail.subject, language), textIn(mail.body, language)]
        const used = [...new Set([...text.matchAll(/\{(\w*)\}/g)].map(([, name]) => name))].sort()

        test(`the ${id} in ${language} has one link, who asks, how long it takes, until when and whom to ask`, () => {
          assert.equal(text.split('{link}').length, 2)
          assert.doesNotMatch(text, /https?:|www\./)
          assert.doesNotMatch(head, /[\r\n]/)
          assert.deepEqual(
            used.filter((name) => name !== 'case' && name !== 'wave'),
            always.toSorted(),
          )
        })

        if (role === undefined || decide.includes(role))
          test(`the ${id} in ${language} says that it is voluntary and leaves out why this person was asked`, () => {
            assert.doesNotMatch(head, unsaid[language])
            assert.doesNotMatch(text, unsaid[language])
            assert.match(text, language === 'nl' ? /vrijwillig.*stoppen/ : /voluntary.*stop/)
          })

        if (role === undefined) test(`the ${id} in ${language} names no case`, () => assert.doesNotMatch(head + text, /\{(case|wave)\}/))
        else
          test(`the ${id} in ${language} begins with the case that it is about, and asks for no names`, () => {
            assert.match(head, /^\{case\}: /)
            assert.ok(used.includes('case'))
            assert.match(text, language === 'nl' ? /(stuur|Stuur) deze mail niet door/ : /do not forward this mail/)
          })
      }
  })

test('every role of staff that is asked something has mails of its own, and knows the case and the wave', () => {
  for (const protocol of all) {
    const asked = new Set(protocol.schedule.map(({ role }) => role))
    for (const role of [...asked].filter((one) => !decide.includes(one))) {
      const mails = mailsOf(protocol).filter((mail) => mail.role === role)
      assert.equal(mails.length, 2, `${protocol.id}: ${role}`)
      for (const { text } of mails) assert.match(text.subject.nl, /\{case\}.*\{wave\}/)
    }
  }
})

test('what a protocol assumes is said in whole sentences, and each protocol that follows a source has some', () => {
  for (const protocol of all.filter(({ id, version }) => version === protocols.latest(id)?.version)) {
    assert.ok(protocol.assumptions.length > 3, protocol.id)
    for (const assumption of protocol.assumptions)
      for (const sentence of typeof assumption === 'string' ? [assumption] : [assumption.nl, assumption.en])
        assert.match(sentence ?? '', /^[A-Z].*\.$/)
  }
})
