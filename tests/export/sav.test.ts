/** The `.sav` files of a study, as `nameting export` writes them. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openStudyReader } from '../../server/db/study-reader.ts'
import { exportStudy } from '../../server/export/export-study.ts'
import { behind } from '../harness/behind.ts'
import { databasePlace } from '../harness/database.ts'
import { readWithHaven, readWithPspp } from './read-sav.ts'
import { assertSavIsCsv } from './same-as-csv.ts'
import { type ExportStudy, entry, parent, referrer, startExportStudy, study } from './study.ts'

async function answered(t: { after(fn: () => unknown): void }): Promise<ExportStudy> {
  const visits = await startExportStudy(t)
  await visits.register(entry('one'), entry('two', [parent('Ada'), referrer('Cor')]), entry('three'))
  await visits.submit({ code: 'one', instrument: 'visit' }, { moved: 0, persons: 12, balance: -1250.5, support: [1, 3] })
  await visits.submit(
    { code: 'two', instrument: 'visit' },
    { moved: 1, moved_on: '1912-02-29', remark: 'één 👪 عائلة\n"ja", =1+1', state: '-9' },
  )
  await visits.submit({ code: 'two', instrument: 'opinion', role: 'referrer' }, { word: 'x'.repeat(1000) })
  return visits
}

/** What PSPP prints of the wide file, as CSV. */
function runPspp({ folder }: ExportStudy, directory: string, syntax: string): string {
  const out = join(folder, 'out.csv')
  writeFileSync(join(folder, 'do.sps'), `GET FILE='${directory}/wide.sav'.\n${syntax}\n`)
  execFileSync('pspp', ['-O', 'format=csv', '-o', out, join(folder, 'do.sps')], {
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
    stdio: 'ignore',
  })
  return readFileSync(out, 'utf8')
}

test('SPSS files say what the CSV files say, in haven and in PSPP', async (t) => {
  const visits = await answered(t)
  const { directory, code, stderr } = await visits.export('out', '--format', 'csv', 'sav')
  assert.deepEqual([code, stderr], [0, ''])
  assert.ok(assertSavIsCsv(directory, 'nl') > 100)
})

test('labels are in the language that is asked for, levels of measurement follow from the instrument', async (t) => {
  const visits = await answered(t)
  const { directory } = await visits.export('out', '--format', 'csv', 'sav', '--language', 'en')
  assertSavIsCsv(directory, 'en')
  const { found } = readWithPspp(directory, [{ name: 'wide', numbers: [] }])
  const variable = (name: string) => found.get('wide')?.variables.get(name)
  assert.deepEqual(
    variable('visit_t0_moved')
      ?.values.map(([, label]) => label)
      .toSorted(),
    ['No', 'Yes', 'asked and left open', 'not applicable: a condition kept it from being asked'],
  )
  const measures = Object.fromEntries(
    [
      'visit_t0_moved',
      'veo_t0_veo01',
      'visit_t0_persons',
      'visit_t0_moved_on',
      'visit_t0_remark',
      'visit_t0_state',
      'veo_t0_z',
      'visit_t0_support___1',
    ].map((name) => [name, variable(name)?.measure]),
  )
  assert.deepEqual(measures, {
    visit_t0_moved: 'Nominal',
    veo_t0_veo01: 'Ordinal',
    visit_t0_persons: 'Scale',
    visit_t0_moved_on: 'Scale',
    visit_t0_remark: 'Nominal',
    visit_t0_state: 'Nominal',
    veo_t0_z: 'Scale',
    visit_t0_support___1: 'Nominal',
  })
})

