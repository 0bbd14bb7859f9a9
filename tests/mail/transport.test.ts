import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import type { SMTPServerAuthentication } from 'smtp-server'
import type { Fate } from '../../server/mail/fate.ts'
import { createTransport, type Mail, type TransportOptions } from '../../server/mail/transport.ts'
import { type MailServer, type Mood, startMailServer } from '../harness/mail-server.ts'
import { selfSigned } from './self-signed.ts'

/** Milliseconds: nobody is given up because this machine is busy. */
const patient = { greeting: 30_000, silence: 30_000, total: 60_000 }
/** Short enough to wait for the lack of an answer. */
const hasty = { greeting: 700, silence: 700, total: 5_000 }

const example: Mail = {
  to: 'parent@example.org',
  toName: 'Noor Verzonnen',
  fromName: 'Onderzoeksgroep Voorbeeld',
  subject: 'Vragen voor u',
  text: 'Beste Noor,\n',
  html: '<p>Beste Noor,</p>',
  language: 'nl',
  messageId: '<0123456789abcdef@meting.example>',
  date: '2026-03-02T09:00:00.000Z',
}

async function sendTo(
  test: TestContext,
  server: MailServer,
  { url = server.url, mail = example, ...options }: Sending = {},
): Promise<Fate> {
  const transport = createTransport({ SMTP_URL: url, MAIL_FROM: 'onderzoek@voorbeeld.example' }, { limits: patient, ...options })
  test.after(() => transport.close())
  return await transport.send(mail)
}

type Sending = TransportOptions & { url?: string; mail?: Mail }

async function serverInMood(test: TestContext, mood?: Mood): Promise<MailServer> {
  const server = await startMailServer()
  server.mood = mood
  test.after(() => server.close())
  return server
}

test('an accepted mail has arrived once, to one recipient, from the one sender', async (test) => {
  const server = await serverInMood(test)
  const fate = await sendTo(test, server)
  assert.equal(fate.kind, 'accepted')
  const [mail, ...more] = server.accepted
  assert.ok(mail)
  assert.equal(more.length, 0)
  assert.deepEqual(mail.recipients, ['parent@example.org'])
  assert.equal(mail.envelopeFrom, 'onderzoek@voorbeeld.example')
  assert.equal(mail.messageId, example.messageId)
  assert.deepEqual(mail.from, { name: 'Onderzoeksgroep Voorbeeld', address: 'onderzoek@voorbeeld.example' })
  assert.deepEqual(mail.to, [{ name: 'Noor Verzonnen', address: 'parent@example.org' }])
  assert.equal(mail.date, '2026-03-02T09:00:00.000Z')
  const headers = Object.fromEntries(mail.headers.map(({ key, value }) => [key, value]))
  assert.equal(headers['auto-submitted'], 'auto-generated')
  assert.equal(headers['content-language'], 'nl')
  assert.equal(headers['x-mailer'], undefined)
})

/** What a mail server may do, and what may be concluded from it. Only once the text goes out may it be that nobody knows. */
const fates: [what: string, mood: Mood, fate: Partial<Fate>][] = [
  ['hangs before its greeting', { at: 'greeting', does: 'hangs' }, { kind: 'unreached' }],
  ['hangs up instead of greeting', { at: 'greeting', does: 'dies' }, { kind: 'unreached' }],
  ['greets with 554', { at: 'greeting', does: 554 }, { kind: 'unreached' }],
  ['greets with 421', { at: 'greeting', does: 421 }, { kind: 'unreached' }],
  ['does not take mail from us for now', { at: 'sender', does: 451 }, { kind: 'unreached' }],
  ['does not take mail from us', { at: 'sender', does: 550 }, { kind: 'unreached' }],
  ['asks to come back for this recipient', { at: 'recipient', does: 450 }, { kind: 'deferred' }],
  ['does not know the recipient', { at: 'recipient', does: 550, says: '5.1.1 No such mailbox' }, { kind: 'refused', address: true }],
  ['refuses the recipient without saying why', { at: 'recipient', does: 550 }, { kind: 'refused', address: true }],
  ['may not relay to the recipient', { at: 'recipient', does: 550, says: '5.7.1 Relaying denied' }, { kind: 'refused', address: false }],
  ['breaks off before it takes the text', { at: 'text', does: 'dies' }, { kind: 'unreached' }],
  ['asks to come back after the text', { at: 'end of text', does: 452 }, { kind: 'deferred' }],
  ['closes down with 421 after the text', { at: 'end of text', does: 421 }, { kind: 'unreached' }],
  ['refuses the text', { at: 'end of text', does: 554, says: '5.7.1 Looks like spam' }, { kind: 'refused', address: false }],
  ['hangs after the text', { at: 'end of text', does: 'hangs' }, { kind: 'unknown' }],
  ['breaks off after the text', { at: 'end of text', does: 'dies' }, { kind: 'unknown' }],
]

for (const [what, mood, expected] of fates)
  test(`a mail server that ${what}: ${expected.kind}`, async (test) => {
    const server = await serverInMood(test, mood)
    const fate = await sendTo(test, server, { limits: mood.does === 'hangs' ? hasty : patient })
    assert.deepEqual({ ...fate, detail: '' }, { detail: '', ...expected })
    assert.equal(server.accepted.length, 0)
    assert.ok(server.sessions <= 1, 'it is tried once: trying again is the outbox’s decision')
  })

