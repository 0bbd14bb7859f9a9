/** The thread of postgres-rows.ts. */
import { type MessagePort, workerData } from 'node:worker_threads'
import pg from 'pg'
import type { Answer, Asked } from './postgres-rows.ts'

const { port, signal } = workerData as { port: MessagePort; signal: Int32Array }
for (const type of [pg.types.builtins.INT8, pg.types.builtins.NUMERIC]) pg.types.setTypeParser(type, Number)
pg.types.setTypeParser(pg.types.builtins.BOOL, (value) => (value === 't' ? 1 : 0))

/** That of the last question: a test asks the same database many times. */
let kept: { url: string; client: pg.Client } | undefined

async function connected(url: string): Promise<pg.Client> {
  if (kept?.url === url) return kept.client
  await letGo()
  const client = new pg.Client({ connectionString: url })
  // Its database went with its test, or its server.
  for (const event of ['error', 'end'] as const)
    client.on(event, () => {
      if (kept?.client === client) kept = undefined
    })
  await client.connect()
  kept = { url, client }
  return client
}

async function letGo(): Promise<void> {
  const { client } = kept ?? {}
  kept = undefined
  await client?.end().catch(() => {})
}

async function answer({ url, schema, query }: Asked): Promise<Answer> {
  try {
    const client = await connected(url)
    await client.query(`SET search_path = ${schema}, public`)
    return { rows: (await client.query(query)).rows }
  } catch (reason) {
    await letGo()
    return { mistake: (reason as Error).message }
  }
}

port.on('message', async (asked: Asked) => {
  port.postMessage(await answer(asked))
  Atomics.store(signal, 0, 1)
  Atomics.notify(signal, 0)
})
