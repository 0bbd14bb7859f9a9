/**
 * The power goes while participants submit and have all removed, and staff register: a run is recorded with the bytes of every write and
 * with every sync, and what the disk may hold is put together for many moments of it. CUTS says how many.
 */
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { erasureListIn } from '../../server/backup/erasure-list.ts'
import { readErasureList } from '../../server/backup/read-erasure-list.ts'
import { openPlaces } from '../../server/backup/whole-copy.ts'
import { systemClock } from '../../server/clock.ts'
import { openStores, type Stores } from '../../server/db/open.ts'
import { type Random, shuffled } from '../../server/demo/random.ts'
import { journalLines } from '../../server/workflow/journal-lines.ts'
import { listErasures } from '../../server/workflow/list-erasures.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { type ManySessions, manySessions, type OpenList, submission } from '../harness/many-sessions.ts'
import { figure, seeded } from '../harness/seed.ts'
import { serve } from '../harness/serving.ts'
import { nothingTold, type Told } from './at-work.ts'
import { Disk, someCut } from './disk.ts'
import { assertWhole } from './left-behind.ts'
import { type FileCall, type SystemCall, strace, systemCalls } from './system-calls.ts'

const cuts = Number(process.env.CUTS ?? 40)
/** How much happens: so many submissions in each of two lives of the server. */
const submissions = cuts > 100 ? 120 : 24
const files = ['identity.sqlite', 'study.sqlite']

test(`${cuts} cuts of the power: every acknowledged answer, registration and removal is there, and both databases are whole`, {
  skip: process.platform !== 'linux' && 'strace is for Linux',
}, async (t) => {
  const random = seeded(t)
  const folder = temporaryFolder(t)
  const study = await manySessions(folder, Math.ceil(submissions / 2) + 10)
  const before = Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name))]))
  const calls: SystemCall[] = []
  for (const life of [1, 2]) {
    const trace = join(temporaryFolder(t), 'trace')
    const server = await serve(study.environment, strace(trace))
    t.after(() => server.kill())
    await work(study, server.origin, `L${life}`)
    // The first time everything is folded into the files.
    await (life === 1 ? server.stop() : server.kill())
    for await (const call of systemCalls(trace, folder)) calls.push(call)
  }
  const all = replay(before, calls)
  assert.ok(all.told.submitted.size >= submissions, `only ${all.told.submitted.size} acknowledgements were found in the trace`)
  assert.ok(all.told.registered.size > 0 && all.told.erased.size > 0)

  // After each call by which a file changed or was synced, or somebody was told.
  const risky = calls.flatMap(({ call }, index) => (call === 'received' ? [] : [index + 1]))
  const chosen = shuffled(random, risky)
    .slice(0, cuts)
    .sort((a, b) => a - b)
  assert.equal(chosen.length, Math.min(cuts, risky.length))
  const place = join(temporaryFolder(t), 'after')
  const replaying = replayer(before)
  let next = 0
  for (const moment of chosen) {
    for (; next < moment; next++) replaying.take(calls[next])
    await assertStarts(place, replaying, random)
  }
  figure(t, 'power cuts', chosen.length)
  figure(t, 'writes and syncs in the recorded run', calls.filter(({ call }) => call !== 'received' && call !== 'answered').length)
  figure(t, 'submissions acknowledged in the recorded run', all.told.submitted.size)
  figure(t, 'acknowledged before power cuts and lost', 0)
})

/** Eight at once who submit, somebody who registers, and two who have all removed. */
async function work({ lists, manager }: ManySessions, origin: string, life: string): Promise<void> {
  const leavers = [lists.pop(), lists.pop()].filter((list) => list !== undefined)
  const isTheirs = ({ session }: OpenList) => leavers.some((leaver) => leaver.session === session)
  const own = lists.filter((list) => !isTheirs(list)).slice(0, submissions)
  lists.splice(0, lists.length, ...lists.filter((list) => !isTheirs(list) && !own.includes(list)))
  const submit = async (list: OpenList): Promise<void> => {
    const { path, ...request } = submission(list)
    const answer = await fetch(`${origin}${path}`, request)
    assert.equal(answer.status, 200, await answer.text())
  }
  const leave = async (list: OpenList): Promise<void> => {
    await submit(list)
    const headers = { Cookie: `nameting=${list.session}`, 'Content-Type': 'application/json' }
    const answer = await fetch(`${origin}/api/packet/withdraw`, { method: 'POST', headers, body: JSON.stringify({ erase: true }) })
    assert.equal(answer.status, 200, await answer.text())
  }
  const submitAll = async (): Promise<void> => {
    for (let list = own.pop(); list; list = own.pop()) await submit(list)
  }
  const registerAll = async (): Promise<void> => {
    for (const number of [1, 2, 3]) {
      const code = `P-${life}-${number}`
      const participants = [{ role: 'parent', name: 'Ouder Voorbeeld', email: `${code}@voorbeeld.example`, language: 'nl' }]
      const anchors = { referral: new Date().toISOString().slice(0, 10) }
      const entry = { code, arm: 'conference', cohort: 'prospective', anchors, participants }
      const { status, body } = await manager.call('POST /studies/s1/cases', entry)
      assert.equal(status, 201, JSON.stringify(body))
    }
  }
  await Promise.all([...Array.from({ length: 8 }, submitAll), registerAll(), ...leavers.map(leave)])
}

