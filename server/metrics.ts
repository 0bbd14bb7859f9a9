/** How this server fares, in numbers for Prometheus. Labels come from short lists of our own: no case, no person, no address, no path. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { inTime } from './backup/in-time.ts'
import type { Context } from './context.ts'
import type { Answered } from './routes/request-log.ts'
import type { Pass } from './ticker.ts'
import { type Check, type Sizes, sizesOf } from './workflow/examine-server.ts'

export interface Metrics {
  answered(request: Answered): void
  passed(pass: Pass): void
  /** All numbers as they are now, in the format of Prometheus. */
  read(): Promise<{ type: string; text: string }>
}

interface Asked {
  look(): Promise<Check[]>
  /** Milliseconds since the last pass of the ticker that came to its end. */
  idleFor(): number
}

/** Seconds. An answer of half a second is slow on a phone; ten are what a proxy gives up after. */
const requestSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const passSeconds = [0.1, 0.5, 1, 5, 15, 60, 300, 900]

/** Milliseconds for the databases to answer: Prometheus gives up after ten seconds, and then has nothing at all. */
const patience = 3_000

const mailOutcomes = ['sent', 'postponed', 'held', 'cancelled', 'refused', 'unknown'] as const

/** By which people send answers: a whole list, or without scripts a page of one. */
const submitting = ['/api/assignments/:id/submit', '/packet/lists/:id']

export function collectMetrics(context: Context, { look, idleFor }: Asked): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    ...{ name: 'nameting_request_seconds', help: 'Requests by the time until their answer began.', registers },
    ...{ labelNames: ['method', 'route', 'status'], buckets: requestSeconds },
  })
  const submissions = new Counter({
    ...{ name: 'nameting_submissions_total', help: 'Requests that send a list, or without scripts a page of one.', registers },
    labelNames: ['route', 'outcome'],
  })
  const mails = new Counter({
    ...{ name: 'nameting_mails_total', help: 'Mails that were due, by what became of them.', registers },
    labelNames: ['outcome'],
  })
  for (const outcome of mailOutcomes) mails.inc({ outcome }, 0)
  const passes = new Histogram({
    ...{ name: 'nameting_tick_seconds', help: 'Passes of the ticker by the time they took.', registers },
    ...{ labelNames: ['outcome'], buckets: passSeconds },
  })
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Gauge({ name: `nameting_${name}`, help, labelNames, registers })
  const idle = gauge('tick_idle_seconds', 'Since the last pass of the ticker that came to its end.')
  const due = gauge('mails_due', 'Mails whose moment has come.')
  const oldest = gauge('mails_due_oldest_seconds', 'For how long the first of them waits.')
  const inHand = gauge('mails_in_hand', 'Mails in the hands of a server.')
  const tasks = gauge('tasks_open', 'What needs a person.')
  const jobs = gauge('jobs_under_way', 'Work on all cases of a study that is not done.')
  const files = gauge('database_bytes', 'Size of the files of the databases.', ['file'])
  const free = gauge('disk_free_bytes', 'What is left on the disk of the data folder.')
  const ready = gauge('ready', '1 where this part is as it should be, see /readyz.', ['check'])

  function put({ queues, oldestDue, files: sizes, freeBytes }: Sizes): void {
    due.set(queues.due)
    oldest.set(oldestDue)
    inHand.set(queues.inHand)
    tasks.set(queues.tasks)
    jobs.set(queues.jobs)
    for (const [file, bytes] of Object.entries(sizes)) files.set({ file }, bytes)
    free.set(freeBytes)
  }

  function takeOut(): void {
    for (const one of [due, oldest, inHand, tasks, jobs, free]) one.remove()
    files.reset()
  }

  return {
    answered({ method, route, status, ms }) {
      requests.observe({ method, route, status: `${Math.floor(status / 100)}xx` }, ms / 1000)
      if (method === 'POST' && submitting.includes(route)) submissions.inc({ route, outcome: outcomeOf(status) })
    },
    passed({ ms, report }) {
      passes.observe({ outcome: report ? 'done' : 'failed' }, ms / 1000)
      if (report) for (const outcome of mailOutcomes) mails.inc({ outcome }, report[outcome])
    },
    async read() {
      // What cannot be looked at now is left out, so that nobody takes the last number for one of now: `ready` says why. The rest is still wanted.
      await inTime(sizesOf(context), patience).then(put, takeOut)
      idle.set(idleFor() / 1000)
      for (const { name, reason } of await look()) ready.set({ check: name }, reason === null ? 1 : 0)
      return { type: registry.contentType, text: await registry.metrics() }
    },
  }
}

const outcomeOf = (status: number) => (status < 400 ? 'accepted' : status < 500 ? 'refused' : 'failed')
