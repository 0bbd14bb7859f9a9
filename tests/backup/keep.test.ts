import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Keep, longestDays, outdated, parseKeep } from '../../server/backup/keep.ts'

const timeZone = 'Europe/Amsterdam'
const daily = (count: number, until = '2026-11-22'): string[] =>
  Array.from({ length: count }, (_, at) => `${Temporal.PlainDate.from(until).subtract({ days: count - 1 - at })}T01:00:00.000Z`)

test('how many are kept is read from words such as 7d 4w 3m', () => {
  assert.deepEqual(parseKeep('7d 4w 3m'), { days: 7, weeks: 4, months: 3 })
  assert.deepEqual(parseKeep(' 30d '), { days: 30, weeks: 0, months: 0 })
  for (const text of ['', '7', '7d 7d', '0d', '7y', 'd', '7d,4w']) assert.equal(parseKeep(text), undefined, text)
})

test('after a year of nights there are seven days, four weeks and three months of them', () => {
  const all = daily(365)
  const gone = new Set(outdated(all, { days: 7, weeks: 4, months: 3 }, { timeZone, now: '2026-11-22T02:00:00.000Z' }))
  assert.deepEqual(
    all.filter((moment) => !gone.has(moment)).map((moment) => moment.slice(0, 10)),
    [
      '2026-09-30',
      '2026-10-31',
      '2026-11-01',
      '2026-11-08',
      '2026-11-15',
      '2026-11-16',
      '2026-11-17',
      '2026-11-18',
      '2026-11-19',
      '2026-11-20',
      '2026-11-21',
      '2026-11-22',
    ],
  )
})

const keeps = fc
  .record({ days: fc.nat(10), weeks: fc.nat(6), months: fc.nat(6) })
  .filter(({ days, weeks, months }) => days + weeks + months > 0)

test('the newest always stays, nothing is kept for longer than is said, and pruning every night ends where pruning once does', () => {
  fc.assert(
    fc.property(keeps, fc.array(fc.nat(400), { minLength: 1, maxLength: 60 }), (keep: Keep, offsets) => {
      const moments = [...new Set(offsets)]
        .sort((a, b) => b - a)
        .map((days) => `${Temporal.PlainDate.from('2026-11-22').subtract({ days })}T01:00:00.000Z`)
      const now = '2026-11-22T02:00:00.000Z'
      const once = outdated(moments, keep, { timeZone, now })
      const left = moments.filter((moment) => !once.includes(moment))
      assert.equal(left.at(-1), moments.at(-1))
      assert.deepEqual(outdated(left, keep, { timeZone, now }), [])
      const oldest = Temporal.PlainDate.from('2026-11-22')
        .subtract({ days: longestDays(keep) })
        .toString()
      for (const moment of left.slice(0, -1)) assert.ok(moment.slice(0, 10) >= oldest, `${moment} ${JSON.stringify(keep)}`)
    }),
    { numRuns: 200 },
  )
})
