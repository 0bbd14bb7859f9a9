/** By what somebody is found: the same name, address or number has one mark however it is written, and no mark can be made without the key. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { contactMark, kindOf, nameParts, plainName } from '../../server/access/contact-marks.ts'
import { sealer } from '../../server/access/sealing.ts'
import { dialled, parseTelephone } from '../../server/access/telephone.ts'

const own = sealer(randomBytes(32))

test('a name is the same with other capitals, accents, hyphens and spaces, and another one otherwise', () => {
  for (const [one, other] of [
    ['Noor  Verzonnen', ' noor VERZONNEN'],
    ['Zoë Müller-Voorbeeld', 'zoe muller voorbeeld'],
    ["Aïsha d'Voorbeeld", 'Aisha d’Voorbeeld'],
    ['Şule Işık', 'sule isik'],
    ['Łucja Voorbeeld', 'lucja voorbeeld'],
    ['مريم مثال', 'مَريَم  مثال'],
  ] as const)
    assert.equal(contactMark(own, 'name', one), contactMark(own, 'name', other), one)
  assert.notEqual(contactMark(own, 'name', 'Noor Verzonnen'), contactMark(own, 'name', 'Noor Verzonne'))
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (name) => {
      assert.equal(plainName(plainName(name)), plainName(name))
      assert.equal(plainName(` ${name} `.normalize('NFD')), plainName(name))
    }),
    { examples: [['\u1fed']] },
  )
})

test('the parts of a name are its first names and surnames, without how somebody is addressed, initials and small words', () => {
  for (const [name, parts] of [
    ['Mevrouw J.M. van der Verzonnen-Voorbeeld', ['verzonnen', 'voorbeeld']],
    ['de heer A. Verzonnen', ['verzonnen']],
    ["Noor van 't Anders", ['noor', 'anders']],
    ['Dhr. dr. ir. Jan Voorbeeld MSc', ['jan', 'voorbeeld']],
    ['Ali Ali', ['ali']],
    ['van der', ['van', 'der']],
    ['J.', ['j']],
    ['مريم مثال', ['مريم', 'مثال']],
    ['', []],
  ] as const)
    assert.deepEqual(nameParts(name), parts, name)
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (name) => {
      const parts = nameParts(name)
      assert.equal(new Set(parts).size, parts.length)
      assert.deepEqual(nameParts(`Mevrouw J. van ${name}`).length > 0, true)
      assert.deepEqual(nameParts(parts.join(' ')), parts)
    }),
  )
})

test('a telephone number is dialled alike however it is written', () => {
  for (const written of [
    '0612345678',
    '06-12345678',
    '06 12 34 56 78',
    '+31612345678',
    '0031 6 1234 5678',
    '+31 (0)6-12345678',
    '(06) 12345678',
  ])
    assert.equal(dialled(written), '+31612345678', written)
  assert.equal(dialled('+49 30 00000000'), '+493000000000')
  fc.assert(
    fc.property(fc.stringMatching(/^0[1-9]\d{7,11}$/), fc.array(fc.constantFrom(' ', '-', '.'), { maxLength: 6 }), (digits, signs) => {
      const written = [...digits].map((digit, index) => `${digit}${signs[index] ?? ''}`).join('')
      assert.deepEqual(parseTelephone(` ${written} `), { telephone: written.trim() })
      assert.equal(dialled(written), dialled(digits))
    }),
  )
})

test('what is no number that somebody can be reached at is refused, with what to do', () => {
  for (const wrong of ['', '06', '0612', '06-1234567x', 'bel me', '06123456789012345', '06\n12345678', '+', 'a@b.example'])
    assert.ok('reason' in parseTelephone(wrong), wrong)
  const withoutZero = parseTelephone('612345678')
  assert.ok('reason' in withoutZero && /begins with 0 or \+/.test(withoutZero.reason))
})

test('an address has an @, a number has no letters, all else is a name; another key and another kind give another mark', () => {
  assert.deepEqual(['a@voorbeeld.example', '06 12345678', '12', 'Noor'].map(kindOf), ['address', 'telephone', 'name', 'name'])
  assert.equal(contactMark(own, 'address', 'Noor@VOORBEELD.example'), contactMark(own, 'address', ' noor@voorbeeld.example '))
  assert.equal(contactMark(own, 'address', 'noor@@voorbeeld.example'), null)
  assert.notEqual(contactMark(own, 'name', 'Noor'), contactMark(sealer(randomBytes(32)), 'name', 'Noor'))
  assert.notEqual(contactMark(own, 'name', '0612345678'), contactMark(own, 'telephone', '0612345678'))
})
