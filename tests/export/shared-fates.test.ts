/** What data that are shared tell of lists that nobody answered, and what somebody with the protocol in hand makes of it. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { dayZero } from '../../server/export/shared/day-zero.ts'
import { openAndClose } from '../../server/workflow/open-and-close.ts'
import type { MovableClock } from '../harness/test-study.ts'
import { manifestOf, type Row, rowsOf, rowWhere } from './read-export.ts'
import { entry, startExportStudy } from './study.ts'

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text)
const since = (from: string, to: string): number => day(from).until(day(to)).days

/** As the protocol that anybody can read has them: months after the visit, and days that a list is open. */
const windows = new Map([
  ['T0', { months: 0, closes: 30 }],
  ['FU3', { months: 3, closes: 30 }],
])

/**
 * The attack: on which days of the three years before the export the visit of a family can have been. A list that is answered was open on that
 * day, and the day has been; one that has closed or is still open had done so, or was, when the export was made.
 */
function possibleDays(lists: Row[], made: string): string[] {
  const days = Array.from({ length: 3 * 365 }, (_, back) => day(made).subtract({ days: back }))
  const fits = (visit: Temporal.PlainDate) =>
    lists.every(({ wave = '', state, submitted_at }) => {
      const { months = 0, closes = 0 } = windows.get(wave) ?? {}
      const opens = visit.add({ months })
      const last = opens.add({ days: closes })
      const isOver = Temporal.PlainDate.compare(last, day(made)) < 0
      if (submitted_at) {
        const on = visit.add({ days: since(dayZero, submitted_at) })
        const before = (a: Temporal.PlainDate, b: Temporal.PlainDate) => Temporal.PlainDate.compare(a, b) <= 0
        return before(opens, on) && before(on, last) && before(on, day(made))
      }
      return state === 'expired' ? isOver : state === 'pending' ? !isOver : true
    })
  return days.filter(fits).map(String).sort()
}

/** The day of the visit, and how many days later T0 is answered. */
const families = { long_ago: ['2025-06-16', 4], spring: ['2025-11-03', 12], now: ['2026-02-05', 6], today: ['2026-02-27', 1] } as const
const made = '2026-03-02'

test('no list that nobody answered says how long ago a family took part, while any is still open', async (t) => {
  const visits = await startExportStudy(t)
  const clock = visits.context.clock as MovableClock
  for (const [code, [visit, after]] of Object.entries(families)) {
    const now = day(visit).add({ days: after })
    clock.set(`${now}T09:00:00Z`)
    await visits.register({ ...entry(code), anchors: { visit } })
    await openAndClose(visits.context)
    await visits.submit({ code, instrument: 'visit' }, { moved: 0, persons: since('2020-01-01', visit) % 30 })
  }
  clock.set(`${made}T09:00:00Z`)
  await openAndClose(visits.context)
  const share = async (name: string) => {
    const { directory, code, stderr } = await visits.export(name, '--tier', 'shared', '--purpose', 'a thesis')
    assert.equal(code, 0, stderr)
    return directory
  }
  const own = await visits.export('own')
  const truth = rowsOf(own.directory, 'assignments.csv')
  const shared = await share('shared')
  const lists = rowsOf(shared, 'assignments.csv')
  assert.deepEqual([...new Set(truth.map(({ state }) => state))].sort(), ['completed', 'expired', 'open', 'scheduled'])
  assert.deepEqual([...new Set(lists.map(({ state }) => state))].sort(), ['completed', 'unanswered'])
  assert.ok(lists.every(({ state, started_at }) => state === 'completed' || started_at === ''))
  assert.ok(rowsOf(shared, 'wide.csv').every(({ visit_fu3_state }) => visit_fu3_state === 'unanswered'))
  const described = rowWhere(rowsOf(shared, 'codebook.csv'), { file: 'assignments.csv', variable: 'state' })
  assert.match(described.values_en ?? '', /^unanswered=not answered: closed, or not over yet; completed=/)
  assert.doesNotMatch(described.values_en ?? '', /expired|open=|scheduled/)
  assert.equal(manifestOf(shared).shared?.openLists, true)
  assert.match(readFileSync(join(shared, 'README.txt'), 'utf8'), /of no list that nobody answered \("unanswered"\) is told/)

  // What the fates would have told: of each family some weeks are left, and the day of its visit is among them.
  for (const [code, [visit]] of Object.entries(families)) {
    const pending = new Set(['open', 'scheduled'])
    const told = truth
      .filter(({ case_code }) => case_code === code)
      .map(({ wave = '', state = '', submitted_at }) => ({
        wave,
        state: pending.has(state) ? 'pending' : state,
        submitted_at: submitted_at ? String(day(dayZero).add({ days: since(visit, submitted_at.slice(0, 10)) })) : '',
      }))
    const left = possibleDays(told, made)
    assert.ok(left.includes(visit) && (code === 'long_ago' || left.length < 125), `${code}: ${left.length}`)
  }
  // What is left of it: each day but those since the first on which all that was answered can have been.
  const byCase = [...Map.groupBy(lists, ({ case_code }) => case_code ?? '').values()]
  assert.equal(byCase.length, 4)
  for (const own of byCase) {
    const answered = Math.max(...own.map(({ submitted_at }) => (submitted_at ? since(dayZero, submitted_at) : 0)))
    assert.equal(possibleDays(own, made).length, 3 * 365 - answered)
  }

  // Once nothing is open it says nothing of one family that it does not say of all.
  clock.set('2026-09-01T09:00:00Z')
  await openAndClose(visits.context)
  const later = await share('later')
  assert.deepEqual([...new Set(rowsOf(later, 'assignments.csv').map(({ state }) => state))].sort(), ['completed', 'expired'])
  assert.equal(manifestOf(later).shared?.openLists, false)
  for (const own of Map.groupBy(rowsOf(later, 'assignments.csv'), ({ case_code }) => case_code).values()) {
    const left = possibleDays(own, '2026-09-01')
    assert.ok(left.length > 3 * 365 - 130 && left[0] === '2023-09-03', `${left.length} ${left[0]}`)
  }
})
