import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { compose, type Letter, oneLine } from '../../server/mail/compose.ts'
import { messageIdFor } from '../../server/mail/message-id.ts'

const link = 'https://meting.example/l/NcyuSBzFVfjiJUeB7pGBJL3V1VbSGEPp8EMBIfMPTIY'

const letter: Letter = {
  text: {
    subject: { nl: 'Vragen voor {name}', en: 'Questions for {name}' },
    body: {
      nl: 'Beste {name},\n\nAantal: {lists}\nTijd: {minutes} minuten\nTot en met {closes}\n\n{link}\n\nGoed om te weten:\n- Stoppen mag.\n- Vragen? {contact}\n\n{organisation}',
      en: 'Dear {name},\n\nNumber: {lists}\nTime: {minutes} minutes\nUntil {closes}\n\n{link}\n\n{organisation}, {contact}',
    },
  },
  language: 'nl',
  timeZone: 'Europe/Amsterdam',
  name: 'Noor Verzonnen',
  caseCode: 'A-001',
  wave: { nl: 'Na 3 maanden', en: 'After 3 months' },
  organisation: 'Onderzoeksgroep Voorbeeld',
  contact: 'onderzoek@voorbeeld.example',
  title: 'Hoe gaat het nu?',
  lists: 4,
  minutes: 21.5,
  // Midnight after 29 March 2026 in Amsterdam: the night the clocks went forward is the one before.
  closesAt: '2026-03-29T22:00:00.000Z',
  link,
}

test('a letter in Dutch, as text', () => {
  const { subject, text, language } = compose(letter)
  assert.equal(language, 'nl')
  assert.equal(subject, 'Vragen voor Noor Verzonnen')
  assert.equal(
    text,
    `Beste Noor Verzonnen,

Aantal: 4
Tijd: 22 minuten
Tot en met zondag 29 maart 2026

${link}

Goed om te weten:
- Stoppen mag.
- Vragen? onderzoek@voorbeeld.example

Onderzoeksgroep Voorbeeld
`,
  )
})

test('whoever has several cases reads in the subject which one it is, and which wave', () => {
  const text = { ...letter.text, subject: { nl: '{case}: vragen ({wave})', en: '{case}: questions ({wave})' } }
  assert.equal(compose({ ...letter, text }).subject, 'A-001: vragen (Na 3 maanden)')
  assert.equal(compose({ ...letter, text, language: 'en' }).subject, 'A-001: questions (After 3 months)')
})

test('a list of a minute takes about two, since texts say it in the plural', () => {
  assert.match(compose({ ...letter, lists: 1, minutes: 1 }).text, /^Aantal: 1\nTijd: 2 minuten$/m)
})

test('the same letter as a page: its language, paragraphs, a list, one link, nothing from elsewhere', () => {
  const { html } = compose(letter)
  assert.match(html, /^<!doctype html>\n<html lang="nl" dir="ltr">/)
  assert.match(html, /<p>Aantal: 4<br>\nTijd: 22 minuten<br>/)
  assert.match(html, /<p>Goed om te weten:<\/p>\n<ul>\n<li>Stoppen mag\.<\/li>\n<li>Vragen\? onderzoek@voorbeeld\.example<\/li>\n<\/ul>/)
  assert.deepEqual(
    [...html.matchAll(/<a href="([^"]*)"/g)].map(([, href]) => href),
    [link],
  )
  assert.equal(/<(img|script|link|iframe|style|object|form)|url\(|@import|src=/i.test(html), false)
})

test('a participant gets their own language, with its dates, and Dutch where there is no translation', () => {
  const english = compose({ ...letter, language: 'en' })
  assert.equal(english.subject, 'Questions for Noor Verzonnen')
  assert.match(english.text, /Until Sunday,? 29 March 2026/)
  assert.match(english.html, /<html lang="en"/)
  assert.deepEqual(compose({ ...letter, language: 'pl' }), compose(letter))
  const { subject, body } = letter.text
  const arabic = {
    ...letter,
    language: 'ar',
    text: { subject: { ...subject, ar: 'أسئلة' }, body: { ...body, ar: 'مرحبا {name}\n\n{link}' } },
  }
  assert.match(compose(arabic).html, /<html lang="ar" dir="rtl">/)
})

test('a demonstration and stand-in lists are owned up to in the last line', () => {
  const last = (notice: Letter['notice'], language = 'nl') =>
    compose({ ...letter, notice, language })
      .text.trimEnd()
      .split('\n')
      .at(-1)
  assert.match(last('demonstration') ?? '', /^Dit is een demonstratie/)
  assert.match(last('demonstration', 'en') ?? '', /^This is a demonstration/)
  assert.match(last('stand-in') ?? '', /voorlopige versie/)
  assert.match(compose({ ...letter, notice: 'stand-in' }).html, /voorlopige versie/)
  assert.equal(last(undefined), 'Onderzoeksgroep Voorbeeld')
})

test('whatever a name is, a mail has one link, one line of subject and no markup or placeholder from the name', () => {
  const parts = fc.constantFrom(
    '{link}',
    '{name}',
    '<b>',
    '</title>',
    '"',
    "'",
    '&amp;',
    '\r\n',
    '\n\n',
    '$&',
    'Noor',
    'Çelik',
    'نور',
    '\u202e',
    '- ',
    '\u0000',
  )
  fc.assert(
    fc.property(
      fc.array(parts, { minLength: 1, maxLength: 8 }).map((some) => some.join('')),
      (name) => {
        const { subject, text, html } = compose({ ...letter, name })
        assert.equal(/[\p{Cc}\u202e]/u.test(subject), false)
        assert.equal(text.split(link).length, 2)
        assert.equal(html.split('<a ').length, 2)
        assert.equal(html.includes('<b>'), false)
        assert.equal(html.split('</title>').length, 2)
        assert.ok(text.startsWith(`Beste ${oneLine(name)},\n\nAantal`), 'the name stays on its line')
      },
    ),
  )
})

test('a Message-ID is the same for the same message, another for every other, and says nothing', () => {
  const key = { studyId: 's1', participantId: 'p1', wave: 'T0', kind: 'invitation' }
  const id = messageIdFor(key, 'meting.example')
  assert.match(id, /^<[0-9a-f]{32}@meting\.example>$/)
  assert.equal(messageIdFor({ ...key }, 'meting.example'), id)
  const others = [
    { ...key, studyId: 's' },
    { ...key, participantId: 'p' },
    { ...key, wave: 'FU3' },
    { ...key, kind: 'reminder-1' },
    { ...key, studyId: 's1p1', participantId: '' },
  ]
  assert.equal(new Set([id, ...others.map((other) => messageIdFor(other, 'meting.example'))]).size, 6)
})
