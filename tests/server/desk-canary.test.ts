/** A planted name and address, and where staff meet them: in the one answer that is asked for them, and nowhere else. */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { policies } from '../../server/access/policies.ts'
import { staffRoleNames } from '../../server/access/roles.ts'
import { family } from '../harness/family.ts'
import { staffAt } from '../harness/staff.ts'
import { startStudyServer } from '../harness/study-server.ts'

const reason = 'Gevraagd per telefoon'
const person = (word: string) => ({ name: `Zzyzx ${word}`, email: `zzyzx.${word.toLowerCase()}@qwxz-voorbeeld.example` })
const secrets = ['zzyzx', 'kanariegeel', 'roodborstje', 'winterkoninkje', 'qwxz-voorbeeld']
const found = (text: Buffer | string): string[] => {
  const plain = text.toString('latin1').toLowerCase()
  return secrets.filter((word) => plain.includes(word) || plain.includes(Buffer.from(word).toString('hex')))
}

test('a planted name is in no answer of the desk but the one that is asked for it, in no file but sealed, and after erasure in none', async (t) => {
  const server = await startStudyServer(t)
  const entry = family('A-001')
  entry.participants = entry.participants.map((one) => ({ ...one, ...person(one.role === 'parent' ? 'Kanariegeel' : 'Roodborstje') }))
  await server.register(entry)
  await server.tick()
  const folder = dirname(server.context.stores.study.path)
  const files = () => (globSync('*', { cwd: folder }) as string[]).map((name) => [name, readFileSync(join(folder, name))] as const)
  const parent = server.rows<{ id: string }>(`select id from participants where role = 'parent'`)[0]?.id ?? ''
  const manager = await staffAt(server, 'data manager')
  const at = `/studies/s1/cases/A-001/people/${parent}`

  const told = (await manager.call(`POST ${at}/contact`, { reason })).body
  assert.deepEqual(found(JSON.stringify(told)), ['zzyzx', 'kanariegeel', 'qwxz-voorbeeld'], 'it is there to be found')
  await manager.call(`POST ${at}/address`, { ...person('Winterkoninkje'), reason })
  await manager.call(`POST ${at}/address`, { ...person('Kanariegeel'), email: 'zzyzx@@qwxz-voorbeeld.example', reason })
  await manager.call(`POST /studies/s1/cases/A-001/people`, { role: 'informant', language: 'nl', ...person('Roodborstje'), reason })
  const tried = { means: 'call', outcome: 'call back', nextOn: '2026-03-12', reaching: 'Zzyzx Kanariegeel is na zes uur bij Roodborstje' }
  assert.equal((await manager.call(`POST ${at}/attempts`, tried)).status, 201)
  const recalled = (await manager.call(`POST ${at}/contact`, { reason })).body
  assert.ok(found(recalled.contact.reaching).includes('roodborstje'), 'what the next caller has to know is there to be read')
  // People look for a family by its name, and type it where they may not.
  for (const place of ['cases', 'cases/A-001', 'response', 'entry', 'today'])
    await manager.call(`GET /studies/s1/${place}?search=${encodeURIComponent('Zzyzx Kanariegeel')}`)

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
  for (const [name, bytes] of files()) assert.deepEqual(found(bytes), [], name)

  const [row] = server.context.stores.identity.read.all<{ sealed: Buffer }>(`select sealed from people where pseudonym = '${parent}'`)
  const sealed = Buffer.from(row?.sealed ?? '')
  assert.ok(sealed.length > 20 && files().some(([, bytes]) => bytes.includes(sealed)), 'sealed it is in a file')
  await manager.call(`POST ${at}/erase`, { reason })
  await server.tick()
  await server.tick()
  for (const [name, bytes] of files()) assert.equal(bytes.includes(sealed), false, name)
  assert.deepEqual((await manager.call(`POST ${at}/contact`, { reason })).body, { contact: null })
})
