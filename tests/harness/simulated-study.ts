/**
 * A whole study with invented people: mail arrives over SMTP, whoever feels like it opens the link and answers over HTTP, day
 * after day until every window is over. All that the people do follows from a seed; what they did is written down here, by
 * themselves, so that a test can hold it beside what the server says.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import type { Answers } from '../../instruments/schema.ts'
import { onlyIn } from '../../instruments/translation.ts'
import { later } from '../../protocols/local-time.ts'
import { type Random, randomOf } from '../../server/demo/random.ts'
import { simulateAnswers } from '../../server/demo/simulate-answers.ts'
import type { CaseEntry } from '../../server/workflow/check-case.ts'
import type { assignmentToFillIn } from '../../server/workflow/save-draft.ts'
import { nameting } from './command.ts'
import { temporaryFolder } from './data-folder.ts'
import { Respondent } from './respondent.ts'
import { type StudyServer, startStudyServer } from './study-server.ts'

/** A day of the study, `YYYY-MM-DD`. */
export type Day = string

export interface Script {
  protocol: string
  seed: string
  first: Day
  /** Cases, by the day on which they come in. */
  cases: { on: Day; entry: CaseEntry }[]
  /** What staff do, on the day it becomes known. */
  happenings: { on: Day; does: (study: StudyServer) => Promise<unknown> }[]
  /** How people are: chances, by role. */
  people: (role: string) => Temper
}

export interface Temper {
  /** That a mail is followed by a visit. */
  answers: number
  /** That a visitor declines at the page with the consent. */
  declines: number
  /** That a visitor stops with the study altogether. */
  withdraws: number
  /** That a list of the packet is left for another time. */
  leaves: number
}

/** A list that somebody filled in, as they remember it. */
export interface Filled {
  code: string
  role: string
  number: number
  wave: string
  instrument: string
  answers: Answers
}

export interface Lived {
  study: StudyServer
  filled: Filled[]
  /** Addresses of those who declined or withdrew, with the day. */
  stopped: Map<string, Day>
  /** What each address said to each purpose, last. */
  consents: Map<string, Record<string, boolean>>
  mails: number
  /** Rows of `assignments.csv` of the export at the end. */
  assignments: Record<string, string>[]
  /** The folder of that export, as CSV and for SPSS. */
  directory: string
  /** Another CSV file of it. */
  exported(file: string): Record<string, string>[]
}

/** One person of the invented kind. Their address says who they are, so that the test needs no table of people. */
export const person = (code: string, role: string, number = 1): CaseEntry['participants'][number] => ({
  role,
  name: `${role} ${number} Verzonnen ${code}`,
  email: addressOf(code, role, number),
  language: 'nl',
})

export const addressOf = (code: string, role: string, number = 1): string => `${role}.${number}.${code.toLowerCase()}@verzonnen.example`

export function whoIs(address: string): { code: string; role: string; number: number } {
  const [, role = '', number, code = ''] = /^([a-z-]+)\.(\d+)\.(.+)@verzonnen\.example$/.exec(address) ?? assert.fail(address)
  return { code: code.toUpperCase(), role, number: Number(number) }
}

export const dayAfter = (day: Day, days: number): Day => Temporal.PlainDate.from(day).add({ days }).toString()

/** Lives through the study, and exports it. */
export async function live(test: Parameters<typeof startStudyServer>[0], script: Script): Promise<Lived> {
  const study = await startStudyServer(test, `${script.first}T06:00:00Z`, { entry: { protocol: script.protocol } })
  const directory = join(temporaryFolder(test), 'export')
  const lived: Lived = {
    study,
    filled: [],
    stopped: new Map(),
    consents: new Map(),
    mails: 0,
    assignments: [],
    directory,
    exported: (file) => parse(readFileSync(join(directory, file)), { columns: true, bom: true }),
  }
  for (let day = script.first; ; day = dayAfter(day, 1)) {
    study.clock.set(`${day}T06:30:00Z`)
    const entries = script.cases.filter(({ on }) => on === day).map(({ entry }) => entry)
    if (entries.length > 0) await study.register(...entries)
    for (const { does } of script.happenings.filter(({ on }) => on === day)) await does(study)
    // After the hour at which mail goes out, in summer and in winter.
    study.clock.set(`${day}T12:00:00Z`)
    const { problems } = await study.tick()
    assert.deepEqual(problems, [])
    await everybodyReads(script, lived, day)
    if (day >= lastDay(script) && unfinished(study) === 0) break
  }
  const words = ['--study', study.study.id, '--out', directory, '--format', 'csv', 'sav']
  const { code, stderr } = await nameting(study.environment, 'export', ...words)
  assert.equal(code, 0, stderr)
  lived.assignments = lived.exported('assignments.csv')
  return lived
}

