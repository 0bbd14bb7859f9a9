/** The figures of a report, drawn as the server draws them. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { domainOf } from '../../client/figures/domain.ts'
import { spread, wrapped } from '../../client/figures/size.ts'
import { seriesColours } from '../../client/figures/styles.ts'
import { figureDrawing } from '../../server/report/output/figure-drawing.ts'
import { contrast } from '../harness/contrast.ts'
import {
  agreement,
  bars,
  figureOf,
  intervals,
  lines,
  type Own,
  response,
  series,
  trajectories,
  transitions,
} from '../report/small-report.ts'

const draw = await figureDrawing()
const drawn = (own: Own, title = 'Zorgpunten'): string => draw({ figure: figureOf(title, own), language: 'nl' })
const every = [lines, bars, trajectories, transitions, intervals, agreement, response]

describe('a drawing', () => {
  test('has no style and no script in it, and a name that says where its numbers are', () => {
    for (const own of every) {
      const svg = drawn(own)
      assert.doesNotMatch(svg, / style=|<script|<style|NaN|undefined|Infinity/, own.kind)
      assert.match(svg, /^<svg [^>]*role="img" aria-label="Zorgpunten\. De getallen staan in de tabel eronder\."/)
    }
  })

  test('shows what it is given as text', () => {
    for (const own of every) assert.doesNotMatch(drawn(own, '</title><script>alert(1)</script>'), /<script/)
  })

  test('says so when there is nothing to draw, or nothing that may be seen', () => {
    for (const { kind } of every) {
      const empty = { ...figureOf('x', { kind, series: [series('all', {})] }) }
      assert.match(draw({ figure: empty, language: 'nl' }), /Nog niets te tekenen/)
      assert.match(draw({ figure: { ...empty, warnings: [{ code: 'masked', below: 5 }] }, language: 'en' }), /Not drawn because of small/)
    }
  })

  test('tells series apart by shape as well as by colour', () => {
    const svg = drawn(lines)
    assert.match(svg, /<circle/)
    assert.match(svg, /stroke-dasharray/)
  })

  test('has colours that are seen on paper and on a dark page', () => {
    for (const colour of seriesColours)
      for (const page of ['#ffffff', '#f6f4ef', '#161616', '#12181a'])
        assert.ok(contrast(colour, page) >= 3, `${colour} on ${page}: ${contrast(colour, page)}`)
  })
})

test('an axis has room for all values, begins at zero where that is near, and ends where the measure does', () => {
  assert.deepEqual(domainOf([2, 10], [0, 10]), [0, 10])
  assert.deepEqual(domainOf([100, 101], null), [99.92, 101.08])
  const [low, high] = domainOf([-1.22, 7.62], [0, 22])
  assert.ok(low < -1.22 && high > 7.62, 'an interval that goes beyond the measure is not cut off')
})

test('labels that want the same place make room for each other, in their order', () => {
  const placed = spread(
    [10, 11, 12].map((at) => ({ at, high: 8 })),
    0,
    100,
  )
  for (const [index, at] of placed.entries()) if (index > 0) assert.ok(at - (placed[index - 1] ?? 0) >= 8 - 1e-9)
  assert.deepEqual(
    spread(
      [90, 96].map((at) => ({ at, high: 10 })),
      0,
      100,
    ),
    [85, 95],
  )
})

test('words are put on lines that fit, and a long one keeps a line of its own', () => {
  assert.deepEqual(wrapped('Na 3 maanden', 60), ['Na 3', 'maanden'])
  assert.deepEqual(wrapped('Opvoedingsondersteuning', 20), ['Opvoedingsondersteuning'])
})
