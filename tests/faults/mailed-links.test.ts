/** Every link in every kind of mail: opened by programs that look through mail before people do, and looked for where it may not be. */
import assert from 'node:assert/strict'
import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { type TestContext, test } from 'node:test'
import Database from 'better-sqlite3'
import pino from 'pino'
import { backupsOf } from '../harness/backups.ts'
import { openBrowser } from '../harness/browser.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { address, family } from '../harness/family.ts'
import { Respondent } from '../harness/respondent.ts'
import { figure } from '../harness/seed.ts'
import { callingAs, staffAt } from '../harness/staff.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

/** An address from a mail, as `link` in its text or as the header by which mail programs stop reminders. */
interface Link {
  in: string
  url: string
}

/** A study in which a mail of each kind with a link went out: people are invited and reminded, staff are invited and helped in again. */
async function mailed(t: TestContext) {
  const log: string[] = []
  const into = new Writable({
    write(chunk, _, done) {
      log.push(String(chunk))
      done()
    },
  })
  const server = await startStudyServer(t, '2026-03-02T07:00:00Z', { log: pino({ level: 'debug' }, into) })
  await server.register(family('A-001'), family('A-002'))
  server.clock.set('2026-03-02T10:00:00Z')
  await server.tick()
  const links: Link[] = linksOf(server, 'invitation')
  // Two weeks later those who have not answered are reminded.
  server.clock.set('2026-03-17T10:00:00Z')
  const count = server.mail.accepted.length
  await server.tick()
  links.push(...linksOf(server, 'reminder', count))
  const administrator = await staffAt(server, [{ role: 'administrator', studyId: '*' }])
  const active = await staffAt(server, 'researcher')
  const before = server.mail.accepted.length
  const nora = { name: 'Nora Nieuw', address: 'nora@bureau.example', language: 'nl', study: 's1', role: 'coordinator', region: '*' }
  assert.equal((await administrator.call('POST /staff', nora)).body.mail, 'sent')
  assert.equal((await administrator.call(`POST /staff/${active.id}/link`, {})).status, 200)
  await server.tick()
  links.push(...linksOf(server, 'account', before))
  return { server, log, links }
}

