/** Takes input of a certain shape, and refuses any other with the places where it differs. */
import { zValidator } from '@hono/zod-validator'
import type { z } from 'zod'
import { Refusal } from '../refusal.ts'

/** What goes into a route, by the function that checks it: for whoever describes the routes. */
const inputs = new WeakMap<object, { of: 'body' | 'query'; schema: z.ZodType }>()

/** What a function of this file checks; undefined for any other one. */
export const inputOf = (handler: object): { of: 'body' | 'query'; schema: z.ZodType } | undefined => inputs.get(handler)

function remembered<Handler extends object>(of: 'body' | 'query', schema: z.ZodType, handler: Handler): Handler {
  inputs.set(handler, { of, schema })
  return handler
}

/** A JSON body. */
export const body = <Schema extends z.ZodType>(schema: Schema) =>
  remembered(
    'body',
    schema,
    zValidator('json', schema, (result) => {
      if (!result.success) throw new Refusal('body-invalid', { problems: problemsOf(result.error) })
    }),
  )

/** The parameters of a query string. */
export const query = <Schema extends z.ZodType>(schema: Schema) =>
  remembered(
    'query',
    schema,
    zValidator('query', schema, (result) => {
      if (!result.success) throw new Refusal('query-invalid', { problems: problemsOf(result.error) })
    }),
  )

const problemsOf = ({ issues }: { issues: readonly { path: PropertyKey[]; message: string }[] }) =>
  issues.map(({ path, message }) => ({ path: `/${path.join('/')}`, reason: message }))
