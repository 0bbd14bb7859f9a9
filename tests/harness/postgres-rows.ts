/** Rows of a PostgreSQL database at once: a thread asks, and this one stands still until it has the answer. */
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads'

export interface Asked {
  url: string
  schema: string
  query: string
}

export type Answer = { rows: unknown[] } | { mistake: string }

let asking: { worker: Worker; port: MessagePort | import('node:worker_threads').MessagePort; signal: Int32Array } | undefined

/** Milliseconds: for a thread that begins, a database that is busy, and a machine that is. */
const patience = 120_000

/** Throws what the database says. True and false come as 1 and 0. */
export function readPostgres<Row>(url: string, schema: string, query: string): Row[] {
  asking ??= begin()
  const { port, signal } = asking
  Atomics.store(signal, 0, 0)
  port.postMessage({ url, schema, query } satisfies Asked)
  if (Atomics.wait(signal, 0, 0, patience) === 'timed-out') throw new Error(`no answer to ${query}`)
  const answer = receiveMessageOnPort(port as import('node:worker_threads').MessagePort)?.message as Answer
  if ('mistake' in answer) throw new Error(`${answer.mistake}: ${query}`)
  return answer.rows as Row[]
}

function begin() {
  const { port1, port2 } = new MessageChannel()
  const signal = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(new URL('postgres-rows-thread.ts', import.meta.url), {
    workerData: { port: port2, signal },
    transferList: [port2],
  })
  worker.unref()
  port1.unref()
  return { worker, port: port1, signal }
}
