/** What a program may send and no page does: the character U+0000, which no database keeps, and objects where texts belong. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { family } from '../harness/family.ts'
import { staffAt } from '../harness/staff.ts'
import { startStudyServer } from '../harness/study-server.ts'

test('U+0000 is refused by where it stands: in an address, a parameter and a text that somebody sends', async (t) => {
  const server = await startStudyServer(t)
  await server.register(family('A-001'))
  const { call } = await staffAt(server, 'data manager')
  const told = async (route: string, body?: unknown) => {
    const { status, body: answer } = await call(route, body)
    return [status, answer.error.code, answer.error.problems?.map(({ path }: { path: string }) => path)]
  }
  assert.deepEqual(await told('GET /studies/s1/cases/A-001%00'), [404, 'not-found', undefined])
  assert.deepEqual(await told('GET /studies/s1/cases?search=A%00'), [400, 'query-invalid', ['/search']])
  assert.deepEqual(await told('POST /studies/s1/cases/A-001/notes', { text: 'Belde\0 terug' }), [400, 'body-invalid', ['/text']])
  const [parent, list] = await Promise.all([fetch(`${server.origin}/lists/a%00b`), fetch(`${server.origin}/l/a%00b`)])
  assert.deepEqual([parent.status, list.status], [404, 404])
  assert.match(await list.text(), /Deze link kennen wij niet|We do not know this link/)
  assert.deepEqual(server.rows('SELECT * FROM notes'), [])
})

test('an object where a text belongs is refused by where it stands, whatever it says of its length', async (t) => {
  const server = await startStudyServer(t)
  await server.register(family('A-001'))
  const { call } = await staffAt(server, 'data manager')
  for (const text of [{ length: 5 }, { length: {} }, { length: { toString: null } }, [{ size: { valueOf: null, toString: 1 } }]]) {
    const { status, body } = await call('POST /studies/s1/cases/A-001/notes', { text })
    assert.deepEqual(
      [status, body.error.code, body.error.problems[0].path.split('/')[1]],
      [400, 'body-invalid', 'text'],
      JSON.stringify(text),
    )
  }
  assert.deepEqual(server.rows('SELECT * FROM notes'), [])
})
