/** The report on paper. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { figureDrawing } from '../../../server/report/output/figure-drawing.ts'
import { reportPdf } from '../../../server/report/output/pdf.ts'
import { bars, lines, reportOf } from '../small-report.ts'

const draw = await figureDrawing()
const text = (pdf: Buffer): string => pdf.toString('latin1')

describe('the PDF', () => {
  const report = reportOf('Zorgpunten', [lines, bars])

  test('is tagged, says its title and language, and follows PDF/UA', () => {
    const made = text(reportPdf(report, 'nl', draw))
    assert.match(made, /^%PDF-1\.7/)
    assert.match(made, /\/MarkInfo/)
    assert.match(made, /\/Lang \(nl\)/)
    assert.match(made, /pdfuaid:part>1</)
    assert.match(made, /Rapport: Onderzoek/)
  })

  test('has the same bytes each time', () => {
    assert.deepEqual(reportPdf(report, 'en', draw), reportPdf(report, 'en', draw))
  })

  test('takes whatever somebody called a thing for text', () => {
    for (const title of [
      '#panic("x")',
      '$ x',
      '*_`[',
      '"]) #import "x.typ"',
      '</svg><script>',
      '\u0000\u0007',
      '\ud800',
      '\ue123',
      'مرحبا ñ ł 😀',
    ])
      assert.match(text(reportPdf(reportOf(title, [lines, bars]), 'nl', draw)), /^%PDF/)
  })
})