test('a mail server that breaks off in the middle of the text leaves the fate unknown', async (test) => {
  const server = await startMailServer({
    onData(stream, session) {
      stream.once('data', () => {
        for (const connection of connectionsOf(this)) if (connection.id === session.id) connection._socket.destroy()
      })
    },
  })
  test.after(() => server.close())
  const long = { ...example, text: 'een regel die niets zegt\n'.repeat(200_000) }
  assert.equal((await sendTo(test, server, { mail: long })).kind, 'unknown')
})

const connectionsOf = (server: unknown) => (server as { connections: Set<{ id: string; _socket: { destroy(): void } }> }).connections

test('a mail server that is not there: unreached', async (test) => {
  const server = await serverInMood(test)
  await server.close()
  assert.equal((await sendTo(test, server)).kind, 'unreached')
})

test('however patient between two answers, a mail is given up after the total limit', async (test) => {
  const server = await serverInMood(test, { at: 'end of text', does: 'hangs' })
  const fate = await sendTo(test, server, { limits: { ...patient, total: 1_500 } })
  assert.equal(fate.kind, 'unknown')
})

test('after a refusal the next mail goes out, over the same connection', async (test) => {
  const server = await serverInMood(test)
  server.mood = (recipient) => (recipient === 'gone@example.org' ? { at: 'recipient', does: 550 } : undefined)
  const transport = createTransport(
    { SMTP_URL: `${server.url}?connections=1`, MAIL_FROM: 'onderzoek@voorbeeld.example' },
    { limits: patient },
  )
  test.after(() => transport.close())
  assert.equal((await transport.send({ ...example, to: 'gone@example.org' })).kind, 'refused')
  assert.equal((await transport.send(example)).kind, 'accepted')
  assert.equal(server.sessions, 1)
})

test('a connection that the mail server dropped while it was idle loses nothing and sends nothing twice', async (test) => {
  const server = await serverInMood(test)
  const transport = createTransport({ SMTP_URL: server.url, MAIL_FROM: 'onderzoek@voorbeeld.example' }, { limits: patient })
  test.after(() => transport.close())
  assert.equal((await transport.send(example)).kind, 'accepted')
  server.mood = { at: 'sender', does: 'dies' }
  assert.equal((await transport.send(example)).kind, 'unreached')
  server.mood = undefined
  assert.equal((await transport.send(example)).kind, 'accepted')
  assert.equal(server.accepted.length, 2)
})

test('what a mail server says is kept without the address or the name in it', async (test) => {
  const says = '5.1.1 <parent@example.org>: user PARENT does not exist; see https://help.example'
  const server = await serverInMood(test, { at: 'recipient', does: 550, says })
  const { detail } = await sendTo(test, server)
  assert.equal(detail.toLowerCase().includes('parent'), false, detail)
  assert.match(detail, /550 5\.1\.1 .* does not exist/)
})

test('a name or subject with line breaks or any alphabet stays one header', async (test) => {
  const server = await serverInMood(test)
  const mail = {
    ...example,
    toName: 'Ömer "Öz" Çelik <a@evil.example>, b@evil.example\r\nBcc: c@evil.example',
    fromName: 'Onderzoek\r\nX-Injected: yes',
    subject: 'Wilt u meedoen? هل ترغب\r\nBcc: d@evil.example\r\n\r\nbody',
  }
  assert.equal((await sendTo(test, server, { mail })).kind, 'accepted')
  const [received] = server.accepted
  assert.ok(received)
  assert.deepEqual(received.recipients, ['parent@example.org'])
  const keys = received.headers.map(({ key }) => key)
  assert.equal(new Set(keys).size, keys.length, 'no header stands there twice')
  assert.equal(keys.includes('bcc') || keys.includes('x-injected') || keys.includes('cc'), false)
  assert.equal(received.to?.length, 1)
  assert.equal(received.to?.[0]?.address, 'parent@example.org')
  assert.match(received.subject ?? '', /هل ترغب/)
  assert.equal(received.text?.trim(), 'Beste Noor,')
})

const certificate = selfSigned()
const login = (auth: SMTPServerAuthentication): boolean => auth.username === 'naam@voorbeeld.example' && auth.password === 'p@ss:w/rd#1'

for (const secure of [true, false])
  test(`mail goes out ${secure ? 'over TLS' : 'after STARTTLS'}, with a login`, async (test) => {
    const server = await startMailServer({
      secure,
      ...certificate,
      onAuth: (auth, _session, done) => (login(auth) ? done(null, { user: 'x' }) : done(new Error('no'))),
    })
    test.after(() => server.close())
    const address = `127.0.0.1:${server.port}${secure ? '' : '?tls=require'}`
    const scheme = secure ? 'smtps' : 'smtp'
    const url = `${scheme}://naam%40voorbeeld.example:p%40ss%3Aw%2Frd%231@${address}`
    assert.equal((await sendTo(test, server, { url, ca: certificate.cert })).kind, 'accepted')
    const wrong = await sendTo(test, server, { url: `${scheme}://naam:anders@${address}`, ca: certificate.cert })
    assert.equal(wrong.kind, 'unreached')
    assert.equal((await sendTo(test, server, { url })).kind, 'unreached', 'a certificate that nobody vouches for')
    assert.equal(server.accepted.length, 1)
  })

test('where TLS is required, a mail server without it gets no mail', async (test) => {
  const server = await serverInMood(test)
  assert.equal((await sendTo(test, server, { url: `${server.url}?tls=require` })).kind, 'unreached')
  assert.equal(server.seen.length, 0)
})
