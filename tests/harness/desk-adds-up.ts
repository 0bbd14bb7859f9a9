/** What holds for the figures of the desk at any moment, beside a ledger that somebody else kept. */
import assert from 'node:assert/strict'
import { type Random, shuffled } from '../../server/demo/random.ts'
import type { flowOfFamilies } from '../../server/workflow/flow-of-families.ts'
import type { CaseList } from '../../server/workflow/list-cases.ts'
import type { ResponseCell, ResponseTable } from '../../server/workflow/response-table.ts'
import { studyFlow } from '../../server/workflow/study-flow.ts'
import type { whatNeedsSomebody } from '../../server/workflow/today.ts'
import { type LedgerFamily, waves } from './family-ledger.ts'
import type { StaffClient } from './staff.ts'
import type { StudyServer } from './study-server.ts'

type Flow = Awaited<ReturnType<typeof flowOfFamilies>>
type Today = Awaited<ReturnType<typeof whatNeedsSomebody>>

interface Looking {
  server: StudyServer
  staff: StaffClient
  /** Those that have come in, and of these those that do not belong in the study at this moment. */
  families: LedgerFamily[]
  mistakes: LedgerFamily[]
  random: Random
}

const fates = ['completed', 'open', 'ahead', 'calledOff', 'expired', 'dropped'] as const
/** How far families came: each step is taken by some of those who took the one before. */
const steps = ['asked', 'sent', 'opened', 'started'] as const
const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0)

/** Everything that the desk counts, beside the ledger and beside itself. */
export async function assertDeskAddsUp(looking: Looking): Promise<void> {
  const { server, families, mistakes } = looking
  const count = (holds: (family: LedgerFamily) => boolean): number => families.filter(holds).length
  const stopped = { refused: count(({ said }) => said === 'refused'), withdrew: count(({ said }) => said === 'withdrew') }
  const flow = await get<Flow>(looking, 'flow')
  const active = assertFlow(flow, stopped, { registered: families.length, mistakes: mistakes.length })
  // Counted by other means, from the records themselves.
  const { reasons: _, ...recorded } = (await studyFlow(server.context.stores.study.read, server.context.definitions, 's1')).all
  assert.deepEqual(recorded, { registered: families.length, mistakes: mistakes.length, ...stopped, active, nobody: 0 })

  const table = await get<ResponseTable>(looking, 'response')
  assert.deepEqual([table.cases, table.behind], [families.length, 0])
  const parents = table.roles.find(({ role }) => role === 'parent')?.waves ?? []
  assert.deepEqual(parents, flow.waves)
  for (const row of [{ role: 'parent', instrument: undefined, waves: parents }, ...table.rows])
    for (const cell of row.waves) if (cell && ['parent', 'referrer'].includes(row.role)) await assertCell(looking, row, cell)

  await assertLists(looking, { ...stopped, active, nobody: 0, mistake: mistakes.length })
  assertToday(looking, await get<Today>(looking, 'today'))
}

async function get<Body>({ staff }: Looking, path: string): Promise<Body> {
  const { status, body } = await staff.call(`GET /studies/s1/${path}`)
  assert.equal(status, 200, `${path}: ${JSON.stringify(body)}`)
  return body as Body
}

/** Returns how many take part. */
function assertFlow(
  { all, groups, reasons, behind }: Flow,
  stopped: { refused: number; withdrew: number },
  { registered, mistakes }: { registered: number; mistakes: number },
): number {
  const { going, complete, ...others } = all
  assert.deepEqual([others, behind], [{ registered, mistakes, ...stopped, nobody: 0 }, 0])
  const active = registered - stopped.refused - stopped.withdrew
  assert.equal(going + complete, active)
  for (const name of Object.keys(all) as (keyof typeof all)[]) assert.equal(sum(groups.map((group) => group[name])), all[name], name)
  for (const name of ['refused', 'withdrew'] as const)
    assert.equal(sum(reasons.flatMap(({ family, cases }) => (family === name ? [cases] : []))), stopped[name], name)
  return active
}

