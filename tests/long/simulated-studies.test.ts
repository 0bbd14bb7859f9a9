/** Three studies of the sources from the first registration to the export, with invented people who answer over HTTP. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { addParticipant } from '../../server/workflow/add-participant.ts'
import type { CaseEntry } from '../../server/workflow/check-case.ts'
import { drawSample } from '../../server/workflow/draw-sample.ts'
import { handOver } from '../../server/workflow/hand-over.ts'
import { moveCase } from '../../server/workflow/move-case.ts'
import { sampleRecord } from '../../server/workflow/sample-record.ts'
import { assertSavIsCsv } from '../export/same-as-csv.ts'
import { anchorsLater, assertAddsUp, assertAsked, code, type Expected, each, many, type Plotted, people } from '../harness/adds-up.ts'
import { addressOf, dayAfter, type Lived, live, person, type Script, tally } from '../harness/simulated-study.ts'
import { orWhole } from '../harness/whole.ts'

const inRotterdam = orWhole(40, 115)

describe(`netwerkkracht-rotterdam, ${inRotterdam} families in two arms over two years`, () => {
  /** As 55 to 60, the groups of that study. */
  const withConference = Math.round((inRotterdam * 55) / 115)
  const first = '2026-01-05'
  const plots = many(inRotterdam).map((index): Plotted => {
    const on = dayAfter(first, 2 * index)
    const entry: CaseEntry = {
      code: code('R', index),
      arm: index < withConference ? 'ekc' : 'wijkteam',
      cohort: 'families',
      anchors: { start: on },
      participants: ['parent', 'coordinator'].map((role) => person(code('R', index), role)),
    }
    return { entry, on, later: {} }
  })

  test('adds up', async (t) => {
    const lived = await live(t, {
      protocol: 'netwerkkracht-rotterdam@0.1.0-standin',
      seed: 'rotterdam',
      first,
      cases: plots,
      happenings: [],
      people,
    })
    assertAddsUp(lived, inRotterdam)
    assertAsked(lived, plots, () => [
      ...each('parent', 'T0', 'problems-at-start', 'family-empowerment', 'support-sources', 'child-safety', 'veo'),
      ...each('parent', 'M6', 'family-empowerment', 'support-sources', 'child-safety', 'asked-to-think-along'),
      ...each('parent', 'M12', 'family-empowerment', 'support-sources', 'child-safety', 'veo'),
      ...each('parent', 'M24', 'family-empowerment', 'support-sources', 'child-safety', 'veo'),
      ...each('coordinator', 'M6', 'asked-to-think-along'),
    ])
    const arms = tally(lived.exported('wide.csv').map(({ arm }) => arm ?? ''))
    assert.deepEqual(arms, { ekc: withConference, wijkteam: inRotterdam - withConference })
    assert.ok(assertSavIsCsv(lived.directory, 'nl') > 860 * inRotterdam, 'cells that haven and PSPP read as they stand in the CSV')
  })
})

const inAYear = orWhole(60, 300)

describe(`ekc-yearly, ${inAYear} conferences`, () => {
  const first = '2026-01-05'
  const plots = many(inAYear).map((index): Plotted => {
    const on = dayAfter(first, index)
    const anchor = index % 5 === 4 ? 'no-conference' : 'conference'
    const entry: CaseEntry = {
      code: code('Y', index),
      arm: 'referred',
      cohort: 'ongoing',
      anchors: { [anchor]: on },
      participants: [person(code('Y', index), 'coordinator')],
    }
    return { entry, on, later: {} }
  })

  test('adds up', async (t) => {
    const lived = await live(t, { protocol: 'ekc-yearly@0.1.0-standin', seed: 'yearly', first, cases: plots, happenings: [], people })
    assertAddsUp(lived, inAYear)
    const planned = new Set(
      lived.filled
        .filter(({ instrument, answers }) => instrument === 'conference-outcome' && answers.held === 1 && answers.plan_made === 1)
        .map((one) => one.code),
    )
    assert.ok(planned.size > 0)
    assertAsked(lived, plots, ({ entry }) => [
      ...each('coordinator', 'T0', 'conference-outcome', 'frek'),
      ...(planned.has(entry.code) && entry.anchors.conference ? each('coordinator', 'FU3', 'fufrek', 'plan-actions') : []),
    ])
  })
})

