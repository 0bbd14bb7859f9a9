import assert from 'node:assert/strict'
import test from 'node:test'
import { Failure } from '../../server/failure.ts'
import { parseSmtpUrl } from '../../server/mail/smtp-url.ts'

test('a server elsewhere gets no mail without TLS, unless that is asked for by name', () => {
  const elsewhere = parseSmtpUrl('smtp://mail.example.org')
  assert.equal(elsewhere.port, 587)
  assert.deepEqual([elsewhere.secure, elsewhere.requireTLS, elsewhere.ignoreTLS], [false, true, false])
  const asked = parseSmtpUrl('smtp://mail.example.org:25?tls=no')
  assert.deepEqual([asked.port, asked.requireTLS, asked.ignoreTLS], [25, false, true])
  const tls = parseSmtpUrl('smtps://mail.example.org')
  assert.deepEqual([tls.port, tls.secure, tls.requireTLS], [465, true, false])
})

test('a server on this machine needs no TLS, unless that is asked for', () => {
  for (const host of ['localhost', 'LOCALHOST', '127.0.0.1', '[::1]', 'mail.localhost']) {
    assert.equal(parseSmtpUrl(`smtp://${host}:1025`).requireTLS, false, host)
    assert.equal(parseSmtpUrl(`smtp://${host}:1025?tls=require`).requireTLS, true, host)
  }
  for (const host of ['127.0.0.1.example.org', 'localhost.example.org', '128.0.0.1'])
    assert.equal(parseSmtpUrl(`smtp://${host}`).requireTLS, true, host)
})

test('user and password come out as they were meant', () => {
  assert.deepEqual(parseSmtpUrl('smtps://naam%40example.org:p%40ss%2F%23%25@mail.example.org').auth, {
    user: 'naam@example.org',
    pass: 'p@ss/#%',
  })
  assert.equal(parseSmtpUrl('smtps://mail.example.org').auth, undefined)
  assert.equal(parseSmtpUrl('smtp://mail.example.org?connections=3').connections, 3)
})

const secret = 'geheim'
const wrong = [
  'mail.example.org',
  'http://mail.example.org',
  'smtp://',
  `smtp://naam:${secret}#1@mail.example.org`,
  `smtp://naam:${secret}/1@mail.example.org`,
  `smtp://naam:${secret}%1@mail.example.org`,
  `smtp://naam:${secret}@mail.example.org/path`,
  `smtp://naam:${secret}@mail.example.org?tls=no`,
  `smtp://naam:${secret}@mail.example.org?pool=true`,
  `smtps://:${secret}@mail.example.org`,
  'smtps://naam@mail.example.org',
  'smtps://mail.example.org?tls=no',
  'smtp://mail.example.org?tls=yes',
  'smtp://mail.example.org?connections=0',
  'smtp://mail.example.org?connections=51',
  'smtp://mail.example.org:99999',
]

for (const url of wrong)
  test(`${url} is refused in words, without its password`, () => {
    assert.throws(
      () => parseSmtpUrl(url),
      (error) => error instanceof Failure && error.message.startsWith('SMTP_URL') && !error.message.includes(secret),
    )
  })
