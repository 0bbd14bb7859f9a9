import assert from 'node:assert/strict'
import test from 'node:test'
import type { Yardstick } from '../../norms/assess.ts'
import { type AnswerTable, readAnswerTable } from '../../server/scoring/read-answer-table.ts'
import { scoreTable } from '../../server/scoring/score-table.ts'
import { agreement, choices, exampleInstrument, text } from '../instruments/example.ts'
import { bandSets, exampleTable } from '../norms/example.ts'

const instrument = exampleInstrument(
  [
    [
      agreement('a'),
      agreement('b'),
      { type: 'text', name: 'age', title: text('age'), inputType: 'number', min: 0, max: 120 },
      { type: 'checkbox', name: 'events', title: text('events'), choices: choices(1, 3) },
      { type: 'comment', name: 'story', title: text('story') },
    ],
  ],
  [
    { id: 'total', items: ['a', 'b'], missing: { allowed: 1, prorate: true } },
    { id: 'age', items: ['age'], method: 'value', itemRange: [0, 120], worse: null },
    { id: 'events', items: ['events'], method: 'count', counts: [1, 2], worse: null },
  ],
)
const table = exampleTable({
  strata: [
    { id: 'young-mother', when: { sex: 'female', child_age: { from: 0, to: 5 } }, mean: 4, sd: 2, n: null },
    { id: 'everybody-else', mean: 6, sd: 2, n: null },
  ],
})
const yardstick: Yardstick = { instrument, tables: [], bandSets }
const withNorm: Yardstick = { ...yardstick, tables: [table] }

const bytes = (content: string) => new TextEncoder().encode(content)

function read(content: string, kind: 'csv' | 'json' = 'csv'): AnswerTable {
  const found = readAnswerTable(kind, bytes(content))
  if ('problems' in found) assert.fail(JSON.stringify(found.problems))
  return found.table
}

const score = (content: string, against = yardstick, kind: 'csv' | 'json' = 'csv') => scoreTable(against, read(content, kind))
const raws = (content: string) => score(content).scored.rows.map(({ scores }) => [scores[0], scores[6], scores[12]])
const problemsOf = (content: string | Uint8Array, kind: 'csv' | 'json' = 'csv') => {
  const found = readAnswerTable(kind, typeof content === 'string' ? bytes(content) : content)
  return 'problems' in found ? found.problems : scoreTable(yardstick, found.table).problems
}

test('commas, semicolons, tabs, a byte order mark and Windows line ends all read the same', () => {
  const rows = ['id,a,b,age', '1,2,3,40', '2,,6,']
  for (const mark of [',', ';', '\t'])
    for (const end of ['\n', '\r\n'])
      for (const bom of ['', '\uFEFF'])
        assert.deepEqual(raws(bom + rows.map((row) => row.replaceAll(',', mark)).join(end)), [
          [5, 40, null],
          [12, null, null],
        ])
})

test('in a file with semicolons a number may have a comma, in others not', () => {
  assert.deepEqual(raws('a;age\n1;38,5\n1;38.5\n'), [
    [2, 38.5, null],
    [2, 38.5, null],
  ])
  assert.deepEqual(problemsOf('a,age\n1,"38,5"\n'), [
    { at: 2, column: 'age', reason: 'This item takes a number, not below 0, not above 120.' },
  ])
})

test('in a file with semicolons what may be a thousand or one and a bit is refused, also where the item takes both', () => {
  for (const cell of ['1.000', '12.500', '1.000.000', ' -1.250 ']) {
    const [problem, ...others] = problemsOf(`a;age\n1;${cell}\n`)
    assert.deepEqual([problem?.at, problem?.column, others], [2, 'age', []])
    assert.match(problem?.reason ?? '', /can be read in two ways: write decimals behind a comma, and no mark for thousands\.$/)
  }
  assert.deepEqual(raws('a;age\n1;1.25\n1;0.125\n1;1.2345\n'), [
    [2, 1.25, null],
    [2, 0.125, null],
    [2, 1.2345, null],
  ])
  assert.deepEqual(raws('a,age\n1,1.250\n'), [[2, 1.25, null]])
})

