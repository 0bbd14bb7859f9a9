/** One line of scale.bench.ts: so many servers on the database that the environment names. Prints what was measured as JSON. */
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

export interface Measured {
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

const [servers, cases, families] = process.argv.slice(2).map(Number) as [number, number, number]
const folder = mkdtempSync(join(tmpdir(), 'nameting-scale-'))
const mail = await startMailServer()
try {
  const { environment, lists } = await manySessions(folder, families, mail.url)
  await copyCases(Math.floor(cases / families) - 1)
  const running = []
  for (let index = 0; index < servers; index++)
    running.push(await serve({ ...environment, BASE_URL: `http://127.0.0.1:${await freePort()}` }))
  const origins = running.map(({ origin }) => origin)
  await load(origins, lists.splice(0, Math.floor(lists.length / 10)), 16)
  const measured = []
  const half = Math.floor(lists.length / 2)
  for (const [index, clients] of [16, 64].entries())
    measured.push(await measure(origins, lists.slice(index * half, (index + 1) * half), clients))
  for (const server of running) await server.stop()
  process.stdout.write(JSON.stringify(measured))
} finally {
  await mail.close()
  await removeDatabases(folder)
  rmSync(folder, { recursive: true, force: true })
}

async function measure(origins: string[], lists: OpenList[], clients: number): Promise<Measured> {
  const [undone, sent] = [await rolledBack(), mail.accepted.length]
  const loaded = await load(origins, lists, clients)
  const ids = mail.accepted.map(({ messageId }) => messageId)
  return {
    clients,
    ...loaded,
    lost: await missing(loaded.accepted),
    mails: mail.accepted.length - sent,
    twice: ids.length - new Set(ids).size,
    again: (await rolledBack()) - undone,
    accepted: undefined,
  } as Measured
}

/** Cases like those of the families, in other words and without mail that is due. */
async function copyCases(copies: number): Promise<void> {
  if (copies < 1) return
  const own: Record<string, string[]> = {
    cases: ['id', 'code'],
    participants: ['id', 'case_id'],
    anchors: ['case_id'],
    children: ['case_id'],
    assignments: ['id', 'case_id', 'participant_id'],
    messages: ['id', 'case_id', 'participant_id', 'message_id', 'next_at'],
  }
  const store = await openStudyStore(await databasePlace(folder))
  try {
    for (const [table, ids] of Object.entries(own)) {
      const columns = store.read.all<{ name: string }>(
        dialect === 'postgres'
          ? `SELECT column_name AS name FROM information_schema.columns WHERE table_schema = 'study' AND table_name = '${table}'`
          : `SELECT name FROM pragma_table_info('${table}')`,
      )
      const names = columns.map(({ name }) => name)
      const values = names.map((name) =>
        name === 'next_at' ? "'2999-01-01T00:00:00.000Z'" : ids.includes(name) ? `${name} || '-' || copy` : name,
      )
      // Some at a time, so that no transaction grows without bound.
      for (let from = 1; from <= copies; from += 50)
        await store.withTx(
          async (tx) =>
            void (await tx.run(
              `INSERT INTO ${table} (${names}) SELECT ${values} FROM ${table} CROSS JOIN
               (WITH RECURSIVE n(copy) AS (SELECT ${from} UNION ALL SELECT copy + 1 FROM n WHERE copy < ${Math.min(from + 49, copies)}) SELECT copy FROM n) AS copies
               WHERE ${ids[0] === 'id' ? 'id' : 'case_id'} NOT LIKE '%-%'`,
            )),
        )
    }
    if (dialect === 'postgres') await store.withTx(async (tx) => void (await tx.run('ANALYZE')))
  } finally {
    await store.close()
  }
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
