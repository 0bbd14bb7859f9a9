/** Reads one file after the other in a thread of its own, which can be ended where it hangs. */
import { parentPort } from 'node:worker_threads'
import { readers } from './read-file.ts'

export interface ReadInThread {
  /** What is wrong with the file. */
  problems?: string[]
  /** A mistake of ours. */
  thrown?: string
}

parentPort?.on('message', ({ kind, text }: { kind: string; text: string }) => {
  let answer: ReadInThread
  try {
    answer = { problems: (readers[kind] as (text: string) => string[])(text) }
  } catch (error) {
    answer = { thrown: error instanceof Error ? `${error.stack}` : String(error) }
  }
  parentPort?.postMessage(answer)
})
parentPort?.postMessage({ problems: [] } satisfies ReadInThread)
