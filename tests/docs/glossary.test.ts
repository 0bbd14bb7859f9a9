import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { nl } from '../../client/desk/texts/nl.ts'
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

/** Dutch words that the desk does not say, and the word of the glossary that it says for the same. */
const dutch: [RegExp, string][] = [
  [/databeheerder/i, 'datamanager'],
  [/(?<!ge)\brond(e|es|en)\b/i, 'meting'],
  [/(?<!e-)mailadres/i, 'e-mailadres'],
  [/\bdata\b/i, 'datums'],
  [/\bbureau\b/i, 'deze website'],
]

test('the desk says one Dutch word for one thing, and the glossary has it', () => {
  const said = Object.entries(nl as Record<string, string>)
  assert.ok(said.length > 1000)
  for (const [not, but] of dutch) {
    assert.deepEqual(
      said.filter(([, text]) => not.test(text)),
      [],
      `${but}, not ${not}`,
    )
    assert.ok(
      rows.some((row) => row.dutch?.split(', ').includes(but)),
      `${but} in docs/glossary.md`,
    )
  }
})

test('no page uses a word that is not used', () => {
  for (const { path, text } of allPages().filter((page) => page.path !== 'docs/glossary.md')) {
    // The longest first: `react` is also in `survey-react-ui`.
    const codes = codeIn(text).toSorted((a, b) => b.length - a.length)
    const withoutCode = codes.reduce((rest, code) => rest.replaceAll(code, ''), text)
    for (const word of withoutCode.match(/\b(patients?|surveys?|forms?|respondents? data|research subjects?)\b/gi) ?? [])
      assert.fail(`${path} says ${word}; see docs/glossary.md`)
  }
})
