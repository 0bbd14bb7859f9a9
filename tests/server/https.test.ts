import assert from 'node:assert/strict'
import { test } from 'node:test'
import { address, family } from '../harness/family.ts'
import { freePort } from '../harness/free-port.ts'
import { serveHere, startStudyServer } from '../harness/study-server.ts'

test('behind a web server with TLS the session cookie is bound to it, and browsers are told to stay with https', async (t) => {
  const server = await startStudyServer(t)
  await server.register(family('A-001'))
  await server.tick()
  const token = server.mail.linkTo(address('parent', 'A-001')).split('/').at(-1)
  const port = await freePort()
  const behind = await serveHere({ ...server.context, baseUrl: 'https://meting.example.org' }, port)
  t.after(() => behind.close())

  const ask = (method: string, path: string, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${port}${path}`, { method, headers, redirect: 'manual' })
  const opened = await ask('POST', `/l/${token}`, { Origin: 'https://meting.example.org' })
  assert.equal(opened.status, 303)
  assert.equal(opened.headers.get('Location'), '/packet')
  assert.match(opened.headers.get('Strict-Transport-Security') ?? '', /max-age=\d{8}/)
  const [[pair = '', ...ofSession] = [], [device = '', ...ofDevice] = []] = opened.headers
    .getSetCookie()
    .map((cookie) => cookie.split('; '))
  const bound = ['HttpOnly', 'Path=/', 'SameSite=Strict', 'Secure']
  assert.match(pair, /^__Host-nameting=[\w-]{43}$/)
  assert.deepEqual(ofSession.toSorted(), [...bound, 'Max-Age=43200'].sort())
  assert.match(device, /^__Host-nameting-device=[\w-]{43}$/)
  assert.deepEqual(ofDevice.filter((attribute) => !attribute.startsWith('Max-Age=')).toSorted(), bound)
  assert.equal((await ask('GET', '/api/packet', { Cookie: pair })).status, 200)
  // The name without the prefix could have been set by another host of the domain.
  assert.equal((await ask('GET', '/api/packet', { Cookie: pair.replace('__Host-', '') })).status, 401)
  for (const origin of ['https://elsewhere.example', `http://127.0.0.1:${port}`, 'null'])
    assert.equal((await ask('POST', '/api/packet/leave', { Cookie: pair, Origin: origin })).status, 403, origin)
  assert.equal((await fetch(`${server.origin}/packet`)).headers.get('Strict-Transport-Security'), null)
})
