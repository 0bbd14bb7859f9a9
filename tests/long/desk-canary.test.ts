/** Invented people and staff with names like no other, and all that is done with them at the desk: looked for where they may not be. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import pino from 'pino'
import { behind } from '../harness/behind.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { hostileStudy, writeHostileDefinitions } from '../harness/hostile-study.ts'
import { filesIn, keptBytes } from '../harness/kept-bytes.ts'
import { callingAs, staffAt } from '../harness/staff.ts'
import { startStudyServer } from '../harness/study-server.ts'

const reason = 'Zo gevraagd'
const someone = (word: string) => ({ name: `Zzyzxveld ${word}`, email: `zzyzxveld.${word.toLowerCase()}@qwxz-voorbeeld.example` })
/** A telephone number, as it is typed and as it is dialled. */
const [telephone, digits] = ['06-98765 432', '698765432'] as const
/** So long that no id, mark or hash has one of them in it by chance. */
const people = [
  'zzyzxveld',
  'kanariegeel',
  'roodborstje',
  'winterkoninkje',
  'goudvink',
  'putter',
  'kneuvogel',
  'merel',
  'koolmees',
  'qwxz-voorbeeld',
  telephone,
  digits,
]
/** Whom administrators see by name; and what somebody calls a key of theirs, which lies in identity.sqlite as they wrote it. */
const colleague = { name: 'Xqpvwveld Sijsje', address: 'xqpvwveld.sijsje@bureau.example' }
const staffWords = ['xqpvwveld', 'sijsje']
const keyName = 'vinkestam'
const names = [...people, ...staffWords, keyName]
/** What was answered, typed, asked and changed. */
const told = [
  'wielewaal-eerst',
  'wielewaal-tweemaal',
  'wielewaal-anders',
  'wielewaal-gevraagd',
  'wielewaal-geantwoord',
  'wielewaal-begonnen',
]

function found(words: readonly string[], bytes: Buffer | string): string[] {
  const text = bytes.toString('latin1').toLowerCase()
  const shapes = (word: string) => [
    word,
    Buffer.from(word).toString('hex'),
    // Its whole groups of three; fewer than two of these would be met by chance in the random names of requests.
    ...(word.length < 6 ? [] : [Buffer.from(word.slice(0, word.length - (word.length % 3))).toString('base64')]),
    [...word].join('\0'),
  ]
  return words.filter((word) => shapes(word).some((shape) => text.includes(shape.toLowerCase())))
}

