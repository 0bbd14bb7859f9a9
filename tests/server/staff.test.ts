import assert from 'node:assert/strict'
import { before, beforeEach, test } from 'node:test'
import { codeAt } from '../../server/access/one-time-codes.ts'
import { readSettings } from '../../server/env.ts'
import { start } from '../../server/main.ts'
import { closeContext, openContext } from '../../server/open-context.ts'
import { openStudy } from '../../server/workflow/open-study.ts'
import { colleagueAt, deskBrowser, password } from '../harness/colleague.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { withDatabase } from '../harness/database.ts'
import { freePort } from '../harness/free-port.ts'
import { callingAs, type StaffClient, staffAt } from '../harness/staff.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

let server: StudyServer
/** Administrator of all there is, and of study s1 only. */
let bea: StaffClient
let local: StaffClient

before(async (t) => {
  server = await startStudyServer(t as never, '2026-03-02T09:00:00Z')
  const other = { protocol: 'familie-aan-zet@0.1.0-standin', organisation: 'Elders', contact: 'elders@bureau.example' }
  await openStudy(server.context, { ...other, id: 's2', title: 'Ander onderzoek', demonstration: false, standInsAcceptedBy: 'Test' })
  bea = await staffAt(server, [{ role: 'administrator', studyId: '*' }])
  local = await staffAt(server, 'administrator')
})

beforeEach(() => {
  server.mail.mood = undefined
})

let invited = 0
const entry = (own: Record<string, unknown> = {}) => ({
  name: 'Nora Nieuw',
  address: `nora${++invited}@bureau.example`,
  language: 'nl',
  study: 's1',
  role: 'coordinator',
  region: '*',
  ...own,
})

/** The account as an administrator sees it. */
async function seen({ call }: StaffClient, id: string) {
  const { body } = await call('GET /staff')
  return body.accounts.find((one: { id: string }) => one.id === id)
}

