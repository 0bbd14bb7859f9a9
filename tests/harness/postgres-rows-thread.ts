/** The thread of postgres-rows.ts. */
import { type MessagePort, workerData } from 'node:worker_threads'
import pg from 'pg'
import type { Answer, Asked } from './postgres-rows.ts'

const { port, signal } = workerData as { port: MessagePort; signal: Int32Array }
for (const type of [pg.types.builtins.INT8, pg.types.builtins.NUMERIC]) pg.types.setTypeParser(type, Number)
pg.types.setTypeParser(pg.types.builtins.BOOL, (value) => (value === 't' ? 1 : 0))

async function answer({ url, schema, query }: Asked): Promise<Answer> {
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
    await client.query(`SET search_path = ${schema}, public`)
    return { rows: (await client.query(query)).rows }
  } catch (reason) {
    return { mistake: (reason as Error).message }
  } finally {
    await client.end().catch(() => {})
  }
}

port.on('message', async (asked: Asked) => {
  port.postMessage(await answer(asked))
  Atomics.store(signal, 0, 1)
  Atomics.notify(signal, 0)
})
