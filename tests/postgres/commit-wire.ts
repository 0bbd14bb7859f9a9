/** A door to PostgreSQL that sees a move keep what it moved: the words by which it asks for it, and the answers. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'

/** What passes, in its order. Nothing of a part is kept before it is asked for, and all of it is when that is answered. */
export const passings = ['identity asked for', 'identity kept', 'study asked for', 'study kept'] as const
export type Passing = (typeof passings)[number]

export interface CommitWire {
  /** The same database, through the door. */
  through(url: string): string
  /** Is called before it is passed on. */
  onPassing: (what: Passing) => void
}

/** As one statement of its own goes over the line. */
const commit = 'Q\0\0\0\x0bCOMMIT\0'

/** `server`: an address of the server, behind a socket in a folder (`?host=/...`). */
export async function commitWire(test: { after(fn: () => unknown): void }, server: string): Promise<CommitWire> {
  const behind = join(new URL(server).searchParams.get('host') ?? '', '.s.PGSQL.5432')
  const sockets = new Set<Socket>()
  /** How much of it has passed since the first connection of a move. */
  let passed = 0
  const door = createServer((near) => {
    const far = connect(behind)
    let isMove = false
    let isAsked = false
    near.once('data', (bytes) => {
      isMove = bytes.includes('nameting move')
    })
    near.on('data', (bytes) => {
      if (isMove && bytes.toString('latin1') === commit) {
        isAsked = true
        pass()
      }
      far.write(bytes)
    })
    far.on('data', (bytes) => {
      if (isAsked) pass()
      isAsked = false
      near.write(bytes)
    })
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.on('end', () => to.end())
      from.on('error', () => to.destroy())
      from.on('close', () => {
        to.destroy()
        sockets.delete(from)
      })
    }
  })
  const wire: CommitWire = {
    through(url) {
      passed = 0
      const own = new URL(url)
      own.hostname = '127.0.0.1'
      own.port = String((door.address() as AddressInfo).port)
      own.searchParams.delete('host')
      return own.href
    },
    onPassing() {},
  }
  function pass(): void {
    const what = passings[passed++]
    if (what) wire.onPassing(what)
  }
  door.listen(0, '127.0.0.1')
  await once(door, 'listening')
  test.after(() => {
    door.close()
    for (const socket of sockets) socket.destroy()
  })
  return wire
}
