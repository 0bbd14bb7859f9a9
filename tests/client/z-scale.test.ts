import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { heightOf, stripsOf, zDomain } from '../../client/desk/case/z-scale.ts'
import { bandOf } from '../../norms/bands.ts'
import { loadDefinitions } from '../../server/definitions/load.ts'

const bandSet = loadDefinitions().norms.bandSets.latest('bands-familie-aan-zet-2008') ?? assert.fail('there is no band set')
const worse = fc.constantFrom('high' as const, 'low' as const)
const z = fc.integer({ min: -600, max: 600 }).map((hundredths) => hundredths / 100)

test('every point stands in the strip of the band that its z has', () => {
  fc.assert(
    fc.property(worse, fc.array(z, { minLength: 1, maxLength: 6 }), (direction, values) => {
      const domain = zDomain(values, direction)
      const strips = stripsOf(bandSet.bands, direction, domain, 150)
      for (const value of values) {
        const y = heightOf(value, domain, 150)
        const band = bandOf(bandSet, direction, value)
        const strip = strips.find(({ id }) => id === band?.id)
        assert.ok(strip && strip.top - 1e-9 <= y && y <= strip.bottom + 1e-9, `${value} is ${band?.id} and stands at ${y}`)
      }
    }),
  )
})

test('the strips lie beside each other and fill the figure', () => {
  fc.assert(
    fc.property(worse, fc.array(z, { maxLength: 6 }), (direction, values) => {
      const strips = stripsOf(bandSet.bands, direction, zDomain(values, direction), 150).toSorted((a, b) => a.top - b.top)
      assert.equal(strips.length, 5)
      assert.ok(Math.abs((strips[0]?.top ?? 1) - 0) < 1e-9)
      assert.ok(Math.abs((strips.at(-1)?.bottom ?? 0) - 150) < 1e-9)
      for (const [index, strip] of strips.slice(1).entries()) assert.ok(Math.abs(strip.top - (strips[index]?.bottom ?? 0)) < 1e-9)
    }),
  )
})

test('the bad end is at the top when high is worse, and at the bottom when low is', () => {
  for (const [direction, top] of [
    ['high', 'very_serious'],
    ['low', 'none'],
  ] as const) {
    const strips = stripsOf(bandSet.bands, direction, zDomain([0], direction), 150)
    assert.equal(strips.find(({ top: above }) => above < 1e-9)?.id, top)
  }
})
