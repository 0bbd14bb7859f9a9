/** What is about a study as a whole is not for whoever sees only some of its regions. */
import { createMiddleware } from 'hono/factory'
import type { Permission } from '../../access/roles.ts'
import { Refusal } from '../../refusal.ts'
import type { DeskEnv } from './authorise.ts'

export const wholeStudy = (permission: Permission) =>
  createMiddleware<DeskEnv>(async (request, next) => {
    if (request.get('access').reach(permission) !== 'everywhere') throw new Refusal('not-allowed', { permission })
    await next()
  })
