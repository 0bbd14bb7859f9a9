/**
 * The page's own saving and sending, on a network that loses, delays, repeats and reorders: at the end the server holds exactly
 * what the page said was saved. SEQUENCES says how many random ones: some in `npm test`, 1,000 in `npm run test:faults`.
 */
import { type TestContext, test } from 'node:test'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import type { Answers } from '../../instruments/schema.ts'
import { address, family } from '../harness/family.ts'
import type { Fate } from '../harness/faulty-network.ts'
import { Respondent } from '../harness/respondent.ts'
import { startStudyServer } from '../harness/study-server.ts'
import { type Action, SavingLane } from './saving-lane.ts'

const sequences = Number(process.env.SEQUENCES ?? 120)
/** Sequences that go on at the same time, each with a list of its own. */
const lanes = 8
/** The same ones each time in `npm test`, others in `npm run test:faults`. */
const seed = Number(process.env.SEED ?? (process.env.SEQUENCES ? Date.now() % 2 ** 31 : 20261122))

const item = fc.constantFrom('veo01', 'veo02', 'veo03', 'veo06', 'veo10', 'veo12')
const value = fc.integer({ min: 1, max: 4 })
const short = fc.constantFrom(0, 2, 8, 30)
const is = <Word extends string>(...words: Word[]) => fc.constantFrom(...words)

const fate: fc.Arbitrary<Fate> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: is('pass') }) },
  { weight: 2, arbitrary: fc.record({ do: is('delay'), before: short, after: short }) },
  { weight: 2, arbitrary: fc.record({ do: is('lose request', 'lose answer') }) },
  { weight: 1, arbitrary: fc.record({ do: is('arrive late', 'again'), after: short }) },
  { weight: 1, arbitrary: fc.record({ do: is('twice'), hears: fc.constantFrom(0 as const, 1 as const) }) },
  { weight: 1, arbitrary: fc.record({ do: is('portal') }) },
)

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: is('answer'), item, value }) },
  { weight: 4, arbitrary: fc.record({ do: is('wait'), milliseconds: fc.constantFrom(1, 5, 15, 40) }) },
  { weight: 1, arbitrary: fc.record({ do: is('take back'), item }) },
  { weight: 3, arbitrary: fc.record({ do: is('turn page', 'turn back', 'hide', 'come online') }) },
  { weight: 1, arbitrary: fc.record({ do: is('lose reach'), requests: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 1, arbitrary: fc.record({ do: is('reload'), killed: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: is('elsewhere'), item, value, keepsMine: fc.boolean() }) },
)

const many = { size: 'max' } as const
const sequence = fc.tuple(
  fc.array(action, { minLength: 5, maxLength: 25, ...many }),
  fc.array(fate, { maxLength: 30, ...many }),
  fc.array(fate, { maxLength: 6, ...many }),
)

test(`${sequences} random sequences of lost, late, repeated and reordered messages: the server holds exactly what the page said was saved`, async (t) => {
  t.diagnostic(`SEED=${seed}`)
  const opened = await openLanes(t)
  await Promise.all(
    opened.map((lane, index) =>
      fc.assert(
        fc.asyncProperty(sequence, ([actions, fates, last]) => lane.live(actions, fates, last)),
        { numRuns: Math.ceil(sequences / lanes), seed: seed + index },
      ),
    ),
  )
})

/** A list for each of so many parents, who have it open on a phone behind a faulty network and on another device. */
async function openLanes(t: TestContext): Promise<SavingLane[]> {
  const study = await startStudyServer(t)
  const codes = Array.from({ length: lanes }, (_, index) => `N-${index}`)
  await study.register(...codes.map((code) => family(code)))
  await study.tick()
  const disk = new Database(`${study.environment.DATA_DIR}/study.sqlite`)
  disk.exec(`
    CREATE TABLE draft_history (id TEXT, revision INTEGER, answers TEXT, save TEXT);
    CREATE TRIGGER draft_begun AFTER INSERT ON drafts BEGIN
      INSERT INTO draft_history VALUES (NEW.assignment_id, NEW.revision, NEW.answers, NEW.save_id); END;
    CREATE TRIGGER draft_saved AFTER UPDATE ON drafts BEGIN
      INSERT INTO draft_history VALUES (NEW.assignment_id, NEW.revision, NEW.answers, NEW.save_id); END;`)
  const cookies = new Map<SavingLane, string>()
  for (const code of codes) {
    const [mine, other] = [new Respondent(study.origin), new Respondent(study.origin)]
    const link = study.mail.linkTo(address('parent', code))
    await mine.open(link)
    await mine.consent()
    await other.open(link)
    const [list] = study.rows<{ id: string }>(
      `SELECT a.id FROM assignments a JOIN cases c ON c.id = a.case_id WHERE c.code = '${code}' AND a.instrument_id = 'veo' AND a.wave = 'T0'`,
    )
    cookies.set(await SavingLane.open(list?.id ?? '', study.origin, disk, other), mine.cookie)
  }
  const direct = browse(cookies, study.origin)
  t.after(async () => {
    globalThis.fetch = direct
    for (const lane of cookies.keys()) await lane.close()
    disk.close()
  })
  return [...cookies.keys()]
}

/** The page's `fetch`: its own addresses over the faulty network of the list, with the cookies of its browser. Returns the one before. */
function browse(cookies: Map<SavingLane, string>, site: string): typeof fetch {
  const direct = globalThis.fetch
  globalThis.fetch = async (input, init = {}) => {
    const [lane, cookie] = [...cookies].find(([{ id }]) => typeof input === 'string' && input.startsWith(`/api/assignments/${id}`)) ?? []
    if (!lane) return await direct(input, init)
    const { method, body, signal, headers } = init as RequestInit & { headers: Record<string, string> }
    const note = (revision: number | null): void => {
      if (method !== 'PUT') return
      const { save, answers } = JSON.parse(String(body)) as { save: string; answers: Answers }
      lane.noteSave(save, answers, revision)
    }
    note(null)
    const answer = await direct(`${lane.network.origin}${input}`, {
      ...(method && { method }),
      ...(body && { body }),
      ...(signal && { signal }),
      headers: { ...Object.fromEntries(new Headers(headers)), Cookie: cookie ?? '', Origin: site },
    })
    const isOurs = answer.headers.get('Content-Type')?.includes('json')
    if (answer.ok && isOurs) note(((await answer.clone().json()) as { revision?: number }).revision ?? null)
    return answer
  }
  return direct
}
