import assert from 'node:assert/strict'
import { request as send } from 'node:http'
import { test } from 'node:test'
import { staffRoleNames } from '../../server/access/roles.ts'
import { createApp } from '../../server/app.ts'
import { createLog } from '../../server/log.ts'
import { address, family } from '../harness/family.ts'
import { staffAt } from '../harness/staff.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'
import { withoutPages } from '../harness/without-pages.ts'

const elsewhere = 'evil.example'
const spoofed = {
  Host: elsewhere,
  Forwarded: `for=127.0.0.1;host=${elsewhere};proto=https`,
  'X-Forwarded-Host': elsewhere,
  'X-Forwarded-Server': elsewhere,
  'X-Forwarded-Proto': 'https',
  'X-Forwarded-Port': '666',
  'X-Forwarded-Prefix': `//${elsewhere}`,
  'X-Original-URL': `https://${elsewhere}/`,
  'X-Rewrite-URL': `https://${elsewhere}/`,
}

/** `fetch` lets nobody say another host. */
const spoof = (server: StudyServer, method: string, path: string, { cookie = '', body = null as unknown } = {}) =>
  new Promise<{ status: number; text: string; all: string }>((resolve, reject) => {
    const headers = { ...spoofed, Cookie: cookie, ...(body !== null && { 'Content-Type': 'application/json' }) }
    const asked = send(`${server.origin}${path}`, { method, headers, setHost: false }, (answer) => {
      answer.setEncoding('utf8').on('error', reject)
      answer.toArray().then((parts) => {
        const text = parts.join('')
        resolve({ status: answer.statusCode ?? 0, text, all: `${answer.rawHeaders.join('\n')}\n${text}` })
      }, reject)
    })
    asked.on('error', reject).end(body === null ? undefined : JSON.stringify(body))
  })

test('no page, redirect, document or mail believes what a request says about where it went', async (t) => {
  const server = await startStudyServer(t, '2026-03-02T09:00:00Z')
  await server.register(family('A-001'))
  await server.tick()
  const staff = await staffAt(
    server,
    staffRoleNames.map((role) => ({ role, studyId: '*' })),
  )
  const link = new URL(server.mail.linkTo(address('parent', 'A-001'))).pathname

  // Every page there is, and every answer of the desk.
  const pages = createApp(server.context, { site: withoutPages, log: createLog('silent') })
    .routes.filter(({ method, path }) => method === 'GET' && !path.endsWith('*'))
    .map(({ path }) =>
      path
        .replace(':study', 's1')
        .replace(':case', 'A-001')
        .replaceAll(/:[a-z]+/gi, 'x'),
    )
  assert.ok(pages.length > 40)
  for (const path of [...new Set([...pages, link, '/nowhere'])]) {
    const { status, all } = await spoof(server, 'GET', path, { cookie: staff.cookie })
    assert.ok(status < 500, `${path} answered ${status}`)
    assert.ok(!all.includes(elsewhere) && !all.includes(':666'), `${path} repeats it: ${all.slice(0, 500)}`)
  }
  const { text } = await spoof(server, 'GET', '/api/openapi.json')
  assert.deepEqual(JSON.parse(text).servers, [{ url: server.origin }])

  // The button behind a link leads on to a place of its own server.
  const opened = await spoof(server, 'POST', link)
  assert.equal(opened.status, 303)
  assert.match(opened.all, /^location\n\/packet$/im)

  // Mail that a request sets going.
  const colleague = {
    name: 'Nieuwe Collega',
    address: 'nieuw@bureau.example',
    language: 'nl',
    study: 's1',
    role: 'coordinator',
    region: '*',
  }
  assert.equal((await spoof(server, 'POST', '/api/desk/staff', { cookie: staff.cookie, body: colleague })).status, 200)
  const mail = server.mail.accepted.find(({ recipients }) => recipients.includes('nieuw@bureau.example'))
  assert.ok(mail?.text?.includes(`${server.origin}/desk/welcome#`), mail?.text ?? 'no mail')
  assert.ok(!JSON.stringify(mail).includes(elsewhere))
})