const sessionOf = (request: string): string => /nameting=([\w-]+)/.exec(request)?.[1] ?? ''

interface Replay {
  disk: Disk
  /** `erased`: assignments of whom everything is gone. */
  told: Told & { erased: Set<string> }
  take(call: SystemCall | undefined): void
}

/** What is on the disk, and what was acknowledged, after each call. */
function replayer(before: Record<string, Buffer>): Replay {
  const disk = new Disk(before)
  const told = { ...nothingTold(), erased: new Set<string>() }
  const asked = new Map<string, string>()
  /** By session, what they submitted. */
  const by = new Map<string, Set<string>>()
  return { disk, told, take }

  function take(call: SystemCall | undefined): void {
    if (call === undefined) return
    if (!('socket' in call)) change(call)
    else if (call.call === 'received') receive(call.socket, call.text)
    else answer(call.socket, call.text)
  }

  function change(call: FileCall): void {
    if (call.call === 'open') disk.open(call.name)
    else if (call.call === 'write') disk.write(call.name, call.at, call.bytes)
    else if (call.call === 'append') disk.append(call.name, call.bytes)
    else if (call.call === 'truncate') disk.truncate(call.name, call.length)
    else if (call.call === 'unlink') disk.unlink(call.name)
    else if (call.call === 'sync') disk.sync(call.name)
    else disk.syncFolder()
  }

  function receive(socket: string, text: string): void {
    const request = (asked.get(socket) ?? '') + text
    asked.set(socket, request)
    // From here on their answers may be there or not.
    if (request.startsWith('POST /api/packet/withdraw ')) for (const list of by.get(sessionOf(request)) ?? []) told.submitted.delete(list)
  }

  function answer(socket: string, text: string): void {
    if (text.startsWith('HTTP/1.1 20')) acknowledge(asked.get(socket) ?? '')
    asked.delete(socket)
  }

  function acknowledge(request: string): void {
    const session = sessionOf(request)
    const list = /^POST \/api\/assignments\/([\w-]+)\/submit /.exec(request)?.[1]
    const code = /^POST \/api\/desk\/studies\/s1\/cases [\s\S]*"code":"([\w-]+)"/.exec(request)?.[1]
    if (list) {
      told.submitted.add(list)
      by.set(session, (by.get(session) ?? new Set()).add(list))
    } else if (code) told.registered.add(code)
    else if (request.startsWith('POST /api/packet/withdraw ')) for (const gone of by.get(session) ?? []) told.erased.add(gone)
  }
}

function replay(before: Record<string, Buffer>, calls: readonly SystemCall[]): Replay {
  const replaying = replayer(before)
  for (const call of calls) replaying.take(call)
  return replaying
}

/** What the first pass makes of the list: it can be read as a whole, and has whatever the journal has. */
async function assertListed(stores: Stores, place: string): Promise<void> {
  await listErasures({ stores, place: { data: place }, backups: undefined, clock: systemClock })
  const list = existsSync(erasureListIn(place)) ? await readErasureList(erasureListIn(place)) : { lines: [], unread: [] }
  assert.deepEqual(openPlaces(list), [])
  const events = new Set(list.lines.map(({ event }) => event))
  for await (const lines of journalLines(stores.study.read, 'any', 0))
    assert.deepEqual(
      lines.filter(({ event }) => !events.has(event)),
      [],
      'a wish is not in the list',
    )
}

/** The next start: no hand is needed, and what was acknowledged is there. */
async function assertStarts(place: string, { disk, told }: Replay, random: Random): Promise<void> {
  const cut = someCut(random)
  rmSync(place, { recursive: true, force: true })
  mkdirSync(place)
  for (const [name, bytes] of disk.afterCut(random, cut)) writeFileSync(join(place, name), bytes)
  try {
    const stores = await openStores({ data: place })
    const stored = new Set(stores.study.read.all<{ id: string }>('SELECT assignment_id AS id FROM responses' as never).map(({ id }) => id))
    assert.deepEqual([...told.erased.intersection(stored)], [], 'what was removed is there again')
    const gone = stores.study.read.all<{ id: string; who: string }>('SELECT id, participant_id AS who FROM assignments' as never)
    const listed = existsSync(erasureListIn(place)) ? (await readErasureList(erasureListIn(place))).lines : []
    const erased = new Set(listed.filter(({ what }) => what === 'answers erased').map(({ participant }) => participant))
    assert.deepEqual(
      gone.filter(({ id, who }) => told.erased.has(id) && !erased.has(who)),
      [],
      'what was removed is not in the list of erasures',
    )
    await assertListed(stores, place)
    await stores.study.close()
    await stores.identity.close()
    await assertWhole(place, told)
  } catch (reason) {
    throw new Error(`after a cut with ${JSON.stringify(cut)}`, { cause: reason })
  }
}
