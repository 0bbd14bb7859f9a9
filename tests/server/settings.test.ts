import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { providerOf, readSettings, settingNames } from '../../server/env.ts'
import { temporaryFolder } from '../harness/data-folder.ts'

const complete = {
  BASE_URL: 'https://meting.example.org/',
  IDENTITY_KEY: 'ab'.repeat(32),
  SMTP_URL: 'smtp://mail.example.org:587',
  MAIL_FROM: 'onderzoek@example.org',
}
const needed = ['BASE_URL', 'IDENTITY_KEY', 'SMTP_URL', 'MAIL_FROM'] as const

test('with everything set the server may start, and the base address loses its last slash', () => {
  const settings = readSettings(needed, complete)
  assert.equal(settings.BASE_URL, 'https://meting.example.org')
  assert.equal(settings.IDENTITY_KEY.length, 32)
  assert.equal(settings.PORT, 3000)
})

test('every setting that is missing or wrong is named, all at once', () => {
  assert.throws(() => readSettings(needed, {}), /BASE_URL is not set; IDENTITY_KEY is not set; SMTP_URL is not set; MAIL_FROM is not set/)
  assert.throws(() => readSettings(needed, { ...complete, PORT: 'three' }), /PORT must be a whole number from 0 to 65535/)
  assert.throws(
    () => readSettings(needed, { ...complete, PORT: '99999', SMTP_URL: 'http://mail', IDENTITY_KEY: 'short' }),
    (error: Error) =>
      ['PORT', 'SMTP_URL', 'IDENTITY_KEY'].every((name) => error.message.includes(name)) && !error.message.includes('short'),
  )
})

test('a base address from which no link could be made is refused, and the server alone is what counts', () => {
  for (const [address, origin] of [
    ['https://Meting.example.org:443//', 'https://meting.example.org'],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
  ] as const)
    assert.equal(readSettings(needed, { ...complete, BASE_URL: address }).BASE_URL, origin)
  for (const address of ['/onderzoek', '/?a=b', '/#top', '@elsewhere.example'])
    assert.throws(
      () => readSettings(needed, { ...complete, BASE_URL: `https://meting.example.org${address}` }),
      /BASE_URL must end after the host/,
    )
  for (const address of ['meting.example.org', 'ftp://meting.example.org', 'https://', 'https://meting.example.org:99999'])
    assert.throws(() => readSettings(needed, { ...complete, BASE_URL: address }), /BASE_URL must be the address/)
})

test('the key may come from a file', (t) => {
  const path = join(temporaryFolder(t), 'identity.key')
  writeFileSync(path, `${'cd'.repeat(32)}\n`)
  const { IDENTITY_KEY: _, ...rest } = complete
  assert.equal(readSettings(needed, { ...rest, IDENTITY_KEY_FILE: path }).IDENTITY_KEY.toString('hex'), 'cd'.repeat(32))
  assert.throws(() => readSettings(needed, { ...rest, IDENTITY_KEY_FILE: `${path}.gone` }), /cannot be read/)
})

test('single sign-on takes all three of its settings, over TLS', () => {
  const all = { OIDC_ISSUER: 'https://login.example.org', OIDC_CLIENT_ID: 'nameting', OIDC_CLIENT_SECRET: 'geheim' }
  assert.equal(providerOf(readSettings(needed, complete)), undefined)
  assert.deepEqual(providerOf(readSettings(needed, { ...complete, ...all, OIDC_TRUST_SECOND_FACTOR: 'mfa  urn:loa:2' })), {
    issuer: 'https://login.example.org',
    clientId: 'nameting',
    clientSecret: 'geheim',
    secondFactors: ['mfa', 'urn:loa:2'],
  })
  for (const name of Object.keys(all))
    assert.throws(() => readSettings(needed, { ...complete, ...all, [name]: '' }), new RegExp(`${name} is not set`))
  assert.throws(
    () => readSettings(needed, { ...complete, ...all, OIDC_ISSUER: 'http://login.example.org' }),
    /OIDC_ISSUER must begin with https/,
  )
})

test('.env.example has every setting with a line about it, and no other', () => {
  const lines = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8').split('\n')
  const documented = lines.flatMap((line, index) => {
    const name = line.match(/^#?([A-Z_]+)=/)?.[1]
    if (name) assert.match(lines[index - 1] ?? '', /^# \S/, `${name} has no line about it`)
    return name ? [name] : []
  })
  assert.deepEqual(documented.toSorted(), settingNames.toSorted())
})
