/** The workbooks of a study, in R as docs/export-formats.md says to read them. What is in each cell: tests/long/xlsx.test.ts. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { rowsOf } from '../export/read-export.ts'
import { entry, startExportStudy } from '../export/study.ts'

/** What R prints of a workbook: warnings, and of each column its class and cells. */
function readAs(expression: string, path: string): { warnings: string[]; columns: Map<string, { type: string; cells: string[] }> } {
  const script = fileURLToPath(new URL('../export/read-documented.R', import.meta.url))
  const environment = { ...process.env, LC_ALL: 'C.UTF-8' }
  const lines = execFileSync('Rscript', [script, path, expression], { encoding: 'utf8', env: environment })
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'))
  return {
    warnings: lines.flatMap(([kind, message = '']) => (kind === 'warning' ? [message] : [])),
    columns: new Map(
      lines.flatMap(([kind, name = '', type = '', ...cells]) => (kind === 'column' ? [[name, { type, cells }] as const] : [])),
    ),
  }
}

test('read as the documentation says, dates are dates and codes are missing, without a warning', async (t) => {
  const visits = await startExportStudy(t)
  await visits.register(entry('one'), entry('two'), entry('three'))
  await visits.submit({ code: 'one', instrument: 'visit' }, { moved: 0, persons: 12 })
  await visits.submit({ code: 'two', instrument: 'visit' }, { moved: 1, moved_on: '2026-02-28', remark: '-9' })
  await visits.submit({ code: 'three', instrument: 'visit' }, { moved: 1 })
  const { directory, code, stderr } = await visits.export('out', '--format', 'csv', 'xlsx', '--layout', 'wide')
  assert.deepEqual([code, stderr], [0, ''])

  const page = readFileSync(new URL('../../docs/export-formats.md', import.meta.url), 'utf8')
  const documented = /readxl::read_excel\("wide\.xlsx"(?!, sheet).*?\)(?= +#)/.exec(page)?.[0] ?? assert.fail('docs say how')
  const { warnings, columns } = readAs(documented, join(directory, 'wide.xlsx'))
  assert.deepEqual(warnings, [])
  const types = new Map(rowsOf(directory, 'codebook.csv').map(({ variable = '', type = '' }) => [variable, type]))
  let dates = 0
  for (const [name, { type, cells }] of columns) {
    const written = rowsOf(directory, 'wide.csv').map((row) => row[name] ?? '')
    assert.deepEqual(
      cells.map((cell) => cell === 'NA'),
      written.map((cell) => /^(-[89])?$/.test(cell)),
      name,
    )
    if (types.get(name) !== 'date' || written.every((cell) => cell === '')) continue
    assert.equal(type, 'POSIXct', name)
    assert.deepEqual(
      cells,
      written.map((cell) => (/^(-[89])?$/.test(cell) ? 'NA' : cell)),
    )
    dates++
  }
  assert.ok(dates >= 2)
  assert.deepEqual(columns.get('visit_t0_remark')?.cells.toSorted(), ['"-9"', 'NA', 'NA'])
})
