import { zValidator } from '@hono/zod-validator'
import type { z } from 'zod'
import { Refusal } from '../refusal.ts'

/** Takes a query string of this shape, and refuses any other with the parameters that differ. */
export const query = <Schema extends z.ZodType>(schema: Schema) =>
  zValidator('query', schema, (result) => {
    if (result.success) return
    throw new Refusal('query-invalid', {
      problems: result.error.issues.map(({ path, message }) => ({ path: `/${path.join('/')}`, reason: message })),
    })
  })
