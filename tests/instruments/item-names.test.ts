import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { Model } from 'survey-core'
import { itemNameSchema, takenNames } from '../../instruments/definition.ts'

/** Whether survey-core keeps the answer to an item of this name, and shows what hangs on it, in a list and in a record. */
function works(name: string): boolean {
  const elements = (reference: string) => [
    { type: 'radiogroup', name, title: 'Q', choices: [1, 2] },
    { type: 'text', name: 'zz', visibleIf: `{${reference}} = 1` },
  ]
  try {
    const list = new Model({ elements: elements(name) })
    const group = { type: 'paneldynamic', name: 'group', panelCount: 1, templateElements: elements(`panel.${name}`) }
    const records = new Model({ elements: [group] })
    return [
      { asked: list, answers: () => list.data },
      { asked: records.getQuestionByName('group').panels[0], answers: () => records.data.group[0] },
    ].every(({ asked, answers }) => {
      const question = asked.getQuestionByName(name)
      const shown = () => asked.getQuestionByName('zz').isVisible
      const seen = [shown()]
      question.value = 1
      seen.push(shown(), Object.hasOwn(answers(), name))
      question.clearValue()
      return [...seen, shown()].join() === 'false,true,true,false'
    })
  } catch {
    return false
  }
}

test('no name that is refused works in survey-core', () => {
  for (const name of takenNames) assert.equal(works(name), false, name)
})

test("survey-core's other words work as names: some are tried, in every run others", () => {
  const source = readFileSync(createRequire(import.meta.url).resolve('survey-core'), 'utf8')
  const words = [...source.matchAll(/["'`]([a-z][a-z0-9_]{0,31})["'`]/gi)].map(([, word = '']) => word.toLowerCase())
  const names = [...new Set(words)].filter((name) => !takenNames.has(name) && name !== 'group')
  assert.ok(names.length > 1000)
  const begin = randomInt(25)
  for (const name of names.filter((_, index) => index % 25 === begin)) assert.ok(works(name), name)
})

test('a name that cannot be one is refused with what to do', () => {
  for (const name of ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'Q1', '1a', 'a-b', 'a b', '', 'x'.repeat(33)]) {
    const { error } = itemNameSchema.safeParse(name)
    assert.match(error?.issues[0]?.message ?? '', /a name starts with a lower-case letter|takes the name constructor for something else/)
  }
})
