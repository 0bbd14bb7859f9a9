import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { missingCodes } from '../../instruments/missing-codes.ts'
import { rawReasons } from '../../instruments/score.ts'
import { normReasons } from '../../norms/standardise.ts'
import { formatNames, layoutNames } from '../../server/export/choices.ts'
import { codebookNames } from '../../server/export/codebook.ts'
import { contextNames, scoreParts } from '../../server/export/column-names.ts'

test('docs/export.md names every column of the codebook and of a row, every part of a score, every code and every option', () => {
  const page = readFileSync(new URL('../../docs/export.md', import.meta.url), 'utf8')
  const codes = missingCodes.map(({ code }) => String(code))
  for (const word of [...codebookNames(), ...contextNames, ...scoreParts, ...rawReasons, ...normReasons, ...codes])
    assert.ok(page.includes(`\`${word}\``), word)
  for (const word of [...layoutNames, ...formatNames]) assert.ok(page.includes(word), word)
})
