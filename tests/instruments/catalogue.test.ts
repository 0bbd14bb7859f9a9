import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Catalogue, readInstruments } from '../../instruments/catalogue.ts'
import { fileOf, type Json, smallInstrument, smallPart } from './small-files.ts'

const read = (...definitions: Json[]) => readInstruments(definitions.map((definition) => fileOf('instruments', definition)))
const told = (...definitions: Json[]) => read(...definitions).problems.map(({ file, path, reason }) => `${file} ${path}: ${reason}`)

test('an instrument is found by id@version, and an unknown one names what there is', () => {
  const { catalogue, files, problems } = read(smallInstrument())
  assert.deepEqual(problems, [])
  assert.equal(catalogue.need('mood@0.1.0-standin').id, 'mood')
  assert.equal(files.get('mood@0.1.0-standin'), 'instruments/mood/0.1.0-standin.json')
  assert.throws(() => catalogue.need('mood@9.9.9'), /There is no mood@9\.9\.9 .* there is: mood@0\.1\.0-standin/)
})

test('versions are ordered as versions, not as texts, and a stand-in comes before its release', () => {
  const catalogue = new Catalogue(['0.10.0', '0.9.0', '1.0.0', '1.0.0-standin'].map((version) => ({ id: 'mood', version })))
  assert.deepEqual(
    catalogue.versions('mood').map(({ version }) => version),
    ['0.9.0', '0.10.0', '1.0.0-standin', '1.0.0'],
  )
  assert.equal(catalogue.latest('mood')?.version, '1.0.0')
  assert.equal(catalogue.latest('other'), undefined)
})

test('an instrument takes in the pieces of the parts that it uses', () => {
  const instrument = { ...smallInstrument(), uses: ['common@0.1.0-standin'] }
  instrument.survey.pages[1].elements[0] = { $use: 'question' }
  const { catalogue, parts, pieces, problems } = read(instrument, smallPart())
  assert.deepEqual(problems, [])
  assert.equal(catalogue.all().length, 1)
  assert.equal(parts.catalogue.all().length, 1)
  assert.deepEqual(catalogue.need('mood@0.1.0-standin').survey, read(smallInstrument()).catalogue.need('mood@0.1.0-standin').survey)
  assert.deepEqual([...(pieces.get('instruments/mood/0.1.0-standin.json') ?? [])].sort(), [
    'common@0.1.0-standin/question',
    'common@0.1.0-standin/steps',
  ])
})

test('a piece that is missing is told once, and the instrument is left out', () => {
  const instrument = { ...smallInstrument(), uses: ['other@1.0.0'] }
  instrument.survey.pages[1] = { $use: 'page' }
  const { catalogue, problems } = read(instrument, smallPart())
  assert.deepEqual(
    problems.map(({ path, reason }) => `${path}: ${reason}`),
    ['/uses/0: there is no part other@1.0.0', '/survey/pages/1: $use: no part in "uses" defines "page"'],
  )
  assert.deepEqual(catalogue.all(), [])
})

test('what the schema refuses is told with file, path and what would be right', () => {
  const wrong = { ...smallInstrument(), minutes: 'two', mintues: 2, wording: { status: 'standin', holder: '' } }
  wrong.survey.pages[0].elements[1].type = 'rating'
  wrong.survey.pages[0].elements[2].title = { nl: 'Alleen Nederlands' }
  const file = 'instruments/mood/0.1.0-standin.json'
  assert.deepEqual(told(wrong), [
    `${file} /minutes: expected number, received string`,
    `${file} /wording/status: this must be "stand-in" or "own" or "licensed"`,
    `${file} /wording/holder: this needs at least 1 character`,
    `${file} /wording/source: this is missing: it needs a string`,
    `${file} /survey/pages/0/elements/1/type: this must be "radiogroup" or "dropdown" or "checkbox" or "text" or "comment" or "html" or "panel" or "paneldynamic"`,
    `${file} /survey/pages/0/elements/2/title/en: this is missing: it needs a string`,
    `${file} : "mintues": there is no such key here`,
  ])
})

test('two files with the same id and version are told', () => {
  const text = JSON.stringify(smallInstrument())
  const { problems } = readInstruments([
    { path: 'a.json', text },
    { path: 'b.json', text },
  ])
  assert.deepEqual(problems, [{ file: 'b.json', path: '/id', reason: 'mood@0.1.0-standin is also defined in a.json' }])
})

test('a file that is no JSON, or no definition, is told and stops nothing else', () => {
  const { catalogue, problems } = readInstruments([
    { path: 'empty.json', text: '' },
    { path: 'null.json', text: 'null' },
    { path: 'list.json', text: '[]' },
    { path: 'half.json', text: '{"kind": "instrument",' },
    { path: 'norms.json', text: '{"kind": "norm-table"}' },
    { path: 'mark.json', text: `\uFEFF${JSON.stringify(smallInstrument())}` },
  ])
  assert.deepEqual(new Set(problems.map(({ file }) => file)), new Set(['empty.json', 'null.json', 'list.json', 'half.json', 'norms.json']))
  assert.equal(catalogue.all().length, 1, 'a byte order mark, as some editors write it, does no harm')
})
