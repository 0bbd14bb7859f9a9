import { zValidator } from '@hono/zod-validator'
import type { z } from 'zod'
import { Refusal } from '../refusal.ts'

/** Takes a JSON body of this shape, and refuses any other with the places where it differs. */
export const body = <Schema extends z.ZodType>(schema: Schema) =>
  zValidator('json', schema, (result) => {
    if (result.success) return
    throw new Refusal('body-invalid', {
      problems: result.error.issues.map(({ path, message }) => ({ path: `/${path.join('/')}`, reason: message })),
    })
  })
