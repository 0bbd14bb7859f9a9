/** What the sources say of each study (beside the protocols, by hand), and whether the shipped protocols plan just that. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readCondition } from '../../instruments/condition.ts'
import type { Answers } from '../../instruments/schema.ts'
import type { PlanCase } from '../../protocols/case.ts'
import { exampleCase, groupsOf } from '../../protocols/example-case.ts'
import { plan } from '../../protocols/plan.ts'
import type { Protocol } from '../../protocols/schema.ts'
import { readDefinitions, shippedDirectory } from '../../server/definitions/load.ts'

const { norms, protocols } = readDefinitions([shippedDirectory]).definitions

/** Anchors of a case of which all dates are known. */
const everyDate = (protocol: Protocol): Record<string, string> =>
  Object.fromEntries(Object.keys(protocol.anchors).map((anchor) => [anchor, '2026-01-05']))

type Asked = [instrument: string, role: string, ...waves: string[]]

/** What may be asked of a group, as `plan` has it, in alphabetical order. */
function askedOf(protocol: Protocol, arm: string, cohort = Object.keys(protocol.cohorts)[0] as string): Asked[] {
  const { assignments } = plan(protocol, exampleCase(protocol, { arm, cohort, anchors: everyDate(protocol) }))
  const lists = Map.groupBy(assignments, ({ instrument, role }) => `${instrument.id} ${role}`)
  const order = protocol.waves.map(({ id }) => id)
  return [...lists].map(([list, ones]) => [
    ...(list.split(' ') as [string, string]),
    ...ones.map(({ wave }) => wave).toSorted((a, b) => order.indexOf(a) - order.indexOf(b)),
  ])
}

const sorted = (rows: Asked[]): Asked[] => rows.toSorted((a, b) => (a.join() < b.join() ? -1 : 1))

const same = (found: Asked[], expected: Asked[]): void => assert.deepEqual(sorted(found), sorted(expected))

