import assert from 'node:assert/strict'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { createTransport } from '../../server/mail/transport.ts'
import { tick } from '../../server/workflow/tick.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { address, family } from '../harness/family.ts'
import { staffAt } from '../harness/staff.ts'
import { startStudyServer } from '../harness/study-server.ts'

const to = address('parent', 'A-001')

/** What went out: the mail to the parent, as the mail server got it. */
interface Sent {
  messageId: string
  raw: string
}

/** One family that was invited this morning; what a command makes of notices that come back, and what then stands on record. */
async function invited(t: TestContext, codes = ['A-001']) {
  const server = await startStudyServer(t, '2026-03-02T09:30:00Z')
  await server.register(...codes.map((code) => family(code)))
  server.clock.set('2026-03-03T09:00:00Z')
  await server.tick()
  const folder = temporaryFolder(t)
  let files = 0
  const mailTo = (recipient: string): Sent => {
    const { messageId = '', raw } =
      server.mail.accepted.findLast(({ recipients }) => recipients.includes(recipient)) ?? assert.fail(recipient)
    return { messageId, raw }
  }
  return {
    server,
    mail: mailTo(to),
    mailTo,
    async bounce(...notices: string[]) {
      const paths = notices.map((notice) => {
        const path = join(folder, `${++files}.eml`)
        writeFileSync(path, notice.replaceAll('\n', '\r\n'))
        return path
      })
      return await nameting(server.environment, 'bounce', ...paths)
    },
    tasks: () =>
      server
        .rows<{ kind: string; detail: string }>('select kind, detail from tasks where done_at is null order by id')
        .map((one) => ({ ...one })),
    states: () =>
      server
        .rows<{ state: string }>(
          "select m.state from messages m join participants p on p.id = m.participant_id where p.role = 'parent' and m.kind = 'invitation' and m.wave = 'T0'",
        )
        .map(({ state }) => state),
    refusedAddresses: () =>
      server.rows<{ role: string }>('select role from participants where address_refused_at is not null').map(({ role }) => role),
  }
}

const head = (subject: string, more = ''): string => `Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.example>
To: onderzoek@example.org
Subject: ${subject}
MIME-Version: 1.0
Auto-Submitted: auto-replied
${more}`

interface Shape {
  /** What is returned of the mail, as which kind of part. */
  original?: [type: string, text: string]
  /** More about the message and about the recipient, as header lines. */
  message?: string
  recipient?: string
  headers?: string
  action?: string
  status?: string
}

/** A delivery status notification of RFC 3464. */
const report = ({
  original,
  message = '',
  recipient = `Final-Recipient: rfc822; ${to}\n`,
  headers = '',
  action = 'failed',
  status = '5.1.1',
}: Shape) => `${head(
  'Undelivered Mail Returned to Sender',
  `${headers}Content-Type: multipart/report; report-type=delivery-status; boundary="grens"\n`,
)}
--grens
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--grens
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
${message}Arrival-Date: Tue, 3 Mar 2026 10:00:00 +0100

${recipient}Action: ${action}
Status: ${status}
Remote-MTA: dns; mail.voorbeeld.example
Diagnostic-Code: smtp; 550 ${status} <${to}>: Recipient address rejected:
 User parent-a-001 unknown

${original ? `--grens\nContent-Type: ${original[0]}\n\n${original[1]}\n\n` : ''}--grens--
`

const original = ({ messageId }: Sent): string =>
  `From: Onderzoek <onderzoek@example.org>\nTo: ${to}\nSubject: Uitnodiging\nMessage-ID: ${messageId}\n`