const lastDay = ({ cases, happenings }: Script): Day => [...cases, ...happenings].map(({ on }) => on).reduce(later)

const unfinished = ({ rows }: StudyServer): number =>
  rows<{ n: number }>("SELECT count(*) AS n FROM assignments WHERE state NOT IN ('completed', 'expired', 'cancelled')")[0]?.n ?? -1

async function everybodyReads(script: Script, lived: Lived, day: Day): Promise<void> {
  const { mail } = lived.study
  const mails = mail.accepted.splice(0)
  lived.mails += mails.length
  for (const { recipients, text } of mails) {
    const address = recipients[0] ?? assert.fail('a mail to nobody')
    const random = randomOf(script.seed, address, day)
    const temper = script.people(whoIs(address).role)
    const link = text?.match(/https?:\/\/\S+\/l\/[A-Za-z0-9_-]+/)?.[0]
    // The only mail without a link is the one that confirms to somebody that they stopped.
    if (!link) assert.ok(lived.stopped.has(address), `no link in the mail to ${address}`)
    else if (random() < temper.answers) await visit({ lived, day, address, random, temper }, link)
  }
}

interface Visit {
  lived: Lived
  day: Day
  address: string
  random: Random
  temper: Temper
}

async function visit({ lived, day, address, random, temper }: Visit, link: string): Promise<void> {
  const respondent = new Respondent(lived.study.origin)
  await respondent.open(link)
  const packet = await respondent.packet()
  if (random() < temper.withdraws) {
    assert.equal((await respondent.request('POST', '/api/packet/withdraw', {})).status, 200)
    lived.stopped.set(address, day)
    return
  }
  if (packet.consents.some(({ given }) => given === null)) {
    const declines = random() < temper.declines
    const given = Object.fromEntries(packet.consents.map(({ purpose, required }) => [purpose, required ? !declines : random() < 0.7]))
    const { status } = await respondent.request('POST', '/api/packet/consents', { given, language: 'nl' })
    assert.equal(status, 200)
    lived.consents.set(address, given)
    if (declines) {
      lived.stopped.set(address, day)
      return
    }
  }
  const { assignments } = await respondent.packet()
  for (const { id, wave, state } of assignments)
    if (state !== 'completed' && random() >= temper.leaves) await fillIn({ lived, day, address, random, temper }, respondent, id, wave)
}

type ToFillIn = Awaited<ReturnType<typeof assignmentToFillIn>>

async function fillIn({ lived, day, address, random }: Visit, respondent: Respondent, id: string, wave: string): Promise<void> {
  const { status, body } = await respondent.request<ToFillIn>('GET', `/api/assignments/${id}`)
  assert.equal(status, 200)
  const { instrument } = body
  const definition = lived.study.context.definitions.instruments.need(`${instrument.id}@${instrument.version}`)
  // Every text in their own language only: those who are simulated read Dutch.
  assert.deepEqual(instrument.survey, onlyIn(definition.survey, 'nl'))
  const { answers, skipped } = simulateAnswers(definition, random, { aims: {}, leaveOpen: 0.05, today: day })
  const submitted = await respondent.submit(id, answers, skipped)
  assert.equal(submitted.status, 200, JSON.stringify(submitted.body))
  lived.filled.push({ ...whoIs(address), wave, instrument: instrument.id, answers })
}

/** How many there are of each key, in the order of the keys. */
export function tally(keys: string[]): Record<string, number> {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
}
