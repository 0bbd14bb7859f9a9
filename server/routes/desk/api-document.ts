/** The routes of the desk as an OpenAPI 3.1 document: from the routes, their schemas, the table of policies, and described.json. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { type Policy, policies } from '../../access/policies.ts'
import { type Permission, staffRoles } from '../../access/roles.ts'
import { type RefusalCode, refusals } from '../../refusal.ts'
import { inputOf } from '../validate.ts'
import { isForKeys } from './key-bearer.ts'

type JsonSchema = Record<string, unknown>

/** What Hono knows of a route. */
export interface Route {
  method: string
  path: string
  handler: object
}

interface Described {
  says: string
  refuses: string[]
  /** Schema by status. */
  answers: Record<string, JsonSchema>
}
const described = JSON.parse(readFileSync(new URL('./described.json', import.meta.url), 'utf8')) as Record<string, Described>

export interface Operation {
  operationId: string
  tags: string[]
  summary: string
  description: string
  security: Record<string, string[]>[]
  parameters: { in: 'path' | 'query'; name: string; required: boolean; schema: JsonSchema }[]
  requestBody?: { required: true; content: { 'application/json': { schema: JsonSchema } } }
  responses: Record<string, { description: string; content?: { 'application/json': { schema: JsonSchema } } }>
}

/** `routes`: as the application knows them, checks of input included; `baseUrl`: where it is reached. */
export function apiDocument(routes: readonly Route[], baseUrl: string) {
  const paths: Record<string, Record<string, Operation>> = {}
  for (const [route, policy] of Object.entries(policies)) {
    const [method = '', path = ''] = route.split(' ')
    const inputs = routes.flatMap((one) => (one.method === method && one.path === path ? (inputOf(one.handler) ?? []) : []))
    const place = path.replaceAll(/:([a-z]+)/gi, '{$1}')
    paths[place] = { ...paths[place], [method.toLowerCase()]: operationOf(method, path, policy, inputs) }
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Nameting',
      version: '0.1.0',
      description:
        'The routes of the desk. Keys, limits and examples: docs/api.md. Whoever reads it may meet fields that are not here yet.',
    },
    servers: [{ url: baseUrl }],
    paths,
    components: {
      securitySchemes: {
        key: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'nmt_...',
          description: 'A key that somebody made on the page of their account.',
        },
        session: { type: 'apiKey', in: 'cookie', name: 'nameting-desk', description: 'Somebody who is signed in at the desk.' },
      },
      schemas: { Refusal: refusalSchema },
    },
  }
}

const refusalSchema = {
  type: 'object',
  properties: {
    error: {
      type: 'object',
      properties: { code: { type: 'string', enum: Object.keys(refusals) }, message: { type: 'string' } },
      required: ['code', 'message'],
    },
  },
  required: ['error'],
}

function operationOf(method: string, path: string, policy: Policy, inputs: { of: 'body' | 'query'; schema: z.ZodType }[]): Operation {
  const route = `${method} ${path}`
  const { says, refuses, answers } = described[route] ?? { says: route, refuses: [], answers: {} }
  const [, , , first = '', , third] = path.split('/')
  const body = inputs.find((input) => input.of === 'body')
  const query = inputs.find((input) => input.of === 'query')
  return {
    operationId: `${method.toLowerCase()}${path.replace('/api/desk', '').replaceAll(/[/:-]+(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    tags: [(first === 'studies' ? (third ?? 'study') : first).replaceAll('-', ' ')],
    summary: summaryOf(says),
    description: `${says}. ${whoMay(policy)}`,
    security: policy === 'anyone' ? [] : isForKeys(method, policy) ? [{ key: [] }, { session: [] }] : [{ session: [] }],
    parameters: [...inPath(path), ...(query ? inQuery(query.schema) : [])],
    ...(body && { requestBody: { required: true as const, content: { 'application/json': { schema: jsonSchema(body.schema) } } } }),
    responses: {
      ...answersOf(answers),
      ...refusalsOf(refuses, policy, { method, isBody: body !== undefined, isQuery: query !== undefined }),
    },
  }
}

/** The first words about what it does: the fields of bodies and answers stand in their schemas. */
function summaryOf(says: string): string {
  const words = says.replaceAll(/(body )?\{[^{}]*\}[.,:;]*/g, '').trim()
  return (words === '' ? says : words).split(/(?<=[^.])[.:;] /)[0] ?? says
}

/** Who may call it, in words. */
function whoMay(policy: Policy): string {
  if (policy === 'anyone') return 'For anyone.'
  if (policy === 'half signed in') return 'For whoever gave a right password and has the second factor still to come.'
  if (policy === 'signed in') return 'For whoever is signed in.'
  const permission = 'may' in policy ? policy.may : policy.mayAnywhere
  const logged = 'logged' in policy ? ` In the access log as "${policy.logged}".` : ''
  return `Takes the permission "${permission}": ${rolesWith(permission).join(', ')}.${logged}`
}

const rolesWith = (permission: Permission): string[] =>
  Object.entries(staffRoles).flatMap(([role, given]) => ((given as readonly Permission[]).includes(permission) ? [role] : []))

const inPath = (path: string): Operation['parameters'] =>
  [...path.matchAll(/:([a-z]+)/gi)].map(([, name = '']) => ({ in: 'path', name, required: true, schema: { type: 'string' } }))

function inQuery(schema: z.ZodType): Operation['parameters'] {
  const { properties = {}, required = [] } = jsonSchema(schema) as { properties?: Record<string, JsonSchema>; required?: string[] }
  return Object.entries(properties).map(([name, one]) => ({ in: 'query', name, required: required.includes(name), schema: one }))
}

function jsonSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return rest
}

function answersOf(answers: Described['answers']): Operation['responses'] {
  const entries = Object.entries(answers).map(([status, schema]) => [
    status,
    { description: 'Done.', content: { 'application/json': { schema } } },
  ])
  return entries.length > 0 ? Object.fromEntries(entries) : { 204: { description: 'Done, and there is nothing to say.' } }
}

/** What may be refused: by the route itself, and by what stands before all of them. */
function refusalsOf(refuses: string[], policy: Policy, { method, isBody, isQuery }: { method: string; isBody: boolean; isQuery: boolean }) {
  const codes = new Set([
    ...refuses,
    ...(isBody ? ['body-invalid', 'body-too-large'] : []),
    ...(isQuery ? ['query-invalid'] : []),
    ...(policy === 'anyone' ? [] : ['not-signed-in']),
    ...(typeof policy === 'object' ? ['not-allowed', 'not-found'] : []),
    ...(isForKeys(method, policy) ? ['key-unknown', 'too-often'] : []),
  ]) as Set<RefusalCode>
  const byStatus = Map.groupBy(codes, (code) => String(refusals[code].status))
  return Object.fromEntries(
    [...byStatus].map(([status, some]) => [
      status,
      {
        description: some.map((code) => `${code}: ${refusals[code].message}`).join(' '),
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } },
      },
    ]),
  )
}