test('what is done at the desk leaves no name in the study, the log, the access log or an export, and erasure leaves no answer in any file', async (t) => {
  const folder = temporaryFolder(t)
  let logged = ''
  const stream = new Writable({
    write(chunk, _, done) {
      logged += chunk
      done()
    },
  })
  const log = pino({ level: 'debug' }, stream)
  const server = await startStudyServer(t, '2026-03-02T09:00:00Z', {
    definitions: writeHostileDefinitions(folder),
    entry: hostileStudy,
    log,
  })
  // A mail server that refuses somebody tends to say whom.
  const refused = someone('Kneuvogel')
  server.mail.mood = (recipient) =>
    recipient === refused.email ? { at: 'recipient', does: 550, says: `${refused.name} <${recipient}> is gone` } : undefined
  const kept = () => keptBytes(server.context.place.data)
  /** Bytes of people and staff as they are kept; whatever was once in them may be found nowhere later. */
  const sealed = new Set<string>()
  const keep = () => {
    for (const row of server.context.stores.identity.read.all<Record<string, string | Uint8Array | null>>('SELECT * FROM people'))
      for (const one of [row.sealed, row.name_mark, row.address_mark, row.telephone_mark])
        if (one) sealed.add(typeof one === 'string' ? one : Buffer.from(one).toString('latin1'))
  }
  const staff = await staffAt(
    server,
    ['administrator', 'data manager', 'researcher', 'coordinator', 'interviewer'].map((role) => ({
      role: role as 'researcher',
      studyId: '*',
    })),
  )
  const second = await staffAt(server, 'data manager')
  const answers: string[] = []
  const call = async (route: string, body?: unknown, as: Pick<typeof staff, 'call'> = staff) => {
    const answer = await as.call(route, body)
    assert.ok(answer.status < 300, `${route}: ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const at = '/studies/s1/cases/A-001'

  await call('POST /staff', {
    ...colleague,
    language: 'nl',
    study: 's1',
    role: 'coordinator',
    region: '*',
  })
  const { key } = await call('POST /account/keys', {
    password: '',
    name: `${keyName} haalt op`,
    study: 's1',
    role: 'researcher',
    until: '2026-06-30',
  })
  const token = key ?? assert.fail('no key')

  const header = 'case_code,arm,cohort,visit_date,role,name,email,without_email,telephone,language'
  const seats = [
    ['parent', someone('Kanariegeel')],
    ['parent', refused],
    ['parent', { name: 'Zzyzxveld Koolmees', email: '' }],
    ['interviewer', someone('Winterkoninkje')],
  ] as const
  const csv = (code: string, language = 'nl') =>
    [
      header,
      ...seats.map(([role, { name, email }]) =>
        [code, 'all', 'now', '2026-03-01', role, name, email, email ? '' : 'yes', telephone, language].join(),
      ),
    ].join('\n')
  await call('POST /studies/s1/imports/preview', { csv: csv('A-002') })
  const preview = await call('POST /studies/s1/imports/preview', { csv: csv('A-003', 'xx') })
  assert.ok(JSON.stringify(preview).includes('xx'))
  assert.ok((await staff.call('POST /studies/s1/imports', { csv: csv('A-003', 'xx') })).status >= 400)
  const started = await call('POST /studies/s1/imports', { csv: csv('A-001') })
  while ((await call(`GET /studies/s1/imports/${started.id}`)).state !== 'done') await pause(10)
  await server.tick()
  keep()

  const [parent, other, byHand, interviewer] = (await call(`GET ${at}`)).participants as { id: string; withoutMailAt: string | null }[]
  assert.ok(parent && other && byHand && interviewer)
  const contact = await call(`POST ${at}/people/${parent.id}/contact`, { reason })
  assert.deepEqual(
    found(people, JSON.stringify(contact)),
    ['zzyzxveld', 'kanariegeel', 'qwxz-voorbeeld', telephone, digits],
    'it is there to be found',
  )
  assert.ok(byHand.withoutMailAt)
  for (const text of ['Zzyzxveld Koolmees', someone('Kanariegeel').email, telephone])
    answers.push(JSON.stringify(await call('POST /studies/s1/find', { text, reason })))
  assert.equal((await staff.call('POST /studies/s1/find', { text: 'Zzyzxveld Merel', reason: '' })).status, 400)
  await call(`POST ${at}/people/${other.id}/address`, { ...someone('Roodborstje'), reason })
  assert.equal(
    (
      await staff.call(`POST ${at}/people/${other.id}/address`, {
        name: 'Zzyzxveld Putter',
        email: 'putter@@qwxz-voorbeeld.example',
        reason,
      })
    ).status,
    422,
  )
  await call(`POST ${at}/people`, { role: 'parent', language: 'nl', ...someone('Putter'), reason })
  await call(`POST ${at}/people/${interviewer.id}/hand-over`, { ...someone('Goudvink'), reason })
  await call(`POST ${at}/notes`, { text: 'Belde terug: alles is duidelijk.' })
  keep()

  // A parent answers by the link; the list of another is typed twice, of a third begun.
  await server.submit({ code: 'A-001', instrument: 'visit' }, { moved: 1, support: [1], remark: told[0] ?? '', word: 'een' })
  const lists = server.rows<{ id: string; participant: string; state: string }>(
    `SELECT id, participant_id AS participant, state FROM assignments WHERE state <> 'cancelled'`,
  )
  const listOf = (id: string) => lists.find(({ participant }) => participant === id)?.id ?? assert.fail('no list')
  const typing = { means: 'paper', answeredOn: '2026-03-02', language: 'nl', double: true }
  const place = `${at}/entry/${listOf(other.id)}`
  await call(`POST ${place}`, typing)
  await call(`POST ${place}/finish`, {
    revision: 0,
    answers: { moved: 1, support: [1], remark: told[1], word: 'twee' },
    page: null,
    skipped: [],
  })
  await call(`POST ${place}`, typing, second)
  await call(
    `POST ${place}/finish`,
    { revision: 0, answers: { moved: 1, support: [1], remark: told[2], word: 'twee' }, page: null, skipped: [] },
    second,
  )
  const { differences } = await call(`GET ${place}/comparison`)
  await call(`POST ${place}/decide`, {
    choices: Object.fromEntries(differences.map(({ item }: { item: string }) => [item, 'second'])),
    reason,
  })
  const third = (await call(`GET ${at}`)).participants.find(
    ({ number, role }: { number: number; role: string }) => role === 'parent' && number === 3,
  )
  const begun = `${at}/entry/${listOf(third.id)}`
  await call(`POST ${begun}`, { ...typing, double: false })
  await call(`PUT ${begun}`, { revision: 0, answers: { remark: told[5] }, page: null })

  const completed = listOf(parent.id)
  await call(`POST ${at}/queries`, { assignment: completed, item: 'remark', text: `Klopt dit: ${told[3]}?` })
  const [query] = (await call(`GET ${at}/queries`)).queries
  await call(`POST ${at}/queries/${query.id}/answer`, { text: `Ja: ${told[4]}` })
  await call(`POST ${at}/values`, { assignment: completed, item: 'word', value: told[2], reason })
  await call('GET /studies/s1/queries')
  await call(`GET /studies/s1/cases?search=${encodeURIComponent(someone('Kanariegeel').name)}`)
  await staff.call(`GET ${at}?search=${encodeURIComponent(refused.name)}`)
  await callingAs(server.origin, '').call('GET /studies/s1')
  await fetch(`${server.origin}/api/desk/studies/s1/response?search=${encodeURIComponent(refused.name)}`, {
    headers: { Authorization: `Bearer ${token}` },
  })
  // Mistakes of our own are logged.
  const study = behind(server.context.stores.study)
  study.exec('ALTER TABLE events RENAME TO away')
  assert.equal((await staff.call(`POST ${at}/people`, { role: 'parent', language: 'nl', ...someone('Merel'), reason })).status, 500)
  assert.equal((await staff.call(`POST ${at}/people/${other.id}/address`, { ...someone('Merel'), reason })).status, 500)
  study.exec('ALTER TABLE away RENAME TO events')
  study.close()
  const exported = await nameting(server.environment, 'export', '--study', 's1', '--out', join(folder, 'export'))
  assert.equal(exported.code, 0, exported.stderr)
  answers.push(exported.stdout, JSON.stringify(await call('GET /studies/s1/exports')))
  for (const path of ['/studies/s1/access', `${at}/access`, '/access', at, '/studies/s1/cases', '/studies/s1/today', '/studies/s1/queries'])
    answers.push(JSON.stringify(await call(`GET ${path}`)))
  await server.tick()
  keep()

  for (const [where, bytes] of await kept())
    assert.deepEqual(found(where.startsWith('identity') ? [...people, ...staffWords] : names, bytes), [], where)
  for (const [where, bytes] of filesIn(join(folder, 'export'))) assert.deepEqual(found(names, bytes), [], where)
  assert.deepEqual(found([...names, ...told, token], logged), [], logged)
  assert.match(logged, /no such table|relation \S+ does not exist/)
  for (const answer of answers) assert.deepEqual(found([...people, keyName], answer), [], answer)
  // All of it was there to be found.
  const all = Buffer.concat((await kept()).map(([, bytes]) => bytes))
  assert.deepEqual(found(told, all), told)
  for (const one of [...sealed].slice(-4)) assert.ok(all.includes(Buffer.from(one, 'latin1')))

  const pseudonyms = server.rows<{ id: string }>('SELECT id FROM participants')
  for (const { id } of pseudonyms) await call(`POST ${at}/people/${id}/erase`, { reason })
  for (let pass = 0; pass < 3; pass++) await server.tick()
  for (const [where, bytes] of await kept()) {
    assert.deepEqual(found(told, bytes), [], `${where} after erasure`)
    for (const one of sealed) assert.equal(bytes.includes(Buffer.from(one, 'latin1')), false, `${where} after erasure`)
  }
  assert.ok(sealed.size >= 6)
})