test('a mail that comes back a day later is refused, with a task; the original returned whole, only its head, its name or an answer to it', async (t) => {
  const shapes: Record<string, (mail: Sent) => Shape> = {
    'the whole mail': (mail) => ({ original: ['message/rfc822', `${original(mail)}\nBeste ouder,\n`] }),
    'its head': (mail) => ({ original: ['text/rfc822-headers', original(mail)] }),
    'its head, in other letters': (mail) => ({ original: ['message/global-headers', original(mail)] }),
    'the name of its envelope': ({ messageId }) => ({ message: `Original-Envelope-Id: ${messageId.slice(1, -1)}\n` }),
    'an answer to it': ({ messageId }) => ({ headers: `In-Reply-To: ${messageId}\n` }),
    'a reference to it': ({ messageId }) => ({ headers: `References: <another@mx.example>\n ${messageId}\n` }),
    'forwarded by its receiver': (mail) => ({
      original: ['text/rfc822-headers', original(mail)],
      recipient: 'Final-Recipient: rfc822; elders@forwarded.example\n',
    }),
  }
  for (const [name, shape] of Object.entries(shapes)) {
    const { server, bounce, mail, tasks, states, refusedAddresses } = await invited(t)
    server.clock.set('2026-03-04T12:00:00Z')
    const ran = await bounce(report(shape(mail)))
    assert.deepEqual([ran.code, ran.stderr], [0, ''], name)
    assert.match(ran.stdout, /the mail came back; the address is refused/)
    assert.deepEqual(states(), ['refused'], name)
    assert.deepEqual(refusedAddresses(), ['parent'], name)
    const [task, ...others] = tasks()
    assert.equal(others.length, 0)
    assert.equal(task?.kind, 'address refused')
    assert.match(task?.detail ?? '', /5\.1\.1/)
    assert.doesNotMatch(task?.detail ?? '', /parent-a-001|@/)
    assert.match((await bounce(report(shape(mail)))).stdout, /known already/)
    assert.equal(tasks().length, 1, name)
  }
})

test('servers that write a text of their own with the mail below it are understood, too', async (t) => {
  const texts = [
    (mail: Sent) => `${head('failure notice')}
Hi. This is the qmail-send program at mx.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<${to}>:
550 5.1.1 unknown user

--- Below this line is a copy of the message.

${original(mail)}
Beste ouder,
`,
    (mail: Sent) => `${head('Mail delivery failed: returning message to sender', `Content-Type: multipart/mixed; boundary="x"\n`)}
--x
Content-Type: text/plain

A message that you sent could not be delivered to one or more of its recipients.
  ${to}
    550 no such user

--x
Content-Type: message/rfc822

${original(mail)}
Beste ouder,
--x--
`,
  ]
  for (const [index, text] of texts.entries()) {
    const { bounce, mail, tasks, states } = await invited(t)
    const ran = await bounce(text(mail))
    assert.deepEqual([ran.code, states()], [0, ['refused']])
    // Without a status nobody can say that it is about the address.
    assert.deepEqual(
      tasks().map(({ kind }) => kind),
      [index === 0 ? 'address refused' : 'message refused'],
    )
  }
})

test('what says nothing about the address leaves it alone: a mailbox that is full, a refusal by policy, a server that was away', async (t) => {
  for (const status of ['5.2.2', '5.7.1', '4.4.7']) {
    const { bounce, mail, tasks, states, refusedAddresses } = await invited(t)
    assert.equal((await bounce(report({ original: ['message/rfc822', original(mail)], status }))).code, 0)
    assert.deepEqual([states(), refusedAddresses()], [['refused'], []], status)
    assert.deepEqual(
      tasks().map(({ kind }) => kind),
      ['message refused'],
    )
  }
})

test('a mail that is late or was delivered, an answer, and a notice about another mail change nothing', async (t) => {
  const { bounce, mail, tasks, states } = await invited(t)
  const late = await bounce(report({ original: ['message/rfc822', original(mail)], action: 'delayed', status: '4.4.1' }))
  const there = await bounce(report({ original: ['message/rfc822', original(mail)], action: 'delivered', status: '2.0.0' }))
  for (const { code, stdout } of [late, there]) {
    assert.equal(code, 0)
    assert.match(stdout, /nothing was changed/)
  }
  const away = `From: ${to}\nTo: onderzoek@example.org\nSubject: Afwezig\nAuto-Submitted: auto-replied\nIn-Reply-To: ${mail.messageId}\n\nIk ben er niet. 5.1.1\n> Message-ID: ${mail.messageId}\n`
  const person = `From: ${to}\nTo: onderzoek@example.org\nSubject: Re: failure\n\n550 5.1.1\nMessage-ID: ${mail.messageId}\n`
  const another = report({ original: ['message/rfc822', original({ ...mail, messageId: '<0000@elders.example>' })] })
  const ran = await bounce(away, person, another, 'nothing at all')
  assert.equal(ran.code, 1)
  assert.equal(ran.stdout, '')
  assert.equal(ran.stderr.match(/no notice of non-delivery/g)?.length, 3)
  assert.match(ran.stderr, /no mail that went out from here is named in it/)
  assert.match((await nameting({}, 'bounce', '/nowhere.eml')).stderr, /IDENTITY_KEY/)
  assert.deepEqual([states(), tasks()], [['sent'], []])
})

