/** The codebook in its other shapes: JSON, DDI, phenotype and REDCap. All of them say what codebook.csv says. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { branchingOf } from '../../server/export/codebooks/redcap.ts'
import { element, textOf } from '../../server/export/codebooks/xml.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { openTestStudy } from '../harness/test-study.ts'
import { headerOf, type Row, rowsOf, rowWhere } from './read-export.ts'
import { all, readXml } from './read-xml.ts'
import { faultsOf } from './redcap-rules.ts'
import { entry, startExportStudy } from './study.ts'

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

  const ddi = readXml(readFileSync(join(directory, 'codebook.xml'), 'utf8'))
  assert.deepEqual([ddi.name, ddi.attributes.xmlns, ddi.attributes.version], ['codeBook', 'ddi:codebook:2_5', '2.5'])
  assert.deepEqual([...new Set(ddi.children.map(({ name }) => name))], ['docDscr', 'stdyDscr', 'fileDscr', 'dataDscr'])
  const files = new Map(all(ddi, 'fileDscr').map((one) => [one.attributes.ID, all(one, 'fileName')[0]?.text]))
  const described = all(ddi, 'var')
  assert.deepEqual(
    described.map(({ attributes: { files: id, name } }) => `${files.get(id)} ${name}`),
    variables,
  )
  assert.equal(new Set(described.map(({ attributes }) => attributes.ID)).size, rows.length)
  const movedHere = described.find(({ attributes }) => attributes.name === 'visit_t0_moved') ?? assert.fail()
  assert.deepEqual(
    all(movedHere, 'catgry').map((one) => [all(one, 'catValu')[0]?.text, one.attributes.missing]),
    [
      ['0', undefined],
      ['1', undefined],
      ['-9', 'Y'],
      ['-8', 'Y'],
    ],
  )
  // The order that the schema of DDI Codebook 2.5 asks for within a variable.
  const order = ['labl', 'qstn', 'valrng', 'invalrng', 'universe', 'txt', 'catgry', 'derivation', 'varFormat', 'notes']
  for (const { children } of described) {
    const places = children.map(({ name }) => order.indexOf(name))
    assert.ok(!places.includes(-1))
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
    )
  }

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

test('the fields of each REDCap form stand together, also of lists with a repeated group in their midst', async (t) => {
  const folder = temporaryFolder(t)
  const study = await openTestStudy({ folder: join(folder, 'data'), entry: { protocol: 'familie-aan-zet@0.5.0-standin' } })
  t.after(study.close)
  const ran = await nameting(study.environment, 'export', '--study', 's1', '--out', join(folder, 'out'), '--format', 'redcap')
  assert.deepEqual([ran.code, ran.stderr], [0, ''])
  const fields = rowsOf(join(folder, 'out'), 'redcap.csv')
  const forms = fields.map((field) => field['Form Name'])
  const runs = forms.filter((form, index) => form !== forms[index - 1])
  assert.deepEqual(runs, [...new Set(forms)])
  assert.ok(runs.includes('frek') && runs.includes('frek_children'))
})

test('a dictionary of the lists of two studies that ship keeps to what REDCap asks of it, and the rules find what does not', async (t) => {
  const folder = temporaryFolder(t)
  for (const [index, protocol] of ['familie-aan-zet@0.4.0-standin', 'uva-trial@0.3.0-standin'].entries()) {
    const study = await openTestStudy({ folder: join(folder, `data-${index}`), entry: { protocol } })
    t.after(study.close)
    const out = join(folder, `out-${index}`)
    const ran = await nameting(study.environment, 'export', '--study', 's1', '--out', out, '--format', 'redcap', '--language', 'en')
    assert.deepEqual([ran.code, ran.stderr], [0, ''])
    const rows = rowsOf(out, 'redcap.csv')
    const header = headerOf(out, 'redcap.csv')
    assert.ok(rows.length > 10)
    assert.deepEqual(faultsOf(header, rows), [])

    const at = rows.findIndex((row) => row['Field Type'] === 'radio')
    const spoilt = (change: Row) => faultsOf(header, rows.with(at, { ...rows[at], ...change }))
    const logic = 'Branching Logic (Show field only if...)'
    const changes: Row[] = [
      { 'Variable / Field Name': 'Two__words' },
      { 'Variable / Field Name': rows[at + 1]?.['Variable / Field Name'] ?? '' },
      { 'Field Type': 'radiogroup' },
      { 'Field Label': '' },
      { 'Choices, Calculations, OR Slider Labels': 'Yes | No' },
      { 'Text Validation Min': '0' },
      { [logic]: "[nobody] = '1'" },
      { [logic]: "([record_id] = '1' and" },
    ]
    for (const change of changes) assert.ok(spoilt(change).length > 0, JSON.stringify(change))
    assert.ok(faultsOf(header.toReversed(), rows).length > 0)
  }
})

test('a condition is put in the words of REDCap, or is left for people to read', () => {
  assert.equal(branchingOf('{panel.kind} = 1 or {kind} <> 2', 'f'), "[f_kind] = '1' or [f_kind] <> '2'")
  // REDCap takes an empty field for a zero there.
  assert.equal(branchingOf('{done} < 2', 'f'), "[f_done] < '2' and [f_done] <> ''")
  assert.equal(branchingOf('{done} >= 0 or {kind} = 1', 'f'), "([f_done] >= '0' and [f_done] <> '') or [f_kind] = '1'")
  assert.equal(branchingOf('{reasons} contains 2', 'f'), "[f_reasons(2)] = '1'")
  assert.equal(branchingOf('{age} notempty', 'f'), null)
})

test('whatever a text holds, what is made of it is XML', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const read = readXml(element('all', {}, element('one', { as: text }, textOf(text))))
      const [one] = read.children
      const kept = text.toWellFormed().replaceAll(/[^\P{Cc}\t\n]|[\ufffe\uffff]/gu, '')
      assert.deepEqual([one?.text, one?.attributes.as], [kept, kept])
    }),
  )
})
