/** `read.R`, run by R as a researcher would: what it makes of the CSV files is what stands in them. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { csvText } from '../../server/export/csv.ts'
import { rScript } from '../../server/export/r-script.ts'
import { type FilledTable, mixed, noRows, texts, wide } from '../export/sav-tables.ts'
import { entry, parent, startExportStudy } from '../export/study.ts'
import { temporaryFolder } from '../harness/data-folder.ts'

/** Runs `lines` after the script, in its folder; in a place where R knows no character beyond ASCII by itself. */
function afterReading(folder: string, lines: string[], locale = 'C'): string {
  const script = join(folder, 'session.R')
  writeFileSync(script, [`source(file.path("${folder}", "read.R"), chdir = TRUE)`, ...lines, ''].join('\n'))
  return execFileSync('Rscript', ['--vanilla', script], {
    env: { ...process.env, LC_ALL: locale },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

test('an export is read with labels, factors, dates and reasons', async (t) => {
  const visits = await startExportStudy(t)
  await visits.register(entry('one'), entry('two', [parent('Ada')]), entry('three'))
  await visits.submit({ code: 'one', instrument: 'visit' }, { moved: 0, persons: 12, balance: -1250.5, support: [1, 3] })
  await visits.submit({ code: 'two', instrument: 'visit' }, { moved: 1, moved_on: '1912-02-29', remark: 'één 👪 "ja"\nen =1+1' })
  const { directory, code } = await visits.export('out')
  assert.equal(code, 0)
  const said = afterReading(directory, [
    'w <- nameting$wide',
    'rownames(w) <- w$case_code',
    'cat(names(nameting), "\\n")',
    'moved <- w$visit_t0_moved',
    'cat(moved, attr(moved, "label"), names(attr(moved, "labels")), attr(moved, "labels"), "\\n")',
    'cat(as.character(labelled_factor(moved)), "\\n")',
    'cat(class(w$visit_t0_moved_on), format(w$visit_t0_moved_on), "\\n")',
    'cat(as.character(missing_reason(w$visit_t0_moved_on)), sep = "|")',
    'cat("\\n", class(w$visit_t0_submitted_at), attr(w$visit_t0_submitted_at, "tzone"), "\\n")',
    'cat(class(w$visit_t0_state), as.character(w$visit_t0_state), "\\n")',
    'cat(mean(w$visit_t0_persons, na.rm = TRUE), w$visit_t0_balance, "\\n")',
    'cat(utf8ToInt(w$visit_t0_remark[3]), "\\n")',
  ])
  assert.deepEqual(
    said.split('\n').map((line) => line.trim()),
    [
      'assignments long_visit long_opinion long_veo wide scores',
      '0 NA 1 Bent u verhuisd? Nee Ja 0 1',
      'Nee NA Ja',
      'Date NA NA 1912-02-29',
      'niet van toepassing: door een voorwaarde niet gevraagd|niet verzameld|NA',
      'POSIXct POSIXt UTC',
      'factor ingestuurd gepland, nog niet open ingestuurd',
      '12 -1250.5 NA NA',
      [...'één 👪 "ja"\nen =1+1'].map((character) => character.codePointAt(0)).join(' '),
      '',
    ],
  )
})

test('labels of the script are in the language of the export, and a file that is not beside it is named', async (t) => {
  const visits = await startExportStudy(t)
  await visits.register(entry('one'))
  const { directory } = await visits.export('out', '--language', 'en', '--layout', 'wide')
  assert.match(readFileSync(join(directory, 'read.R'), 'utf8'), /column\("visit_t0_moved", "integer", "Did you move\?"/)
  renameSync(join(directory, 'wide.csv'), join(directory, 'moved.csv'))
  assert.throws(() => afterReading(directory, []), /wide\.csv is not in .*: use source\("read\.R", chdir = TRUE\)/)
})

test('an export without CSV files has no script', async (t) => {
  const visits = await startExportStudy(t)
  await visits.register(entry('one'))
  const { directory } = await visits.export('out', '--format', 'ndjson')
  assert.throws(() => readFileSync(join(directory, 'read.R')), /ENOENT/)
})

/** What the script has to make of each cell, as `write.csv` has it: numbers with all digits, dates in days, moments in seconds, codes by their labels. */
const printed = [
  'plain <- function(x) {',
  '  if (is.factor(x)) return(as.character(x))',
  '  if (is.numeric(x) || inherits(x, c("Date", "POSIXct"))) return(ifelse(is.na(x), NA, sprintf("%.17g", as.numeric(x))))',
  '  as.vector(x)',
  '}',
  'for (name in names(nameting)) {',
  '  read <- nameting[[name]]',
  '  facts <- function(x) c(attr(x, "label"), as.character(missing_reason(x)))',
  '  save <- function(what, end) write.csv(what, paste0(name, end), row.names = FALSE, na = "", fileEncoding = "UTF-8")',
  '  save(if (nrow(read) == 0) as.data.frame(lapply(read, plain)) else as.data.frame(do.call(cbind, lapply(read, plain))), ".cells.csv")',
  '  reasons <- lapply(read, function(x) c(attr(x, "label"), as.character(missing_reason(x)), rep("", nrow(read)))[seq_len(nrow(read) + 1)])',
  '  save(do.call(rbind, reasons), ".facts.csv")',
  '}',
]

test('every cell of whatever is exported is found by the script, in R', (t) => {
  const folder = temporaryFolder(t)
  const generated = fc.tuple(texts('texts'), ...Array.from({ length: 25 }, (_, index) => mixed(`mixed${index}`)))
  const property = fc.property(fc.integer(), (seed) => {
    const [some = []] = fc.sample(generated, { numRuns: 1, seed })
    const tables = [...some, noRows('no_rows'), wide('wide', 2_000)]
    for (const { name, columns, filled } of tables)
      writeFileSync(join(folder, `${name}.csv`), csvText([columns.map((column) => column.name), ...filled]))
    const script = rScript(
      tables.map((table) => ({ file: `${table.name}.csv`, table })),
      'nl',
    )
    assert.ok(/^[\n\x20-\x7e]*$/.test(script), 'ASCII only')
    writeFileSync(join(folder, 'read.R'), script)
    afterReading(folder, [`setwd("${folder}")`, ...printed], 'C.UTF-8')
    for (const table of tables) assertRead(table, folder)
  })
  fc.assert(property, { numRuns: 1, endOnFailure: true })
})

function assertRead({ name, columns, filled }: FilledTable, folder: string): void {
  const csv = (end: string): string[][] => parse(readFileSync(join(folder, `${name}${end}`)))
  const cells = csv('.cells.csv').slice(1)
  const facts = csv('.facts.csv').slice(1)
  assert.equal(cells.length, filled.length)
  for (const [place, { type, label, missing, values }] of columns.entries()) {
    assert.equal(facts[place]?.[0], label.nl)
    for (const [row, found] of cells.entries()) {
      const where = `${name} ${columns[place]?.name} ${row}`
      // Nobody can answer an empty text; it would be a question left open.
      const cell = filled[row]?.[place] === '' ? null : (filled[row]?.[place] ?? null)
      const code = missing.find((one) => String(one.code) === cell || one.code === cell)
      const reason = code?.label.nl ?? (cell === null ? 'niet verzameld' : '')
      assert.equal(facts[place]?.[row + 1], missing.length > 0 ? reason : '', where)
      const number = type === 'moment' || type === 'date' ? Date.parse(String(cell)) / (type === 'date' ? 86_400_000 : 1000) : Number(cell)
      if (cell === null || code) assert.equal(found[place], '', where)
      else if (type === 'code') assert.equal(found[place], labelOf(values, cell), where)
      else if (type === 'text') assert.equal(found[place], cell, where)
      // R reads the last of 17 digits roughly.
      else
        assert.ok(
          Math.abs(Number(found[place]) - number) <= Math.max(5e-324, Math.abs(number) * 1e-15, type === 'moment' ? 0.0005 : 0),
          where,
        )
    }
  }
}

/** The label, with the value behind it where another value has the same. */
function labelOf(values: { value: number | string; label: { nl: string } }[], cell: number | string): string | undefined {
  const label = values.find(({ value }) => value === cell)?.label.nl
  return values.filter((other) => other.label.nl === label).length > 1 ? `${label} (${cell})` : label
}
