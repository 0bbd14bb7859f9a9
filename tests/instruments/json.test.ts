import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { lineAt, pointer, scanJson } from '../../instruments/json.ts'

const reasons = (text: string): string[] => scanJson(text).faults.map(({ path, reason }) => `${path} ${reason}`.trim())

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

test('whatever JSON.parse reads has no fault, unless a key stands twice or is unsafe', () => {
  fc.assert(
    fc.property(fc.json({ noUnicodeString: false }), (text) => {
      assert.deepEqual(
        reasons(text).filter((reason) => !/stands here twice|cannot be used/.test(reason)),
        [],
      )
    }),
  )
})

test('a text is at fault exactly when JSON.parse refuses it', () => {
  const pieces = fc.constantFrom(
    ...'{}[],:"\\ \n\u00011e-.0',
    'true',
    'null',
    '"a"',
    '"b"',
    '1.5e3',
    '\\u00e9',
    '"\\x"',
    'NaN',
    '-',
    '01',
    "'",
  )
  fc.assert(
    fc.property(
      fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
      (text) => {
        const syntax = reasons(text).filter((reason) => !/stands here twice/.test(reason))
        assert.equal(syntax.length === 0, parses(text), text)
      },
    ),
    { numRuns: 3000 },
  )
})

test('a syntax error is told with its line, its column and what was expected', () => {
  const place = 'this is not valid JSON: '
  assert.deepEqual(reasons('{\n  "a": 1,\n}'), [`${place}line 3, column 1: expected a key in double quotes, found }`])
  assert.deepEqual(reasons('{"a": tru}'), [`${place}line 1, column 7: expected a value, found tru}`])
  assert.deepEqual(reasons('[1 2]'), [`${place}line 1, column 4: expected a comma or ], found 2]`])
  assert.deepEqual(reasons('[1,'), [`${place}line 1, column 4: expected a value, found the end of the file`])
  assert.deepEqual(reasons('{"a": "x\ny"}'), [
    `${place}line 1, column 7: a text that is not closed, or with a line break or an unknown \\ in it`,
  ])
  assert.deepEqual(reasons('{} {}'), [`${place}line 1, column 4: expected the end of the file, found {}`])
  assert.deepEqual(reasons(' \n'), ['the file is empty'])
})

test('a key that stands twice is told, because JSON.parse keeps the last one without a word', () => {
  assert.deepEqual(reasons('{"a": {"b": 1,\n"b": 2}, "c": {"b": 3}}'), ['/a/b the key "b" stands here twice, first on line 1'])
  assert.deepEqual(reasons('{"a": 1, "\\u0061": 2}'), ['/a the key "a" stands here twice, first on line 1'])
})

test('keys that JavaScript takes for something else are refused', () => {
  assert.deepEqual(reasons('{"a": {"__proto__": {}}}'), ['/a the key "__proto__" cannot be used here'])
  assert.deepEqual(reasons('{"constructor": 1}'), ['the key "constructor" cannot be used here'])
})

test('a million open brackets are refused without a stack overflow', () => {
  assert.deepEqual(reasons('['.repeat(1_000_000)), ['it is nested deeper than 100 levels'])
  assert.deepEqual(reasons('{"a":'.repeat(1_000_000)), ['it is nested deeper than 100 levels'])
})

test('the line of every value is known, and of what is missing the line of the value around it', () => {
  const scan = scanJson('{\n"a": [\n1,\n{"b/c": 2}\n]}')
  assert.equal(lineAt(scan, '/a/1/b~1c'), 4)
  assert.equal(lineAt(scan, '/a/0'), 3)
  assert.equal(lineAt(scan, '/a/1/title/nl'), 4)
  assert.equal(lineAt(scan, '/nothing'), 1)
  assert.equal(lineAt(scanJson(''), '/a'), undefined)
  assert.equal(pointer(['a', 1, 'b/c']), '/a/1/b~1c')
})
