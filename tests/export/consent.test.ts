/** Who speaks for a family. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Protocol } from '../../protocols/schema.ts'
import { loadDefinitions } from '../../server/definitions/load.ts'
import { familyConsents, familyRoles } from '../../server/export/consent.ts'

const shipped = loadDefinitions().protocols.need('familie-aan-zet@0.3.0-standin')
const youth: Protocol['consents'] = [
  { purpose: 'research', version: '1.0.0', roles: ['youth'], required: true, statement: { nl: 'Ja', en: 'Yes' } },
]
const protocol: Protocol = { ...shipped, consents: [...shipped.consents, ...youth] }

test('the roles that the protocol names speak for the family, as far as they are asked; parents where it names none', () => {
  assert.deepEqual(familyRoles(protocol, 'research'), ['parent'])
  assert.deepEqual(familyRoles({ ...protocol, familyRoles: ['youth', 'parent'] }, 'research'), ['parent', 'youth'])
  assert.deepEqual(familyRoles({ ...protocol, familyRoles: ['youth'] }, 'research'), ['youth'])
  // Nobody asks the youth for this: whoever is asked and answers about one family only speaks for it.
  assert.deepEqual(familyRoles({ ...protocol, familyRoles: ['youth'] }, 'contact-child'), ['parent'])
})

test('a family consents when one of those who speak for it said yes and none said no', () => {
  const people = [{ id: 'a', role: 'parent' }, { id: 'b', role: 'youth' }] // biome-ignore format: one line
  const whole = { participants: people } as unknown as Parameters<typeof familyConsents>[0]
  const said = (words: Record<string, boolean>, roles: string[]): boolean =>
    familyConsents(
      whole,
      { ...protocol, familyRoles: roles },
      'research',
      new Map(Object.entries(words).map(([id, given]) => [id, new Map([['research', given]])])),
    )
  assert.deepEqual([said({ a: true }, ['parent']), said({ a: false }, ['parent']), said({ b: true }, ['parent'])], [true, false, false])
  assert.deepEqual([said({ a: true, b: false }, ['parent']), said({ a: true, b: false }, ['parent', 'youth'])], [true, false])
  assert.equal(said({}, ['parent']), false)
})