describe('familie-aan-zet, 52 families in four cohorts', () => {
  const first = '2026-01-05'
  const staffRoles = ['coordinator', 'file-researcher']
  const cohortOf = (index: number): string => (index < 34 ? 'prospective' : index < 40 ? 'rest' : index < 48 ? 'retrospective' : 'shadow')
  /** Four of five prospective families come to a conference, eight weeks after the referral. */
  const plots = many(52).map((index): Plotted => {
    const on = dayAfter(first, 2 * index)
    const own = (role: string, number = 1) => person(code('F', index), role, number)
    const cohort = cohortOf(index)
    const base = { code: code('F', index), cohort }
    if (cohort === 'retrospective') {
      const anchors = { referral: '2024-03-04', conference: '2024-05-13' }
      return { on, later: {}, entry: { ...base, arm: 'conference', anchors, participants: staffRoles.map((role) => own(role)) } }
    }
    const { email: _, ...youth } = own('youth')
    if (cohort === 'shadow') {
      const participants = [own('parent'), own('referrer'), own('interviewer'), youth]
      return { on, later: {}, entry: { ...base, arm: 'shadow', anchors: { decision: dayAfter(on, -200) }, participants } }
    }
    const parents = index % 2 === 0 ? [own('parent'), own('parent', 2)] : [own('parent')]
    const participants = [...parents, own('referrer'), ...staffRoles.map((role) => own(role)), ...(index % 3 === 0 ? [youth] : [])]
    const later = { [index % 5 === 4 ? 'decision' : 'conference']: dayAfter(on, 56) }
    return { on, later, entry: { ...base, arm: 'undecided', anchors: { referral: on }, participants } }
  })
  const known = plots.filter(({ later }) => later.conference ?? later.decision)
  const sampledOn = dayAfter(first, 2 * 40 + 60)

  /** The arm is known when the conference is, or the decision; the informant is chosen there. */
  const happenings: Script['happenings'] = [
    ...known.flatMap(({ entry, later }): Script['happenings'] => [
      {
        on: later.conference ?? later.decision ?? '',
        does: async ({ context }) => {
          const key = { study: 's1', code: entry.code }
          await moveCase(context, key, { arm: later.conference ? 'conference' : 'non-conference' })
          if (later.conference) await addParticipant(context, key, person(entry.code, 'informant'))
        },
      },
    ]),
    ...anchorsLater(plots),
    {
      on: dayAfter(first, 120),
      does: ({ context }) => handOver(context, { study: 's1', code: 'F-004' }, { role: 'referrer' }, person('F-004', 'referrer', 2)),
    },
    {
      on: sampledOn,
      does: async ({ context }) => {
        const { cases } = await drawSample(context, { study: 's1', name: 'interviews' }, { seed: 'ten families' })
        for (const { code } of cases.filter(({ state }) => state === 'in'))
          await addParticipant(context, { study: 's1', code }, person(code, 'interviewer'))
      },
    },
  ]

  test('adds up', async (t) => {
    const lived = await live(t, { protocol: 'familie-aan-zet@0.2.0-standin', seed: 'families', first, cases: plots, happenings, people })
    assertAddsUp(lived, 52)
    const { cases } = await sampleRecord(lived.study.context, { study: 's1', name: 'interviews' })
    const sampled = new Set(cases.filter(({ state }) => state === 'in').map((one) => one.code))
    assert.equal(sampled.size, 10)
    assert.ok(
      cases.every((one) => plots.some(({ entry, later }) => entry.code === one.code && entry.cohort === 'prospective' && later.conference)),
    )

    const withoutHandOver = plots.filter(({ entry }) => entry.code !== 'F-004')
    assertAsked(lived, withoutHandOver, (plot) => expectedOf(plot, lived, sampled))
    const rows = lived.assignments.filter(({ case_code, role }) => case_code === 'F-004' && role === 'referrer')
    assert.deepEqual(
      rows
        .filter(({ state }) => state !== 'cancelled')
        .map(({ participant_number, wave, instrument }) => `${participant_number} ${wave} ${instrument}`),
      ['1 T0 cvc', '2 FU3 succint-referrer', '2 FU9 succint-referrer'],
    )
  })

  function expectedOf({ entry, later }: Plotted, { consents }: Lived, sampled: Set<string>): Expected[] {
    const { cohort } = entry
    const numbers = (role: string): number[] => entry.participants.filter((one) => one.role === role).map((_, index) => index + 1)
    const ofEach = (role: string, wave: string, ...instruments: string[]): Expected[] =>
      numbers(role).flatMap((number) => instruments.map((instrument): Expected => [role, number, wave, instrument]))
    const file = ['T0', 'FU3', 'FU9'].map((wave): Expected => ['file-researcher', 1, wave, 'zap-kort'])
    if (cohort === 'retrospective') return [...each('coordinator', 'T0', 'frek'), ...each('coordinator', 'FU3', 'fufrek'), ...file]
    if (cohort === 'shadow') return ['parent', 'referrer', 'youth'].map((role) => ['interviewer', 1, 'FU9', `interview-shadow-${role}`])
    const isProspective = cohort === 'prospective'
    const waves = isProspective ? ['FU3', 'FU9'] : ['FU3']
    const agreed = (role: string, number: number, purpose = 'contact-later'): boolean =>
      consents.get(addressOf(entry.code, role, number))?.[purpose] === true
    const words = numbers('parent').map((number) => consents.get(addressOf(entry.code, 'parent', number))?.['contact-child'])
    const childAgreed = words.includes(true) && !words.includes(false)
    const interviews: Expected[] = [
      ...numbers('parent')
        .filter((number) => agreed('parent', number))
        .map((): Expected => ['interviewer', 1, 'FU9', 'interview-ekc-parent']),
      ...['referrer', 'informant']
        .filter((role) => agreed(role, 1))
        .map((role): Expected => ['interviewer', 1, 'FU9', `interview-ekc-${role}`]),
      ...(childAgreed ? numbers('youth').map((): Expected => ['interviewer', 1, 'FU9', 'interview-ekc-youth']) : []),
    ]
    return [
      ...each('coordinator', 'T0', 'frek'),
      ...each('referrer', 'T0', 'cvc'),
      ...ofEach('parent', 'T0', 'nosik', 'nosi-b', 'veo', 'pul'),
      ...waves.flatMap((wave) => [...ofEach('parent', wave, 'veo', 'pul'), ...each('referrer', wave, 'succint-referrer')]),
      ...(later.conference ? waves.flatMap((wave) => each('informant', wave, 'succint-informant')) : []),
      ...(later.conference ? each('coordinator', 'FU3', 'fufrek') : []),
      ...(isProspective ? file : []),
      ...(sampled.has(entry.code) ? interviews : []),
    ]
  }
})
