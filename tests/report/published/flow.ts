/** The flow of families as the report counts it (section 2.5), asserted of a study of the 113 families that is over. */
import assert from 'node:assert/strict'
import type { StudyFlow } from '../../../server/workflow/study-flow.ts'
import type { Row } from '../../export/read-export.ts'
import { published } from './published.ts'

/** 63 prospective families, of whom 2 refused at once, 9 withdrew (6 without a conference, 3 with a plan) and 52 took part. */
export function assertFamilies({ role, all, groups }: StudyFlow): void {
  assert.equal(role, 'parent')
  const { reasons, ...numbers } = all
  assert.deepEqual(numbers, { mistakes: 0, registered: 113, refused: 2, withdrew: 9, active: 52, nobody: 50 })
  assert.deepEqual(reasons, [
    { state: 'refused', reason: 'refused-at-once', families: 2 },
    { state: 'withdrew', reason: 'withdrew', families: 9 },
  ])
  const sum = (number: 'registered' | 'withdrew' | 'active', ...names: string[]): number =>
    groups.filter(({ cohort, arm }) => names.includes(cohort) || names.includes(arm)).reduce((total, group) => total + group[number], 0)
  assert.equal(sum('registered', 'prospective', 'rest'), 63)
  assert.equal(sum('registered', 'rest'), 15)
  assert.equal(sum('registered', 'retrospective'), 50)
  assert.equal(sum('registered', 'conference'), 90)
  assert.equal(sum('registered', 'non-conference'), 23)
  assert.equal(sum('withdrew', 'non-conference'), 6)
  assert.equal(sum('withdrew', 'conference'), 3)
  assert.equal(sum('active', 'prospective', 'rest'), 52)
}

const instrumentIn = ({ instruments }: StudyFlow, id: string) => instruments.find(({ instrument }) => instrument === id) ?? assert.fail(id)

/** 79 files studied, 34 not: 15 of the rest group by design, 13 without consent for access, 3 not found, 1 archived, 2 moved. */
export function assertFiles(flow: StudyFlow): void {
  const { families: all, groups, waves } = instrumentIn(flow, 'zap-kort')
  assert.deepEqual(all, {
    all: 113,
    byDesign: 15,
    notAsked: 0,
    asked: 98,
    completed: 79,
    toCome: 0,
    expired: 0,
    calledOff: 19,
    stopped: 0,
    reasons: [
      { reason: 'no-file-access', count: 13 },
      { reason: 'file-not-found', count: 3 },
      { reason: 'moved-province', count: 2 },
      { reason: 'file-archived', count: 1 },
    ],
  })
  assert.deepEqual(
    groups.filter(({ families: { byDesign } }) => byDesign > 0).map(({ cohort, families: { byDesign } }) => [cohort, byDesign]),
    [
      ['rest', 14],
      ['rest', 1],
    ],
  )
  assert.deepEqual(
    waves.map(({ wave, families: { completed } }) => [wave, completed]),
    [
      ['T0', 76],
      ['FU3', 48],
      ['FU9', 54],
    ],
  )
}

/** CVC 56 of 63, FREK 108 of 113, FUFREK 68 of 90, NOSIK 35 of the 52 who took part; and every list of parents and of the SuccInt by wave. */
export function assertLists(flow: StudyFlow): void {
  const of = (id: string) => instrumentIn(flow, id).families
  assert.deepEqual([of('cvc').completed, of('cvc').asked], [56, 63])
  assert.deepEqual([of('frek').completed, of('frek').asked], [108, 113])
  assert.deepEqual([of('fufrek').completed, of('fufrek').asked], [68, 90])
  assert.deepEqual([of('nosik').completed, of('nosik').asked - of('nosik').stopped], [35, 52])
  for (const name of ['nosik', 'nosi_b', 'veo', 'pul', 'succint_referrer', 'succint_informant']) {
    const { waves } = instrumentIn(flow, name.replace('_', '-'))
    assert.deepEqual(
      Object.fromEntries(waves.map(({ wave, families: { completed } }) => [wave, completed])),
      published.response[name],
      name,
    )
  }
}

/** The same numbers, counted by other means from the file that researchers get. */
export function assertSameInExport(flow: StudyFlow, rows: Row[]): void {
  const cases = (values: Row): number => {
    const found = rows.filter((row) => Object.entries(values).every(([name, value]) => row[name] === value))
    return new Set(found.map(({ case_code }) => case_code)).size
  }
  assert.equal(cases({}), 113)
  assert.equal(cases({ reason_stopped: 'refused-at-once' }), 2)
  assert.equal(cases({ reason_stopped: 'withdrew' }), 9)
  for (const { instrument, waves, families: counted } of flow.instruments) {
    assert.equal(cases({ instrument, state: 'completed' }), counted.completed, instrument)
    for (const { reason, count } of counted.reasons) assert.equal(cases({ instrument, reason_called_off: reason }), count, reason)
    for (const { wave, assignments } of waves) {
      const ofWave = rows.filter((row) => row.instrument === instrument && row.wave === wave)
      assert.deepEqual(
        ['completed', 'expired', 'cancelled'].map((state) => ofWave.filter((row) => row.state === state).length),
        [assignments.completed, assignments.expired, assignments.calledOff + assignments.stopped],
        `${instrument} ${wave}`,
      )
    }
  }
}
