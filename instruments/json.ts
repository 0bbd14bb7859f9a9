/**
 * Where things stand in a JSON text: the line of every value, and what JSON.parse lets through or tells without a place.
 *
 * JSON.parse keeps the last of two equal keys without a word, and some of its errors name no position. Whoever writes a
 * definition by hand needs both, so the text is walked once beside parsing. The walk is a loop, not a recursion: depth costs no stack.
 */

export interface JsonScan {
  /** What is wrong, in the order in which it stands in the text. After a syntax error, or too deep, the walk ends. */
  faults: JsonFault[]
  /** The line (from 1) on which each value begins, by JSON pointer. */
  lines: Map<string, number>
}

export interface JsonFault {
  path: string
  reason: string
}

/** A definition never comes near this: pages, panels and choices are about a dozen levels. */
const deepest = 100

/** Keys that mean something else to JavaScript than to whoever wrote them. */
const unsafeKeys = new Set(['__proto__', 'constructor', 'prototype'])

const token =
  /[ \t\n\r]*(?:([{}[\],:])|("(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])|$)/y

/** An object or list that is still open. */
interface Open {
  closes: '}' | ']'
  path: string
  keys: Set<string>
  /** The key or index of the value that comes next. */
  key: string | number
}

type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or }' | ', or ]' | 'the end'

/** Walks `text`. Without faults, JSON.parse reads the same text; where JSON.parse throws, there is a fault. */
export function scanJson(text: string): JsonScan {
  const faults: JsonFault[] = []
  const lines = new Map<string, number>()
  const open: Open[] = []
  let expected: Expected = 'value'
  let line = 1
  let lineEnd = text.indexOf('\n')

  const lineOf = (offset: number): number => {
    for (; lineEnd !== -1 && lineEnd < offset; line++) lineEnd = text.indexOf('\n', lineEnd + 1)
    return line
  }
  const path = (): string => {
    const within = open.at(-1)
    return within === undefined ? '' : `${within.path}/${escapeSegment(within.key)}`
  }
  const afterValue = (): Expected => {
    const within = open.at(-1)
    return within === undefined ? 'the end' : within.closes === '}' ? ', or }' : ', or ]'
  }

  token.lastIndex = 0
  for (;;) {
    const from = token.lastIndex
    const match = token.exec(text)
    const [, mark, string, literal] = match ?? []
    const start = match ? token.lastIndex - (mark ?? string ?? literal ?? '').length : skipSpace(text, from)
    const isValue = expected === 'value' || expected === 'value or ]'

    if (expected === 'the end' && match && start === text.length) return { faults, lines }
    if (isValue && (string !== undefined || literal !== undefined)) {
      lines.set(path(), lineOf(start))
      expected = afterValue()
    } else if (isValue && (mark === '{' || mark === '[')) {
      const at = path()
      lines.set(at, lineOf(start))
      if (open.length === deepest) return { faults: [...faults, { path: '', reason: `it is nested deeper than ${deepest} levels` }], lines }
      open.push({ closes: mark === '{' ? '}' : ']', path: at, keys: new Set(), key: 0 })
      expected = mark === '{' ? 'key or }' : 'value or ]'
    } else if ((expected === 'key' || expected === 'key or }') && string !== undefined) {
      const within = open.at(-1) as Open
      const key = JSON.parse(string) as string
      const at = `${within.path}/${escapeSegment(key)}`
      if (within.keys.has(key)) faults.push({ path: at, reason: `the key "${key}" stands here twice, first on line ${lines.get(at)}` })
      if (unsafeKeys.has(key)) faults.push({ path: within.path, reason: `the key "${key}" cannot be used here` })
      within.keys.add(key)
      within.key = key
      expected = ':'
    } else if (expected === ':' && mark === ':') {
      expected = 'value'
    } else if (expected.startsWith(', or') && mark === ',') {
      const within = open.at(-1) as Open
      if (typeof within.key === 'number') within.key++
      expected = within.closes === '}' ? 'key' : 'value'
    } else if (mark !== undefined && expected.endsWith(` ${mark}`) && (mark === '}' || mark === ']')) {
      open.pop()
      expected = afterValue()
    } else {
      faults.push({ path: '', reason: syntaxReason(text, start, expected) })
      return { faults, lines }
    }
  }
}

/** The line on which the value at `path` begins, or the nearest value around it. */
export function lineAt({ lines }: JsonScan, path: string): number | undefined {
  for (let at = path; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const line = lines.get(at)
    if (line !== undefined) return line
  }
  return lines.get('')
}

/** A JSON pointer (RFC 6901) from keys and indices. */
export const pointer = (segments: readonly PropertyKey[]): string => segments.map((segment) => `/${escapeSegment(segment)}`).join('')

function escapeSegment(segment: PropertyKey): string {
  const text = String(segment)
  // Every key of every definition comes here, and hardly any has something to escape.
  return text.includes('~') || text.includes('/') ? text.replaceAll('~', '~0').replaceAll('/', '~1') : text
}

function skipSpace(text: string, from: number): number {
  let at = from
  while (at < text.length && ' \t\n\r'.includes(text[at] as string)) at++
  return at
}

const inWords: Record<Expected, string> = {
  value: 'a value',
  'value or ]': 'a value or ]',
  key: 'a key in double quotes',
  'key or }': 'a key in double quotes or }',
  ':': 'a colon',
  ', or }': 'a comma or }',
  ', or ]': 'a comma or ]',
  'the end': 'the end of the file',
}

function syntaxReason(text: string, offset: number, expected: Expected): string {
  if (text.trim() === '') return 'the file is empty'
  const before = text.slice(0, offset).split('\n')
  const place = `line ${before.length}, column ${(before.at(-1) as string).length + 1}`
  if (text[offset] === '"' && expected !== 'the end' && !expected.includes(','))
    return `this is not valid JSON: ${place}: a text that is not closed, or with a line break or an unknown \\ in it`
  const found = offset >= text.length ? 'the end of the file' : `${text.slice(offset, offset + 20).split('\n')[0]}`
  return `this is not valid JSON: ${place}: expected ${inWords[expected]}, found ${found}`
}
