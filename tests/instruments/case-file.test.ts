/** ZAP-Kort, coded from a case file: each scale with an example worked out by hand. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { all, asked, itemsOfScale, scored, scores } from './scored.ts'

const domains = ['child', 'family', 'wider'].map((scale) => itemsOfScale('zap-kort', scale))
const [child = [], family = [], wider = []] = domains
const points = [...child, ...family, ...wider]
const none = all(points, 0)
const carePoints = (given: Record<string, unknown>) => {
  const { child, family, wider, total, insufficient } = scored('zap-kort', given)
  return { child, family, wider, total, insufficient }
}

test('each care point is one, per domain and in total', () => {
  const found = all([...child.slice(0, 3), ...family.slice(0, 2), ...wider.slice(0, 1)], 1)
  assert.deepEqual(carePoints({ ...none, ...found }), { child: 3, family: 2, wider: 1, total: 6, insufficient: 0 })
  assert.deepEqual(carePoints(none), { child: 0, family: 0, wider: 0, total: 0, insufficient: 0 })
  assert.deepEqual(carePoints(all(points, 1)), { child: 10, family: 6, wider: 6, total: 22, insufficient: 0 })
})

test('a file that says too little about one point of a domain gives that domain no score, and no total', () => {
  const found = all([...child.slice(0, 3), ...family.slice(0, 2)], 1)
  const unsure = { ...none, ...found, [wider[0] as string]: 9 }
  const missing = 'too-many-missing'
  assert.deepEqual(carePoints(unsure), { child: 3, family: 2, wider: missing, total: missing, insufficient: 1 })
  assert.equal(scores('zap-kort', unsure).total?.missing, 1)
  assert.deepEqual(carePoints(all(points, 9)), {
    child: 'no-answer',
    family: 'no-answer',
    wider: 'no-answer',
    total: 'no-answer',
    insufficient: 22,
  })
  assert.equal(scored('zap-kort', {}).total, 'no-answer')
})

test('the ranges that the report observed can occur: 0-9, 0-5, 0-5, and 1-14', () => {
  for (const [scale, items, most] of [
    ['child', child, 9],
    ['family', family, 5],
    ['wider', wider, 5],
    ['total', points, 14],
  ] as const)
    for (const found of [0, 1, most]) assert.equal(scored('zap-kort', { ...none, ...all(items.slice(0, found), 1) })[scale], found)
})

test('whatever the file says, "too little" is as good as no answer, and the total is the sum of the domains', () => {
  const code = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(0, 1) }, { weight: 1, arbitrary: fc.constantFrom(9, undefined) })
  fc.assert(
    fc.property(fc.array(code, { minLength: points.length, maxLength: points.length }), (codes) => {
      const coded = Object.fromEntries(points.flatMap((item, index) => (codes[index] === undefined ? [] : [[item, codes[index]]])))
      const open = Object.fromEntries(Object.entries(coded).filter(([, answer]) => answer !== 9))
      const { insufficient: _, ...found } = carePoints(coded)
      const { insufficient: __, ...expected } = carePoints(open)
      assert.deepEqual(found, expected)
      const parts = [found.child, found.family, found.wider]
      const isThere = parts.every((part) => typeof part === 'number')
      assert.equal(typeof found.total === 'number', isThere)
      if (isThere)
        assert.equal(
          found.total,
          (parts as number[]).reduce((sum, part) => sum + part, 0),
        )
    }),
  )
})

test('kinds of help are counted; none is 0, and too little in the file is not', () => {
  const help = (help_before: number[], outpatient: number[]) => {
    const { help_before_number, outpatient_number } = scored('zap-kort', { help_before, outpatient })
    return [help_before_number, outpatient_number]
  }
  assert.deepEqual(help([1, 5, 6], [1, 3]), [3, 2])
  assert.deepEqual(help([0], [0]), [0, 0])
  assert.deepEqual(help([9], [3, 9]), ['no-answer', 'no-answer'])
})

const foster = { placed_child: 1, kind: 2, start: '2025-01-01', ended: 1, end: '2025-03-02' }
const network = { placed_child: 2, kind: 1, start: '2025-02-01', ended: 0 }
const placements = (given: Record<string, unknown>) => {
  const found = scored('zap-kort', given)
  return [found.placements_number, found.placements_running, found.placements_days, found.placed_days, found.longest_months]
}

// Foster care 1 January - 2 March 2025: 31 + 28 + 1 = 60 days, 2 months. Network from 1 February until the file was read, on
// 1 July 2025: 28 + 31 + 30 + 31 + 30 = 150 days, 5 months. At least one from 1 January to 1 July: 181 days.
test('placements: how many, how many still go on, their days added and together, and the longest in months', () => {
  assert.deepEqual(placements({ read_until: '2025-07-01', placed: 1, placements: [foster, network] }), [2, 1, 210, 181, 5])
})

test('a placement that still goes on counts until the day of the file, which is long before it was coded', () => {
  assert.deepEqual(placements({ read_until: '2025-02-11', placed: 1, placements: [network] }), [1, 1, 10, 10, 0])
  assert.deepEqual(placements({ placed: 1, placements: [network] }), [1, 1, 'no-answer', 'no-answer', 'no-answer'], 'until when is open')
  const before = placements({ read_until: '2025-01-01', placed: 1, placements: [network] })
  assert.deepEqual(before, [1, 1, 'end-before-start', 'end-before-start', 'end-before-start'])
})

test('no placement is 0; too little in the file, about all or about one of them, is not', () => {
  assert.deepEqual(placements({ read_until: '2025-07-01', placed: 0 }), [0, 0, 0, 0, 0])
  assert.deepEqual(new Set(placements({ read_until: '2025-07-01', placed: 9 })), new Set(['not-asked']))
  assert.deepEqual(new Set(placements({ read_until: '2025-07-01' })), new Set(['not-asked']))
  const unsure = { ...network, ended: 9 }
  const missing = 'too-many-missing'
  assert.deepEqual(placements({ read_until: '2025-07-01', placed: 1, placements: [foster, unsure] }), [
    2,
    missing,
    missing,
    missing,
    missing,
  ])
})

test('when a placement ended is asked only when it did', () => {
  const answers = { placed: 1, placements: [foster, network] }
  assert.deepEqual(
    asked('zap-kort', answers).filter((item) => item.endsWith('.end')),
    ['placements[0].end'],
  )
  assert.ok(!asked('zap-kort', { placed: 9 }).includes('placements'))
})
