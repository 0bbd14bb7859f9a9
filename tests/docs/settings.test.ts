import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSettings, settingNames } from '../../server/env.ts'
import { allPages, codeIn, readPage, section, tableRows } from './pages.ts'

/** Read by Node, and by the tests. */
const ofOthers = ['NODE_EXTRA_CA_CERTS', 'CHROMIUM_PATH', 'MUTATIONS']

test('docs/commands.md has every setting with its default, and no other', () => {
  const rows = tableRows(section(readPage('docs/commands.md'), 'Settings'))
  const defaults = readSettings([], {}) as Record<string, unknown>
  assert.deepEqual(
    Object.fromEntries(rows.map(([name = '', unlessSet]) => [name, unlessSet])),
    Object.fromEntries(settingNames.map((name) => [`\`${name}\``, defaults[name] === undefined ? '' : `\`${String(defaults[name])}\``])),
  )
  for (const [name = '', , means] of rows) assert.notEqual(means, '', name)
})

test('no page names a setting that does not exist', () => {
  const known = [...settingNames, ...ofOthers]
  for (const { path, text } of allPages())
    for (const code of codeIn(text))
      for (const name of code.match(/\b[A-Z]+(_[A-Z]+)+\b(?!_)|\b[A-Z]+(?==[.\d/])/g) ?? [])
        assert.ok(known.includes(name), `${path}: ${name} in ${code}`)
})
