import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { parseAddress } from '../../server/mail/address.ts'
import { anySign } from '../harness/any-sign.ts'

const accepted = (text: string): string => {
  const parsed = parseAddress(text)
  assert.ok('address' in parsed, JSON.stringify(parsed))
  return parsed.address
}

test('an ordinary address comes back as it is, its domain in lower case', () => {
  for (const address of ['a@example.org', 'noor.verzonnen+meting@mail.example.org', "o'brien_1@voorbeeld.example", 'x@1und1.example'])
    assert.equal(accepted(address), address)
  assert.equal(accepted('  Noor@Example.ORG '), 'Noor@example.org')
})

test('a domain in other letters becomes punycode', () => {
  assert.equal(accepted('info@bücher.example'), 'info@xn--bcher-kva.example')
  assert.equal(accepted('info@مثال.example'), 'info@xn--mgbh0fb.example')
})

const wrong: [what: string, texts: string[], reason: RegExp][] = [
  ['nothing', ['', '   '], /is empty/],
  [
    'a second line',
    ['a@example.org\r\nBcc: b@example.org', 'a@example.org\n', 'a\t@example.org', 'a@example.org\u0000', 'a@exa\u0085mple.org'],
    /on one line/,
  ],
  [
    'two recipients',
    ['a@example.org,b@example.org', 'a@example.org;b@example.org', 'a@example.org b@example.org', 'a@b@example.org'],
    /more than one address/,
  ],
  [
    'a name or quotes around it',
    [
      'Noor <a.example.org>',
      '<a@example.org>',
      '"a b"@example.org',
      'a(comment)@example.org',
      'mailto:a@example.org',
      'a@[127.0.0.1]',
      'a\\b@example.org',
      'a b@example.org',
    ],
    /bare address/,
  ],
  ['no name or no domain', ['example.org', '@example.org', 'a@'], /before and after an @/],
  ['points in the wrong place', ['.a@example.org', 'a.@example.org', 'a..b@example.org'], /a point too many/],
  ['an accent before the @', ['renée@example.org', 'а@example.org'], /accent or from another alphabet/],
  [
    'no domain name after the @',
    [
      'a@localhost',
      'a@example',
      'a@example..org',
      'a@.example.org',
      'a@example.org.',
      'a@-example.org',
      'a@exa_mple.org',
      'a@127.0.0.1',
      'a@1.2',
      'a@ex%61mple.org',
      'a@example。org',
      'a@exam/ple.org',
      'a@example.org?x',
      'a@\u00ad.org',
    ],
    /not the name of a domain/,
  ],
  ['too much', [`${'a'.repeat(65)}@example.org`], /longer than 64/],
  ['far too much', [`a@${'example.'.repeat(40)}org`], /longer than 254|not the name of a domain/],
]

for (const [what, texts, reason] of wrong)
  test(`an address with ${what} is refused, with what to do about it`, () => {
    for (const text of texts) {
      const parsed = parseAddress(text)
      assert.ok('reason' in parsed, `${JSON.stringify(text)} became ${JSON.stringify(parsed)}`)
      assert.match(parsed.reason, reason, JSON.stringify(text))
    }
  })

test('whatever is accepted is one address in plain ASCII, and stays the same when it is read again', () => {
  const signs = fc.constantFrom(...'ab.@,;:<>"\'() \r\n\t%é。-_+[]/\\'.split(''), 'example', '.org', '\u202e')
  const texts = fc.oneof(
    fc.string({ unit: anySign }),
    fc.emailAddress(),
    fc.array(signs, { maxLength: 12 }).map((some) => some.join('')),
  )
  fc.assert(
    fc.property(texts, (text) => {
      const parsed = parseAddress(text)
      if ('reason' in parsed) return
      assert.match(parsed.address, /^[^\s@,;:<>"()[\]\\\p{Cc}]{1,64}@[a-z0-9.-]+\.[a-z0-9-]+$/u)
      assert.ok(parsed.address.length <= 254)
      assert.deepEqual(parseAddress(parsed.address), parsed)
    }),
    { numRuns: 2_000 },
  )
})
