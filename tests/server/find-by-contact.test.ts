/** Finding a family by a name, an address or a number: who may, what is found, and what is left of it. */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import pino from 'pino'
import { type StaffRole, staffRoleNames } from '../../server/access/roles.ts'
import { fillContactMarks } from '../../server/workflow/fill-contact-marks.ts'
import { openStudy } from '../../server/workflow/open-study.ts'
import { registerCases } from '../../server/workflow/register-cases.ts'
import { address, family } from '../harness/family.ts'
import { staffAt } from '../harness/staff.ts'
import { startStudyServer } from '../harness/study-server.ts'

const path = 'POST /studies/s1/find'
const reason = 'belde over de afspraak'

/** A family whose parent is called so, and can be called so. */
function withParent(code: string, parent: { name: string; telephone?: string }, region?: string) {
  const whole = family(code)
  return { ...whole, region, participants: whole.participants.map((one) => (one.role === 'parent' ? { ...one, ...parent } : one)) }
}
const codes = ({ body }: { body: { people: { code: string }[] } }) => body.people.map(({ code }) => code)

test('an address, a number, a name and its parts find their families, however they are written; a piece of a word finds nothing', async (t) => {
  const server = await startStudyServer(t)
  await server.register(
    withParent('A-1', { name: 'Zoë Verzonnen-Voorbeeld', telephone: '06-00000012' }),
    withParent('A-2', { name: 'zoe  verzonnen voorbeeld' }),
    withParent('A-3', { name: 'Noor Verzonnen', telephone: '+31 6 0000 0034' }),
  )
  const { call } = await staffAt(server, 'coordinator')
  const find = (text: string) => call(path, { text, reason })
  for (const [text, by, found] of [
    ['ZOE VERZONNEN VOORBEELD', 'name', ['A-1', 'A-2']],
    [`  ${address('parent', 'A-3').toUpperCase()} `, 'address', ['A-3']],
    ['+31 (0)6 00 00 00 12', 'telephone', ['A-1']],
    ['0600000034', 'telephone', ['A-3']],
    ['Verzonnen', 'name', ['A-1', 'A-2', 'A-3']],
    ['mevr. J.M. van der Verzonnen', 'name', ['A-1', 'A-2', 'A-3']],
    ['Voorbeeld, Verzonnen', 'name', ['A-1', 'A-2']],
    ['De heer N. Verzonnen, Noor', 'name', ['A-3']],
    ['Verzonn', 'name', []],
    ['noo%', 'name', []],
    ['van der', 'name', []],
    ['%', 'name', []],
    ['@voorbeeld.example', 'address', []],
    ['0600000', 'name', []],
  ] as const) {
    const answer = await find(text)
    assert.deepEqual([answer.status, answer.body.by, codes(answer), answer.body.more], [200, by, [...found], false], text)
  }
  assert.deepEqual((await find('Noor Verzonnen')).body.people, [
    { code: 'A-3', role: 'parent', number: 1, state: 'active', mistaken: false },
  ])
  for (const wrong of [
    { reason },
    { text: 'Noor' },
    { text: '  ', reason },
    { text: 'Noor', reason: '' },
    { text: 'a'.repeat(400), reason },
  ])
    assert.equal((await call(path, wrong)).status, 400)
  assert.equal((await call(`GET /studies/s1/find?text=Noor`)).status, 404)
})

test('where nobody has the whole name, those with the last part of it are shown as that', async (t) => {
  const server = await startStudyServer(t)
  await server.register(withParent('A-1', { name: 'Mevrouw Verzonnen' }), withParent('A-2', { name: "Noor van 't Anders" }))
  const { call } = await staffAt(server, 'coordinator')
  const find = async (text: string) => {
    const answer = await call(path, { text, reason })
    return [codes(answer), answer.body.surnameOnly]
  }
  assert.deepEqual(await find('Noor Verzonnen'), [['A-1'], true])
  assert.deepEqual(await find('Verzonnen'), [['A-1'], false])
  assert.deepEqual(await find("N. v. 't Anders"), [['A-2'], false])
  assert.deepEqual(await find('Noor Nergens'), [[], false])
  const parent = server.rows<{ id: string }>(
    `SELECT p.id FROM participants p JOIN cases c ON c.id = case_id WHERE role = 'parent' AND code = 'A-1'`,
  )
  await (await staffAt(server, 'data manager')).call(`POST /studies/s1/cases/A-1/people/${parent[0]?.id}/address`, {
    name: 'Noor Hernoemd',
    email: 'noor@voorbeeld.example',
    reason,
  })
  assert.deepEqual(
    [await find('Verzonnen'), await find('Hernoemd')],
    [
      [[], false],
      [['A-1'], false],
    ],
  )
})

