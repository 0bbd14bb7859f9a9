/**
 * What whoever submits a list notices of a study that goes over to another version meanwhile: the time from sending to acknowledgement,
 * alone, while the study is looked at, and while its cases are planned anew. `node tests/bench/adopt.bench.ts [cases]`. Prints; judges nothing.
 *
 * The server runs in a process of its own; two people submit one list after the other, a hundredth of a second apart.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { closeContext, openContext } from '../../server/open-context.ts'
import { findStudy } from '../../server/queries/studies.ts'
import { registerCases } from '../../server/workflow/register-cases.ts'
import { shippedDefinition, writeDefinition } from '../harness/definition-folder.ts'
import { family } from '../harness/family.ts'
import { manySessions, type OpenList, submission } from '../harness/many-sessions.ts'
import { serve } from '../harness/serving.ts'
import { callingAs, staffAt } from '../harness/staff.ts'

const wanted = Number(process.argv[2] ?? 20_000)
/** So many of the cases have somebody who answers, with four lists each. */
const answering = 2_000
const version = '0.1.1-standin'
const folder = mkdtempSync(join(tmpdir(), 'nameting-bench-'))
try {
  const data = join(folder, 'data')
  const definitions = join(folder, 'definitions')
  writeDefinition(definitions, 'instruments', { ...shippedDefinition('instruments', 'nosik'), version })
  const { environment, lists } = await manySessions(data, Math.min(answering, wanted))
  const settings = { ...environment, DEFINITIONS_DIR: definitions }
  const cookie = await prepare(settings)
  const server = await serve({ ...settings, LOG_LEVEL: 'info' })
  const { call } = callingAs(server.origin, cookie)
  const today = new Date().toISOString().slice(0, 10)

  await submitting(server.origin, lists, 200)
  const alone = await submitting(server.origin, lists, 1_000)
  tell('alone', alone)
  const entry = { reference: `nosik@${version}`, from: today }
  const looking = await during(call, server.origin, lists, await call('POST /studies/s1/definitions/adoption/preview', entry), 'looking')
  tell('while it is looked at', looking.took, alone, looking)
  const begun = await call('POST /studies/s1/definitions/adoption', { job: looking.job.id, reason: 'Bench' })
  const doing = await during(call, server.origin, lists, begun, 'doing')
  tell('while cases are planned anew', doing.took, alone, doing)
  console.log(`${doing.job.state}: the plan of ${doing.job.changed} of ${doing.job.done} cases changed`)
  await server.stop()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** The rest of the cases, and somebody at the desk: the cookie of a data manager. */
async function prepare(settings: Record<string, string>): Promise<string> {
  const context = await openContext({
    ...{ DATA_DIR: settings.DATA_DIR ?? '', DEFINITIONS_DIR: settings.DEFINITIONS_DIR, BASE_URL: settings.BASE_URL },
    IDENTITY_KEY: Buffer.from(settings.IDENTITY_KEY ?? '', 'hex'),
  })
  const study = await findStudy(context.stores.study.read, 's1')
  if (!study) throw new Error('there is no study')
  const now = new Date().toISOString().slice(0, 10)
  for (let number = Math.min(answering, wanted); number < wanted; number += 1_000) {
    const some = Array.from({ length: Math.min(1_000, wanted - number) }, (_, index) =>
      family(`M-${number + index}`, { referral: now, conference: now }),
    )
    await registerCases(context, study, some)
  }
  // Nothing is to be sent: there is no mail server.
  await context.stores.study.withTx(
    async (tx) => void tx.run(`UPDATE messages SET state = 'cancelled' WHERE state = 'planned' AND wave = 'T0'`),
  )
  const { cookie } = await staffAt({ context, origin: '' }, 'data manager')
  await closeContext(context)
  return cookie
}

type Call = ReturnType<typeof callingAs>['call']

/** Submits until a job is in this state no more, or there is nothing left to submit. */
async function during(call: Call, origin: string, lists: OpenList[], begun: Awaited<ReturnType<Call>>, state: string) {
  if (begun.status !== 200) throw new Error(JSON.stringify(begun.body))
  const began = performance.now()
  let job = begun.body
  let seconds = 0
  const isOver = () => job.state !== state
  const watching = (async () => {
    while (!isOver()) {
      await wait(500)
      job = (await call(`GET /studies/s1/jobs/${job.id}`)).body
    }
    seconds = (performance.now() - began) / 1000
  })()
  const took = await submitting(origin, lists, Number.POSITIVE_INFINITY, isOver)
  await watching
  return { job, took, seconds }
}

/** Milliseconds that each submission took, in order of length. */
async function submitting(origin: string, lists: OpenList[], most: number, isOver = () => false): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 2 })
  const took: number[] = []
  const left = lists.splice(0, Math.min(most, lists.length))
  await Promise.all(
    [0, 1].map(async () => {
      while (!isOver()) {
        const next = left.pop()
        if (!next) return
        const sent = performance.now()
        const status = await send(origin, agent, submission(next))
        if (status !== 200) throw new Error(`a submission was answered ${status}`)
        took.push(performance.now() - sent)
        await wait(10)
      }
    }),
  )
  lists.push(...left)
  agent.destroy()
  return took.sort((a, b) => a - b)
}

function tell(what: string, took: number[], alone?: number[], job?: { seconds: number }): void {
  const share = (times: number[], part: number): number => times[Math.floor(part * (times.length - 1))] ?? 0
  const [median, most, worst] = [0.5, 0.99, 1].map((part) => share(took, part).toFixed(1))
  const ratio = alone ? `; the median is ${(share(took, 0.5) / share(alone, 0.5)).toFixed(1)} times that alone` : ''
  const lasted = job ? ` (${job.seconds.toFixed(0)} s)` : ''
  console.log(`${what}${lasted}: ${took.length} submissions, median ${median} ms, 99% within ${most} ms, all within ${worst} ms${ratio}`)
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
