/**
 * Scored submissions per second over HTTP, at concurrency 16, with every commit synced before its acknowledgement.
 *
 * The server runs in a process of its own; the load comes from this one, on the same machine. Each submission is a list
 * of its own: validated, stored, scored, its assignment closed.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { manySessions, type OpenList, submission } from '../harness/many-sessions.ts'
import { serve } from '../harness/serving.ts'

const families = Number(process.argv[2] ?? 4000)
const folder = mkdtempSync(join(tmpdir(), 'nameting-bench-'))
try {
  const { environment, lists } = await manySessions(folder, families)
  const server = await serve({ ...environment, LOG_LEVEL: 'info' })
  const warm = lists.splice(0, Math.floor(lists.length / 10))
  await load(server.origin, warm)
  const rounds = []
  const size = Math.floor(lists.length / 3)
  for (let round = 0; round < 3; round++) rounds.push(await load(server.origin, lists.slice(round * size, (round + 1) * size)))
  await server.stop()
  for (const { perSecond, median, worst, refused } of rounds)
    console.log(
      `${Math.round(perSecond)} scored submissions a second; median ${median.toFixed(1)} ms, 99% within ${worst.toFixed(1)} ms${refused ? `; ${refused} NOT ACCEPTED` : ''}`,
    )
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** Submits each of `lists` once, sixteen at a time, over connections that stay open. */
async function load(origin: string, lists: OpenList[]) {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })
  const left = lists.map(submission)
  const took: number[] = []
  let refused = 0
  const begin = performance.now()
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      for (let next = left.pop(); next; next = left.pop()) {
        const sent = performance.now()
        if ((await send(origin, agent, next)) !== 200) refused++
        took.push(performance.now() - sent)
      }
    }),
  )
  const seconds = (performance.now() - begin) / 1000
  agent.destroy()
  took.sort((a, b) => a - b)
  const share = (part: number): number => took[Math.floor(part * (took.length - 1))] ?? 0
  return { perSecond: (took.length - refused) / seconds, median: share(0.5), worst: share(0.99), refused }
}

function send(origin: string, agent: Agent, { path, method, headers, body }: ReturnType<typeof submission>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${origin}${path}`,
      { method, headers: { ...headers, 'Content-Length': Buffer.byteLength(body) }, agent },
      (answer) => {
        answer.resume().once('end', () => resolve(answer.statusCode))
      },
    )
    sent.once('error', reject).end(body)
  })
}