test('a corrected address is found, the one before it is not; who has none any more is found by name; who was erased, by nothing', async (t) => {
  const server = await startStudyServer(t)
  await server.register(withParent('A-1', { name: 'Noor Verzonnen', telephone: '0600000012' }))
  const { call } = await staffAt(server, 'data manager')
  const find = async (text: string) => codes(await call(path, { text, reason }))
  const parent = server.rows<{ id: string }>(`SELECT id FROM participants WHERE role = 'parent'`)[0]?.id
  const place = `POST /studies/s1/cases/A-1/people/${parent}`
  await call(`${place}/address`, { email: 'nieuw@voorbeeld.example', telephone: '0600000034', reason })
  assert.deepEqual([await find(address('parent', 'A-1')), await find('nieuw@voorbeeld.example')], [[], ['A-1']])
  assert.deepEqual([await find('0600000012'), await find('0600000034')], [[], ['A-1']])
  await call(`${place}/address`, { withoutMail: true, telephone: '', reason })
  assert.deepEqual([await find('nieuw@voorbeeld.example'), await find('0600000034'), await find('Noor Verzonnen')], [[], [], ['A-1']])
  await call(`${place}/erase`, { reason })
  await server.tick()
  await server.tick()
  assert.deepEqual(await find('Noor Verzonnen'), [])
  for (const table of ['people', 'name_parts'])
    assert.equal(server.context.stores.identity.read.all(`SELECT pseudonym FROM ${table} WHERE pseudonym = '${parent}'`).length, 0, table)
})

test('only who may see contact data finds anybody, and nobody outside their study and regions', async (t) => {
  const server = await startStudyServer(t)
  const noor = { name: 'Noor Verzonnen' }
  await server.register(withParent('A-1', noor, 'Amsterdam'), withParent('A-2', noor, 'Overijssel'), withParent('A-3', noor))
  const { context, study } = server
  const other = await openStudy(context, {
    ...study,
    id: 's2',
    protocol: 'familie-aan-zet@0.1.0-standin',
    standInsAcceptedBy: 'Test',
    demonstration: false,
  })
  await registerCases(context, other, [withParent('B-1', noor, 'Amsterdam')])
  const may: StaffRole[] = ['data manager', 'coordinator', 'interviewer']
  for (const role of staffRoleNames) {
    const answer = await (await staffAt(server, role)).call(path, { text: 'noor verzonnen', reason })
    assert.deepEqual(
      [answer.status, may.includes(role) ? codes(answer) : answer.body.error.permission],
      may.includes(role) ? [200, ['A-1', 'A-2', 'A-3']] : [403, 'see contact'],
      role,
    )
  }
  const here = await staffAt(server, [{ role: 'coordinator', region: 'Overijssel' }])
  assert.deepEqual(codes(await here.call(path, { text: 'Noor Verzonnen', reason })), ['A-2'])
  // A researcher of all regions who coordinates one finds nobody of another by a name.
  const both = await staffAt(server, [{ role: 'researcher' }, { role: 'coordinator', region: 'Amsterdam' }])
  assert.deepEqual(codes(await both.call(path, { text: 'Noor Verzonnen', reason })), ['A-1'])
  assert.equal((await here.call('POST /studies/s2/find', { text: 'Noor Verzonnen', reason })).status, 404)
  const there = await staffAt(server, [{ role: 'coordinator', studyId: 's2' }])
  assert.deepEqual(codes(await there.call('POST /studies/s2/find', { text: 'Noor Verzonnen', reason })), ['B-1'])
})

