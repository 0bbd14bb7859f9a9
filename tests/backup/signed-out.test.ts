/** Nobody is signed in any more in what was put back: some of them may have been signed out since the backup, or shown the door. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inviteStaff } from '../../server/workflow/staff-accounts.ts'
import { backupsOf } from '../harness/backups.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { address, family } from '../harness/family.ts'
import { freePort } from '../harness/free-port.ts'
import { Respondent } from '../harness/respondent.ts'
import { staffAt } from '../harness/staff.ts'
import { serveHere, startStudyServer } from '../harness/study-server.ts'

test('after a backup was put back, staff and participants are signed out and links for a password are spent; mailed links open', async (t) => {
  const server = await startStudyServer(t)
  await server.register(family('A-001'))
  await server.tick()
  const link = server.mail.linkTo(address('parent', 'A-001'))
  const respondent = new Respondent(server.origin)
  await respondent.open(link)
  const manager = await staffAt(server, 'data manager')
  const invitation = await inviteStaff(server.context, {
    name: 'Verzonnen Nieuweling',
    address: 'nieuw@bureau.example',
    language: 'nl',
    grants: [{ role: 'data manager', studyId: 's1', region: '*' }],
  })
  const token = new URL(invitation.link ?? '').hash.slice(1)
  const ask = async (at: string) => {
    const get = (path: string, cookie: string) => fetch(`${at}${path}`, { headers: { Cookie: cookie } })
    const welcome = await fetch(`${at}/api/desk/welcome`, {
      method: 'POST',
      headers: { Origin: server.origin, 'Content-Type': 'application/json' },
      body: JSON.stringify({ token }),
    })
    return {
      packet: (await get('/api/packet', respondent.cookie)).status,
      desk: (await get('/api/desk/studies/s1/cases', manager.cookie)).status,
      welcome: welcome.status,
    }
  }
  assert.deepEqual(await ask(server.origin), { packet: 200, desk: 200, welcome: 200 })

  const backups = await backupsOf(t, server)
  const { path } = await backups.make()
  const to = temporaryFolder(t)
  await backups.restore(path, to)
  const port = await freePort()
  const restored = await serveHere(await backups.open(to), port)
  t.after(() => restored.close())
  const there = `http://127.0.0.1:${port}`
  assert.deepEqual(await ask(there), { packet: 401, desk: 401, welcome: 404 })
  const opened = await fetch(link.replace(server.origin, there), { method: 'POST', redirect: 'manual', headers: { Origin: server.origin } })
  assert.deepEqual([opened.status, opened.headers.get('Location')], [303, '/packet'])
  assert.deepEqual(await ask(server.origin), { packet: 200, desk: 200, welcome: 200 }, 'where it was made all is as it was')
})
