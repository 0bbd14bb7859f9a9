import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { z } from 'zod'
import { policies } from '../../server/access/policies.ts'
import { staffRoleNames } from '../../server/access/roles.ts'
import { family } from '../harness/family.ts'
import { staffAt } from '../harness/staff.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

type JsonSchema = z.core.JSONSchema.JSONSchema
interface Operation {
  operationId: string
  description: string
  security: Record<string, string[]>[]
  parameters: { in: string; name: string; schema: JsonSchema }[]
  requestBody?: { content: { 'application/json': { schema: JsonSchema } } }
  responses: Record<string, { content?: { 'application/json': { schema: JsonSchema } } }>
}
interface ApiDocument {
  openapi: string
  servers: { url: string }[]
  paths: Record<string, Record<string, Operation>>
}

let server: StudyServer
let document: ApiDocument

before(async (t) => {
  server = await startStudyServer(t as never, '2026-03-02T09:00:00Z')
  await server.register(family('A-001'))
  await server.tick()
  document = (await (await fetch(`${server.origin}/api/openapi.json`)).json()) as ApiDocument
})

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ route: `${method.toUpperCase()} ${path}`, ...operation })),
  )

test('the OpenAPI document has every route of the desk, described, with its body and what it answers', () => {
  assert.equal(document.openapi, '3.1.1')
  const named = operations().map(({ route }) => route.replaceAll(/\{([a-z]+)\}/gi, ':$1'))
  assert.deepEqual(named.toSorted(), Object.keys(policies).toSorted())
  for (const { route, description, responses } of operations()) {
    const remedy = `${route}: run \`npm run docs:api\``
    assert.ok(!description.startsWith(route.replaceAll(/\{([a-z]+)\}/gi, ':$1')), remedy)
    if (route.startsWith('GET') && !/\/(html|file)$/.test(route)) assert.ok(responses['200'], remedy)
  }
  const ids = operations().map(({ operationId }) => operationId)
  assert.equal(new Set(ids).size, ids.length)
})

test('each schema of the document is JSON Schema, and each place in a path is a parameter', () => {
  for (const { route, parameters, requestBody, responses } of operations()) {
    assert.deepEqual(
      parameters.flatMap((one) => (one.in === 'path' ? [one.name] : [])),
      [...route.matchAll(/\{([a-z]+)\}/gi)].map(([, name]) => name),
    )
    for (const { content } of [...Object.values(responses), requestBody ?? {}])
      if (content && !('$ref' in content['application/json'].schema)) z.fromJSONSchema(content['application/json'].schema)
  }
})

test('what keys open is what the document says', () => {
  const withKey = operations().filter(({ security }) => security.some(({ key }) => key))
  assert.ok(withKey.length > 20)
  for (const { route } of withKey) assert.match(route, /^GET \/api\/desk\/studies\/|\/exports/)
})

test('what the server answers is what the document says, and no more', async () => {
  const [list] = server.rows<{ id: string; instrument_id: string }>(
    "select id, instrument_id from assignments where state = 'open' limit 1",
  )
  assert.ok(list)
  const { call } = await staffAt(
    server,
    staffRoleNames.map((role) => ({ role, studyId: '*' })),
  )
  const places: Record<string, string> = { study: 's1', case: 'A-001', assignment: list.id }
  let compared = 0
  for (const { route, responses } of operations()) {
    const schema = responses['200']?.content?.['application/json'].schema
    if (!route.startsWith('GET') || !schema) continue
    const { status, body } = await call(
      route.replace('/api/desk', '').replaceAll(/\{([a-z]+)\}/gi, (_, name: string) => places[name] ?? 'x'),
    )
    if (status !== 200) continue
    const fit = z.fromJSONSchema(strict(schema) as JsonSchema).safeParse(body)
    assert.ok(fit.success, `${route}: run \`npm run docs:api\`. ${JSON.stringify(fit.error?.issues ?? []).slice(0, 1000)}`)
    compared++
  }
  assert.ok(compared >= 15, `only ${compared} answers were compared`)
})

test('the page shows every route without a script', async () => {
  const answer = await fetch(`${server.origin}/api/docs`)
  const page = await answer.text()
  for (const route of Object.keys(policies)) assert.ok(page.includes(route.replaceAll(/:([a-z]+)/gi, '{$1}')), route)
  assert.doesNotMatch(page, /<script|style=|\son\w+=/)
  assert.match(answer.headers.get('content-security-policy') ?? '', /^default-src 'none'; style-src 'self'/)
  assert.equal((await fetch(`${server.origin}/api/docs.css`)).headers.get('content-type'), 'text/css; charset=utf-8')
})

/** The document lets fields be added; here there may be none that it does not name. */
function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict)
  if (typeof schema !== 'object' || schema === null) return schema
  const inside = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, key === 'const' ? value : strict(value)]))
  return inside.type === 'object' && 'properties' in inside && !('additionalProperties' in inside)
    ? { ...inside, additionalProperties: false }
    : inside
}
