/** Takes input of a certain shape, and refuses any other with the places where it differs. */
import { zValidator } from '@hono/zod-validator'
import type { Env, MiddlewareHandler } from 'hono'
import { validator } from 'hono/validator'
import type { z } from 'zod'
import { safeParse } from '../../instruments/safe-parse.ts'
import { Refusal } from '../refusal.ts'
import { nulIn } from './refuse-nul.ts'

/** What goes into a route, by the function that checks it: for whoever describes the routes. */
const inputs = new WeakMap<object, { of: 'body' | 'query'; schema: z.ZodType }>()

/** What a function of this file checks; undefined for any other one. */
export const inputOf = (handler: object): { of: 'body' | 'query'; schema: z.ZodType } | undefined => inputs.get(handler)

function remembered<Handler extends object>(of: 'body' | 'query', schema: z.ZodType, handler: Handler): Handler {
  inputs.set(handler, { of, schema })
  return handler
}

type TakesJson<Schema extends z.ZodType> = MiddlewareHandler<
  Env,
  string,
  { in: { json: z.input<Schema> }; out: { json: z.output<Schema> } }
>

/** A JSON body. */
export const body = <Schema extends z.ZodType>(schema: Schema): TakesJson<Schema> =>
  remembered(
    'body',
    schema,
    validator('json', (value) => {
      const { data, error } = safeParse(schema, value)
      const problems = error ? problemsOf(error) : nulIn(data)
      if (problems.length > 0) throw new Refusal('body-invalid', { problems })
      // What it takes and gives is said above.
      return data as never
    }),
  )

/** The parameters of a query string: texts, and lists of texts. */
export const query = <Schema extends z.ZodType>(schema: Schema) =>
  remembered(
    'query',
    schema,
    zValidator('query', schema, (result) => {
      if (!result.success) throw new Refusal('query-invalid', { problems: problemsOf(result.error) })
    }),
  )

interface Issue {
  path: PropertyKey[]
  message: string
}

const problemsOf = ({ issues }: { issues: readonly Issue[] }) =>
  issues.map(({ path, message }) => ({ path: `/${path.join('/')}`, reason: message }))
