/** Answers nothing more, but that, once a newer version has brought the databases up to date. */
import { createMiddleware } from 'hono/factory'
import type { Context } from '../context.ts'
import { quickExitPath } from '../pages/page.ts'

/** What pages that are open still ask for: they are of this version too. */
const isFile = (path: string): boolean => path.startsWith('/assets/') || path === quickExitPath

export const refuseOutdated = ({ stores: { study } }: Pick<Context, 'stores'>) =>
  createMiddleware(async (request, next) => {
    if (!isFile(request.req.path)) study.outdated.throwIfAborted()
    await next()
  })