const linkIn = (address: string): string => {
  const mail = server.mail.accepted.findLast(({ recipients }) => recipients.includes(address))
  return mail?.text?.match(/https?:\/\/\S+\/desk\/welcome#[\w-]+/)?.[0] ?? assert.fail(`no link reached ${address}`)
}

const welcome = (link: string) => callingAs(server.origin, '').call('POST /welcome', { token: new URL(link).hash.slice(1) })

test('a colleague who is invited gets a mail with a link that works, in their language', async () => {
  const given = entry({ language: 'en' })
  const { status, body } = await bea.call('POST /staff', given)
  assert.deepEqual([status, body.mail], [200, 'sent'])
  const mail = server.mail.accepted.at(-1)
  assert.match(mail?.subject ?? '', /^Your account/)
  assert.match(mail?.text ?? '', /^Dear Nora Nieuw,\n\nVerzonnen Collega has made an account/)
  assert.equal(mail?.html?.match(/<a /g)?.length, 1)
  assert.deepEqual((await welcome(linkIn(given.address))).body, {
    name: 'Nora Nieuw',
    address: given.address,
    language: 'en',
    purpose: 'invitation',
  })
  const account = await seen(bea, body.id)
  assert.deepEqual([account.state, account.link.mail, account.grants.length], ['invited', 'sent', 1])
})

test('a mail that is refused, of unknown fate or not sent is shown as that, and goes again when somebody says so', async () => {
  const moods = [
    ['refused', { at: 'recipient', does: 550 }],
    ['unknown', { at: 'end of text', does: 'dies' }],
    ['not sent', { at: 'recipient', does: 450 }],
  ] as const
  for (const [mail, mood] of moods) {
    server.mail.mood = mood
    const given = entry()
    const { body } = await bea.call('POST /staff', given)
    assert.equal(body.mail, mail)
    assert.equal((await seen(bea, body.id)).link.mail, mail)
    server.mail.mood = undefined
    assert.equal((await bea.call(`POST /staff/${body.id}/link`, {})).body.mail, 'sent')
    assert.equal((await welcome(linkIn(given.address))).status, 200)
  }
})

test('with a new link the one from before stops working', async () => {
  const given = entry()
  const { body } = await bea.call('POST /staff', given)
  const first = linkIn(given.address)
  await bea.call(`POST /staff/${body.id}/link`, {})
  assert.equal((await welcome(first)).status, 404)
})

test('roles are given and taken, and hold with the next click', async () => {
  const colleague = await staffAt(server, 'coordinator')
  const role = { study: 's1', role: 'researcher', region: '*' }
  assert.equal((await bea.call(`POST /staff/${colleague.id}/roles`, role)).status, 204)
  assert.deepEqual((await colleague.call('GET /me')).body.studies[0].roles, ['coordinator', 'researcher'])
  for (const gone of ['researcher', 'coordinator'])
    assert.equal((await bea.call(`POST /staff/${colleague.id}/roles/take`, { ...role, role: gone })).status, 204)
  assert.equal((await colleague.call('GET /studies/s1')).status, 404)
  assert.equal((await bea.call(`POST /staff/${colleague.id}/roles/take`, role)).status, 404, 'it is gone already')
})

test('nobody takes their own last administrator role, nor disables themselves; another administrator can', async () => {
  const one = await staffAt(server, [
    { role: 'administrator', studyId: 's1' },
    { role: 'administrator', studyId: 's2' },
  ])
  const own = (study: string) => one.call(`POST /staff/${one.id}/roles/take`, { study, role: 'administrator', region: '*' })
  assert.equal((await own('s2')).status, 204)
  assert.equal((await own('s1')).body.error.code, 'own-account')
  assert.equal((await one.call(`POST /staff/${one.id}/disable`, {})).body.error.code, 'own-account')
  assert.equal((await bea.call(`POST /staff/${one.id}/roles/take`, { study: 's1', role: 'administrator', region: '*' })).status, 204)
  assert.equal((await one.call('GET /staff')).status, 403)
})

test('whoever is disabled is out with the next click, and in again only after signing in anew', async () => {
  const colleague = await staffAt(server, 'coordinator')
  assert.equal((await colleague.call('GET /studies/s1')).status, 200)
  assert.equal((await bea.call(`POST /staff/${colleague.id}/disable`, {})).status, 204)
  assert.equal((await colleague.call('GET /studies/s1')).status, 401)
  assert.equal((await bea.call(`POST /staff/${colleague.id}/link`, {})).status, 404, 'no way in by mail')
  assert.equal((await bea.call(`POST /staff/${colleague.id}/enable`, {})).status, 204)
  assert.equal((await colleague.call('GET /studies/s1')).status, 401)
  assert.notEqual((await seen(bea, colleague.id)).state, 'disabled')
})

test('an administrator of one study sees and manages that one only', async () => {
  const elsewhere = await staffAt(server, [{ role: 'coordinator', studyId: 's2' }])
  const both = await staffAt(server, [{ role: 'coordinator' }, { role: 'researcher', studyId: 's2' }])
  assert.equal(await seen(local, elsewhere.id), undefined)
  const account = await seen(local, both.id)
  assert.deepEqual([account.grants.length, account.manages], [1, false])
  const refused = [
    await local.call('POST /staff', entry({ study: 's2' })),
    await local.call('POST /staff', entry({ study: '*' })),
    await local.call(`POST /staff/${both.id}/disable`, {}),
    await local.call(`POST /staff/${both.id}/link`, {}),
    await local.call(`POST /staff/${both.id}/roles`, { study: 's2', role: 'administrator', region: '*' }),
    await local.call(`POST /staff/${local.id}/roles`, { study: '*', role: 'administrator', region: '*' }),
    await local.call(`POST /staff/${both.id}/roles/take`, { study: 's2', role: 'researcher', region: '*' }),
  ]
  assert.deepEqual(
    refused.map(({ status }) => status),
    refused.map(() => 403),
  )
  assert.equal((await local.call(`POST /staff/${elsewhere.id}/disable`, {})).status, 404)
  assert.equal((await elsewhere.call('GET /studies/s2')).status, 200)
})

test('an administrator of one region manages that region only', async () => {
  const regional = await staffAt(server, [{ role: 'administrator', region: 'Amsterdam' }])
  assert.equal((await regional.call('POST /staff', entry({ region: 'Amsterdam' }))).status, 200)
  for (const region of ['*', 'Overijssel']) assert.equal((await regional.call('POST /staff', entry({ region }))).status, 403)
})

test('what cannot be is refused with the field, and unknown keys change nothing', async () => {
  const address = (await bea.call('POST /staff', entry({ address: 'a@b.example, c@d.example' }))).body.error
  assert.deepEqual([address.code, address.problems[0].field], ['staff-invalid', 'address'])
  assert.equal((await bea.call('POST /staff', entry({ study: 's9' }))).body.error.problems[0].field, 'study')
  assert.equal((await bea.call('POST /staff', entry({ role: 'owner' }))).status, 400)
  assert.equal((await bea.call('POST /staff', entry({ name: 'Nora\r\nBcc: x@y.example' }))).status, 400)
  const before = (await bea.call('GET /staff')).body
  const stuffed = [
    ...['id', 'state', 'passwordHash', 'manages', '__proto__'].map((key) => `POST /staff ${JSON.stringify({ ...entry(), [key]: 'x' })}`),
    `POST /staff {"__proto__":{"role":"administrator"},${JSON.stringify(entry()).slice(1)}`,
  ]
  for (const request of stuffed) {
    const [, path, body] = /^POST (\S+) (.*)$/.exec(request) ?? []
    const headers = { Cookie: bea.cookie, Origin: server.origin, 'Content-Type': 'application/json' }
    assert.equal((await fetch(`${server.origin}/api/desk${path}`, { method: 'POST', headers, body: body ?? '' })).status, 400, request)
  }
  assert.deepEqual((await bea.call('GET /staff')).body, before)
})

test('whatever Host and X-Forwarded headers a request has, the link in the mail leads to this installation', async () => {
  const given = entry()
  const answer = await fetch(`${server.origin}/api/desk/staff`, {
    method: 'POST',
    headers: {
      Cookie: bea.cookie,
      Origin: server.origin,
      'Content-Type': 'application/json',
      'X-Forwarded-Host': 'evil.example',
      'X-Forwarded-Proto': 'https',
      Forwarded: 'host=evil.example',
    },
    body: JSON.stringify(given),
  })
  assert.equal(answer.status, 200)
  assert.equal(new URL(linkIn(given.address)).origin, server.origin)
})

/** Comes in by a link: a new password, and a second factor of one's own. */
async function beginAnew(link: string) {
  const call = deskBrowser(server)
  assert.equal((await call('POST /welcome/password', { token: new URL(link).hash.slice(1), password })).status, 200)
  assert.equal((await call('GET /me')).body.needs, 'factor')
  const { body: factor } = await call('POST /sign-in/one-time-codes', {})
  await call(`POST /sign-in/one-time-codes/${factor.id}`, { code: codeAt(factor.secret, server.clock.now()) })
  return call
}

/** What lets an account in, as it is kept. */
const keptOf = (id: string) => {
  const read = server.context.stores.identity.read
  return ['second_factors', 'recovery_codes', 'staff_sessions'].map(
    (table) => read.all<{ n: number }>(`select count(*) as n from ${table} where staff_id = '${id}'`)[0]?.n,
  )
}

test('whoever lost the phone and the recovery codes begins anew by a link, and nobody does that for themselves', async () => {
  const lost = await colleagueAt(server, 'lot@bureau.example')
  const elsewhere = await staffAt(server, [{ role: 'administrator', studyId: 's2' }])
  const reset = (who: Pick<StaffClient, 'call'>, id = lost.id) => who.call(`POST /staff/${id}/second-factor/reset`, {})
  assert.equal((await reset(bea, bea.id)).body.error.code, 'own-account')
  assert.equal((await reset(elsewhere)).status, 404)
  assert.equal((await reset(lost)).status, 403)
  assert.deepEqual(keptOf(lost.id).map(Boolean), [true, true, true], 'nothing was changed')

  assert.deepEqual((await reset(local)).body, { mail: 'sent' })
  assert.deepEqual(keptOf(lost.id), [0, 0, 0])
  assert.equal((await lost.call('GET /studies/s1')).status, 401)
  const old = deskBrowser(server)
  assert.equal((await old('POST /sign-in', { address: lost.address, password })).status, 401, 'the password alone lets nobody in')
  const call = await beginAnew(linkIn(lost.address))
  assert.equal((await call('GET /studies/s1')).status, 200, 'with the roles of before')
  assert.deepEqual(
    server.rows(`select action, outcome from access_log where staff_id = '${local.id}' and action = 'reset second factor'`),
    [{ action: 'reset second factor', outcome: 'allowed' }],
  )
})

test('on the server a sole administrator is let in again, and begins anew without the phone', async () => {
  const lost = await colleagueAt(server, 'soes@bureau.example')
  const { environment } = server
  const run = (...words: string[]) => nameting(environment, 'staff', ...words, lost.address)
  assert.match((await run('enable')).stdout, /was not shut out/)
  await run('disable')
  const refused = await run('reset-second-factor')
  assert.deepEqual([refused.code, /staff enable/.test(refused.stderr)], [1, true])
  assert.match((await run('enable')).stdout, /may sign in again/)
  const silent = await nameting({ ...environment, SMTP_URL: '', MAIL_FROM: '' }, 'staff', 'reset-second-factor', lost.address)
  assert.match(silent.stdout, /No mail tells them so/)
  const mailing = { ...environment, SMTP_URL: server.mail.url, MAIL_FROM: 'beheer@bureau.example' }
  const { stdout } = await nameting(mailing, 'staff', 'reset-second-factor', lost.address)
  const told = server.mail.accepted.findLast(({ recipients }) => recipients.includes(lost.address))
  assert.match(told?.text ?? '', /^Beste [\s\S]+De beheerder van de server heeft uw tweede stap weggehaald[\s\S]+: beheer@bureau\.example/)
  assert.ok(told?.text?.includes(stdout.match(/http\S+#\S+/)?.[0] ?? 'no link'), 'the same link as is printed')
  assert.deepEqual(keptOf(lost.id), [0, 0, 0])
  const call = await beginAnew(stdout.match(/http\S+#\S+/)?.[0] ?? assert.fail(stdout))
  assert.equal((await call('GET /me')).body.stage, 'signed in')
  assert.deepEqual(
    server
      .rows<{ action: string }>(`select action from access_log where via = 'command' and detail like '%${lost.id}%' order by id`)
      .map(({ action }) => action),
    ['disabled staff', 'enabled staff', 'reset second factor', 'reset second factor'],
  )
  assert.equal((await nameting(environment, 'staff', 'enable', 'nobody@bureau.example')).code, 1)
})

test('the access log tells who did what to whose account', async () => {
  const { id } = (await bea.call('POST /staff', entry())).body
  await bea.call(`POST /staff/${id}/disable`, {})
  const rows = server.rows<{ action: string; study_id: string | null; detail: string }>(
    `select action, study_id, detail from access_log where staff_id = '${bea.id}' order by id desc limit 2`,
  )
  assert.deepEqual(
    rows.map(({ action, study_id, detail }) => [action, study_id, JSON.parse(detail).staff]),
    [
      ['disabled staff', null, id],
      ['invited staff', 's1', id],
    ],
  )
})

test('the server as it is started sends the mail itself, and offers the provider that is configured', async (t) => {
  const port = await freePort()
  const environment = {
    DATA_DIR: temporaryFolder(t),
    PORT: String(port),
    BASE_URL: `http://127.0.0.1:${port}`,
    IDENTITY_KEY: 'ab'.repeat(32),
    SMTP_URL: server.mail.url,
    MAIL_FROM: 'onderzoek@voorbeeld.example',
    LOG_LEVEL: 'silent',
    OIDC_ISSUER: 'https://login.example.org',
    OIDC_CLIENT_ID: 'nameting',
    OIDC_CLIENT_SECRET: 'geheim',
  }
  const settings = readSettings(['BASE_URL', 'IDENTITY_KEY', 'SMTP_URL', 'MAIL_FROM'], await withDatabase(environment))
  const context = await openContext(settings)
  const first = await staffAt({ context, origin: settings.BASE_URL }, [{ role: 'administrator', studyId: '*' }])
  await closeContext(context)
  const started = await start(settings)
  t.after(() => started.stop())
  const given = entry({ study: '*' })
  assert.equal((await first.call('POST /staff', given)).body.mail, 'sent')
  assert.equal(new URL(linkIn(given.address)).origin, settings.BASE_URL)
  assert.equal((await callingAs(settings.BASE_URL, '').call('GET /me')).body.singleSignOn, true)
})