function linksOf({ mail, origin }: StudyServer, what: string, from = 0): Link[] {
  return mail.accepted.slice(from).flatMap(({ text, html, raw }) => {
    const header = raw.replaceAll(/\r\n[ \t]/g, ' ').match(/^List-Unsubscribe: <(.*)>/im)?.[1]
    const inText = `${text} ${html}`.match(/https?:\/\/[^\s"<>]+/g) ?? []
    return [...new Set([...inText, ...(header ? [header] : [])])].filter((url) => url.startsWith(origin)).map((url) => ({ in: what, url }))
  })
}

/** All rows of both databases. */
const dump = (folder: string): Record<string, unknown[]> =>
  Object.fromEntries(
    ['identity', 'study'].flatMap((name) => {
      const database = new Database(join(folder, `${name}.sqlite`), { readonly: true })
      try {
        const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all() as string[]
        return tables.map((table) => [`${name}.${table}`, database.prepare(`SELECT * FROM "${table}"`).raw().all()])
      } finally {
        database.close()
      }
    }),
  )

const tokenIn = ({ url }: Link): string => url.match(/(?:\/[lu]\/|#)([\w-]{20,})/)?.[1] ?? ''

test('scanners that open each mailed link twice, by HEAD, GET and in a browser with scripts, change no row; then it works', async (t) => {
  const { server, links } = await mailed(t)
  const withToken = links.filter((link) => tokenIn(link) !== '')
  const folder = server.context.place.data
  const kinds = new Set(withToken.map((link) => `${link.in} ${new URL(link.url).pathname.split('/')[1]}`))
  assert.deepEqual([...kinds].sort(), ['account desk', 'invitation l', 'invitation u', 'reminder l', 'reminder u'])
  const before = dump(folder)
  const browser = await openBrowser()
  t.after(() => browser.close())
  for (const _ of [1, 2])
    for (const { url } of links)
      for (const method of ['HEAD', 'GET']) await (await fetch(url, { method, redirect: 'manual' })).arrayBuffer()
  // One of each kind: a browser is dear.
  const shown = [...Map.groupBy(withToken, (link) => `${link.in} ${new URL(link.url).pathname.split('/')[1]}`).values()].map(([one]) => one)
  for (const _ of [1, 2])
    for (const link of shown) {
      const page = await browser.newPage()
      page.setDefaultTimeout(90_000)
      await page.goto(link?.url ?? '', { waitUntil: 'networkidle' })
      await page.close()
    }
  assert.deepEqual(dump(folder), before)

  for (const { url } of withToken.filter(({ url: one }) => new URL(one).pathname.startsWith('/l/'))) {
    const answer = await fetch(url, { method: 'POST', redirect: 'manual', headers: { Origin: server.origin } })
    assert.deepEqual([answer.status, answer.headers.get('Location')], [303, '/packet'], url)
  }
  const opened = await Promise.all(
    withToken
      .filter(({ url }) => url.includes('#'))
      .map((link) => callingAs(server.origin, '').call('POST /welcome', { token: tokenIn(link) })),
  )
  assert.deepEqual(
    opened.map(({ status }) => status),
    [200, 200],
  )
  for (const { url } of withToken.filter(({ url: one }) => new URL(one).pathname.startsWith('/u/'))) {
    const answer = await fetch(url, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) })
    assert.equal(answer.status, 200, url)
  }
  figure(t, 'mailed links opened by scanners', links.length)
  figure(t, 'rows changed by scanners', 0)
})

test('no token of a mailed link is in a database, its log, a backup put back, what is logged or an export, in whatever disguise', async (t) => {
  const { server, links, log } = await mailed(t)
  const tokens = [...new Set(links.map(tokenIn).filter((token) => token !== ''))]
  // Used, refused, and used by somebody who stops: each of these is written about.
  const respondent = new Respondent(server.origin)
  await respondent.open(server.mail.linkTo(address('parent', 'A-002')))
  await respondent.consent()
  await respondent.request('POST', '/api/packet/withdraw', { erase: false })
  await server.tick()
  tokens.push(
    ...linksOf(server, 'confirmation')
      .map(tokenIn)
      .filter((token) => token !== '' && !tokens.includes(token)),
  )
  for (const token of tokens) await fetch(`${server.origin}/l/${token}x`, { method: 'POST', headers: { Origin: server.origin } })
  const out = join(temporaryFolder(t), 'out')
  const { code, stdout, stderr } = await nameting(server.environment, 'export', '--study', 's1', '--out', out)
  assert.equal(code, 0, stderr)
  const backups = await backupsOf(t, server)
  await backups.make()
  const restored = join(temporaryFolder(t), 'restored')
  const [made = ''] = globSync('*', { cwd: backups.folder }).filter((name) => !name.endsWith('.ndjson'))
  await backups.restore(join(backups.folder, made), restored)

  const places = [server.context.place.data, out, backups.folder, restored].flatMap((folder) =>
    globSync('**/*', { cwd: folder }).map((name) => join(folder, name)),
  )
  const files = places.filter((path) => statSync(path).isFile())
  assert.ok(files.some((path) => path.endsWith('study.sqlite-wal')) && files.some((path) => path.startsWith(restored)))
  const texts = [...files.map((path) => [path, readFileSync(path)] as const), ['the log', Buffer.from(log.join(''))] as const]
  texts.push(['what was printed', Buffer.from(stdout + stderr)])
  for (const [where, bytes] of texts) {
    const [text, lower] = [bytes.toString('latin1'), bytes.toString('latin1').toLowerCase()]
    for (const token of tokens) {
      const raw = Buffer.from(token, 'base64url')
      const exact = [
        token,
        Buffer.from(token).toString('base64').replace(/=+$/, ''),
        raw.toString('base64').replace(/=+$/, ''),
        raw.toString('latin1'),
      ]
      const lowered = [
        Buffer.from(token).toString('hex'),
        raw.toString('hex'),
        [...token].map((sign) => `%${sign.charCodeAt(0).toString(16)}`).join(''),
      ]
      assert.ok(!exact.some((one) => text.includes(one)) && !lowered.some((one) => lower.includes(one)), where)
    }
  }
  assert.ok(log.length > 0 && tokens.length > 10)
  figure(t, 'tokens of mailed links looked for', tokens.length)
  figure(t, 'files and logs looked through for tokens', texts.length)
  figure(t, 'tokens found', 0)
})
