/** A door between servers and PostgreSQL that can be shut: on a port of this machine, to be put into DATABASE_URL. */
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { freePort } from './free-port.ts'

export interface DatabaseProxy {
  /** The same database, through the door. */
  url: string
  /** `refuses`: every connection breaks, and no new one is taken. `silent`: nothing is said any more, as when a network is cut. */
  shut(how: 'refuses' | 'silent'): Promise<void>
  reopen(): Promise<void>
  /** How often somebody came through since it was opened again. */
  opened: number
}

/** `url`: of a database behind a socket in a folder (`?host=/...`). */
export async function databaseProxy(test: { after(fn: () => unknown): void }, url: string): Promise<DatabaseProxy> {
  const behind = join(new URL(url).searchParams.get('host') ?? '', '.s.PGSQL.5432')
  const pairs = new Set<[Socket, Socket]>()
  let isSilent = false
  const door = createServer((near) => {
    proxy.opened++
    const far = connect(behind)
    const pair: [Socket, Socket] = [near, far]
    pairs.add(pair)
    for (const [from, to] of [pair, pair.toReversed() as typeof pair]) {
      from.on('data', (bytes) => to.write(bytes))
      from.on('end', () => to.end())
      from.on('error', () => to.destroy())
      from.on('close', () => {
        to.destroy()
        pairs.delete(pair)
      })
      if (isSilent) from.pause()
    }
  })
  // One that nobody gets while the door is shut.
  const port = await freePort()
  door.listen(port, '127.0.0.1')
  await once(door, 'listening')
  const own = new URL(url)
  own.hostname = '127.0.0.1'
  own.port = String(port)
  own.searchParams.delete('host')

  const proxy: DatabaseProxy = {
    url: own.href,
    opened: 0,
    async shut(how) {
      if (how === 'silent') {
        isSilent = true
        for (const sockets of pairs) for (const socket of sockets) socket.pause()
        return
      }
      const closed = once(door, 'close')
      door.close()
      for (const sockets of pairs) for (const socket of sockets) socket.destroy()
      await closed
    },
    async reopen() {
      proxy.opened = 0
      isSilent = false
      for (const sockets of pairs) for (const socket of sockets) socket.resume()
      if (door.listening) return
      door.listen(port, '127.0.0.1')
      await once(door, 'listening')
    },
  }
  test.after(async () => {
    if (door.listening) await proxy.shut('refuses')
  })
  return proxy
}