test('an empty or blank cell, NA and the missing codes of an export are no answer', () => {
  for (const nothing of ['', '  ', 'NA', '-9', '-8', ' NA ', '-9.0']) {
    assert.deepEqual(score(`a,b,age,events,story\n${nothing},4,${nothing},${nothing},${nothing}\n`).problems, [], JSON.stringify(nothing))
    assert.deepEqual(raws(`a,b,age,events,story\n${nothing},4,${nothing},${nothing},${nothing}\n`), [[8, null, null]])
  }
})

test('a missing code that an item takes as an answer is an answer', () => {
  const cold = exampleInstrument(
    [
      [
        { type: 'radiogroup', name: 'a', title: text('a'), choices: choices(-9, 3) },
        { type: 'text', name: 'b', title: text('b'), inputType: 'number' },
      ],
    ],
    [{ items: ['a', 'b'], itemRange: [-20, 20], missing: { allowed: 0, prorate: false } }],
  )
  assert.equal(scoreTable({ ...yardstick, instrument: cold }, read('a,b\n-9,-8\n')).scored.rows[0]?.scores[0], -17)
})

test('ticked boxes stand in one cell with spaces between them', () => {
  assert.deepEqual(raws('a,events\n1,1 3\n1,2\n1,1  2\n'), [
    [2, null, 1],
    [2, null, 1],
    [2, null, 2],
  ])
})

test('numbers as other programs write them are read', () => {
  assert.deepEqual(raws('a,age\n1.0,+40\n2,4e1\n'), [
    [2, 40, null],
    [4, 40, null],
  ])
})

test('every wrong cell is listed, with its line and its column, and no cell is repeated', () => {
  const content = 'id,a,b,age,story\n1,7,twee,40,"a\nlong story"\n2,1,1,-1,"bell \u0007"\n3,1.5,2,oud,x\n4,1,1,1,x\n'
  const problems = problemsOf(content)
  assert.deepEqual(
    problems.map(({ at, column }) => [at, column]),
    [
      [2, 'a'],
      [2, 'b'],
      [4, 'age'],
      [4, 'story'],
      [5, 'a'],
      [5, 'age'],
    ],
  )
  for (const { reason } of problems) assert.doesNotMatch(reason, /twee|oud|7|1\.5/)
})

test('a row with too many or too few cells is an error with its line', () => {
  assert.deepEqual(problemsOf('a,b\n1,2\n\n1\n1,2,3\n'), [
    { at: 4, column: '', reason: 'there are 1 cells, and the header has 2' },
    { at: 5, column: '', reason: 'there are 3 cells, and the header has 2' },
  ])
})

test('a quotation mark that is never closed is an error', () => {
  assert.match(problemsOf('a,story\n1,"open\n2,x\n')[0]?.reason ?? '', /Quote Not Closed/)
})

test('an empty file, one that is not UTF-8, and one without a column of the instrument are errors', () => {
  assert.deepEqual(problemsOf(''), [{ at: 1, column: '', reason: 'the file is empty' }])
  assert.match(problemsOf(Uint8Array.of(0x61, 0x0a, 0xeb, 0x0a))[0]?.reason ?? '', /not UTF-8/)
  assert.match(problemsOf(Uint8Array.of(0xff, 0xfe, 0x61, 0x00))[0]?.reason ?? '', /not UTF-8/)
  assert.match(problemsOf('id,A,B\n1,2,3\n')[0]?.reason ?? '', /no column of example@1\.0\.0; its items are: a, b, age, events, story/)
})

test('a column that is there twice, or that scoring would add, is an error', () => {
  assert.deepEqual(
    problemsOf('a,a,b,total_z\n1,1,1,1\n').map(({ at, column }) => [at, column]),
    [
      [1, 'a'],
      [1, 'total_z'],
    ],
  )
})

test('a file of one column keeps its empty lines: they are rows', () => {
  assert.deepEqual(raws('a\n1\n\n3\n'), [
    [2, null, null],
    [null, null, null],
    [6, null, null],
  ])
})

