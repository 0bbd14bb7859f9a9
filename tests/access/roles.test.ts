import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { accessTo, type Grant, permissions, reaches, staffRoleNames, staffRoles } from '../../server/access/roles.ts'

const anyGrant: fc.Arbitrary<Grant> = fc.record({
  studyId: fc.constantFrom('s1', 's2', '*'),
  role: fc.constantFrom(...staffRoleNames),
  region: fc.constantFrom('*', 'Amsterdam', 'Overijssel'),
})

test('a permission reaches exactly the regions of the grants that give it', () => {
  fc.assert(
    fc.property(fc.array(anyGrant, { maxLength: 5 }), fc.constantFrom(...permissions), (grants, permission) => {
      const access = accessTo('s1', grants)
      for (const region of ['Amsterdam', 'Overijssel', null]) {
        const expected = grants.some(
          ({ studyId, role, region: where }) =>
            studyId !== 's2' && (staffRoles[role] as readonly string[]).includes(permission) && (where === '*' || where === region),
        )
        assert.equal(reaches(access.reach(permission), region), expected)
      }
    }),
  )
})

test('only those who have to write to families see contact data, and only they may register them', () => {
  const who = (permission: string) => staffRoleNames.filter((role) => (staffRoles[role] as readonly string[]).includes(permission))
  assert.deepEqual(who('see contact'), ['data manager', 'coordinator', 'interviewer'])
  assert.deepEqual(who('see answers'), ['data manager', 'researcher'])
  assert.deepEqual(who('manage staff'), ['administrator'])
})
