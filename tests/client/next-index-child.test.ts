import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nextIndexChild } from '../../client/desk/case/actions/next-index-child.ts'
import { nl } from '../../client/desk/texts/nl.ts'
import { createTranslator } from '../../client/ui/texts.ts'

test('whoever takes the index child away reads first about which child the lists are then', () => {
  const { say } = createTranslator(nl, 'nl')
  assert.match(nextIndexChild(['2014-03', '2018-01', '2020-05'], say), /het kind van 2018-01 het indexkind/)
  assert.match(nextIndexChild(['2014-03'], say), /geen kind met een maand van geboorte/)
})
