/** Thousands of requests over all routes: such as a page would send, the same with something else in them, and bytes that mean nothing. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { policyOf } from '../../server/access/policies.ts'
import { type Permission, staffRoles } from '../../server/access/roles.ts'
import { dialect } from '../../server/db/dialect.ts'
import { oneOf, type Random, randomOf } from '../../server/demo/random.ts'
import { asCurl } from './as-curl.ts'
import { drawOperation, drawRequest, type Fuzzed } from './draw-request.ts'
import { learn, usualWords, type Words } from './draw-value.ts'
import { type Caller, type FuzzedStudy, openFuzzedStudy } from './fuzzed-study.ts'
import { judge } from './judge.ts'
import { type Operation, operationsOf } from './operations.ts'

/** So many; `npm run test:faults` sends a hundred thousand. PostgreSQL takes longer for each, and for telling what it wrote. */
const requests = Number(process.env.REQUESTS ?? (dialect === 'postgres' ? 1000 : 2000))
/** In the names of figures. */
const where = dialect === 'postgres' ? ', on PostgreSQL' : ''
const seed = process.env.SEED ?? (process.env.REQUESTS ? `${Date.now()}` : 'nameting')
/** A study that was asked so much is taken apart, and the next one is as new. */
const ofOneStudy = 4000
/** Whatever takes longer than this hangs. */
const patience = 20_000
/** Then there is enough to mend. */
const mostWrong = 10

interface Tally {
  sent: number
  reached: Set<string>
  wrong: string[]
  statuses: Map<number, number>
}

test(`of ${requests} requests none breaks the server, writes without right, or tells what is not the asker's business`, async (t) => {
  const rejected: unknown[] = []
  const onRejection = (reason: unknown) => void rejected.push(reason)
  process.on('unhandledRejection', onRejection)
  t.after(() => process.off('unhandledRejection', onRejection))
  t.diagnostic(`seed ${seed}: SEED=${seed} REQUESTS=${requests} sends the same again`)
  const tally: Tally = { sent: 0, reached: new Set(), wrong: [], statuses: new Map() }
  while (tally.sent < requests && tally.wrong.length < mostWrong)
    await askOneStudy(tally, Math.min(ofOneStudy, requests - tally.sent), rejected)
  assert.deepEqual(rejected, [])
  assert.equal(tally.wrong.length, 0, tally.wrong.join('\n\n'))
  assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false)
  const share = (from: number) =>
    [...tally.statuses].filter(([status]) => status >= from && status < from + 100).reduce((n, [, m]) => n + m, 0)
  t.diagnostic(`figure: fuzzed requests${where} = ${tally.sent}`)
  t.diagnostic(`figure: fuzzed requests that were done${where} = ${share(200) + share(300)}`)
  t.diagnostic(`figure: fuzzed requests that were refused${where} = ${share(400)}`)
  t.diagnostic(`figure: fuzzed routes that did something${where} = ${tally.reached.size}`)
  // Else it proves little.
  assert.ok(share(200) > requests / 20, `only ${share(200)} were done`)
  assert.ok(tally.reached.size > Math.min(60, requests / 20), `only ${tally.reached.size} routes did something`)
})

async function askOneStudy(tally: Tally, count: number, rejected: unknown[]): Promise<void> {
  const study = await openFuzzedStudy()
  try {
    const operations = await operationsOf(study.app)
    const words = usualWords()
    for (let index = 0; index < count && tally.wrong.length < mostWrong; index++) {
      const random = randomOf(seed, tally.sent++)
      await askOnce(study, operations, words, random, tally)
      assert.deepEqual(rejected, [])
    }
  } finally {
    await study.close()
  }
}

async function askOnce(study: FuzzedStudy, operations: Operation[], words: Words, random: Random, tally: Tally): Promise<void> {
  const operation = drawOperation(operations, random)
  const fitting = study.callers.filter((one) => suits(one, operation))
  const caller = oneOf(random, fitting.length > 0 && random() < 0.6 ? fitting : study.callers)
  const request = drawRequest(operation, { ...caller, origin: study.origin, places: study.places }, random, words)
  const grants = grantsNow(study, caller)
  const answer = await send(study, request, random).catch((reason: unknown) => assert.fail(`${reason}\n${asCurl(request)}`))
  await settled(study)
  try {
    judge(study, { caller, request, ...answer, touched: study.watch.taken(), grants })
  } catch (error) {
    tally.wrong.push(
      `${caller.name}: ${(error as Error).message}\n${answer.text.slice(0, 600)}\n${study.logged.slice(-2).join('')}${asCurl(request)}`,
    )
  }
  tally.statuses.set(answer.status, (tally.statuses.get(answer.status) ?? 0) + 1)
  if (answer.status < 400) {
    tally.reached.add(`${operation.method} ${operation.path}`)
    if (answer.type.startsWith('application/json') && answer.text !== '' && caller.study === 's1' && answer.text.length < 200_000)
      learn(words, JSON.parse(answer.text))
  }
  if (answer.status === 401 && caller.renew) caller.headers = await caller.renew().catch(() => caller.headers)
  study.watch.taken()
  study.logged.length = 0
}

/** Whether it is somebody's business to ask this. */
function suits({ kind, roles = [] }: Caller, { method, path }: Operation): boolean {
  const policy = policyOf(method, path)
  if (policy === undefined) return kind === 'participant'
  if (policy === 'half signed in') return kind === 'half'
  if (typeof policy === 'string') return kind === 'staff'
  const permission = 'may' in policy ? policy.may : policy.mayAnywhere
  return roles.some((role) => (staffRoles[role] as readonly Permission[]).includes(permission))
}

async function send({ app }: FuzzedStudy, { method, url, headers, body }: Fuzzed, random: Random) {
  const remoteAddress = `10.${[1, 2, 3].map(() => Math.floor(random() * 256)).join('.')}`
  const hangs = Promise.withResolvers<never>()
  const timer = setTimeout(() => hangs.reject(new Error(`no answer within ${patience} ms`)), patience)
  try {
    const asked = app.request(new Request(new URL(`http://meting.example${url}`), { method, headers, ...(body && { body }) }), undefined, {
      incoming: { socket: { remoteAddress, remotePort: 1, remoteFamily: 'IPv4' } },
    })
    const answer = await Promise.race([asked, hangs.promise])
    return {
      status: answer.status,
      type: answer.headers.get('Content-Type') ?? '',
      text: await Promise.race([answer.text(), hangs.promise]),
    }
  } finally {
    clearTimeout(timer)
  }
}

const grantsNow = ({ context }: FuzzedStudy, { staffId }: Caller) =>
  staffId === undefined
    ? []
    : context.stores.identity.read.all<{ studyId: string; role: never; region: string }>(
        `SELECT study_id AS "studyId", role, region FROM staff_roles WHERE staff_id = '${staffId}'`,
      )

/** Work that goes on after the answer is over, so that what it writes is its own. */
async function settled({ rows }: FuzzedStudy): Promise<void> {
  const running = `SELECT id FROM imports WHERE state = 'registering' UNION ALL SELECT id FROM jobs WHERE state IN ('looking', 'doing')
    UNION ALL SELECT id FROM export_jobs WHERE ended_at IS NULL UNION ALL SELECT id FROM reports WHERE ended_at IS NULL`
  while (rows(running).length > 0) await new Promise((resolve) => setTimeout(resolve, 10))
}
