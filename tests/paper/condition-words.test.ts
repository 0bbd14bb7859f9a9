import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { QuestionItem } from '../../instruments/items.ts'
import type { Question } from '../../instruments/schema.ts'
import { conditionInWords, type Numbered } from '../../server/paper/condition-words.ts'
import { paperTextsIn } from '../../server/paper/texts/languages.ts'

const both = (text: string) => ({ nl: text, en: `${text} (en)` })

const question = (name: string, rest: Pick<Question, 'type'> & Partial<Question>, ...choices: string[]): QuestionItem => ({
  kind: 'question',
  name,
  page: 'one',
  conditions: [],
  choices: choices.map((text, value) => ({ value, text: both(text) })),
  question: { name, title: both(name), ...rest },
})

const questions = new Map<string, Numbered>(
  [
    question('held', { type: 'radiogroup' }, 'nee', 'ja', 'ten dele'),
    question('why', { type: 'dropdown' }, 'ziek', 'weg', 'boos', 'anders'),
    question('who', { type: 'checkbox' }, 'niemand', 'familie'),
    question('children', { type: 'text', inputType: 'number' }),
    question('story', { type: 'comment' }),
    question('panel.ended', { type: 'radiogroup' }, 'nee', 'ja'),
  ].map((item, index) => [item.name, { item, number: String(index + 1) }]),
)

const inDutch = (condition: string): string => conditionInWords(condition, questions, paperTextsIn('nl'), 'nl')

for (const [condition, words] of [
  ['{held} = 1', 'Alleen als u bij vraag 1 “ja” antwoordde.'],
  ['{held} > 0', 'Alleen als u bij vraag 1 “ja” of “ten dele” antwoordde.'],
  ['{why} <> 0', 'Alleen als u bij vraag 2 niet “ziek” antwoordde.'],
  ['{why} = 1 or {why} = 3', 'Alleen als u bij vraag 2 “weg” of “anders” antwoordde.'],
  ['{who} contains 1', 'Alleen als u bij vraag 3 “familie” aankruiste.'],
  ['{who} notcontains 0', 'Alleen als u bij vraag 3 “niemand” niet aankruiste.'],
  ['{children} >= 2', 'Alleen als u bij vraag 4 minstens 2 invulde.'],
  ['{story} notempty', 'Alleen als u bij vraag 5 iets invulde.'],
  ['{held} = 1 and {who} contains 1', 'Alleen als u bij vraag 1 “ja” antwoordde en u bij vraag 3 “familie” aankruiste.'],
  ['{held} = 1 or {children} > 3', 'Alleen als u bij vraag 1 “ja” antwoordde of u bij vraag 4 meer dan 3 invulde.'],
  ['{panel.ended} = 1', 'Alleen als u bij vraag 6 “ja” antwoordde.'],
] as const)
  test(`on paper ${condition} is: ${words}`, () => assert.equal(inDutch(condition), words))

test('what cannot be said for certain is left to whoever fills it in', () => {
  for (const condition of [
    '{held} = 1 and {why} = 1 or {children} > 3',
    '({held} = 1 or {why} = 1) and {children} > 3',
    '{children} + {held} > 3',
    '{held} = 7',
    '{somewhere} = 1',
    'count({who}) > 1',
  ])
    assert.equal(inDutch(condition), 'Alleen als dit voor u geldt.', condition)
})

test('a choice that holds while the question is open is never said as one that has to be made', () => {
  assert.equal(
    conditionInWords('{why} <> 3', questions, paperTextsIn('en'), 'en'),
    'Only if you did not answer “anders (en)” to question 2.',
  )
  assert.equal(
    conditionInWords('{why} < 3', questions, paperTextsIn('en'), 'en'),
    'Only if you answered “ziek (en)”, “weg (en)”, or “boos (en)” to question 2.',
  )
})
