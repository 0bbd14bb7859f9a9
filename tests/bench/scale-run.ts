/** Lines of scale.bench.ts: with one server on the database that the environment names, then with more. Prints what was measured as JSON. */
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dialect } from '../../server/db/dialect.ts'
import { openStudyStore, type Store } from '../../server/db/open.ts'
import { databasePlace, removeDatabases } from '../harness/database.ts'
import { freePort } from '../harness/free-port.ts'
import { startMailServer } from '../harness/mail-server.ts'
import { manySessions, type OpenList, submission } from '../harness/many-sessions.ts'
import { serve } from '../harness/serving.ts'
import { listsOfCopies } from './copied-sessions.ts'
import { copyCases } from './copy-cases.ts'
import { metricsToken, type Passes, passesOf, secondPass } from './passes.ts'

export interface Measured {
  servers: number
  clients: number
  /** Acknowledged, in so many seconds. */
  lists: number
  took: number
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
  /** Passes of the tickers meanwhile, and the seconds of one on average, mails that it sent included. */
  passes: number
  pass: number
  /** Seconds of a pass while nobody submits and nothing is due. */
  quietPass: number
}

const [servers = '1', cases = 0, families = 0, atLeast = 60] = [process.argv[2], ...process.argv.slice(3).map(Number)] as [
  string,
  number,
  number,
  number,
]
/** More than any of these rows takes. */
const listsPerSecond = 1_500
/** Mail that waits until it is measured. */
const held = '2998-01-01T00:00:00.000Z'
const folder = mkdtempSync(join(tmpdir(), 'nameting-scale-'))
const mail = await startMailServer()
const since = (from: number): string => `${Math.round((performance.now() - from) / 1000)} s`
try {
  const begun = performance.now()
  const { environment: usual, lists } = await manySessions(folder, families, mail.url)
  const environment = { ...usual, METRICS_TOKEN: metricsToken }
  await write(`UPDATE messages SET next_at = '${held}' WHERE state = 'planned' AND next_at <= '${new Date().toISOString()}'`)
  // A tenth has answered before, and so will a tenth of the copies have.
  await serving(environment, 1, (origins) => load(origins, lists.splice(0, Math.floor(lists.length / 10)), 16))
  process.stderr.write(`${families} families planned: ${since(begun)}\n`)
  const copying = performance.now()
  const copies = Math.max(0, Math.floor(cases / families) - 1)
  await copyCases(await databasePlace(folder), copies)
  process.stderr.write(`${cases} cases in all: ${since(copying)}\n`)
  const runs = servers.split(',').map(Number)
  const rows = runs.length * 2
  // Those of the families themselves first: theirs is the mail that goes meanwhile.
  const enough = rows * atLeast * listsPerSecond
  // One by one: so many are too many arguments of one call.
  for (const list of await withStore((store) => listsOfCopies(store, lists, enough, copies))) lists.push(list)
  const share = Math.floor(lists.length / rows)
  process.stderr.write(`${lists.length} lists to send: ${since(begun)}\n`)
  let quietPass = 0
  await serving(environment, 1, async ([origin = '']) => {
    quietPass = await secondPass(origin)
  })
  process.stderr.write(`a pass with nothing due: ${quietPass.toFixed(3)} s\n`)
  const measured: Measured[] = []
  for (const [index, count] of runs.entries()) {
    const some = `SELECT id FROM messages WHERE next_at = '${held}' ORDER BY id LIMIT ${Math.ceil(families / runs.length)}`
    await write(`UPDATE messages SET next_at = '${new Date().toISOString()}' WHERE id IN (${some})`)
    await serving(environment, count, async (origins) => {
      // Whoever has just started is slow.
      await load(origins, lists.splice(0, 40), 16)
      for (const clients of [16, 64]) measured.push({ ...(await measure(origins, lists.splice(0, share - 20), clients, count)), quietPass })
    })
    process.stderr.write(`${count} servers measured, ${index + 1} of ${runs.length}: ${since(begun)}\n`)
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

async function withStore<T>(work: (store: Store) => T | Promise<T>): Promise<T> {
  const store = await openStudyStore(await databasePlace(folder))
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

async function write(statement: string): Promise<void> {
  await withStore((store) => store.withTx(async (tx) => void (await tx.run(statement))))
}

async function measure(origins: string[], lists: OpenList[], clients: number, count: number): Promise<Omit<Measured, 'quietPass'>> {
  const [undone, sent, passed] = [await rolledBack(), mail.accepted.length, await passesOfAll(origins)]
  const { accepted, ...loaded } = await load(origins, lists, clients, atLeast)
  const ids = mail.accepted.map(({ messageId }) => messageId)
  const now = await passesOfAll(origins)
  return {
    servers: count,
    clients,
    ...loaded,
    lists: accepted.length,
    lost: await missing(accepted),
    mails: mail.accepted.length - sent,
    twice: ids.length - new Set(ids).size,
    again: (await rolledBack()) - undone,
    passes: now.many - passed.many,
    pass: now.many === passed.many ? 0 : (now.seconds - passed.seconds) / (now.many - passed.many),
  }
}

async function passesOfAll(origins: string[]): Promise<Passes> {
  const all = await Promise.all(origins.map(passesOf))
  return { many: all.reduce((sum, { many }) => sum + many, 0), seconds: all.reduce((sum, { seconds }) => sum + seconds, 0) }
}

/** Submits each of `lists` once, in their order, at so many servers in turn, over connections that stay open; after `seconds` no further one is begun. */
async function load(origins: string[], lists: OpenList[], clients: number, seconds = Number.POSITIVE_INFINITY) {
  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  const left = lists.toReversed()
  const took: number[] = []
  const accepted: string[] = []
  let refused = 0
  const begin = performance.now()
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let next = left.pop(); next && performance.now() - begin < seconds * 1000; next = left.pop()) {
        const sent = performance.now()
        if ((await send(origins[client % origins.length] ?? '', agent, submission(next))) === 200) accepted.push(next.assignmentId)
        else refused++
        took.push(performance.now() - sent)
      }
    }),
  )
  const lasted = (performance.now() - begin) / 1000
  agent.destroy()
  took.sort((a, b) => a - b)
  const share = (part: number): number => took[Math.floor(part * (took.length - 1))] ?? 0
  return { took: lasted, perSecond: accepted.length / lasted, median: share(0.5), p99: share(0.99), refused, accepted }
}

async function missing(ids: string[]): Promise<number> {
  const stored = await withStore((store) => store.read.all<{ id: string }>('SELECT assignment_id AS id FROM responses'))
  const there = new Set(stored.map(({ id }) => id))
  return ids.filter((id) => !there.has(id)).length
}

async function rolledBack(): Promise<number> {
  if (dialect !== 'postgres') return 0
  return await withStore(
    (store) =>
      store.read.all<{ n: number }>('SELECT xact_rollback AS n FROM pg_stat_database WHERE datname = current_database()')[0]?.n ?? 0,
  )
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
