/** Follows one invented person through everything, and looks for them where they may not be. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { dialect } from '../../server/db/dialect.ts'
import { loadDefinitions } from '../../server/definitions/load.ts'
import { behindFolder } from '../harness/behind.ts'
import { nameting, type Ran } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { answersTo } from '../harness/family.ts'
import { freePort } from '../harness/free-port.ts'
import { filesIn, keptBytes } from '../harness/kept-bytes.ts'
import { startMailServer } from '../harness/mail-server.ts'
import { Respondent } from '../harness/respondent.ts'
import { serve } from '../harness/serving.ts'

/** Words so long that no id, token or hash has one of them in it by chance. */
const person = { name: 'Zzyzxveld Kanariegeel', email: 'zzyzxveld.kanarie@qwxz-voorbeeld.example' }
const other = { name: 'Jjqqzveld Roodborstje', email: 'jjqqzveld.roodborst@qwxz-voorbeeld.example' }
const later = { name: 'Qqvxxveld Kwikstaartje', email: 'qqvxxveld.kwikstaart@qwxz-voorbeeld.example' }
const successor = { name: 'Vvjxqveld Winterkoninkje', email: 'vvjxqveld.winterkoning@qwxz-voorbeeld.example' }
const words = [person, other, later, successor]
  .flatMap(({ name, email }) => [...name.split(' '), email, email.split('@')[0] ?? ''])
  .concat('qwxz-voorbeeld')

/** A word as it could stand in a file: as it is, or in a common disguise. */
const disguises = (word: string): string[] => [word, Buffer.from(word).toString('hex'), encodeURIComponent(word), [...word].join('\0')]

/** The disguises of `wanted` that `text` holds, whatever their case. */
function found(wanted: string[], bytes: Buffer | string): string[] {
  const text = bytes.toString('latin1').toLowerCase()
  return wanted.flatMap(disguises).filter((disguise) => text.includes(disguise.toLowerCase()))
}

test('nobody’s name, address or token is in the study database, its log, what is logged or printed, or an export', async (t) => {
  const folder = temporaryFolder(t)
  const data = join(folder, 'data')
  const mail = await startMailServer()
  t.after(() => mail.close())
  // A mail server that refuses somebody tends to say whom.
  mail.mood = (recipient) =>
    recipient === other.email ? { at: 'recipient', does: 550, says: `<${other.email}>: ${other.name} is not here` } : undefined
  const port = await freePort()
  const environment = {
    DATA_DIR: data,
    BASE_URL: `http://127.0.0.1:${port}`,
    IDENTITY_KEY: 'ab'.repeat(32),
    SMTP_URL: mail.url,
    MAIL_FROM: 'onderzoek@voorbeeld.example',
    LOG_LEVEL: 'debug',
  }
  const printed: Ran[] = []
  const run = async (code: number, ...args: string[]): Promise<void> => {
    const ran = await nameting(environment, ...args)
    printed.push(ran)
    assert.equal(ran.code, code, ran.stderr)
  }

  const about = ['--title', 'Onderzoek', '--organisation', 'Groep', '--contact', '010', '--accept-stand-ins', 'Test']
  await run(0, 'study', 'add', 's1', '--protocol', 'familie-aan-zet@0.1.0-standin', ...about)
  const today = Temporal.Now.plainDateISO('Europe/Amsterdam')
  const rows = [person, other].map(
    ({ name, email }, number) => `A-00${number},conference,prospective,2016-05,${today},${today},parent,${name},${email},nl,female`,
  )
  const cases = join(folder, 'cases.csv')
  writeFileSync(
    cases,
    ['case_code,arm,cohort,child_birth_month,referral_date,conference_date,role,name,email,language,sex', ...rows].join('\n'),
  )
  await run(0, 'import', '--study', 's1', cases, '--json')
  // A second time: what is wrong is told without saying whose row it is.
  await run(1, 'import', '--study', 's1', cases)
  const called = ({ name, email }: typeof later) => ['--name', name, '--email', email, '--study', 's1']
  await run(0, 'case', 'person', 'add', 'A-000', 'referrer', ...called(later), '--language', 'nl')
  await run(1, 'case', 'person', 'add', 'A-000', 'referrer', ...called(later), '--language', 'nl')
  await run(0, 'case', 'person', 'hand-over', 'A-000', 'referrer', ...called(successor), '--json')
  await run(0, 'case', 'show', 'A-000', '--study', 's1', '--json')
  await run(0, 'tick', '--now', `${today.add({ days: 1 })}T12:00:00Z`)

  const server = await serve(environment)
  t.after(() => server.kill())
  const link = mail.linkTo(person.email)
  const respondent = new Respondent(server.origin)
  await respondent.open(link)
  await respondent.consent()
  const { instruments } = loadDefinitions()
  const [first, second] = (await respondent.packet()).assignments
  assert.ok(first && second)
  assert.equal((await respondent.submit(first.id, answersTo(instruments.need('nosik@0.1.0-standin'), 2))).status, 200)
  await respondent.request('PUT', `/api/assignments/${second.id}/draft`, { revision: 0, answers: {}, page: null })
  // Mistakes are logged, too: of the caller, and of our own.
  await respondent.submit(second.id, { [person.name]: person.email })
  await fetch(`${server.origin}/l/${person.email}`)
  await fetch(`${link}/${person.name}`, { method: 'POST' })
  const study = await behindFolder(data, 'study')
  study.exec('ALTER TABLE responses RENAME TO away')
  assert.equal((await respondent.submit(second.id, answersTo(instruments.need('nosi-b@0.1.0-standin')))).status, 500)
  study.exec('ALTER TABLE away RENAME TO responses')
  study.close()
  // The log comes through a pipe, in its own time.
  while (!server.said().includes('"code":"unexpected"')) await pause(10)
  // Killed, so that the log of the database stays as it is.
  await server.kill()
  const kept = await keptBytes(data)
  if (dialect === 'sqlite') assert.ok(kept.some(([where, bytes]) => where === 'study.sqlite-wal' && bytes.length > 0))
  await run(0, 'export', '--study', 's1', '--out', join(folder, 'export'))
  await run(0, 'task', 'list', '--study', 's1')

  const [session = '', mark = ''] = respondent.cookie.split('; ').map((cookie) => cookie.split('=')[1] ?? '')
  const token = link.split('/').at(-1) ?? ''
  const secrets = [...words, token, session, mark]
  for (const [where, bytes] of [...kept, ...filesIn(join(folder, 'export'))]) assert.deepEqual(found(secrets, bytes), [], where)
  assert.deepEqual(found([...secrets, 'nosib_family_1'], server.said()), [], server.said())
  assert.deepEqual(found(secrets, JSON.stringify(printed)), [], JSON.stringify(printed))

  // The canary was there to be found: sealed, and as hashes.
  const stored = Buffer.concat(kept.filter(([where]) => where.startsWith('study')).map(([, bytes]) => bytes)).toString('latin1')
  for (const secret of [token, session, mark]) assert.ok(stored.includes(createHash('sha256').update(secret).digest('hex')))
  assert.match(mail.accepted[0]?.raw ?? '', /Zzyzxveld/)
  assert.match(JSON.stringify(printed), /1 refused/)
})
