/** Listens, and says in one line why it can't. */
import type { Server } from 'node:http'
import { serve } from '@hono/node-server'
import type { Hono } from 'hono'
import { Failure } from './failure.ts'

export interface Listening {
  port: number
  /** Stops listening and resolves when the requests under way are answered. */
  close(): Promise<void>
}

export function listen(app: Pick<Hono, 'fetch'>, { host, port }: { host: string; port: number }): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: host, port }, (address) =>
      resolve({ port: address.port, close: () => closed(server) }),
    ) as Server
    server.once('error', (error: NodeJS.ErrnoException) => reject(reasonFor(error, host, port)))
  })
}

function reasonFor(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE') return new Failure(`Port ${port} is in use. Stop what uses it, or choose another: PORT=${port + 1}.`)
  if (error.code === 'EACCES')
    return new Failure(`Port ${port} may not be used by this account. Choose one above 1023, for example PORT=3000.`)
  return new Failure(`Cannot listen on ${host}:${port}: ${error.message}.`)
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
  })
}
