/** What a page does a moment after a key or a click, such as moving the focus: looked at again until it is so. */
import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { Locator } from 'playwright-core'

/** Milliseconds. A page that is not slow needs a hundredth of it; on a machine that is busy with other tests, all that it needs. */
export const patience = 60_000

/** Waits until `read` gives `expected` (a RegExp: a text that it matches), and fails with what it gave last. Runs on no clock of the page. */
export async function becomes(read: () => Promise<unknown>, expected: unknown): Promise<void> {
  const isSo = (value: unknown): boolean => (expected instanceof RegExp ? expected.test(String(value)) : isDeepStrictEqual(value, expected))
  const end = performance.now() + patience
  let value = await read()
  while (!isSo(value) && performance.now() < end) {
    await pause(20)
    value = await read()
  }
  if (expected instanceof RegExp) assert.match(String(value), expected)
  else assert.deepEqual(value, expected)
}

/** Does `act` until `wanted` is in sight: what listens to a key may be there a moment after what is shown. */
export async function until(wanted: Locator, act: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; tries < 4; tries++) {
    await act()
    const came = await wanted.waitFor({ timeout: patience / 4 }).then(
      () => true,
      () => false,
    )
    if (came) return
  }
  await wanted.waitFor({ timeout: 1 })
}