describe('familie-aan-zet', () => {
  const protocol = protocols.need('familie-aan-zet@0.5.0-standin')

  /** Table 2.1 of the report: instrument, source, waves, and families (R retrospective, P prospective). */
  const table21: [instrument: string, source: string, waves: string[], families: 'R + P' | 'P' | 'P sample' | 'shadow'][] = [
    ['frek', 'coordinator', ['T0'], 'R + P'],
    ['cvc', 'referrer', ['T0'], 'P'],
    ['zap-kort', 'file-researcher', ['T0', 'FU3', 'FU9'], 'R + P'],
    ['nosik', 'parent', ['T0'], 'P'],
    ['nosi-b', 'parent', ['T0'], 'P'],
    ['veo', 'parent', ['T0', 'FU3', 'FU9'], 'P'],
    ['pul', 'parent', ['T0', 'FU3', 'FU9'], 'P'],
    ['succint-referrer', 'referrer', ['FU3', 'FU9'], 'P'],
    ['succint-informant', 'informant', ['FU3', 'FU9'], 'P'],
    ['fufrek', 'coordinator', ['FU3'], 'R + P'],
    ['interview-ekc-referrer', 'interviewer', ['FU9'], 'P sample'],
    ['interview-ekc-parent', 'interviewer', ['FU9'], 'P sample'],
    ['interview-ekc-informant', 'interviewer', ['FU9'], 'P sample'],
    ['interview-ekc-youth', 'interviewer', ['FU9'], 'P sample'],
    ['interview-shadow-referrer', 'interviewer', ['FU9'], 'shadow'],
    ['interview-shadow-parent', 'interviewer', ['FU9'], 'shadow'],
    ['interview-shadow-informant', 'interviewer', ['FU9'], 'shadow'],
    ['interview-shadow-youth', 'interviewer', ['FU9'], 'shadow'],
  ]
  const rows = (...families: string[]): Asked[] =>
    table21.filter(([, , , of]) => families.includes(of)).map(([instrument, source, waves]) => [instrument, source, ...waves])

  /** Nobody of a family without a conference was chosen there, and there is no plan to follow; the sample is of conferences. */
  const withoutConference = ([instrument]: Asked): boolean => !/^(succint-informant|fufrek|interview)/.test(instrument)

  test('its schedule is table 2.1, row by row: prospective families', () => {
    same(askedOf(protocol, 'conference', 'prospective'), rows('R + P', 'P', 'P sample'))
    same(askedOf(protocol, 'non-conference', 'prospective'), rows('R + P', 'P').filter(withoutConference))
  })

  test('retrospective families: the file and what the coordinator registers, nothing of the family', () => {
    same(askedOf(protocol, 'conference', 'retrospective'), rows('R + P'))
    same(askedOf(protocol, 'non-conference', 'retrospective'), rows('R + P').filter(withoutConference))
  })

  test('the rest group: as prospective, without FU9 and without file study', () => {
    const rest = ([instrument, source, ...waves]: Asked): Asked[] => {
      const left = waves.filter((wave) => wave !== 'FU9')
      return instrument === 'zap-kort' || left.length === 0 ? [] : [[instrument, source, ...left]]
    }
    same(askedOf(protocol, 'conference', 'rest'), rows('R + P', 'P').flatMap(rest))
  })

  test('shadow cases: the interviews alone, nine months after the regular decision', () => {
    same(askedOf(protocol, 'shadow', 'shadow'), rows('shadow'))
    const planCase = exampleCase(protocol, { cohort: 'shadow', anchors: { decision: '2026-05-31' } })
    const targets = plan(protocol, planCase).assignments.map(({ target }) => target)
    assert.deepEqual([...new Set(targets)], ['2027-02-28'])
    assert.ok(groupsOf(protocol).every(({ arm, cohort }) => (arm === 'shadow') === (cohort === 'shadow')))
  })

  test('before it is known whether there will be a conference, only the start is planned', () => {
    const { assignments } = plan(protocol, exampleCase(protocol, { arm: 'undecided', anchors: { referral: '2026-01-05' } }))
    assert.deepEqual([...new Set(assignments.map(({ wave }) => wave))], ['T0'])
  })

  test('waves count 3 and 9 months from the conference, or from the decision where there was none', () => {
    const waves = protocol.waves.map(({ id, anchors, offset }) => [id, anchors, offset.months])
    assert.deepEqual(waves, [
      ['T0', ['referral'], 0],
      ['FU3', ['conference', 'decision'], 3],
      ['FU9', ['conference', 'decision'], 9],
    ])
  })

  test("the parents' packet of NOSIK with NOSI-B, VEO and PUL goes out on the day of the referral, before anything is prepared", () => {
    const made = plan(protocol, exampleCase(protocol, { anchors: { referral: '2026-01-05', conference: '2026-03-02' } }))
    const packet = made.assignments.filter(({ role, wave }) => role === 'parent' && wave === 'T0').map(({ instrument }) => instrument.id)
    assert.deepEqual(packet, ['nosik', 'nosi-b', 'veo', 'pul'])
    const invited = made.messages.find(({ role, kind }) => role === 'parent' && kind === 'invitation')
    assert.equal(invited?.at, '2026-01-05T09:00:00.000Z')
  })

  test('a file about dates in the past can still be read, half a year from the day on which the case came in', () => {
    const anchors = { referral: '2005-03-01', conference: '2005-05-02' }
    const planCase = exampleCase(protocol, { cohort: 'retrospective', anchors, registered: '2026-01-05' })
    const closes = plan(protocol, planCase).assignments.map(({ closesAt }) => closesAt)
    assert.deepEqual([...new Set(closes)], ['2026-07-06T22:00:00.000Z'])
  })

  /** A prospective case with a conference, two parents and all others, as somebody registered it. */
  const registered = (facts: Partial<PlanCase>, consents: Record<string, Record<string, boolean>>): PlanCase => ({
    arm: 'conference',
    cohort: 'prospective',
    registeredAt: '2026-01-05T08:00:00.000Z',
    anchors: { referral: '2026-01-05', conference: '2026-03-02' },
    completed: [],
    participants: ['parent', 'parent2', 'referrer', 'informant', 'youth', 'interviewer'].map((id) => ({
      id,
      role: id.replace('2', ''),
      consents: consents[id] ?? {},
    })),
    ...facts,
  })
  const interviews = (planCase: PlanCase): (string | null)[] =>
    plan(protocol, planCase)
      .assignments.filter(({ role }) => role === 'interviewer')
      .map(({ about }) => about)
      .sort()

  test('interviews are held only in the sample of ten, with whoever agreed to be approached', () => {
    const yes = { 'contact-later': true }
    const consents = { parent2: { ...yes, 'contact-child': true }, referrer: yes, informant: { 'contact-later': false } }
    assert.deepEqual(protocol.samples.interviews?.size, 10)
    assert.deepEqual(interviews(registered({}, consents)), [])
    assert.deepEqual(interviews(registered({ samples: ['interviews'] }, consents)), ['parent2', 'referrer', 'youth'])
  })

  test('a child is approached when a parent agreed to it and no parent refused', () => {
    const of = (one?: boolean, other?: boolean) => {
      const word = (given?: boolean): Record<string, boolean> => (given === undefined ? {} : { 'contact-child': given })
      return interviews(registered({ samples: ['interviews'] }, { parent: word(one), parent2: word(other) }))
    }
    assert.deepEqual([of(true), of(true, true), of(true, false), of(false), of()], [['youth'], ['youth'], [], [], []])
  })

  test('each of the two groups of interviews has its weight, over all four schedules', () => {
    const scheduled = (kind: string) => table21.map(([instrument]) => instrument).filter((id) => id.startsWith(`interview-${kind}-`))
    assert.deepEqual(protocol.weights['ekc-interviews']?.instruments, scheduled('ekc'))
    assert.deepEqual(protocol.weights['shadow-interviews']?.instruments, scheduled('shadow'))
    for (const { condition = '' } of Object.values(protocol.weights)) {
      const counts = readCondition(condition)
      const interviews: Answers[] = [
        { held: 1, consent: 1 },
        { held: 2, consent: 1 },
        { held: 1, consent: 0 },
        { held: 0, not_held: 4 },
      ]
      const opinions = interviews.map((one) => counts(one))
      assert.deepEqual(opinions, [true, true, false, false])
    }
  })

  test('shadow cases are matched on the five criteria of the report', () => {
    assert.equal(protocol.matching?.cohort, 'shadow')
    const criteria = Object.keys(protocol.matching?.criteria ?? {})
    assert.deepEqual(criteria, ['same-referrer', 'child-protection', 'child-age', 'question', 'decision-time'])
  })

  test('the reasons that the report names can be recorded', () => {
    const coded = (of: string) => Object.entries(protocol.nonResponse).flatMap(([code, reason]) => (reason.of === of ? [code] : []))
    assert.deepEqual(coded('participant'), ['refused-at-once', 'withdrew'])
    for (const code of [
      'no-file-access',
      'file-not-found',
      'file-archived',
      'moved-province',
      'guardian-refused',
      'no-show',
      'no-time',
      'turned-18',
    ])
      assert.ok(coded('assignment').includes(code), code)
  })
})

