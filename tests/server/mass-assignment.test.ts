import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { staffRoleNames } from '../../server/access/roles.ts'
import { createApp } from '../../server/app.ts'
import { createLog } from '../../server/log.ts'
import { inputOf } from '../../server/routes/validate.ts'
import { openStaffSession } from '../../server/workflow/sign-in.ts'
import { contentOf } from '../harness/behind.ts'
import { address, family } from '../harness/family.ts'
import { Respondent } from '../harness/respondent.ts'
import { type JsonSchema, withMore } from '../harness/sample-body.ts'
import { staffAt } from '../harness/staff.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'
import { withoutPages } from '../harness/without-pages.ts'

/** What somebody might try to set along; values as JSON. */
const more = {
  role: '"administrator"',
  score: '99',
  consent: 'true',
  status: '"completed"',
  state: '"completed"',
  id: '"1"',
  staffId: '"1"',
  caseId: '"1"',
  studyId: '"s2"',
  __proto__: '{"isAdmin":true}',
  constructor: '{"prototype":{"isAdmin":true}}',
}
// An object literal takes `__proto__` for something else.
Object.defineProperty(more, '__proto__', { value: '{"isAdmin":true}', enumerable: true })

/** Every route that takes a body, with what it takes, read from the application: a new one is tried by itself. */
const bodies = (server: StudyServer) =>
  createApp(server.context, { site: withoutPages, log: createLog('silent') }).routes.flatMap(({ method, path, handler }) => {
    const input = inputOf(handler)
    return input?.of === 'body'
      ? [{ method, path, schema: z.toJSONSchema(input.schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema }]
      : []
  })

/** All that is stored, but what tells of the tries themselves. */
const stored = ({ context: { stores }, rows }: StudyServer): unknown[] => [
  ...[stores.study, stores.identity].map((store) =>
    contentOf(store, ['access_log', 'tries', 'staff_sessions', 'sqlite_sequence', 'settings']),
  ),
  rows("SELECT * FROM settings WHERE name <> 'highest number in access_log' ORDER BY name"),
]

test('no route takes more than it asks for: whatever is set along is refused by name, and nothing is stored', async (t) => {
  const server = await startStudyServer(t, '2026-03-02T09:00:00Z')
  await server.register(family('A-001'))
  await server.tick()
  const parent = new Respondent(server.origin)
  await parent.open(server.mail.linkTo(address('parent', 'A-001')))
  await parent.consent()
  const list = (await parent.packet()).assignments[0]?.id ?? assert.fail('no list is open')
  const staff = await staffAt(
    server,
    staffRoleNames.map((role) => ({ role, studyId: '*' })),
  )
  const half = `nameting-desk=${(await openStaffSession(server.context, staff.id, 'password')).token}`
  const before = stored(server)

  const routes = bodies(server)
  assert.ok(routes.length > 40, `only ${routes.length} routes take a body`)
  for (const { method, path, schema } of routes) {
    const place = path
      .replace(':study', 's1')
      .replace(':case', 'A-001')
      .replace('/assignments/:id', `/assignments/${list}`)
      .replaceAll(/:[a-z]+/gi, 'x')
    const cookie = !path.startsWith('/api/desk/') ? parent.cookie : path.startsWith('/api/desk/sign-in') ? half : staff.cookie
    const tries = withMore(schema, more).filter(({ where, key }) => !Object.hasOwn(schemaAt(schema, where).properties ?? {}, key))
    await Promise.all(
      tries.map(async ({ where, key, json }) => {
        const headers = { Cookie: cookie, Origin: server.origin, 'Content-Type': 'application/json' }
        const answer = await fetch(server.origin + place, { method, headers, body: json })
        const said = await answer.text()
        const about = `${method} ${path} with ${key} at "${where}": ${answer.status} ${said}`
        assert.equal(answer.status, 400, about)
        // This, and not something else about the body, is what is refused.
        const { problems } = JSON.parse(said).error as { problems: { path: string; reason: string }[] }
        assert.deepEqual(problems, [{ path: where === '' ? '/' : where, reason: `Unrecognized key: "${key}"` }], about)
      }),
    )
  }
  assert.deepEqual(stored(server), before)
  assert.equal(({} as { isAdmin?: boolean }).isAdmin, undefined)
})

const schemaAt = (schema: JsonSchema, where: string): JsonSchema =>
  where
    .split('/')
    .slice(1)
    .reduce((at, name) => (/^\d+$/.test(name) ? at.items || {} : (first(at).properties?.[name] ?? {})), schema)

const first = (schema: JsonSchema): JsonSchema => schema.anyOf?.[0] ?? schema.oneOf?.[0] ?? schema
