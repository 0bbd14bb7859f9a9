/** What is about all studies there are and will be is for whoever works in all of them, in all regions. */
import { createMiddleware } from 'hono/factory'
import { mayEverywhere, type Permission } from '../../access/roles.ts'
import type { Context } from '../../context.ts'
import { Refusal } from '../../refusal.ts'
import { recordAccess } from '../../workflow/record-access.ts'
import type { DeskEnv } from './authorise.ts'

export const wholeInstallation = (context: Context, permission: Permission) =>
  createMiddleware<DeskEnv>(async (request, next) => {
    const { member, grants } = request.get('staff')
    if (!mayEverywhere(permission, grants)) {
      await recordAccess(context, { staffId: member.id, action: permission, outcome: 'refused' })
      throw new Refusal('not-allowed', { permission })
    }
    await next()
  })
