/** What is written from right to left: numbers in it keep their order. */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { directionOf, ownLanguages } from '../../server/languages.ts'

const rightToLeft = ownLanguages.filter((language) => directionOf(language) === 'rtl')
const textsIn = (language: string): string[] =>
  globSync([`{instruments,protocols}/*/*.${language}.json`, `{client,server}/**/texts/${language}.ts`])

/** A file without its keys: those of a translation are Dutch. */
const written = (path: string): string => readFileSync(path, 'utf8').replace(/^ {4}"(?:[^"\\]|\\.)*": /gm, '')

/** Groups of digits that a space parts, outside isolates: "0800 2000" between Arabic words is shown as "2000 0800". */
const loose = (text: string): string[] => text.replace(/\\u2066[^\\]*\\u2069/g, '').match(/\d+ \d+/g) ?? []

test('a telephone number in a text from right to left stands in an isolate, or its halves change places', () => {
  assert.deepEqual(rightToLeft, ['ar'])
  const paths = rightToLeft.flatMap(textsIn)
  assert.ok(paths.filter((path) => written(path).includes('\\u20660800 2000\\u2069')).length >= 4)
  for (const path of paths) assert.deepEqual(loose(written(path)), [], path)
})

test('contact data of a study stand in an isolate that finds its own direction', () => {
  for (const path of rightToLeft.flatMap(textsIn))
    assert.ok(
      !written(path)
        .replace(/\\u2068\$?\{contact\}\\u2069/g, '')
        .includes('{contact}'),
      path,
    )
})
