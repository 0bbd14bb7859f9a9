import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { plan } from '../../protocols/plan.ts'
import type { Protocol } from '../../protocols/schema.ts'
import { type Adoption, inForceOn, periodsOf, planOver } from '../../protocols/versions.ts'
import { everyDay, smallCase, smallProtocol } from './small-protocol.ts'

const later: Protocol = {
  ...smallProtocol,
  version: '2.0.0',
  norms: ['veo-later@1.0.0'],
  schedule: [{ instrument: 'veo@2.0.0', role: 'parent', waves: ['FU3', 'FU9'] }],
}
const find = (reference: string): Protocol => {
  assert.equal(reference, 'small@2.0.0')
  return later
}
const made = (...adoptions: Adoption[]): string[] =>
  planOver(periodsOf(smallProtocol, adoptions, find), smallCase()).assignments.map(
    ({ participant, wave, instrument }) => `${participant} ${wave} ${instrument.id}@${instrument.version}`,
  )

describe('an instrument that is adopted from a day on', () => {
  test('takes the place of the earlier version in the waves that open on that day or later', () => {
    // FU3 of the parent opens on 20 May 2026, a week before its target.
    const adopted = (from: string) => made({ kind: 'instrument', reference: 'veo@1.1.0', from }).filter((line) => line.includes('veo'))
    assert.deepEqual(adopted('2026-05-20'), ['p T0 veo@1.0.0', 'p FU3 veo@1.1.0', 'p FU9 veo@1.1.0'])
    assert.deepEqual(adopted('2026-05-21'), ['p T0 veo@1.0.0', 'p FU3 veo@1.0.0', 'p FU9 veo@1.1.0'])
  })

  test('changes nothing else', () => {
    const others = (lines: string[]) => lines.filter((line) => !line.includes('veo'))
    assert.deepEqual(others(made({ kind: 'instrument', reference: 'veo@1.1.0', from: '2026-01-01' })), others(made()))
  })
})

describe('a protocol that is adopted from a day on', () => {
  test('decides on what is asked in the waves that open from then on, and the earlier one on those before', () => {
    assert.deepEqual(made({ kind: 'protocol', reference: 'small@2.0.0', from: '2026-03-01' }), [
      'p T0 nosik@1.0.0',
      'p T0 veo@1.0.0',
      'p FU3 veo@2.0.0',
      'p FU9 veo@2.0.0',
    ])
  })

  test('ends what was adopted of single instruments before it, and not what was after', () => {
    const protocol: Adoption = { kind: 'protocol', reference: 'small@2.0.0', from: '2026-03-01' }
    const before: Adoption = { kind: 'instrument', reference: 'veo@1.1.0', from: '2026-02-01' }
    const after: Adoption = { kind: 'instrument', reference: 'veo@2.1.0', from: '2026-08-01' }
    assert.deepEqual(made(after, protocol, before).slice(2), ['p FU3 veo@2.0.0', 'p FU9 veo@2.1.0'])
  })

  test('keeps the norms of the earlier one behind its own, for lists that began under that', () => {
    const earlier = { ...smallProtocol, norms: ['veo-earlier@1.0.0'] }
    const periods = periodsOf(earlier, [{ kind: 'protocol', reference: 'small@2.0.0', from: '2026-03-01' }], find)
    assert.deepEqual(inForceOn(periods, '2026-03-01').norms, ['veo-later@1.0.0', 'veo-earlier@1.0.0'])
    assert.deepEqual(inForceOn(periods, '2026-02-28').norms, ['veo-earlier@1.0.0'])
  })
})

describe('what only one of the protocols knows', () => {
  const { small, wide } = (() => {
    const text = { nl: 'tekst', en: 'text' }
    const roles = { ...later.roles, youth: { ...(later.roles.parent as Protocol['roles'][string]), title: text } }
    const arms = { ...later.arms, another: { title: text } }
    const schedule = [...later.schedule, { instrument: 'talk@1.0.0', role: 'youth', waves: ['T0', 'FU9'] }]
    return { small: smallProtocol, wide: { ...later, roles, arms, schedule } }
  })()
  const periods = periodsOf(small, [{ kind: 'protocol', reference: 'small@2.0.0', from: '2026-03-01' }], () => wide)
  const lines = (facts: Parameters<typeof smallCase>[0]) =>
    planOver(periods, smallCase(facts)).assignments.map(({ participant, wave, instrument }) => `${participant} ${wave} ${instrument.id}`)

  test('is asked by that one, in its waves', () => {
    assert.deepEqual(lines({ participants: [{ id: 'y', role: 'youth' }] }), ['y FU9 talk'])
    assert.deepEqual(lines({ participants: [{ id: 'p', role: 'parent' }], arm: 'another' }), ['p FU3 veo', 'p FU9 veo'])
  })

  test('and what none of them knows is refused', () => {
    assert.throws(() => lines({ participants: [{ id: 'x', role: 'neighbour' }] }), /has no role "neighbour"/)
    assert.throws(() => lines({ arm: 'unheard-of' }), /has no arm "unheard-of"/)
  })
})

test('a study without adoptions is planned by its one protocol', () => {
  assert.deepEqual(planOver(periodsOf(smallProtocol, [], find), smallCase()), plan(smallProtocol, smallCase()))
})

test('adopting the very same versions changes no plan, from whatever day', () => {
  const day = fc.constantFrom(...everyDay)
  fc.assert(
    fc.property(day, day, day, (referral, conference, from) => {
      const facts = smallCase({ anchors: { referral, conference } })
      const periods = periodsOf(smallProtocol, [{ kind: 'instrument', reference: 'veo@1.0.0', from }], find)
      assert.deepEqual(planOver(periods, facts), plan(smallProtocol, facts))
    }),
  )
})