test('a header without rows gives a header without rows', () => {
  const { scored, problems } = score('id,a,b,age,events,story\n')
  assert.deepEqual([scored.rows, problems], [[], []])
  assert.deepEqual(scored.columns.slice(6, 12), ['total_raw', 'total_z', 'total_band', 'total_missing', 'total_norm', 'total_reason'])
})

test('items without a column count as unanswered, and that is said', () => {
  const { scored, notes } = score('a,story\n3,x\n')
  assert.deepEqual(scored.rows[0]?.scores.slice(0, 6), [6, null, null, 1, null, 'no-norm'])
  assert.deepEqual(notes, ['There is no column for b, age, events: in every row these count as unanswered.'])
})

test('columns that are no item go through as they are, whatever they are called', () => {
  const { scored, problems } = score('id,__proto__,constructor,a\n007,=1+1,"x, y",2\n')
  assert.deepEqual(problems, [])
  assert.deepEqual(scored.rows[0]?.given, ['007', '=1+1', 'x, y', '2'])
  assert.deepEqual(scored.rows[0]?.read, ['007', '=1+1', 'x, y', 2])
})

test('facts come from the columns that are named like them', () => {
  const { scored, notes } = score(
    'sex,child_age,a,b,age,events,story\nfemale,5,4,4,,,\nfemale,6,4,4,,,\n,,4,4,,,\nfemale,NA,4,4,,,\n',
    withNorm,
  )
  assert.deepEqual(
    scored.rows.map(({ scores }) => scores.slice(0, 6)),
    [
      [8, 2, 'very_serious', 0, 'example-nl@1.0.0', null],
      [8, 1, 'moderate', 0, 'example-nl@1.0.0', null],
      [8, 1, 'moderate', 0, 'example-nl@1.0.0', null],
      [8, 1, 'moderate', 0, 'example-nl@1.0.0', null],
    ],
  )
  assert.deepEqual(notes, [])
})

test('an age that is no whole number is an error; a text that no norm knows, and a fact without a column, are said', () => {
  assert.deepEqual(score('child_age,a,b\n5.5,4,4\nvijf,4,4\n', withNorm).problems, [
    { at: 2, column: 'child_age', reason: 'This fact is a whole number.' },
    { at: 3, column: 'child_age', reason: 'This fact is a whole number.' },
  ])
  const { notes } = score('sex,a,b,age,events,story\nv,4,4,,,\nm,4,4,,,\nv,4,4,,,\n', withNorm)
  assert.deepEqual(notes, [
    'There is no column child_age, by which the norms differ: it counts as unknown in every row.',
    'sex: no norm is for "v", "m"; there is: female. Such rows are compared with everybody else, or get no z.',
  ])
})

test('JSON is a list of objects; null and a key that is not there are no answer', () => {
  const { scored, problems } = score('[{"id": 1, "a": 2, "b": null}, {"a": 3, "events": [1, 2], "age": 40.5}]', yardstick, 'json')
  assert.deepEqual(problems, [])
  assert.deepEqual(scored.columns.slice(0, 5), ['id', 'a', 'b', 'events', 'age'])
  assert.deepEqual(
    scored.rows.map(({ scores }) => [scores[0], scores[6], scores[12]]),
    [
      [4, null, null],
      [6, 40.5, 2],
    ],
  )
})

test('in JSON a number is a number: "3" is not one', () => {
  assert.deepEqual(problemsOf('[{"a": 1}, {"a": "3"}]', 'json'), [
    { at: 2, column: 'a', reason: 'This item takes one of 1, 2, 3, 4, 5, 6.' },
  ])
})

test('JSON that is broken, or no list of objects, is an error', () => {
  assert.match(problemsOf('[{"a": 1},]', 'json')[0]?.reason ?? '', /not valid JSON: line 1, column 11/)
  assert.match(problemsOf('{"a": 1}', 'json')[0]?.reason ?? '', /not a list of objects/)
  assert.deepEqual(
    problemsOf('[{"a": 1}, 3, null, [1]]', 'json').map(({ at }) => at),
    [2, 3, 4],
  )
})
