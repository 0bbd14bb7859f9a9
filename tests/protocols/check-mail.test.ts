import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkMailWords, mailLimits } from '../../protocols/check-mail.ts'
import { mailTemplates, templateFor } from '../../protocols/mail-templates.ts'
import { loadDefinitions } from '../../server/definitions/load.ts'
import { composeNote } from '../../server/mail/compose.ts'

const good = { subject: 'Vragen van {organisation}', body: 'Beste {name},\n\nKijk hier: {link}' }
const faultsOf = (change: Partial<typeof good>, seesCase = false) =>
  checkMailWords({ ...good, ...change }, seesCase).map(({ field, fault }) => `${field} ${fault}`)

test('words that can go out have no fault, and each fault is told with the part that it is in', () => {
  assert.deepEqual(faultsOf({}), [])
  assert.deepEqual(faultsOf({ subject: ' ' }), ['subject empty'])
  assert.deepEqual(faultsOf({ subject: 'x'.repeat(mailLimits.subject + 1) }), ['subject long'])
  assert.deepEqual(faultsOf({ body: `{link}${'x'.repeat(mailLimits.body)}` }), ['body long'])
  assert.deepEqual(faultsOf({ subject: 'Kijk: {link}' }), ['subject placeholder'], 'the link is a secret')
  assert.deepEqual(faultsOf({ body: 'Gezin {case}: {link}' }), ['body placeholder'])
  assert.deepEqual(faultsOf({ body: 'Gezin {case} in {wave}: {link}' }, true), [])
  assert.deepEqual(faultsOf({ body: 'Kijk: {link' }), ['body loose-brace', 'body links'])
  assert.deepEqual(faultsOf({ body: 'Kijk maar' }), ['body links'])
  assert.deepEqual(faultsOf({ body: '{link} of {link}' }), ['body links'])
  assert.deepEqual(faultsOf({ body: '{link} of www.example.org' }), ['body address'])
  assert.deepEqual(faultsOf({ body: '<b>Kijk</b>: {link}' }), ['body tag'])
  assert.deepEqual(faultsOf({ body: 'minder dan 3 < 4: {link}' }), [])
  assert.deepEqual(faultsOf({ subject: 'Vraag\r\nBcc: iemand@example.org' }), ['subject lines'])
  assert.deepEqual(faultsOf({ subject: 'Vraag\u0000' }), ['subject control'])
  assert.deepEqual(faultsOf({ body: '\u202egro.elpmaxe {link}' }), ['body turned'])
})

test('whatever words pass the check, their subject goes into a header as it is, and nothing of them is left in braces', () => {
  const bit = fc.oneof(
    fc.constantFrom('{name}', '{link}', '{case}', '\n', '\r\n', '<', '>', '&', '{', '}', '\u2028', '\u202e', '\u0000', 'é', 'مرحبا', ' '),
    fc.string({ maxLength: 4, unit: 'grapheme' }),
  )
  const text = fc.array(bit, { maxLength: 8 }).map((bits) => bits.join(''))
  fc.assert(
    fc.property(text, text, (subject, start) => {
      const words = { subject, body: `${start} {link}` }
      fc.pre(checkMailWords(words, false).length === 0)
      const mail = composeNote({
        text: { subject: { nl: subject, en: subject }, body: { nl: words.body, en: words.body } },
        language: 'nl',
        name: 'Anna',
        organisation: 'O',
        contact: 'c@example.org',
        title: 'T',
      })
      assert.doesNotMatch(mail.subject, /\p{Cc}/u)
      assert.doesNotMatch(mail.text.replaceAll('{link}', ''), /[{}]/)
      assert.doesNotMatch(mail.html.split('<body')[1]?.replaceAll(/<\/?(?:body|html|div|p|br|ul|li|a)\b[^>]*>/g, '') ?? '', /<[a-z!/?]/i)
    }),
    { numRuns: 300 },
  )
})

test('a role with texts of its own has templates by its name, the others share one, and each template is there once', () => {
  const { protocols } = loadDefinitions()
  for (const protocol of protocols.all()) {
    const templates = mailTemplates(protocol)
    for (const { id, roles, kinds } of templates)
      for (const role of roles) for (const kind of kinds) assert.equal(templateFor(protocol, kind, role)?.id, id)
    assert.deepEqual(
      templates.map(({ id }) => id),
      [...new Set(templates.map(({ id }) => id))],
    )
    const asked = Object.entries(protocol.roles).flatMap(([role, { mail }]) => (mail ? [role] : []))
    assert.deepEqual(new Set(templates.filter(({ kinds }) => kinds.includes('invitation')).flatMap(({ roles }) => roles)), new Set(asked))
    assert.equal(templateFor(protocol, 'no such reminder', 'parent'), undefined)
  }
})