describe('netwerkkracht-rotterdam', () => {
  const protocol = protocols.need('netwerkkracht-rotterdam@0.1.0-standin')

  test('two services as they came, followed for two years, and both groups are asked the same', () => {
    assert.deepEqual(Object.keys(protocol.arms), ['ekc', 'wijkteam'])
    assert.equal(protocol.allocation, undefined)
    assert.equal(Math.max(...protocol.waves.map(({ offset }) => offset.months)), 24)
    same(askedOf(protocol, 'ekc'), askedOf(protocol, 'wijkteam'))
  })

  test('problems are counted at the start, and who was asked to think along and the plan after that', () => {
    const waves = (instrument: string) => askedOf(protocol, 'ekc').flatMap(([id, , ...of]) => (id === instrument ? of : []))
    assert.deepEqual(waves('problems-at-start'), ['T0'])
    assert.deepEqual(waves('asked-to-think-along'), ['M6', 'M6'])
  })
})

describe('uva-trial', () => {
  const protocol = protocols.need('uva-trial@0.1.0-standin')

  test('the conference is offered by lot', () => {
    assert.deepEqual(Object.keys(protocol.allocation?.ratio ?? {}), ['offered', 'regular'])
    assert.deepEqual(Object.keys(protocol.arms), ['offered', 'regular'])
  })

  test('parents are measured at the start and 1, 3, 6 and 12 months after the plan, in both arms the same', () => {
    const ofParents = (arm: string) => askedOf(protocol, arm).filter(([, role]) => role === 'parent')
    same(ofParents('offered'), ofParents('regular'))
    const waves = [...new Set(ofParents('offered').flatMap(([, , ...of]) => of))]
    const moments = waves
      .map((id) => protocol.waves.find((wave) => wave.id === id))
      .map((wave) => [wave?.anchors.join(), wave?.offset.months])
    assert.deepEqual(moments, [
      ['start', 0],
      ['plan', 1],
      ['plan', 3],
      ['plan', 6],
      ['plan', 12],
    ])
  })

  test('measured are sources of support, confidence as a parent, child safety, duration of protection, and costs with a price table', () => {
    const lists = askedOf(protocol, 'regular').map(([instrument]) => instrument)
    assert.deepEqual(lists.sort(), ['child-safety', 'parent-confidence', 'protection-duration', 'service-use', 'support-sources'])
    assert.deepEqual(protocol.prices, ['service-prices-nl@0.1.0-standin'])
    assert.equal(norms.priceTables.need('service-prices-nl@0.1.0-standin').currency, 'EUR')
  })

  test('whether the conference took place, and why not, is asked where it was offered, also when there never is a plan', () => {
    const uptake = (arm: string) => askedOf(protocol, arm).filter(([instrument]) => instrument === 'uptake')
    assert.deepEqual(uptake('regular'), [])
    assert.deepEqual(uptake('offered'), [['uptake', 'coordinator', 'U6']])
    const { assignments } = plan(protocol, exampleCase(protocol, { arm: 'offered', anchors: { start: '2026-01-05' } }))
    assert.ok(assignments.some(({ instrument }) => instrument.id === 'uptake'))
  })
})