test('a mail that comes back from an address that was corrected meanwhile says nothing about the new one', async (t) => {
  const { server, bounce, mail, tasks, states, refusedAddresses } = await invited(t)
  const notice = report({ original: ['message/rfc822', original(mail)] })
  const corrected = await nameting(
    server.environment,
    'case',
    'address',
    'A-001',
    'parent',
    '--study',
    's1',
    '--email',
    'beter@voorbeeld.example',
  )
  assert.equal(corrected.code, 0, corrected.stderr)
  const ran = await bounce(notice)
  assert.deepEqual([ran.code, ran.stdout.includes('address is refused')], [0, false])
  assert.deepEqual([states(), refusedAddresses()], [['refused'], []])
  // Nobody has been asked at the better address yet: a person hears of it.
  assert.deepEqual(tasks(), [{ kind: 'message refused', detail: 'went to an address that was corrected since' }])
})

test('of one mail about several families each hears of it', async (t) => {
  const codes = ['A-001', 'A-002']
  const { server, bounce } = await invited(t, codes)
  const referrers = codes.map((code) => ({ ...family(code), code: `B${code}` }))
  for (const one of referrers)
    for (const person of one.participants)
      if (person.role === 'referrer') Object.assign(person, { name: 'Voogd', email: 'voogd@voorbeeld.example' })
  await server.register(...referrers)
  server.clock.set('2026-07-15T08:30:00Z')
  await server.tick()
  const { messageId = '' } =
    server.mail.accepted.findLast(({ recipients }) => recipients.includes('voogd@voorbeeld.example')) ?? assert.fail()
  const shape: Shape = {
    original: ['text/rfc822-headers', original({ messageId, raw: '' })],
    recipient: 'Final-Recipient: rfc822; voogd@voorbeeld.example\n',
  }
  const ran = await bounce(report(shape))
  assert.equal(ran.code, 0, ran.stderr)
  assert.deepEqual(
    server
      .rows<{ code: string }>(
        "select c.code from tasks t join cases c on c.id = t.case_id where t.kind = 'address refused' order by c.code",
      )
      .map(({ code }) => code),
    ['BA-001', 'BA-002'],
  )
})

