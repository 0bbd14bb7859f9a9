/** What can be asked of the server: the desk as its OpenAPI document says, everything else as the application has it. */
import type { Hono } from 'hono'
import { z } from 'zod'
import { inputOf } from '../../server/routes/validate.ts'
import type { JsonSchema } from '../harness/sample-body.ts'

export interface Operation {
  method: string
  /** `/api/cases/:code/leave`; places in it begin with a colon. */
  path: string
  /** Parameters behind the question mark, with what the document says they may be. */
  query: { name: string; schema: JsonSchema }[]
  /** What the body is; undefined where none is taken, or fields of a page. */
  body: JsonSchema | undefined
}

interface ApiDocument {
  paths: Record<string, Record<string, Described>>
}
interface Described {
  parameters: { in: string; name: string; schema: JsonSchema }[]
  requestBody?: { content: { 'application/json': { schema: JsonSchema } } }
}

/** Every route; of the desk from the document that the application itself serves. */
export async function operationsOf(app: Pick<Hono, 'request' | 'routes'>): Promise<Operation[]> {
  const { paths } = (await (await app.request('/api/openapi.json')).json()) as ApiDocument
  const ofDesk = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters, requestBody }]) => ({
      method: method.toUpperCase(),
      path: path.replaceAll(/\{([a-z]+)\}/gi, ':$1'),
      query: parameters.filter((one) => one.in === 'query'),
      body: requestBody?.content['application/json'].schema,
    })),
  )
  const others = new Map<string, Operation>()
  for (const { method, path, handler } of app.routes) {
    if (path.startsWith('/api/desk/') || path === '/*') continue
    const input = inputOf(handler)
    const known = others.get(`${method} ${path}`)
    const body = input?.of === 'body' ? schemaOf(input.schema) : known?.body
    others.set(`${method} ${path}`, { method: method === 'ALL' ? 'GET' : method, path, query: [], body })
  }
  return [...ofDesk, ...others.values()]
}

const schemaOf = (schema: z.ZodType): JsonSchema => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema
