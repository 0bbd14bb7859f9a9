/** Takes input of a certain shape, and refuses any other with the places where it differs. */
import { zValidator } from '@hono/zod-validator'
import type { z } from 'zod'
import { Refusal } from '../refusal.ts'

/** A JSON body. */
export const body = <Schema extends z.ZodType>(schema: Schema) =>
  zValidator('json', schema, (result) => {
    if (!result.success) throw new Refusal('body-invalid', { problems: problemsOf(result.error) })
  })

/** The parameters of a query string. */
export const query = <Schema extends z.ZodType>(schema: Schema) =>
  zValidator('query', schema, (result) => {
    if (!result.success) throw new Refusal('query-invalid', { problems: problemsOf(result.error) })
  })

const problemsOf = ({ issues }: { issues: readonly { path: PropertyKey[]; message: string }[] }) =>
  issues.map(({ path, message }) => ({ path: `/${path.join('/')}`, reason: message }))
