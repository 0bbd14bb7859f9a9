import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { answerChecker } from '../../../instruments/answers.ts'
import { scoreInstrument } from '../../../instruments/score.ts'
import { loadDefinitions } from '../../../server/definitions/load.ts'
import { chiSquareTest } from '../../../server/report/statistics/chi-square-test.ts'
import { twoGroupsT } from '../../../server/report/statistics/t-test.ts'
import { readPage, section, tableRows } from '../../docs/pages.ts'
import { submissionOf } from './answers.ts'
import { attainableAt } from './attainable.ts'
import { cellsOf, inWords } from './cells.ts'
import { rawScore } from './figures.ts'
import { families } from './people.ts'
import { arms, lineOf, lines, published, sumOf, waves } from './published.ts'
import { problems } from './scores.ts'
import { standInVersion, wantedLists } from './wanted.ts'

const definitions = loadDefinitions(fileURLToPath(new URL('definitions', import.meta.url)))
const wanted = wantedLists(definitions)
const cells = cellsOf(definitions, wanted)

test('the data set gives every printed figure but 17, each of which has a reason', () => {
  assert.equal(cells.length, 388)
  const others = cells.filter(({ printed, ours }) => printed !== ours)
  assert.deepEqual(others.map(({ statistic }) => statistic).sort(), [
    'count',
    ...Array.from({ length: 12 }, () => 'n'),
    'sd',
    'sd',
    'sd',
    'sd',
  ])
  for (const cell of cells)
    assert.equal(cell.reason !== undefined && cell.reason !== 'unexplained', cell.printed !== cell.ours, JSON.stringify(cell))
})

test('the page about the published figures lists exactly those that do not agree', () => {
  const rows = tableRows(section(readPage('docs/published-figures.md'), 'Figures that come out otherwise'))
  const differing = cells.filter(({ reason }) => reason !== undefined)
  assert.deepEqual(
    rows,
    differing.map((cell) => inWords(definitions, cell)),
  )
})

test('as many lists come in as were counted, each once and by families that can fill it in', () => {
  const keys = wanted.map(({ code, instrument, wave }) => `${code} ${instrument} ${wave}`)
  assert.equal(new Set(keys).size, keys.length)
  const arrived = (instrument: string, wave: string) => wanted.filter((list) => list.instrument === instrument && list.wave === wave).length
  const { response } = published
  for (const name of ['nosik', 'nosi_b', 'veo', 'pul', 'succint_referrer', 'succint_informant'])
    for (const wave of waves) {
      const printed = response[name] as Record<string, number>
      assert.equal(arrived(name.replace('_', '-'), wave), printed[wave] ?? 0, `${name} ${wave}`)
    }
  const counted = ['cvc', 'frek', 'fufrek'].map((name) => arrived(name, name === 'fufrek' ? 'FU3' : 'T0'))
  assert.deepEqual(counted, [56, 108, 68])
  assert.equal(new Set(wanted.flatMap(({ instrument, code }) => (instrument === 'zap-kort' ? [code] : []))).size, 79)

  const taking = new Map(families.map((family) => [family.code, family]))
  for (const { code, instrument, role, wave } of wanted) {
    const family = taking.get(code) ?? assert.fail(code)
    if (role === 'parent' || instrument.startsWith('succint')) assert.equal(family.parents, 'take part', code)
    if (role === 'informant' || instrument === 'fufrek') assert.equal(family.arm, 'conference', code)
    if (wave === 'FU9') assert.notEqual(family.cohort, 'rest', code)
  }
})

test('the answers of each list score what they are to score, by the definitions as they ship', () => {
  for (const list of wanted) {
    const instrument = definitions.instruments.need(`${list.instrument}@${standInVersion}`)
    const { answers, skipped } = submissionOf(instrument, list)
    const { problems, open, notApplicable } = answerChecker(instrument)(answers)
    assert.deepEqual([problems, open.map(({ item }) => item)], [[], skipped])
    const scores = new Map(scoreInstrument(instrument, answers, notApplicable).map(({ scale, raw }) => [scale, raw]))
    for (const scale of lines.flatMap((line) => (line.instrument === list.instrument ? [line.of] : [])))
      assert.equal(scores.get(scale), rawScore(list, scale) ?? null, `${list.code} ${list.instrument} ${list.wave} ${scale}`)
    for (const [scale, aim] of Object.entries(list.aims)) assert.equal(scores.get(scale), aim)
  }
})

test('the numbers of problems can be had in one way only, and give t(106) = -2.12, p = .036', () => {
  for (const arm of arms) {
    const line = lineOf(lines, { table: '3.3', arm })
    assert.equal(attainableAt(line, line.n).length, 1)
  }
  const { conference, 'non-conference': others } = problems()
  const outcome = twoGroupsT('student', others, conference, { sides: 'two' })
  assert.ok('t' in outcome)
  const words = `t(${outcome.df}) = ${outcome.t.toFixed(2)}, p = ${outcome.p.toFixed(3).slice(1)}`
  assert.equal(words, published['3.3'].test)
})

test('the counts of table 7.3 give X2(8) = 5.15 and not the X2(6) = 22.00 that is printed, and as waves of the same people nothing', () => {
  const counted = Object.values(published['7.3']).flatMap((bands) => (typeof bands === 'object' ? [Object.values(bands)] : []))
  assert.deepEqual(counted.map(sumOf), [35, 17, 15])
  const outcome = chiSquareTest('different-people', counted)
  assert.ok('chiSquare' in outcome)
  assert.deepEqual([outcome.df, outcome.chiSquare.toFixed(2)], [8, '5.15'])
  assert.deepEqual(chiSquareTest('same-people', counted), { refused: 'same-people' })
})
