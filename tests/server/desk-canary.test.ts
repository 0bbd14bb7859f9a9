/** A planted name and address, and where staff meet them: in the one answer that is asked for them, and nowhere else. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { policies } from '../../server/access/policies.ts'
import { staffRoleNames } from '../../server/access/roles.ts'
import { family } from '../harness/family.ts'
import { keptBytes } from '../harness/kept-bytes.ts'
import { staffAt } from '../harness/staff.ts'
import { startStudyServer } from '../harness/study-server.ts'

const reason = 'Gevraagd per telefoon'
const person = (word: string) => ({ name: `Zzyzxveld ${word}`, email: `zzyzxveld.${word.toLowerCase()}@qwxz-voorbeeld.example` })
const secrets = ['zzyzxveld', 'kanariegeel', 'roodborstje', 'winterkoninkje', 'qwxz-voorbeeld']
const found = (text: Buffer | string): string[] => {
  const plain = text.toString('latin1').toLowerCase()
  return secrets.filter((word) => plain.includes(word) || plain.includes(Buffer.from(word).toString('hex')))
}

test('a planted name is in no answer of the desk but the one that is asked for it, kept nowhere but sealed, and after erasure not at all', async (t) => {
  const server = await startStudyServer(t)
  const entry = family('A-001')
  entry.participants = entry.participants.map((one) => ({ ...one, ...person(one.role === 'parent' ? 'Kanariegeel' : 'Roodborstje') }))
  await server.register(entry)
  await server.tick()
  const kept = () => keptBytes(server.context.place.data)
  const parent = server.rows<{ id: string }>(`select id from participants where role = 'parent'`)[0]?.id ?? ''
  const manager = await staffAt(server, 'data manager')
  const at = `/studies/s1/cases/A-001/people/${parent}`

  const told = (await manager.call(`POST ${at}/contact`, { reason })).body
  assert.deepEqual(found(JSON.stringify(told)), ['zzyzxveld', 'kanariegeel', 'qwxz-voorbeeld'], 'it is there to be found')
  await manager.call(`POST ${at}/address`, { ...person('Winterkoninkje'), reason })
  await manager.call(`POST ${at}/address`, { ...person('Kanariegeel'), email: 'zzyzxveld@@qwxz-voorbeeld.example', reason })
  await manager.call(`POST /studies/s1/cases/A-001/people`, { role: 'informant', language: 'nl', ...person('Roodborstje'), reason })
  const tried = {
    means: 'call',
    outcome: 'call back',
    nextOn: '2026-03-12',
    reaching: 'Zzyzxveld Kanariegeel is na zes uur bij Roodborstje',
  }
  assert.equal((await manager.call(`POST ${at}/attempts`, tried)).status, 201)
  const recalled = (await manager.call(`POST ${at}/contact`, { reason })).body
  assert.ok(found(recalled.contact.reaching).includes('roodborstje'), 'what the next caller has to know is there to be read')
  // People look for a family by its name, and type it where they may not.
  for (const place of ['cases', 'cases/A-001', 'response', 'entry', 'today'])
    await manager.call(`GET /studies/s1/${place}?search=${encodeURIComponent('Zzyzxveld Kanariegeel')}`)

  for (const role of staffRoleNames) {
    const { call } = await staffAt(server, role)
    for (const route of Object.keys(policies).filter((one) => one.startsWith('GET /api/desk/studies') && !one.endsWith('/html'))) {
      const path = route
        .replace('/api/desk', '')
        .replace(':study', 's1')
        .replace(':case', 'A-001')
        .replace(':person', parent)
        .replace(':reference', 'nosik@0.1.0-standin')
        .replaceAll(/:[a-z]+/gi, 'x')
      assert.deepEqual(found(JSON.stringify((await call(path)).body)), [], `${role}: ${route}`)
    }
  }
  for (const [where, bytes] of await kept()) assert.deepEqual(found(bytes), [], where)

  const [row] = server.context.stores.identity.read.all<{ sealed: Buffer }>(`select sealed from people where pseudonym = '${parent}'`)
  const sealed = Buffer.from(row?.sealed ?? '')
  assert.ok(sealed.length > 20 && (await kept()).some(([, bytes]) => bytes.includes(sealed)), 'sealed it is kept')
  await manager.call(`POST ${at}/erase`, { reason })
  await server.tick()
  await server.tick()
  for (const [where, bytes] of await kept()) assert.equal(bytes.includes(sealed), false, where)
  assert.deepEqual((await manager.call(`POST ${at}/contact`, { reason })).body, { contact: null })
})
