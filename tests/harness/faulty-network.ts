/** A network between a client and the server that loses, delays, repeats and reorders what goes over it, by a plan. */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/** What becomes of one request. Milliseconds are short: clocks of the client go faster in tests. */
export type Fate =
  | { do: 'pass' }
  | { do: 'delay'; before: number; after: number }
  /** The server never sees it. */
  | { do: 'lose request' }
  /** The server has acted on it, and nobody hears so. */
  | { do: 'lose answer' }
  /** The connection breaks, and the request arrives all the same, later than whatever is sent meanwhile. */
  | { do: 'arrive late'; after: number }
  /** Twice at once; the client hears the answer to one of them. */
  | { do: 'twice'; hears: 0 | 1 }
  /** Once more, later than whatever is sent meanwhile. */
  | { do: 'again'; after: number }
  /** Somebody else answers: the login page of a train's network. */
  | { do: 'portal' }

export interface FaultyNetwork {
  origin: string
  /** Resolves when nothing is on its way any more, late arrivals included. */
  quiet(): Promise<void>
  close(): Promise<void>
}

interface Heard {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}

/** `fateOf` says what becomes of each request, by its path. */
export async function startFaultyNetwork(target: string, fateOf: (path: string) => Fate): Promise<FaultyNetwork> {
  const underWay = new Set<Promise<unknown>>()
  const track = <Value>(work: Promise<Value>): Promise<Value> => {
    const tracked = work.catch(() => {}).finally(() => underWay.delete(tracked))
    underWay.add(tracked)
    return work
  }

  async function carry(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body = await bodyOf(incoming)
    const arrive = () => track(send(target, incoming, body))
    const hear = ({ status, headers, body: said }: Heard) => answer.writeHead(status, headers).end(said)
    const breakOff = () => incoming.socket.destroy()
    const fate = fateOf(incoming.url ?? '')
    switch (fate.do) {
      case 'pass':
        return void hear(await arrive())
      case 'delay': {
        await pause(fate.before)
        const heard = await arrive()
        await pause(fate.after)
        return void hear(heard)
      }
      case 'lose request':
        return void breakOff()
      case 'lose answer':
        await arrive()
        return void breakOff()
      case 'arrive late':
        breakOff()
        await pause(fate.after)
        return void (await arrive())
      case 'twice': {
        const both = await Promise.all([arrive(), arrive()])
        return void hear(both[fate.hears])
      }
      case 'again':
        hear(await arrive())
        await pause(fate.after)
        return void (await arrive())
      case 'portal':
        return void answer.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Log in</title>')
    }
  }

  const server = createServer((incoming, answer) => void track(carry(incoming, answer)).catch(() => incoming.socket.destroy()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async quiet() {
      while (underWay.size > 0) await Promise.all(underWay)
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of incoming) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

function send(target: string, { method, url, headers }: IncomingMessage, body: Buffer): Promise<Heard> {
  const { host: _, connection: __, ...others } = headers
  return new Promise((resolve, reject) => {
    const outgoing = request(`${target}${url}`, { method, headers: { ...others, 'content-length': String(body.length) } }, (said) => {
      const { connection: ___, 'keep-alive': ____, 'transfer-encoding': _____, ...passed } = said.headers
      bodyOf(said).then((heard) => resolve({ status: said.statusCode ?? 502, headers: passed, body: heard }), reject)
    })
    outgoing.on('error', reject).end(body)
  })
}
