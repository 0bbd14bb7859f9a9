/**
 * The 63 families of the prospective study, of whom 9 stop (study facts), week after week: whatever the desk counts is held beside a
 * ledger at each step, while families are registered, get a date, answer, and stop at random moments and in random ways.
 */
import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { type Random, randomOf, shuffled } from '../../server/demo/random.ts'
import { simulateAnswers } from '../../server/demo/simulate-answers.ts'
import type { CaseEntry } from '../../server/workflow/check-case.ts'
import type { assignmentToFillIn } from '../../server/workflow/save-draft.ts'
import { completeProtocol } from '../harness/complete-protocol.ts'
import { assertDeskAddsUp } from '../harness/desk-adds-up.ts'
import { drawFamilies, type LedgerFamily } from '../harness/family-ledger.ts'
import { Respondent } from '../harness/respondent.ts'
import { addressOf, dayAfter, person } from '../harness/simulated-study.ts'
import { type StaffClient, staffAt } from '../harness/staff.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

const first = '2026-03-02'
/** A step a week, until the last window has closed. */
const weeks = Array.from({ length: 61 }, (_, week) => 7 * week)
const desk = '/studies/s1'
const reason = 'Zo gevraagd'

interface Step {
  server: StudyServer
  staff: StaffClient
  day: number
  random: Random
}

/** In the week that ends on this day. */
const isNow = (on: number, { day }: Pick<Step, 'day'>): boolean => on <= day && on > day - 7

test('63 families of whom 9 stop at random moments, and 5 registered twice: what the desk counts adds up at each step', async (t) => {
  const seed = process.env.SEED ?? String(randomInt(1_000_000))
  t.diagnostic(`SEED=${seed}`)
  const random = randomOf('every step', seed)
  const families = drawFamilies(random)
  const server = await startStudyServer(t, `${first}T06:00:00Z`, { entry: { protocol: completeProtocol } })

  for (const day of weeks) {
    const date = dayAfter(first, day)
    const at = async (hour: string): Promise<Step> => {
      server.clock.set(`${date}T${hour}:00:00Z`)
      // Nobody stays signed in for a week, nor for a morning.
      return { server, staff: await staffAt(server, 'data manager'), day, random }
    }
    const morning = await at('06')
    const here = families.filter(({ comes }) => comes <= day)
    await register(
      morning.staff,
      here.filter(({ comes }) => isNow(comes, morning)),
      date,
    )
    for (const family of here)
      if (family.dated <= day && !family.isDated && !family.isOut && family.said === 'active') await setDate(morning.staff, family, date)

    for (const family of here) await takingOut(morning, family)
    const noon = await at('12')
    assert.deepEqual((await server.tick()).problems, [])
    // Whoever stops and answers in the same week does so in either order.
    for (const family of here) for (const turn of shuffled(random, [answering, stopping])) await turn(noon, family)
    try {
      await assertDeskAddsUp({
        server,
        staff: noon.staff,
        families: here.filter(({ isOut }) => !isOut),
        mistakes: here.filter(({ isOut }) => isOut),
        random,
      })
    } catch (cause) {
      throw new Error(`on day ${day}, with SEED=${seed}`, { cause })
    }
  }
  assert.equal(families.filter(({ said }) => said !== 'active').length, 9)
})

/** A family that was registered twice is taken out, and put back where that was the mistake. */
async function takingOut({ staff: { call }, day }: Step, family: LedgerFamily): Promise<void> {
  const { code, double } = family
  if (!double) return
  const isOut = double.out <= day && day < double.back
  if (isOut === family.isOut) return
  const asked = isOut ? { code: 'double', sameAs: double.of, reason } : { reason }
  assert.equal((await call(`POST ${desk}/cases/${code}/${isOut ? 'taking-out' : 'putting-back'}`, asked)).status, 200, code)
  family.isOut = isOut
}

/** Those of the first day from a file, whoever comes later one by one. */
async function register({ call }: StaffClient, families: LedgerFamily[], date: string): Promise<void> {
  const entries = families.map((family) => entryOf(family, date))
  if (entries.length < 40) {
    for (const entry of entries) assert.equal((await call(`POST ${desk}/cases`, entry)).status, 201)
  } else {
    const rows = entries.flatMap(({ code, arm, cohort, participants }) =>
      participants.map(({ role, name, email }) => [code, arm, cohort, date, role, name, email, 'nl'].join()),
    )
    const csv = ['case_code,arm,cohort,referral_date,role,name,email,language', ...rows].join('\n')
    const { id } = (await call(`POST ${desk}/imports`, { csv })).body
    const state = async (): Promise<string> => (await call(`GET ${desk}/imports/${id}`)).body.state
    for (let now = await state(); now !== 'done'; now = await state()) {
      assert.match(now, /^(registering|counting)$/)
      await pause(10)
    }
  }
  for (const { planned } of families) planned.add('T0')
}

