/** The codebook in its other shapes: JSON, DDI, phenotype and REDCap. All of them say what codebook.csv says. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { branchingOf } from '../../server/export/codebooks/redcap.ts'
import { element, textOf } from '../../server/export/codebooks/xml.ts'
import { type Row, rowsOf, rowWhere } from './read-export.ts'
import { entry, startExportStudy } from './study.ts'

/** What xmllint finds, one line each, without names of a namespace. It throws for what is no XML. */
const xpath = (xml: string, path: string): string[] =>
  execFileSync('xmllint', ['--nonet', '--xpath', path, '-'], { encoding: 'utf8', input: xml.replace(' xmlns="ddi:codebook:2_5"', '') })
    .split('\n')
    .filter((line) => line !== '')

test('codebook.json and codebook.xml have each variable of each file, with labels, values and missing codes', async (t) => {
  const visits = await startExportStudy(t)
  await visits.register(entry('one'))
  await visits.submit({ code: 'one', instrument: 'visit' }, { moved: 1 })
  const { directory } = await visits.export('out', '--format', 'csv', 'sav', 'phenotype', 'redcap')
  const rows = rowsOf(directory, 'codebook.csv')
  const read = (name: string) => JSON.parse(readFileSync(join(directory, name), 'utf8'))

  const json = read('codebook.json')
  const variables = json.files.flatMap(({ file, variables }: { file: string; variables: { variable: string }[] }) =>
    variables.map(({ variable }) => `${file} ${variable}`),
  )
  assert.deepEqual(
    variables,
    rows.map(({ file, variable }) => `${file} ${variable}`),
  )
  const moved = json.files
    .find(({ file }: { file: string }) => file === 'wide.csv')
    .variables.find(({ variable }: { variable: string }) => variable === 'visit_t0_moved')
  const [no, yes] = moved.values
  assert.deepEqual([no.value, yes.value, moved.missing.map(({ value }: { value: number }) => value)], [0, 1, [-9, -8]])
  const row = rowWhere(rows, { file: 'wide.csv', variable: 'visit_t0_moved' })
  assert.deepEqual([moved.label.nl, moved.instrument, moved.wave], [row.label_nl, row.instrument, 'T0'])

  const ddi = readFileSync(join(directory, 'codebook.xml'), 'utf8')
  assert.match(ddi, /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<codeBook xmlns="ddi:codebook:2_5" version="2\.5"/)
  assert.deepEqual(xpath(ddi, 'count(//var)'), [String(rows.length)])
  assert.deepEqual(xpath(ddi, '//fileDscr/fileTxt/fileName/text()'), [...new Set(rows.map(({ file }) => file ?? ''))])
  assert.deepEqual(xpath(ddi, 'count(//var[not(@files = //fileDscr/@ID)])'), ['0'])
  const ofMoved = `//var[@name="visit_t0_moved"][1]`
  assert.deepEqual(xpath(ddi, `(${ofMoved})[1]/catgry/catValu/text()`).slice(0, 4), ['0', '1', '-9', '-8'])
  // The order that the schema of DDI Codebook 2.5 asks for within a variable.
  const order = ['labl', 'qstn', 'valrng', 'invalrng', 'universe', 'txt', 'catgry', 'derivation', 'varFormat', 'notes']
  const children = [...ddi.matchAll(/<var [^>]*>(.*?)<\/var>/gs)].map(([, inner = '']) => namesIn(inner))
  assert.equal(children.length, rows.length)
  for (const names of children)
    assert.deepEqual(
      names,
      names.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)),
    )

  const phenotype = read('phenotype_visit.json')
  assert.equal(phenotype.moved.LongName, row.label_nl)
  assert.deepEqual(Object.keys(phenotype.moved.Levels).sort(), ['-8', '-9', '0', '1'])
  assert.match(phenotype.MeasurementToolMetadata.Description, /visit@1\.0\.0/)

  const redcap = rowsOf(directory, 'redcap.csv')
  const field = (name: string): Row => rowWhere(redcap, { 'Variable / Field Name': name })
  assert.equal(field('visit_moved')['Field Type'], 'radio')
  assert.match(field('visit_moved')['Choices, Calculations, OR Slider Labels'] ?? '', /^0, .+ \| 1, /)
  assert.equal(field('visit_moved_on')['Text Validation Type OR Show Slider Number'], 'date_ymd')
  assert.equal(field('visit_moved_on')['Branching Logic (Show field only if...)'], "[visit_moved] = '1'")
  assert.equal(new Set(redcap.map((one) => one['Variable / Field Name'])).size, redcap.length)
})

/** Names of the elements that stand directly in this. */
function namesIn(inner: string): string[] {
  let depth = 0
  const names: string[] = []
  for (const [tag, close, name = '', empty] of inner.matchAll(/<(\/?)([a-zA-Z]+)[^>]*?(\/?)>/g)) {
    assert.ok(tag)
    if (close) depth--
    else {
      if (depth === 0) names.push(name)
      if (!empty) depth++
    }
  }
  return names.filter((name, index) => name !== names[index - 1])
}

test('a condition is put in the words of REDCap, or is left for people to read', () => {
  assert.equal(branchingOf('{panel.kind} = 1 or {kind} <> 2', 'f'), "[f_kind] = '1' or [f_kind] <> '2'")
  assert.equal(branchingOf('{reasons} contains 2', 'f'), "[f_reasons(2)] = '1'")
  assert.equal(branchingOf('{age} notempty', 'f'), null)
})

test('whatever a text holds, what is made of it is XML', () => {
  const texts = fc.array(fc.string({ unit: 'binary' }), { minLength: 20, maxLength: 20 })
  fc.assert(
    fc.property(texts, (several) => {
      const xml = element('all', {}, ...several.map((text) => element('one', { as: text }, textOf(text))))
      execFileSync('xmllint', ['--noout', '-'], { input: xml })
    }),
    { numRuns: 15 },
  )
})
