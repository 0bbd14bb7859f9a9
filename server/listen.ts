/** Listens, and says in one line why it can't. */
import type { Server, ServerResponse } from 'node:http'
import { serve } from '@hono/node-server'
import type { Hono } from 'hono'
import { Failure } from './failure.ts'

export interface Listening {
  port: number
  /** Stops listening and resolves when the requests under way are answered, or nobody waits for them any more. */
  close(): Promise<void>
}

export interface Place {
  host: string
  port: number
  /** Milliseconds that requests under way get to be finished once this is to close. */
  patience?: number
}

export function listen(app: Pick<Hono, 'fetch'>, { host, port, patience = 10_000 }: Place): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const underWay = new Set<ServerResponse>()
    const server = serve({ fetch: app.fetch, hostname: host, port }, (address) =>
      resolve({ port: address.port, close: () => closed(server, underWay, patience) }),
    ) as Server
    server.prependListener('request', (_, answer) => {
      underWay.add(answer)
      answer.once('close', () => underWay.delete(answer))
      // Whoever is answered now must not send anything more on this connection.
      if (!server.listening) answer.shouldKeepAlive = false
    })
    server.once('error', (error: NodeJS.ErrnoException) => reject(reasonFor(error, host, port)))
  })
}

function reasonFor(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE') return new Failure(`Port ${port} is in use. Stop what uses it, or choose another: PORT=${port + 1}.`)
  if (error.code === 'EACCES')
    return new Failure(`Port ${port} may not be used by this account. Choose one above 1023, for example PORT=3000.`)
  return new Failure(`Cannot listen on ${host}:${port}: ${error.message}.`)
}

function closed(server: Server, underWay: Set<ServerResponse>, patience: number): Promise<void> {
  return new Promise((resolve) => {
    // From here on Node no longer gives up on a client that stops halfway through a request.
    const limit = setTimeout(() => server.closeAllConnections(), patience)
    server.close(() => {
      clearTimeout(limit)
      resolve()
    })
    for (const answer of underWay) answer.shouldKeepAlive = false
  })
}
