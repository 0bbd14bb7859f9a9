import assert from 'node:assert/strict'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { checkDefinitions } from '../../server/definitions/check.ts'
import { lockDefinitions } from '../../server/definitions/lock.ts'
import { BadCall, Failure } from '../../server/failure.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { writeFile } from '../harness/definition-folder.ts'
import { fileOf, smallInstrument } from '../instruments/small-files.ts'
import { smallBands, smallTable } from '../norms/small-files.ts'
import { smallStudy } from '../protocols/small-files.ts'

const mood = 'instruments/mood/0.1.0-standin.json'

/** A folder with sound definitions, none of which is published yet. */
function definitions(t: TestContext): string {
  const folder = temporaryFolder(t)
  writeFile(folder, mood, smallInstrument())
  for (const norm of [smallTable(), smallBands()]) writeFile(folder, fileOf('norms', norm).path, norm)
  writeFile(folder, fileOf('protocols', smallStudy()).path, smallStudy())
  return folder
}

const lockOf = (folder: string): Record<string, string> => JSON.parse(readFileSync(join(folder, 'instruments/checksums.json'), 'utf8'))

/** What is found in a folder whose definitions must all be published, without the path of the folder. */
const told = (folder: string): string[] =>
  checkDefinitions(folder).errors.map(({ file, path, reason }) => `${file.slice(file.lastIndexOf('instruments'))} ${path}: ${reason}`)

const changed = `${mood} : mood@0.1.0-standin is published, and published versions never change: undo the change, or make a new version of it`

test('publishing adds every version once, sorted, and a clean check is the result', (t) => {
  const folder = definitions(t)
  assert.equal(checkDefinitions(folder).errors.length, 4)
  assert.match(
    told(folder)[0] as string,
    /: it is not published: when it is ready, `npm run definitions:lock` adds it to \S*instruments\/checksums\.json$/,
  )

  assert.deepEqual(lockDefinitions(folder).sort(), [
    'mood-nl@0.1.0-standin',
    'mood@0.1.0-standin',
    'small-study@0.1.0-standin',
    'two@1.0.0',
  ])
  assert.deepEqual(told(folder), [])
  assert.deepEqual(lockDefinitions(folder), [])

  writeFile(folder, 'instruments/mood/0.0.1-standin.json', { ...smallInstrument(), version: '0.0.1-standin' })
  const before = lockOf(folder)
  assert.deepEqual(lockDefinitions(folder), ['mood@0.0.1-standin'])
  assert.deepEqual(Object.keys(lockOf(folder)), ['mood@0.0.1-standin', 'mood@0.1.0-standin'])
  assert.equal(lockOf(folder)['mood@0.1.0-standin'], before['mood@0.1.0-standin'])
})

test('a published version that changes is told, and publishing again does not take the change', (t) => {
  const folder = definitions(t)
  lockDefinitions(folder)
  const before = lockOf(folder)
  const instrument = smallInstrument()
  instrument.survey.pages[0].elements[1].title.nl = 'Een ander woord'
  writeFile(folder, mood, instrument)
  assert.deepEqual(told(folder), [changed])
  assert.throws(() => lockDefinitions(folder), {
    constructor: Failure,
    message: /^Nothing is published while there are mistakes:\n.*published versions never change/,
  })
  assert.deepEqual(lockOf(folder), before)
})

test('another order of keys, white space, a byte order mark or another place of the JSON Schema is no change', (t) => {
  const folder = definitions(t)
  lockDefinitions(folder)
  const backwards = Object.fromEntries(Object.entries({ $schema: '../../instrument.schema.json', ...smallInstrument() }).reverse())
  writeFile(folder, mood, `\uFEFF${JSON.stringify(backwards, undefined, 4)}\n`)
  assert.deepEqual(told(folder), [])
})

test('another order of items is a change', (t) => {
  const folder = definitions(t)
  lockDefinitions(folder)
  const instrument = smallInstrument()
  instrument.scales[0].items.reverse()
  writeFile(folder, mood, instrument)
  assert.deepEqual(told(folder), [changed])
})

test('a published version whose file is gone is told', (t) => {
  const folder = definitions(t)
  writeFile(folder, 'instruments/mood/0.0.1-standin.json', { ...smallInstrument(), version: '0.0.1-standin' })
  lockDefinitions(folder)
  rmSync(join(folder, 'instruments/mood/0.0.1-standin.json'))
  assert.deepEqual(told(folder), [
    'instruments/checksums.json /mood@0.0.1-standin: this version is published, but its file is gone: put it back',
  ])
})

test('a lock file that cannot be read, or has no checksums in it, is told', (t) => {
  const folder = definitions(t)
  lockDefinitions(folder)
  writeFile(folder, 'instruments/checksums.json', '{"mood@0.1.0-standin": ')
  assert.match(told(folder)[0] as string, /^instruments\/checksums\.json : this is not valid JSON: line 1, column 24/)
  writeFile(folder, 'instruments/checksums.json', { 'mood@0.1.0-standin': 'abc' })
  assert.match(told(folder)[0] as string, /^instruments\/checksums\.json \/mood@0\.1\.0-standin: a checksum is a sha256/)
  assert.throws(() => lockDefinitions(folder), Failure)
  assert.deepEqual(lockOf(folder), { 'mood@0.1.0-standin': 'abc' }, 'what cannot be read is left as it is')
})

test('what is no folder cannot be published', (t) => {
  assert.throws(() => lockDefinitions(join(definitions(t), mood)), BadCall)
})

test('definitions with mistakes are not published', (t) => {
  const folder = definitions(t)
  writeFile(folder, mood, { ...smallInstrument(), scales: [] })
  assert.throws(() => lockDefinitions(folder), { constructor: Failure, message: /mood@0\.1\.0-standin has no scale total/ })
  assert.throws(() => lockOf(folder), /ENOENT/)
})

test("a study's own folder needs no lock files, and is held to those that it has", (t) => {
  const [shipped, own] = [definitions(t), temporaryFolder(t)]
  lockDefinitions(shipped)
  const version = '0.2.0-standin'
  const name = `instruments/mood/${version}.json`
  writeFile(own, name, { ...smallInstrument(), version })
  assert.deepEqual(checkDefinitions(shipped, own).errors, [])
  writeFile(own, 'instruments/checksums.json', { [`mood@${version}`]: '0'.repeat(64) })
  assert.deepEqual(
    checkDefinitions(shipped, own).errors.map(({ reason }) => reason),
    [`mood@${version} is published, and published versions never change: undo the change, or make a new version of it`],
  )
})
