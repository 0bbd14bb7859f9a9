import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { allPages, codeIn, readPage, repository, tableRows } from './pages.ts'

/** The vocabulary of the design, and what code and screens call things beside it. */
const vocabulary = [
  ...['instrument', 'item', 'scale', 'raw score', 'norm table', 'standard score (z)', 'band', 'protocol', 'study', 'case', 'participant'],
  ...['anchor', 'wave', 'assignment', 'packet', 'invitation', 'reminder', 'response', 'stand-in'],
]
const inCode = ['link', 'session', 'draft', 'task', 'event', 'stratum', 'band set', 'part', 'piece', 'window', 'target', 'claim', 'fate']

const rows = tableRows(readPage('docs/glossary.md').text).map(([word, dutch, means]) => ({
  word: /^\*\*(.+)\*\*$/.exec(word ?? '')?.[1] ?? assert.fail(`${word} is not a word in bold`),
  dutch,
  means,
}))

test('every word of the vocabulary is explained, with the Dutch beside it', () => {
  for (const word of vocabulary) {
    const row = rows.find((one) => one.word === word)
    assert.ok(row?.dutch, word)
    assert.ok(row.means, word)
  }
  for (const word of inCode) assert.ok(rows.find((one) => one.word === word)?.means, word)
})

test('no word is explained twice, and none that neither code nor screens use', () => {
  const words = rows.map(({ word }) => word)
  assert.deepEqual(words, [...new Set(words)])
  const sources = globSync('{instruments,norms,protocols,server,client}/**/*.{ts,tsx}', { cwd: repository })
  const code = squeezed(sources.map((path) => readFileSync(`${repository}/${path}`, 'utf8')).join('\n'))
  for (const word of words) assert.ok(code.includes(squeezed(word.replace(/ \(z\)$/, ''))), word)
})

/** `not applicable` is `notApplicable` in code. */
const squeezed = (text: string): string => text.toLowerCase().replaceAll(/[\s-]/g, '')

test('no page uses a word that is not used', () => {
  for (const { path, text } of allPages().filter((page) => page.path !== 'docs/glossary.md')) {
    const withoutCode = codeIn(text).reduce((rest, code) => rest.replaceAll(code, ''), text)
    for (const word of withoutCode.match(/\b(patients?|surveys?|forms?|respondents? data|research subjects?)\b/gi) ?? [])
      assert.fail(`${path} says ${word}; see docs/glossary.md`)
  }
})