test('SPSS knows which columns are one question, where a variable comes from and what the file is', async (t) => {
  const visits = await answered(t)
  const { directory } = await visits.export('out', '--format', 'sav', '--layout', 'wide')
  const sets = runPspp(visits, directory, 'MRSETS /DISPLAY NAME=ALL.')
  assert.match(sets, /\$visit_t0_support,Support,Dichotomies,1,"?visit_t0_support___1\nvisit_t0_support___2\nvisit_t0_support___3"?/)
  assert.match(sets, /\$visit_fu3_support,/)
  const attributes = runPspp(visits, directory, 'DISPLAY ATTRIBUTES.')
  assert.match(attributes, /asked_when,\{moved\} = 1/)
  assert.match(attributes, /norm_tables,veo-nl@0\.1\.0-standin/)
  assert.match(attributes, /warning,"?Made with STAND-IN wording/)
  const documents = runPspp(visits, directory, 'DISPLAY DOCUMENTS.')
  assert.match(documents, /Visits, ""so to speak"": wide/)
  assert.match(documents, /Made with STAND-IN wording, norms or prices/)
  assert.match(documents, /-9: gevraagd en opengelaten/)
})

test('what SPSS counts are answers: codes for what is missing and empty cells are not', async (t) => {
  const visits = await answered(t)
  const { directory } = await visits.export('out', '--format', 'sav', '--layout', 'wide')
  const counts = runPspp(visits, directory, 'FREQUENCIES visit_t0_persons visit_t0_item_state.')
  assert.match(counts, /Valid,12,1,33\.3%,100\.0%,100\.0%\nMissing,\.,1,33\.3%,,\n,gevraagd en opengelaten,1,33\.3%,,\nTotal,,3/)
  assert.match(counts, /Valid,"""-9""",1,33\.3%,100\.0%,100\.0%\nMissing,/)
})

/** Of texts of more than 8 bytes: the record that SPSS has for them, subtype 22. */
function longMissing(file: Buffer): Map<string, string[]> {
  const head = Buffer.from([7, 0, 0, 0, 22, 0, 0, 0, 1, 0, 0, 0])
  const start = file.indexOf(head) + head.length + 4
  const end = start + file.readInt32LE(start - 4)
  const found = new Map<string, string[]>()
  for (let at = start; at < end; ) {
    const name = file.toString('utf8', at + 4, at + 4 + file.readInt32LE(at))
    at += 4 + Buffer.byteLength(name)
    const [count, length] = [file.readUInt8(at), file.readInt32LE(at + 1)]
    assert.equal(length, 8)
    at += 5
    found.set(
      name,
      Array.from({ length: count }, (_, index) => file.toString('utf8', at + 8 * index, at + 8 * (index + 1))),
    )
    at += 8 * count
    assert.ok(at <= end)
  }
  return found
}

test('the missing values of a long text stand in eight bytes each behind one length, as SPSS has them, and haven reads all three', async (t) => {
  const visits = await answered(t)
  const { directory } = await visits.export('out', '--format', 'sav', '--layout', 'long')
  const inFile = longMissing(readFileSync(join(directory, 'long_visit.sav'))).get('remark')
  assert.deepEqual(inFile, ['-9      ', '-8      ', '        '])
  const found = readWithHaven(directory, ['long_visit']).get('long_visit')
  assert.deepEqual(found?.variables.get('remark')?.missing, ['-9', '-8', ''])
})

test('two exports of the same data at the same moment have the same bytes', async (t) => {
  const visits = await answered(t)
  const reader = await openStudyReader(await databasePlace(visits.dataFolder))
  t.after(() => reader.close())
  const shas: string[][] = []
  for (const name of ['first', 'second']) {
    const { files } = await exportStudy(reader, visits.context.definitions, {
      study,
      directory: join(visits.folder, name),
      layouts: ['long', 'wide'],
      formats: ['sav'],
      now: '2026-03-02T09:00:00.000Z',
    })
    shas.push(files.map(({ name, sha256 }) => `${name} ${sha256}`))
  }
  assert.ok(shas[0]?.some((line) => line.startsWith('wide.sav ')))
  assert.deepEqual(shas[0], shas[1])
})

test('a number that SPSS takes for missing stops the export and names the variable', async (t) => {
  const visits = await startExportStudy(t)
  await visits.register(entry('one'))
  await visits.submit({ code: 'one', instrument: 'visit' }, { balance: 5 })
  // From before answers had 15 digits at most.
  const intruder = behind(visits.context.stores.study)
  intruder.exec(`UPDATE responses SET answers = '{"balance":${-Number.MAX_VALUE}}'`)
  intruder.close()
  const { code, stderr } = await visits.export('out', '--format', 'sav')
  assert.equal(code, 1)
  assert.match(stderr, /^visit_t0_balance is -1\.7976931348623157e\+308 in a row|^balance is -1\.7976931348623157e\+308 in a row/)
})
