/** Lines of scale.bench.ts: with one server on the database that the environment names, then with more. Prints what was measured as JSON. */
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dialect } from '../../server/db/dialect.ts'
import { openStudyStore } from '../../server/db/open.ts'
import { databasePlace, removeDatabases } from '../harness/database.ts'
import { startMailServer } from '../harness/mail-server.ts'
import { manySessions, type OpenList, submission } from '../harness/many-sessions.ts'
import { serve } from '../harness/serving.ts'
import { freePort } from '../harness/study-server.ts'
import { copyCases } from './copy-cases.ts'

export interface Measured {
  servers: number
  clients: number
  perSecond: number
  median: number
  p99: number
  refused: number
  /** Acknowledged, and not there afterwards. */
  lost: number
  /** Sent by the tickers while it was measured, and Message-IDs that came twice. */
  mails: number
  twice: number
  /** Transactions that PostgreSQL had rolled back, most of them to be run again. */
  again: number
}

const [servers = '1', cases = 0, families = 0] = [process.argv[2], ...process.argv.slice(3).map(Number)] as [string, number, number]
/** Mail that waits until it is measured. */
const held = '2998-01-01T00:00:00.000Z'
const folder = mkdtempSync(join(tmpdir(), 'nameting-scale-'))
const mail = await startMailServer()
const seconds = (from: number): string => `${Math.round((performance.now() - from) / 1000)} s`
try {
  const begun = performance.now()
  const { environment, lists } = await manySessions(folder, families, mail.url)
  await write(`UPDATE messages SET next_at = '${held}' WHERE state = 'planned' AND next_at <= '${new Date().toISOString()}'`)
  // A tenth has answered before, and so will a tenth of the copies have.
  await serving(environment, 1, (origins) => load(origins, lists.splice(0, Math.floor(lists.length / 10)), 16))
  process.stderr.write(`${families} families planned: ${seconds(begun)}\n`)
  const copying = performance.now()
  await copyCases(await databasePlace(folder), Math.floor(cases / families) - 1)
  process.stderr.write(`${cases} cases in all: ${seconds(copying)}\n`)
  const runs = servers.split(',').map(Number)
  const share = Math.floor(lists.length / runs.length / 2)
  const measured: Measured[] = []
  for (const [index, count] of runs.entries()) {
    const some = `SELECT id FROM messages WHERE next_at = '${held}' ORDER BY id LIMIT ${Math.ceil(families / runs.length)}`
    await write(`UPDATE messages SET next_at = '${new Date().toISOString()}' WHERE id IN (${some})`)
    await serving(environment, count, async (origins) => {
      // Whoever has just started is slow.
      await load(origins, lists.splice(0, 40), 16)
      for (const clients of [16, 64]) measured.push(await measure(origins, lists.splice(0, share - 20), clients, count))
    })
    process.stderr.write(`${count} servers measured, ${index + 1} of ${runs.length}: ${seconds(begun)}\n`)
  }
  process.stdout.write(JSON.stringify(measured))
} finally {
  await mail.close()
  await removeDatabases(folder)
  rmSync(folder, { recursive: true, force: true })
}

async function serving(environment: Record<string, string>, count: number, work: (origins: string[]) => Promise<unknown>): Promise<void> {
  const running = []
  for (let index = 0; index < count; index++)
    running.push(await serve({ ...environment, BASE_URL: `http://127.0.0.1:${await freePort()}` }))
  await work(running.map(({ origin }) => origin))
  for (const server of running) await server.stop()
}

async function write(statement: string): Promise<void> {
  const store = await openStudyStore(await databasePlace(folder))
  try {
    await store.withTx(async (tx) => void (await tx.run(statement)))
  } finally {
    await store.close()
  }
}

async function measure(origins: string[], lists: OpenList[], clients: number, count: number): Promise<Measured> {
  const [undone, sent] = [await rolledBack(), mail.accepted.length]
  const loaded = await load(origins, lists, clients)
  const ids = mail.accepted.map(({ messageId }) => messageId)
  return {
    servers: count,
    clients,
    ...loaded,
    lost: await missing(loaded.accepted),
    mails: mail.accepted.length - sent,
    twice: ids.length - new Set(ids).size,
    again: (await rolledBack()) - undone,
    accepted: undefined,
  } as Measured
}

/** Submits each of `lists` once, at so many servers in turn, over connections that stay open. */
async function load(origins: string[], lists: OpenList[], clients: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  const left = [...lists]
  const took: number[] = []
  const accepted: string[] = []
  let refused = 0
  const begin = performance.now()
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let next = left.pop(); next; next = left.pop()) {
        const sent = performance.now()
        if ((await send(origins[client % origins.length] ?? '', agent, submission(next))) === 200) accepted.push(next.assignmentId)
        else refused++
        took.push(performance.now() - sent)
      }
    }),
  )
  const seconds = (performance.now() - begin) / 1000
  agent.destroy()
  took.sort((a, b) => a - b)
  const share = (part: number): number => took[Math.floor(part * (took.length - 1))] ?? 0
  return { perSecond: accepted.length / seconds, median: share(0.5), p99: share(0.99), refused, accepted }
}

async function missing(ids: string[]): Promise<number> {
  const store = await openStudyStore(await databasePlace(folder))
  try {
    const there = new Set(store.read.all<{ id: string }>('SELECT assignment_id AS id FROM responses').map(({ id }) => id))
    return ids.filter((id) => !there.has(id)).length
  } finally {
    await store.close()
  }
}

async function rolledBack(): Promise<number> {
  if (dialect !== 'postgres') return 0
  const store = await openStudyStore(await databasePlace(folder))
  try {
    return store.read.all<{ n: number }>('SELECT xact_rollback AS n FROM pg_stat_database WHERE datname = current_database()')[0]?.n ?? 0
  } finally {
    await store.close()
  }
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