/** One cell of the table: of a list, or of all lists of a role. */
async function assertCell(looking: Looking, { role, instrument }: { role: string; instrument: string | undefined }, cell: ResponseCell) {
  const { families, random } = looking
  const at = `${role} ${instrument ?? 'any list'} ${JSON.stringify(cell)}`
  const wave = waves.find((one) => one === cell.wave) ?? assert.fail(at)
  const asked = families.filter(({ planned, hasReferrer }) => planned.has(wave) && (role === 'parent' || hasReferrer))
  assert.equal(sum(fates.map((fate) => cell[fate])), asked.length, at)
  assert.equal(sum(cell.reasons.map(({ cases }) => cases)), cell.calledOff, at)
  const [first = 0, ...further] = steps.map((step) => cell[step])
  assert.ok(first <= asked.length && cell.completed <= cell.started, at)
  for (const [index, next] of further.entries()) assert.ok(next <= cell[steps[index] ?? 'asked'], at)
  const isCompleted = ({ completed }: LedgerFamily) => (instrument ? completed.get(wave)?.has(instrument) === true : completed.has(wave))
  assert.equal(cell.completed, role === 'parent' ? families.filter(isCompleted).length : 0, at)

  // Each figure opens into its cases; all of them at every step would take minutes.
  if (random() > 0.1) return
  const [figure = 'asked'] = shuffled(random, [...fates, ...steps])
  const words = new URLSearchParams({ wave, role, figure: figure === 'calledOff' ? 'called off' : figure, limit: '200' })
  if (instrument) words.set('list', instrument)
  const found = await get<CaseList>(looking, `cases?${words}`)
  assert.deepEqual([found.total, found.cases.length], [cell[figure], cell[figure]], `${at}, ${figure}`)
  if (figure === 'completed' && role === 'parent')
    assert.deepEqual(
      found.cases.map(({ code }) => code).toSorted(),
      families.filter(isCompleted).map(({ code }) => code),
    )
}

async function assertLists(looking: Looking, byFamily: Record<string, number>): Promise<void> {
  const total = async (words: string) => (await get<CaseList>(looking, `cases?limit=1&${words}`)).total
  const states = ['answering', 'waiting', 'ended'].map((state) => total(`state=${state}`))
  assert.equal(sum((await Promise.all(states)).map(Number)), looking.families.length)
  for (const [family, expected] of Object.entries(byFamily)) assert.equal(await total(`family=${family}`), expected, family)
  assert.equal(await total('undated=yes'), undated(looking.families).length)
}

/** Whoever is still asked something waits for a date until one is known. */
const undated = (families: LedgerFamily[]): LedgerFamily[] =>
  families.filter(({ isDated, said, hasReferrer }) => !isDated && (said === 'active' || hasReferrer))

function assertToday({ server, families }: Looking, today: Today): void {
  assert.equal(today.undated.total, undated(families).length)
  const removed = families.filter(({ said, stops }) => said !== 'active' && stops?.way === 'has all removed').length
  assert.deepEqual(
    today.tasks.map(({ kind, total }) => [kind, total]),
    removed > 0 ? [['answers erased', removed]] : [],
  )
  const now = Temporal.Instant.from(server.clock.now())
  const { rows, total } = today.closing
  assert.equal(rows.length, Math.min(total, 25))
  for (const { code, role, wave, closesAt } of rows) {
    const hours = now.until(closesAt).total('hours')
    assert.ok(hours >= 0 && hours < 7 * 24, `${code} closes at ${closesAt}`)
    const family = families.find((one) => one.code === code) ?? assert.fail(code)
    // Of whom something closes and nothing came in, nothing did by the ledger either.
    assert.ok(role === 'referrer' || (family.said === 'active' && !waves.some((one) => one === wave && family.completed.has(one))), code)
  }
}
