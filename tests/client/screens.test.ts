import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { screens, signInScreens } from '../bench/desk-screens.ts'

test('every page of the desk is among those of which `npm run screens` takes a picture, and no other', () => {
  const source = readFileSync(new URL('../../client/desk/desk.tsx', import.meta.url), 'utf8')
  const pages = new Set([...source.matchAll(/<(\w+Page)\b/g)].map(([, name]) => name))
  assert.ok(pages.size > 25)
  assert.deepEqual(new Set([...screens.map(({ page }) => page), ...signInScreens].toSorted()), new Set([...pages].toSorted()))
})

test('each picture has a name of its own', () => {
  const names = screens.map(({ page, state }) => `${page} ${state ?? ''}`)
  assert.equal(new Set(names).size, names.length)
})