const entryOf = ({ code, hasReferrer }: LedgerFamily, date: string): CaseEntry => ({
  code,
  arm: 'undecided',
  cohort: 'prospective',
  anchors: { referral: date },
  participants: ['parent', ...(hasReferrer ? ['referrer'] : [])].map((role) => person(code, role)),
})

async function setDate({ call }: StaffClient, family: LedgerFamily, date: string): Promise<void> {
  const { code, arm, planned } = family
  const anchors = { [arm === 'conference' ? 'conference' : 'decision']: date }
  assert.equal((await call(`POST ${desk}/cases/${code}/place`, { arm, reason })).status, 200)
  assert.equal((await call(`POST ${desk}/cases/${code}/anchors`, { anchors, reason })).status, 200)
  family.isDated = true
  planned.add('FU3').add('FU9')
}

/** Undefined when the link is over: nothing is asked of them between two waves. */
async function atLink({ origin, mail }: StudyServer, { code }: LedgerFamily): Promise<Respondent | undefined> {
  const link = mail.linkTo(addressOf(code, 'parent'))
  if ((await fetch(link)).status === 410) return undefined
  const parent = new Respondent(origin)
  await parent.open(link)
  return parent
}

/** The parent opens the link and fills in what is open of a wave; a list may be left for another time. */
async function answering(step: Step, family: LedgerFamily): Promise<void> {
  const { said, answers, completed } = family
  for (const { wave } of answers.filter(({ on }) => isNow(on, step))) {
    const parent = said === 'active' && (await atLink(step.server, family))
    if (!parent) return
    if ((await parent.packet()).consents.some(({ given }) => given === null)) await parent.consent()
    const open = (await parent.packet()).assignments.filter((one) => one.wave === wave && one.state !== 'completed')
    for (const { id } of open.filter(() => step.random() < 0.9)) {
      const instrument = await fillIn(step, parent, id)
      completed.set(wave, (completed.get(wave) ?? new Set()).add(instrument))
    }
  }
}

async function fillIn({ server, random }: Step, parent: Respondent, id: string): Promise<string> {
  const { instrument } = (await parent.request<Awaited<ReturnType<typeof assignmentToFillIn>>>('GET', `/api/assignments/${id}`)).body
  const definition = server.context.definitions.instruments.need(`${instrument.id}@${instrument.version}`)
  const { answers, skipped } = simulateAnswers(definition, random, { aims: {}, leaveOpen: 0.05 })
  assert.equal((await parent.submit(id, answers, skipped)).status, 200)
  return instrument.id
}

async function stopping(step: Step, family: LedgerFamily): Promise<void> {
  const { code, stops } = family
  if (!stops || !isNow(stops.on, step)) return
  const parent = await atLink(step.server, family)
  // Whoever has no link that still opens rings up.
  if (!parent) stops.way = 'withdraws at the desk'
  assert.equal(await stop(step, family, parent), 200, `${code} ${stops.way}`)
  family.said = stops.way.startsWith('declines') ? 'refused' : 'withdrew'
}

async function stop({ staff }: Step, { code, stops }: LedgerFamily, parent: Respondent | undefined): Promise<number | undefined> {
  const atDesk = async (state: 'declined' | 'withdrawn'): Promise<number> => {
    const { participants } = (await staff.call(`GET ${desk}/cases/${code}`)).body
    const { id } = participants.find(({ role }: { role: string }) => role === 'parent')
    return (await staff.call(`POST ${desk}/cases/${code}/people/${id}/stop`, { state, reason })).status
  }
  switch (stops?.way) {
    case 'declines at the desk':
      return await atDesk('declined')
    case 'withdraws at the desk':
      return await atDesk('withdrawn')
    case 'declines by the link': {
      const given = Object.fromEntries(((await parent?.packet())?.consents ?? []).map(({ purpose }) => [purpose, false]))
      return (await parent?.request('POST', '/api/packet/consents', { given, language: 'nl' }))?.status
    }
    case 'withdraws by the link':
      return (await parent?.request('POST', '/api/packet/withdraw', {}))?.status
    case 'has all removed':
      return (await parent?.request('POST', '/api/packet/withdraw', { erase: true }))?.status
    default:
      return undefined
  }
}