test('the access log tells who searched, why and what came of it, and nowhere is kept what was typed', async (t) => {
  let logged = ''
  const log = pino(
    { level: 'trace' },
    new Writable({
      write(chunk, _, done) {
        logged += chunk
        done()
      },
    }),
  )
  const server = await startStudyServer(t, undefined, { log })
  await server.register(
    withParent('A-1', { name: 'Zzyzxveld Kanariegeel', telephone: '0698765432' }),
    withParent('A-2', { name: 'Zzyzxveld Kanariegeel' }),
  )
  const { call, id } = await staffAt(server, 'coordinator')
  await call(path, { text: 'Zzyzxveld Kanariegeel', reason })
  await call(path, { text: 'zzyzxveld.mus@qwxz-voorbeeld.example', reason })
  await (await staffAt(server, 'researcher')).call(path, { text: '0698765432', reason })
  const lines = server.rows<{ code: string | null; outcome: string; reason: string; detail: string | null; staff_id: string }>(
    `SELECT code, outcome, reason, detail, staff_id FROM access_log LEFT JOIN cases ON cases.id = case_id
     WHERE action IN ('searched contact data', 'see contact') ORDER BY access_log.id`,
  )
  assert.deepEqual(
    lines.map(({ code, outcome, reason: why, detail, staff_id }) => [code, outcome, why, detail && JSON.parse(detail), staff_id === id]),
    [
      ['A-1', 'allowed', reason, { by: 'name', found: 2 }, true],
      ['A-2', 'allowed', reason, { by: 'name', found: 2 }, true],
      [null, 'allowed', reason, { by: 'address', found: 0 }, true],
      [null, 'refused', reason, null, false],
    ],
  )
  const manager = await staffAt(server, 'data manager')
  const ofFamily = (await manager.call('GET /studies/s1/cases/A-2/access')).body.rows
  assert.deepEqual(
    [ofFamily[0].action, ofFamily[0].detail],
    ['searched contact data', { by: 'name', found: 2 }],
    'a family can read that it was found',
  )
  const folder = dirname(server.context.stores.study.path)
  const words = ['zzyzxveld', 'kanariegeel', 'qwxz-voorbeeld', '98765432']
  const kept = (globSync('*', { cwd: folder }) as string[]).map((name) => readFileSync(join(folder, name)).toString('latin1'))
  for (const text of [...kept, logged]) for (const word of words) assert.equal(text.toLowerCase().includes(word), false, word)
})

test('guesses are slowed per account, and a colleague goes on searching', async (t) => {
  const server = await startStudyServer(t)
  await server.register(withParent('A-1', { name: 'Noor Verzonnen' }))
  const [guessing, colleague] = [await staffAt(server, 'coordinator'), await staffAt(server, 'coordinator')]
  // What is found does not count.
  for (let index = 0; index < 25; index++) assert.equal((await colleague.call(path, { text: 'Noor Verzonnen', reason })).status, 200)
  const tried = await Promise.all(Array.from({ length: 24 }, (_, index) => guessing.call(path, { text: `Noor Gok${index}`, reason })))
  assert.deepEqual(tried.filter(({ status }) => status === 429).length, 4)
  const refused = await guessing.call(path, { text: 'Noor Verzonnen', reason })
  const [line] = server.rows<{ outcome: string; detail: string }>('SELECT outcome, detail FROM access_log ORDER BY id DESC LIMIT 1')
  assert.deepEqual([line?.outcome, line?.detail], ['refused', '{"slowed":true}'])
  assert.deepEqual([refused.status, refused.body.error.code, refused.body.error.retryAfter > 0], [429, 'too-often', true])
  assert.deepEqual(codes(await colleague.call(path, { text: 'Noor Verzonnen', reason })), ['A-1'])
})

test('who was stored before names had parts is found by one after the next start, also when that was cut off in between', async (t) => {
  const server = await startStudyServer(t)
  await server.register(withParent('A-1', { name: 'Noor Verzonnen' }), withParent('A-2', { name: 'Bo Verzonnen' }))
  const { identity } = server.context.stores
  const gone = server.rows<{ id: string }>(`SELECT id FROM participants WHERE role = 'parent'`).map(({ id }) => `'${id}'`)
  await identity.withTx(async (tx) => void tx.run(`DELETE FROM name_parts WHERE pseudonym IN (${gone})`))
  const { call } = await staffAt(server, 'coordinator')
  assert.deepEqual(codes(await call(path, { text: 'Verzonnen', reason })), [])
  assert.deepEqual([await fillContactMarks(server.context), await fillContactMarks(server.context)], [2, 0])
  assert.deepEqual(codes(await call(path, { text: 'Verzonnen', reason })), ['A-1', 'A-2'])
})

test('who was stored before there were marks is found after the next start', async (t) => {
  const server = await startStudyServer(t)
  await server.register(withParent('A-1', { name: 'Noor Verzonnen' }))
  const { identity } = server.context.stores
  await identity.withTx(async (tx) => {
    await tx.run('DELETE FROM name_parts')
    await tx.run('UPDATE people SET name_mark = NULL, address_mark = NULL, telephone_mark = NULL')
  })
  const { call } = await staffAt(server, 'coordinator')
  assert.deepEqual(codes(await call(path, { text: 'Noor Verzonnen', reason })), [])
  assert.deepEqual([await fillContactMarks(server.context), await fillContactMarks(server.context)], [3, 0])
  assert.deepEqual(codes(await call(path, { text: 'Noor Verzonnen', reason })), ['A-1'])
  assert.deepEqual(codes(await call(path, { text: address('referrer', 'A-1'), reason })), ['A-1'])
})
