/** The trial lived through from its first case to an export. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { CaseEntry } from '../../server/workflow/check-case.ts'
import { anchorsLater, assertAddsUp, assertAsked, code, each, many, type Plotted, people } from '../harness/adds-up.ts'
import { nameting } from '../harness/command.ts'
import { addressOf, dayAfter, live, person, tally } from '../harness/simulated-study.ts'
import { orWhole } from '../harness/whole.ts'

/** Of its sample of 328 one in five or so, a family a day all the same. */
const families = orWhole(60, 328)

describe(`uva-trial, ${families} families whose arm is drawn by lot`, () => {
  const first = '2026-01-05'
  const plots = many(families).map((index): Plotted => {
    const on = dayAfter(first, index)
    const entry: CaseEntry = {
      code: code('U', index),
      arm: '',
      cohort: 'trial',
      anchors: { start: on },
      participants: ['parent', 'coordinator', 'file-researcher'].map((role) => person(code('U', index), role)),
    }
    // Three of ten families never get as far as a plan.
    return { entry, on, later: index % 10 < 7 ? { plan: dayAfter(on, 50 + (index % 40)) } : {} }
  })

  test('adds up', async (t) => {
    const happenings = anchorsLater(plots)
    const lived = await live(t, { protocol: 'uva-trial@0.1.0-standin', seed: 'trial', first, cases: plots, happenings, people })
    assertAddsUp(lived, families)
    const armOf = new Map(lived.exported('wide.csv').map(({ case_code, arm }) => [case_code ?? '', arm ?? '']))
    const arms = tally([...armOf.values()])
    assert.deepEqual(Object.keys(arms), ['offered', 'regular'])
    // Two to one in every block of nine at most: at no moment further off than a block.
    const offered = plots.map(({ entry }) => Number(armOf.get(entry.code) === 'offered'))
    for (const [index] of offered.entries()) {
      const sum = offered.slice(0, index + 1).reduce((all, one) => all + one, 0)
      assert.ok(Math.abs(sum - ((index + 1) * 2) / 3) <= 3, `${sum} of the first ${index + 1}`)
    }
    assertAsked(lived, plots, ({ entry, later }) => [
      ...each('parent', 'T0', 'support-sources', 'parent-confidence', 'child-safety', 'service-use'),
      ...(armOf.get(entry.code) === 'offered' ? each('coordinator', 'U6', 'uptake') : []),
      ...(later.plan ? each('parent', 'M1', 'support-sources', 'parent-confidence', 'child-safety') : []),
      ...(later.plan ? ['M3', 'M6', 'M12'] : []).flatMap((wave) =>
        each('parent', wave, 'support-sources', 'parent-confidence', 'child-safety', 'service-use'),
      ),
      ...(later.plan && lived.consents.get(addressOf(entry.code, 'parent'))?.['file-access']
        ? each('file-researcher', 'M12', 'protection-duration')
        : []),
    ])
    const costs = lived.exported('long_service_use.csv').filter(({ state, cost_raw }) => state === 'completed' && cost_raw !== '')
    assert.ok(costs.length > families / 3)
    for (const { cost_prices } of costs) assert.equal(cost_prices, 'service-prices-nl@0.1.0-standin')
    const lots = await nameting(lived.study.environment, 'study', 'lots', '--study', 's1')
    assert.equal(lots.code, 0, lots.stderr)
  })
})
