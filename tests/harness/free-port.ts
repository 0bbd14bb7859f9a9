import { randomInt } from 'node:crypto'
import { createServer, type Server } from 'node:net'

/**
 * A port on which nobody listens, and which no other test gets for as long as this process runs, however often the server on it is stopped
 * and started again. It is below those that the kernel hands out by itself: one of these, once let go, is handed to the next process that
 * asks. It is above the last one that browsers and `fetch` refuse (10080).
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 2 * randomInt(5_500, 16_000)
    // The odd one beside it stays taken: that is how other processes see that this one is given.
    const sign = await listenOn(port + 1)
    if (sign === null) continue
    sign.unref()
    const probe = await listenOn(port)
    if (probe === null) continue
    await new Promise((resolve) => probe.close(resolve))
    return port
  }
}

/** Null when somebody has it. */
const listenOn = (port: number): Promise<Server | null> =>
  new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(null))
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
