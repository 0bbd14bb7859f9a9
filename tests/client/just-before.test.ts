import assert from 'node:assert/strict'
import { test } from 'node:test'
import { justBefore } from '../../client/desk/shell/just-before.ts'
import { parseDay, startOfDay } from '../../protocols/local-time.ts'
import { lastDay } from '../../server/mail/compose.ts'

test('the desk names the same last day of a window as the mail does, also where the clock is moved', () => {
  const timeZone = 'Europe/Amsterdam'
  const format = new Intl.DateTimeFormat('nl-NL', { dateStyle: 'full', timeZone })
  for (const day of ['2026-11-26', '2026-03-29', '2026-03-30', '2026-10-25', '2026-10-26', '2027-01-01', '2028-03-01']) {
    const closesAt = startOfDay(parseDay(day), timeZone)
    assert.equal(format.format(justBefore(closesAt)), lastDay(closesAt, timeZone, 'nl'))
  }
  assert.match(lastDay(startOfDay(parseDay('2026-11-26'), timeZone), timeZone, 'nl'), /woensdag 25 november/)
})