test('at the desk it is looked at first and then recorded, by whoever may handle mail there; the access log says of which family it was', async (t) => {
  const { server, mail, tasks, states, refusedAddresses } = await invited(t, ['A-001', 'A-002'])
  const notice = report({ original: ['text/rfc822-headers', original(mail)] })
  const answer = `From: Ouder <${to}>\nSubject: Dank\nIn-Reply-To: ${mail.messageId}\n\nIk doe mee.`
  const late = report({ original: ['text/rfc822-headers', original(mail)], action: 'delayed', status: '4.4.1' })
  const another = report({ original: ['text/rfc822-headers', 'Message-ID: <not-ours@mx.example>'] })
  const manager = await staffAt(server, 'data manager')
  const give = async (call: typeof manager.call, mails: string[], path = '') =>
    (await call(`POST /studies/s1/returned${path}`, { mails })).body.mails
  const message = { code: 'A-001', role: 'parent', number: 1, wave: 'T0', message: 'invitation', sentAt: '2026-03-03T09:00:00.000Z' }

  const looked = await give(manager.call, [notice, answer, late, another], '/preview')
  assert.deepEqual(looked, [
    { outcome: 'returned', addressRefused: true, messages: [message] },
    { outcome: 'no notice', addressRefused: false, messages: [] },
    { outcome: 'still under way', addressRefused: false, messages: [message] },
    { outcome: 'of no mail here', addressRefused: false, messages: [] },
  ])
  assert.deepEqual([tasks(), states(), refusedAddresses()], [[], ['sent', 'sent'], []], 'looking changes nothing')
  const known = { outcome: 'known', addressRefused: false, messages: [message] }
  assert.deepEqual(await give(manager.call, [notice, notice], '/preview'), [looked[0], known], 'the same notice twice')

  // What is out of reach is no mail of anybody's; who may not handle mail gets no word at all.
  const elsewhere = await staffAt(server, [{ role: 'data manager', region: 'Amsterdam' }])
  for (const path of ['/preview', ''])
    assert.deepEqual(await give(elsewhere.call, [notice], path), [{ outcome: 'of no mail here', addressRefused: false, messages: [] }])
  for (const role of ['coordinator', 'interviewer', 'researcher', 'administrator'] as const)
    assert.equal((await (await staffAt(server, role)).call('POST /studies/s1/returned/preview', { mails: [notice] })).status, 403, role)
  assert.deepEqual([tasks(), refusedAddresses()], [[], []])

  assert.deepEqual(await give(manager.call, [notice]), [looked[0]])
  assert.deepEqual(
    [tasks().map(({ kind }) => kind), states().toSorted(), refusedAddresses()],
    [['address refused'], ['refused', 'sent'], ['parent']],
  )
  server.clock.set('2026-03-03T09:10:00Z')
  for (const path of ['/preview', '']) assert.deepEqual(await give(manager.call, [notice], path), [known], 'it was sent when it was sent')
  const lines = server.rows<{ code: string | null; detail: string | null }>(
    `select c.code, l.detail from access_log l left join cases c on c.id = l.case_id where l.action = 'took returned mail' order by l.id`,
  )
  assert.deepEqual(
    lines.map(({ code }) => code),
    [null, 'A-001', 'A-001'],
    'what was given in vain, too',
  )
  for (const wrong of [{ mails: [] }, { mails: [''] }, { mails: notice }, { mails: [notice], code: 'A-002' }])
    assert.equal((await manager.call('POST /studies/s1/returned', wrong)).status, 400)
})

test('a mail server that knows how is asked to name the mail in what comes back, and to return its head only, without the link', async (t) => {
  const said: string[] = []
  const { server, mail } = await invited(t)
  const smtp = createServer((socket) => {
    socket.write('220 mx.example\r\n')
    let isText = false
    socket.on('data', (chunk) => {
      for (const line of chunk.toString().split('\r\n').filter(Boolean)) {
        if (!isText) said.push(line)
        if (isText && line !== '.') continue
        isText = /^DATA/i.test(line)
        socket.write(/^EHLO/i.test(line) ? '250-mx.example\r\n250 DSN\r\n' : isText ? '354 go on\r\n' : '250 done\r\n')
      }
    })
  }).listen(0, '127.0.0.1')
  t.after(() => smtp.close())
  await once(smtp, 'listening')
  const transport = createTransport({
    SMTP_URL: `smtp://127.0.0.1:${(smtp.address() as AddressInfo).port}`,
    MAIL_FROM: server.study.contact,
  })
  t.after(() => transport.close())
  server.clock.set('2026-03-10T09:30:00Z')
  assert.equal((await tick(server.context, { transport })).sent, 1)
  const id = messageIdOf(
    server.rows<{ message_id: string }>("select message_id from messages where kind = 'reminder-1' and state = 'sent'"),
  )
  const from = said.find((line) => line.startsWith('MAIL FROM')) ?? ''
  assert.match(from, / RET=HDRS/)
  assert.ok(from.includes(` ENVID=${id.slice(1, -1)}`), from)
  assert.match(said.find((line) => line.startsWith('RCPT TO')) ?? '', / NOTIFY=FAILURE$/)
  assert.notEqual(id, mail.messageId)
})

const messageIdOf = ([row]: { message_id: string }[]): string => row?.message_id ?? assert.fail('no message')