describe('ekc-yearly', () => {
  const protocol = protocols.need('ekc-yearly@0.1.0-standin')
  const asked = (...outcomes: Record<string, number>[]): string[] => {
    const answered = outcomes.map((answers) => ({ instrument: 'conference-outcome', wave: 'T0', answers }))
    const { hypothetical: _, ...planCase } = exampleCase(protocol, { anchors: { conference: '2026-03-02' } })
    return plan(protocol, { ...planCase, answered }).assignments.map(({ instrument }) => instrument.id)
  }

  test('every conference: its outcome first, FREK, FUFREK and the actions of the plan, all by the coordinator', () => {
    same(askedOf(protocol, 'referred'), [
      ['conference-outcome', 'coordinator', 'T0'],
      ['frek', 'coordinator', 'T0'],
      ['fufrek', 'coordinator', 'FU3'],
      ['plan-actions', 'coordinator', 'FU3'],
    ])
    assert.equal(asked()[0], 'conference-outcome')
  })

  test('what came of a plan is asked only when a conference was held and a plan was made', () => {
    const first = ['conference-outcome', 'frek']
    assert.deepEqual(asked(), first)
    assert.deepEqual(asked({ held: 0 }), first)
    assert.deepEqual(asked({ held: 1, plan_made: 0 }), first)
    assert.deepEqual(asked({ held: 1, plan_made: 9 }), first)
    assert.deepEqual(asked({ held: 1, plan_made: 1 }), [...first, 'fufrek', 'plan-actions'])
  })

  test('nothing in it ends: there is one cohort, and no wave but those of the case itself', () => {
    assert.deepEqual([Object.keys(protocol.cohorts), protocol.waves.length], [['ongoing'], 2])
    assert.deepEqual([protocol.samples, protocol.allocation], [{}, undefined])
  })
})
