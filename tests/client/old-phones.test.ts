/** What is built for respondents calls nothing that the oldest browsers of `vite.config.ts` lack: the page would stay white. */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { builtDirectory } from '../../server/routes/site.ts'

/** Newer than Chrome 95 or Safari 15.4 (developer.mozilla.org, browser compatibility), and easily reached for. */
const newer = [
  /\bstructuredClone\(/,
  /\.(toSorted|toReversed|toSpliced|findLast|findLastIndex|isWellFormed|toWellFormed|getOrInsert)\(/,
  /\b(Object|Map)\.groupBy\(/,
  /\bPromise\.(withResolvers|try)\(/,
  /\bArray\.fromAsync\(/,
  /\bAbortSignal\.(timeout|any)\(/,
  /\bRegExp\.escape\(/,
  /\bURL\.(canParse|parse)\(/,
  /\bnew Intl\.(DurationFormat|Segmenter)\b/,
  /\bTemporal\./,
  // Lookbehind: Safari 16.4 is the first to read it; before, the whole file is a syntax error.
  /\(\?<[=!]/,
  /@layer|@container|color-mix\(|light-dark\(|oklch\(|\d(dvh|svh|lvh|cqw)\b/,
]

test('the respondent’s page calls nothing that an old phone does not have', () => {
  const files = globSync('respond/assets/respond/*.{js,css}', { cwd: builtDirectory })
  assert.ok(files.length > 3, 'the pages are not built')
  const found = files.flatMap((name) => {
    const text = readFileSync(`${builtDirectory}/${name}`, 'utf8')
    return newer.flatMap((pattern) => (pattern.test(text) ? [`${pattern} in ${name}`] : []))
  })
  assert.deepEqual(found, [])
})

test('what an old phone cannot read in a style costs it only that style', () => {
  const rules = globSync('respond/assets/respond/*.css', { cwd: builtDirectory }).flatMap((name) =>
    [...readFileSync(`${builtDirectory}/${name}`, 'utf8').matchAll(/([^{}]*:has\([^{}]*)\{/g)].map(([, selectors = '']) => selectors),
  )
  // One selector that is not understood takes the whole list with it.
  for (const selectors of rules)
    assert.ok(
      selectors.split(',').every((selector) => selector.includes(':has(')),
      selectors,
    )
})
